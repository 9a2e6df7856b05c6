"""The history and the overview: what happened, by whom, from what to what; and what the plan is."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk import store
from dmdesk.baselines import Terms
from dmdesk.kinds import kinds
from dmdesk.types import unresolved
from tests.ui.answers import Answers
from ui import changesheet
from ui.actions import actions, perform
from ui.context import Context
from ui.history import details, model
from ui.history.compacting import CompactSheet
from ui.history.page import History
from ui.history.taking import TakeBackSheet, take_back_shown
from ui.theme import theme
from ui.views.overview import Line, Overview, Tile
from ui.words import described, differing, short


def newest(page: History) -> None:
    page.list.setCurrentIndex(page.steps.index(0))


def opened(kind: type) -> Any:
    """The sheet of that kind that is open."""
    return next(sheet for sheet in changesheet._open if isinstance(sheet, kind))


@pytest.fixture(autouse=True)
def no_sheet_stays_open() -> Iterator[None]:
    yield
    for sheet in list(changesheet._open):
        sheet.reject()


@pytest.fixture
def page(ctx: Context, qtbot: QtBot) -> History:
    ctx.step("Rename", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Header Maker"})], "RFC-1")
    made = History(ctx)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.shown()
    return made


def texts(page: History) -> list[str]:
    model = page.details.lines.changes
    return [model.index(at).data() for at in range(model.rowCount())]


def test_steps_stand_newest_first_with_what_they_changed(page: History) -> None:
    assert [step.title for step in page.steps.rows] == ["Rename", "Fill"]
    assert texts(page) == ["Product “HEADER Header Maker” changed", "Name: Header GeneratorMaker"]
    page.details.grab()


def test_what_went_and_came_is_told_to_who_cannot_see_it(page: History) -> None:
    spoken = page.details.lines.changes.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Name: Header  old: Generator new: Maker"


def test_undone_and_abandoned_steps_say_so_in_words(page: History, ctx: Context) -> None:
    ctx.undo()
    assert page.steps.rows[0].state == store.UNDONE
    assert ", undone," in page.steps.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Redo brings it back" in page.details.remark.text()
    ctx.step("Other", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    assert [step.state for step in page.steps.rows] == ["done", "abandoned", "done"]
    assert "1 undone" in page._subtitle.text()
    page.grab()


def test_the_filter_looks_into_title_reason_and_author(page: History) -> None:
    page.filter.setText("rfc-1 ren")
    assert [step.title for step in page.steps.rows] == ["Rename"]
    page.filter.setText("nothing like it")
    assert page.steps.rows == []
    assert texts(page) == []


def test_the_filter_is_that_of_all_pages_and_says_what_it_leaves_out(page: History, ctx: Context) -> None:
    page.filter.setText("kind:product field:name changed>2017-06-01")
    assert [step.title for step in page.steps.rows] == ["Rename"]
    assert page._subtitle.text() == "1 of 2 steps · 1 filtered out"
    ctx.step("Rename again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Header"})])
    assert [step.title for step in page.steps.rows] == ["Rename again", "Rename"]
    page.filter.setText("mine -field:name")
    assert [step.title for step in page.steps.rows] == ["Fill"]
    page.filter.clear()
    assert page._subtitle.text() == "3 steps"


def test_the_filter_goes_by_the_step_that_sealed_a_baseline(page: History, ctx: Context) -> None:
    assert ctx.plan is not None
    ctx.plan.seal(Terms("3.1", "2017-07-10"))
    page.filter.setText("changed>3.1")
    assert page.steps.rows == [], "made on the same day, but before it"
    ctx.step("Rename again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Header"})])
    assert [step.title for step in page.steps.rows] == ["Rename again"]


def test_steps_are_found_by_the_request_they_were_made_under(page: History, ctx: Context) -> None:
    request = kinds()["rfc"].make({"key": "RFC-358", "name": "Read only notebooks"})
    ctx.step("Ask", [c.add(request)])
    ctx.plan.step("Do", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})], rfc=request.id)
    page.filter.setText("rfc:358")
    assert [step.title for step in page.steps.rows] == ["Do"]
    assert page.details.rfc.text() == "RFC-358 Read only notebooks"
    page.grab()


def test_the_request_is_a_click_away(page: History, ctx: Context, qtbot: QtBot) -> None:
    request = kinds()["rfc"].make({"key": "RFC-358", "name": "Read only notebooks"})
    ctx.step("Ask", [c.add(request)])
    ctx.plan.step("Do", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})], rfc=request.id)
    newest(page)
    with qtbot.waitSignal(ctx.go) as went:
        page.details.rfc.click()
    assert went.args == ["rfc", request.id]


def test_a_mistake_in_the_filter_is_said_below_it_and_the_list_stays(page: History, qtbot: QtBot) -> None:
    page.filter.setFocus()
    page.filter.setText("is:leaf")
    assert "Steps of the history have no" in page.filter.wrong
    assert len(page.steps.rows) == 2
    page.activateWindow()
    qtbot.waitUntil(page.filter.hasFocus)
    qtbot.waitUntil(lambda: page.filter.note() == page.filter.wrong)


def test_what_can_be_asked_of_steps_is_offered(page: History, qtbot: QtBot) -> None:
    page.activateWindow()
    page.filter.setFocus()
    qtbot.keyClicks(page.filter, "kind:pro")
    assert page.filter._offers is not None and page.filter._offers.isVisible()
    qtbot.keyClick(page.filter, Qt.Key.Key_Tab)
    assert page.filter.text() == "kind:Products "


def test_a_filter_of_a_long_history_waits_until_all_can_be_looked_through(
    page: History, ctx: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(model, "AT_ONCE", 1)
    ctx.step("Other", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    page._warming.stop()
    page.steps._past = None
    page.steps._ready = False
    page.filter.setText("fill")
    assert page.steps.waiting == "fill"
    assert "looking through them" in page._subtitle.text()
    assert len(page.steps.rows) == 3
    page._warming.start()
    qtbot.waitUntil(lambda: page.steps.waiting is None)
    assert [step.title for step in page.steps.rows] == ["Fill"]


def test_enter_leads_from_a_step_to_its_changes_and_on_to_the_row(
    page: History, ctx: Context, qtbot: QtBot
) -> None:
    page.activateWindow()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.details.lines.hasFocus)
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.keyClick(page.details.lines, Qt.Key.Key_Return)
    assert went.args == ["product", "HEADER"]


def test_a_click_on_what_a_step_touched_goes_there(page: History, ctx: Context, qtbot: QtBot) -> None:
    page.grab()
    painter, index = page.list._painter, page.steps.index(0)
    spot = next(painter.spots(page.list.visualRect(index), page.steps.line(0)))
    assert spot.words == "HEADER Header Maker"
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.mouseClick(
            page.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(spot.room.left() + 5, spot.room.center().y()),
        )
    assert went.args == ["product", "HEADER"]


def test_a_click_on_a_link_in_a_change_goes_there(page: History, ctx: Context, qtbot: QtBot) -> None:
    ctx.step("Hand over", [c.put(ctx.data.rows("product")["HEADER"], {"managers": ("pKru",)})])
    newest(page)
    lines = page.details.lines
    page.grab()
    assert texts(page)[1] == "Manager: Joel Plutchak → Simon Krughoff"
    rect = lines.visualRect(lines.changes.index(1))
    room = lines._painter.room(rect, theme())
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=room.topLeft() + QPoint(8, 8))
    assert went.args == ["person", "pPlu"]


def test_every_link_of_a_line_is_in_its_menu(page: History, ctx: Context) -> None:
    ctx.step("Hand over", [c.put(ctx.data.rows("product")["HEADER"], {"managers": ("pKru",)})])
    newest(page)
    page.details.lines.setCurrentIndex(page.details.lines.changes.index(1))
    offered = [action.text() for action in page.details.menu().actions()]
    assert offered == ["Go to the row", "Go to Joel Plutchak", "Go to Simon Krughoff"]


def test_a_row_that_is_gone_is_said_and_a_link_to_it_has_its_name(
    page: History, ctx: Context, qtbot: QtBot
) -> None:
    ctx.step("Hand over", [c.put(ctx.data.rows("product")["HEADER"], {"managers": ()})])
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.rows("person")["pPlu"]]))
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.rows("product")["HEADER"]]))
    page.reveal("3")
    assert texts(page)[1] == "Manager: Joel Plutchak (deleted)"
    with qtbot.waitSignal(ctx.said) as said:
        page.details.go.click()
    assert "no longer" in said.args[0]


def test_of_a_very_long_step_the_first_changes_are_shown_and_the_others_counted(
    page: History, ctx: Context
) -> None:
    make = kinds()["acronym"].make
    ctx.step("Import", [c.add(make({"key": f"A{number}"})) for number in range(details.LOOKED + 1)])
    newest(page)
    assert len({part.change.id for part in page.details.lines.changes.parts}) == details.MOST
    assert page.details.more.text() == "… and 1,501 changes more"
    assert not page.details._soon.isActive()
    assert page.details.back.isEnabled()


def test_the_models_keep_the_rules_of_models(page: History) -> None:
    for one in (page.steps, page.details.lines.changes):
        QAbstractItemModelTester(one, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    page.filter.setText("rename")
    assert page.steps.rowCount() == 1


def test_every_field_of_every_kind_can_be_shown_in_the_history(ctx: Context, page: History) -> None:
    page.reveal("1")
    shown = {(part.change.kind, part.label) for part in page.details.lines.changes.parts if not part.op}
    assert len(shown) > 40
    assert all(isinstance(text, str) for text in texts(page))
    page.details.lines.grab()


def test_a_day_begins_where_it_begins_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Santiago")
    time.tzset()
    try:
        moments = [
            "2017-08-14T02:59:59Z", "2017-08-14T03:00:00Z", "2017-08-15T02:59:59Z", "2017-08-13T04:00:00Z",
            "2017-08-13T03:59:59Z", "odd",
        ]  # fmt: skip
        days = ["2017-08-13", "2017-08-14", "2017-08-14", "2017-08-13", "2017-08-12", "odd"]
        assert list(model._days(iter(moments))) == days
    finally:
        monkeypatch.undo()
        time.tzset()


def test_where_a_version_was_sealed_a_line_says_so(page: History, ctx: Context) -> None:
    ctx.plan.seal(Terms("3.1", "2017-07-10", "After the review"))
    page.shown()
    words = page.steps.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("3.1 sealed: After the review, done, ")
    page.reveal(str(page.steps.rows[0].id))
    page.details.look()
    assert "only undo takes that back" in page.details.remark.text()
    assert not page.details.back.isEnabled()
    page.grab()


def test_the_overview_counts_and_leads_on(ctx: Context, qtbot: QtBot) -> None:
    page = Overview(ctx)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    tile = next(tile for tile in page.findChildren(Tile) if tile.accessibleName().startswith("Products"))
    assert tile.accessibleName() == f"Products: {len(ctx.data.rows('product'))}"
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert went.args == ["product", ""]
    ctx.step("Rename the header", [c.put(ctx.data.rows("product")["HEADER"], {"name": "H"})])
    lines = [line.accessibleName() for line in page.findChildren(Line)]
    assert any(line.startswith("Rename the header") for line in lines)


def test_links_are_shown_by_title_and_unresolved_words_as_typed(ctx: Context) -> None:
    row = ctx.data.rows("product")["ODD"]
    change = c.put(row, {"wbs": ("w3",)})
    assert described(ctx.data, [change])[0].endswith("WBS elements: 1.02C.07 (moving), Nine → Level 1")
    assert unresolved(change.fields["wbs"][0][0]) == "1.02C.07 (moving)"


def test_added_and_deleted_rows_are_named(ctx: Context) -> None:
    row = kinds()["acronym"].make({"key": "DM", "meaning": "Data Management"})
    assert described(ctx.data, [c.add(row), c.drop(row)]) == [
        "Acronym “Data Management” added",
        "Acronym “Data Management” deleted",
    ]


def test_long_texts_are_cut_to_where_they_differ() -> None:
    old, new = differing("word " * 100 + "old end", "word " * 100 + "new end")
    assert old.startswith("…")
    assert old.endswith("old end")
    assert new.endswith("new end")
    assert len(short("x" * 500)) == 120
    assert differing("", "new") == ("—", "new")


def test_a_step_of_the_past_is_taken_back_while_later_ones_stay_after_it_was_shown_what_that_does(
    page: History, ctx: Context, qtbot: QtBot
) -> None:
    ctx.step("Other", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    page.reveal(str(page.steps.rows[1].id))
    page.details.back.click()
    sheet = opened(TakeBackSheet)
    assert [(item.old, item.new) for item in sheet.table.changes.items] == [
        ("Header Maker", "Header Generator")
    ]
    assert ctx.data.rows("product")["HEADER"].name == "Header Maker"
    sheet.accept()
    assert ctx.data.rows("product")["HEADER"].name == "Header Generator"
    assert ctx.data.rows("product")["ARC"].name == "Arc"
    assert page.steps.rows[0].title == "Take back “Rename”"


def test_what_taking_back_causes_is_told_before(page: History, ctx: Context, qtbot: QtBot) -> None:
    ctx.step("Key", [c.put(ctx.data.rows("product")["ARC"], {"key": "ARCHIVE"})])
    step = page.steps.rows[0]
    ctx.step("Take the key", [c.put(ctx.data.rows("product")["DAC"], {"key": "ARC"})])
    sheet = take_back_shown(ctx, step)
    qtbot.waitUntil(lambda: sheet.remarks[1].isVisible(), timeout=10_000)
    assert sheet.remarks[1].text().startswith("Causes 1 problem: Key “ARC”")
    sheet.reject()


def test_a_step_that_a_later_one_builds_on_names_it_and_leads_there(
    page: History, ctx: Context, answers: Answers, qtbot: QtBot
) -> None:
    ctx.step("Again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Head"})])
    page.reveal(str(page.steps.rows[1].id))
    page.details.look()
    assert "“Again” of" in page.details.remark.text()
    assert not page.details.back.isEnabled()
    page.details.blocker.click()
    assert page.step.title == "Again"
    with qtbot.waitSignal(ctx.go) as went:
        assert take_back_shown(ctx, page.steps.rows[1]) is None
    assert "because “Again” of" in answers.asked[-1]
    assert went.args == ["history", str(page.steps.rows[0].id)]


def test_a_step_that_the_filter_hides_is_shown_when_it_is_in_the_way(page: History, ctx: Context) -> None:
    ctx.step("Again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Head"})])
    page.filter.setText("title:rename")
    page.details.look()
    page.details.blocker.click()
    assert (page.filter.text(), page.step.title) == ("", "Again")


def test_the_palette_takes_back_the_current_step(page: History, ctx: Context) -> None:
    ctx.page_kind = "history"
    perform(actions()["history.take-back"], ctx)
    sheet = opened(TakeBackSheet)
    sheet.accept()
    assert ctx.data.rows("product")["HEADER"].name == "Header Generator"


def test_compacting_asks_and_says_how_much_goes_and_what_remains(
    page: History, ctx: Context, answers: Answers, qtbot: QtBot
) -> None:
    ctx.plan.seal(Terms("3.1", "2017-07-10"))
    ctx.step("Later", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    page.reveal("2")
    page.compact.click()
    sheet = opened(CompactSheet)
    words = [sheet.where.itemText(at) for at in range(sheet.where.count())]
    assert words[0].startswith("Version 3.1, sealed on ")
    assert words[1].startswith("The current step, “Rename” of ")
    assert sheet.goes.text().startswith("3 steps with 30 changes, made from ")
    assert sheet.goes.text().endswith("will go; 1 step will remain.")
    qtbot.waitUntil(lambda: sheet.shrinks.text().startswith("The file will shrink by "), timeout=10_000)
    sheet.accept()
    assert [step.title for step in ctx.plan.history()] == ["Later"]
    assert "is kept as the backup" in answers.told[-1]
    assert page.steps.rowCount() == 2
    words = page.steps.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("History before ") and "3 steps up to 3.1 removed on " in words
    page.list.setCurrentIndex(page.steps.index(1))
    assert page.details.title.text().startswith("History before ")
    page.grab()


def test_compacting_past_the_last_baseline_says_what_else_is_lost(page: History, ctx: Context) -> None:
    ctx.plan.seal(Terms("3.1", "2017-07-10"))
    ctx.step("Later", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    newest(page)
    page.compact.click()
    sheet = opened(CompactSheet)
    assert sheet.caution.isHidden()
    sheet.where.setCurrentIndex(1)
    assert "the change record from 3.1 can then no longer say who" in sheet.caution.text()


def test_compacting_that_is_given_up_removes_nothing(page: History, ctx: Context) -> None:
    page.compact.click()
    opened(CompactSheet).reject()
    assert len(ctx.plan.history()) == 2


def test_steps_with_one_reason_are_shown_as_a_group_and_filtered(page: History, ctx: Context) -> None:
    for name in ("One", "Two"):
        ctx.step(name, [c.put(ctx.data.rows("product")["ARC"], {"name": name})], "Risk review of 2017-09-25")
    ctx.step(
        "Three", [c.put(ctx.data.rows("product")["ARC"], {"name": "Three"})], "Risk review of 2017-09-25b"
    )
    page.reveal(str(page.steps.rows[1].id))
    page.group.click()
    assert [step.title for step in page.steps.rows] == ["Two", "One"]
    page.grab()
    page.group.click()
    assert len(page.steps.rows) == 5
    page.reveal(str(page.steps.rows[4].id))
    assert not page.group.isEnabled()

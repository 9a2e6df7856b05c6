"""The history and the overview: what happened, by whom, from what to what; and what the plan is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk import store
from dmdesk.kinds import kinds
from dmdesk.types import unresolved
from tests.ui.answers import Answers
from ui.context import Context
from ui.history.page import History
from ui.views.overview import Line, Overview, Tile
from ui.words import described, differing, short


@pytest.fixture
def page(ctx: Context, qtbot: QtBot) -> History:
    ctx.step("Rename", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Header Maker"})], "RFC-1")
    made = History(ctx)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.shown()
    return made


def test_steps_stand_newest_first_with_what_they_changed(page: History) -> None:
    assert [step.title for step in page.steps.rows] == ["Rename", "Fill"]
    cells = [page.changes.index(0, column).data() for column in range(4)]
    assert cells == ["Product “Header Maker”", "Name", "Header Generator", "Header Maker"]


def test_undone_and_abandoned_steps_say_so_in_words(page: History, ctx: Context) -> None:
    ctx.undo()
    assert page.steps.rows[0].state == store.UNDONE
    assert ", undone," in page.steps.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    ctx.step("Other", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    assert [step.state for step in page.steps.rows] == ["done", "abandoned", "done"]
    assert "1 undone" in page._subtitle.text()
    page.grab()


def test_the_filter_looks_into_title_reason_and_author(page: History) -> None:
    page.filter.setText("rfc-1 ren")
    assert [step.title for step in page.steps.rows] == ["Rename"]
    page.filter.setText("nothing like it")
    assert page.steps.rows == []
    assert page.changes.lines == []


def test_the_filter_is_that_of_all_pages_and_says_what_it_leaves_out(page: History, ctx: Context) -> None:
    page.filter.setText("kind:product field:name changed>2017-06-01")
    assert [step.title for step in page.steps.rows] == ["Rename"]
    assert page._subtitle.text() == "1 of 2 steps · 1 filtered out"
    ctx.step("Rename again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Header"})])
    assert [step.title for step in page.steps.rows] == ["Rename again", "Rename"]
    page.filter.setText("mine -field:name")
    assert [step.title for step in page.steps.rows] == ["Fill"]
    page.filter.clear()
    assert page._subtitle.text() == "3 steps · nothing is ever taken out"


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


def test_a_change_leads_to_its_row(page: History, ctx: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went.args == ["product", "HEADER"]


def test_a_row_that_is_gone_is_said(page: History, ctx: Context, qtbot: QtBot) -> None:
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.rows("product")["HEADER"]]))
    page.reveal("2")
    with qtbot.waitSignal(ctx.said) as said:
        page._go.click()
    assert "no longer" in said.args[0]


def test_the_models_keep_the_rules_of_models(page: History) -> None:
    for model in (page.steps, page.changes):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    page.filter.setText("rename")
    assert page.steps.rowCount() == 1


def test_every_field_of_every_kind_can_be_shown_in_the_history(ctx: Context, page: History) -> None:
    page.reveal("1")
    shown = {(change.kind, field.name) for change, field in page.changes.lines}
    assert len(shown) > 40
    for line in range(page.changes.rowCount()):
        for column in range(4):
            assert isinstance(page.changes.index(line, column).data(), str)


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


def test_a_step_of_the_past_is_taken_back_while_later_ones_stay(page: History, ctx: Context) -> None:
    ctx.step("Other", [c.put(ctx.data.rows("product")["ARC"], {"name": "Arc"})])
    page.reveal(str(page.steps.rows[1].id))
    page._back.click()
    assert ctx.data.rows("product")["HEADER"].name == "Header Generator"  # type: ignore[attr-defined]
    assert ctx.data.rows("product")["ARC"].name == "Arc"  # type: ignore[attr-defined]
    assert page.steps.rows[0].title == "Take back “Rename”"


def test_a_step_that_a_later_one_builds_on_is_refused_with_its_name(
    page: History, ctx: Context, answers: Answers
) -> None:
    ctx.step("Again", [c.put(ctx.data.rows("product")["HEADER"], {"name": "Head"})])
    page.reveal(str(page.steps.rows[1].id))
    page._back.click()
    assert "because “Again” of" in answers.told[-1]


def test_steps_with_one_reason_are_shown_as_a_group_and_filtered(page: History, ctx: Context) -> None:
    for name in ("One", "Two"):
        ctx.step(name, [c.put(ctx.data.rows("product")["ARC"], {"name": name})], "Risk review of 2017-09-25")
    ctx.step(
        "Three", [c.put(ctx.data.rows("product")["ARC"], {"name": "Three"})], "Risk review of 2017-09-25b"
    )
    page.reveal(str(page.steps.rows[1].id))
    page._group.click()
    assert [step.title for step in page.steps.rows] == ["Two", "One"]
    page.grab()
    page._group.click()
    assert len(page.steps.rows) == 5
    page.reveal(str(page.steps.rows[4].id))
    assert not page._group.isEnabled()

"""The inspector and its form: what they show of a row, and that what is typed there is written once, as a step."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from dmdesk.changes import put
from dmdesk.checks import Finding, Fix
from dmdesk.kinds import kinds
from tests.ui.small_plan import HOSTILE, LONG
from ui import changesheet
from ui.chips import Chip
from ui.context import Context
from ui.findingbox import FindingBox
from ui.form import Form
from ui.inspector import HISTORY, SHEET, Inspector
from ui.linkeditor import LinkEditor
from ui.theme import themes
from ui.views.lines import HEADING, ROW

Key = Qt.Key


@pytest.fixture
def inspector(ctx: Context, qtbot) -> Inspector:
    made = Inspector(ctx)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def look_at(inspector: Inspector, kind: str, *ids: str) -> Form:
    inspector.ctx.set_rows(kind, ids)
    inspector.ctx.select(kind, ids[0])
    inspector.renew()
    inspector.count()
    assert inspector.form is not None
    return inspector.form


def name_line(form: Form):
    return form.places["name"].editor.line


@pytest.mark.parametrize("kind", kinds().names())
def test_a_row_of_every_kind_can_be_looked_at(inspector: Inspector, ctx: Context, kind: str):
    from dmdesk.changes import add

    ctx.step("Add", [add(kinds()[kind].make({}, id="fresh"))])
    form = look_at(inspector, kind, "fresh")
    assert inspector.title.text()
    assert {place.editor.field.name for place in form.places.values() if place.isVisibleTo(form)} == set(
        form.places
    )
    assert not any(place.editor.touched() for place in form.places.values())


def test_the_head_says_what_it_is_and_where_it_stands(inspector: Inspector):
    look_at(inspector, "product", "HEADER")
    assert inspector.title.text() == "Header Generator"
    assert inspector.crumb.text() == "HEADER · Data Management › Level 1 System"
    look_at(inspector, "section", "s21")
    assert inspector.crumb.text() == "2.1 · Risk"


def test_enter_writes_a_field_as_one_named_step(inspector: Inspector, ctx: Context):
    line = name_line(look_at(inspector, "product", "HEADER"))
    line.setFocus()
    line.setText("Header Maker")
    QTest.keyClick(line, Key.Key_Return)
    assert ctx.data.get("product", "HEADER").name == "Header Maker"
    assert ctx.plan.undoable.title == "Rename product Header Generator"
    assert inspector.title.text() == "Header Maker"
    ctx.undo()
    assert line.text() == "Header Generator"


def test_leaving_a_field_writes_it_once(inspector: Inspector, ctx: Context):
    form = look_at(inspector, "product", "HEADER")
    before = len(ctx.plan.history())
    name_line(form).setFocus()
    name_line(form).setText("Header Maker")
    form.places["key"].editor.setFocus()
    assert ctx.data.get("product", "HEADER").name == "Header Maker"
    form.places["description"].editor.setFocus()
    assert len(ctx.plan.history()) == before + 1


def test_a_window_that_closes_writes_what_is_being_typed(inspector: Inspector, ctx: Context):
    line = name_line(look_at(inspector, "product", "HEADER"))
    line.setFocus()
    line.setText("Header Maker")
    line.clearFocus()
    assert ctx.data.get("product", "HEADER").name == "Header Maker"


def test_escape_restores_a_field(inspector: Inspector, ctx: Context):
    line = name_line(look_at(inspector, "product", "HEADER"))
    line.setFocus()
    line.setText("Something else")
    QTest.keyClick(line, Key.Key_Escape)
    assert line.text() == "Header Generator"
    assert ctx.data.get("product", "HEADER").name == "Header Generator"


def test_what_is_typed_is_written_before_another_row_is_shown(inspector: Inspector, ctx: Context):
    line = name_line(look_at(inspector, "product", "HEADER"))
    line.setFocus()
    line.setText("Header Maker")
    look_at(inspector, "product", "ARC")
    assert ctx.data.get("product", "HEADER").name == "Header Maker"
    assert ctx.data.get("product", "ARC").name == "Archiver"
    assert line.text() == "Archiver"


def test_a_value_that_does_not_fit_is_explained_below_its_field_and_not_written(
    inspector: Inspector, ctx: Context
):
    place = look_at(inspector, "milestone", "m1").places["due"]
    place.editor.line.setFocus()
    place.editor.line.setText("soon")
    QTest.keyClick(place.editor.line, Key.Key_Return)
    assert place.words.text() == "“soon” is not a date; write it as 2017-06-30."
    assert ctx.data.get("milestone", "m1").due == "2017-11-30"


def test_an_inherited_value_is_a_hint_that_says_from_where(inspector: Inspector):
    editor = look_at(inspector, "product", "ARC").places["managers"].editor
    assert isinstance(editor, LinkEditor)
    assert editor.line.placeholderText() == "Simon Krughoff — inherited from Data Management"
    assert editor.value() == ()


def test_chips_are_removed_by_keyboard(inspector: Inspector, ctx: Context):
    editor = look_at(inspector, "product", "HEADER").places["managers"].editor
    editor.setFocus()
    QTest.keyClick(editor.line, Key.Key_Backspace)
    chip = editor.findChild(Chip)
    assert chip.hasFocus()
    QTest.keyClick(chip, Key.Key_Delete)
    assert ctx.data.get("product", "HEADER").managers == ()


def test_words_that_name_nothing_are_kept_and_marked(inspector: Inspector, ctx: Context):
    editor = look_at(inspector, "product", "HEADER").places["managers"].editor
    editor.setFocus()
    QTest.keyClicks(editor.line, "Somebody, of Somewhere")
    QTest.keyClick(editor.line, Key.Key_Return)
    assert ctx.data.get("product", "HEADER").managers == ("pPlu", "?Somebody, of Somewhere")
    assert [chip.lost for chip in editor.findChildren(Chip) if chip.isVisible()] == [False, True]


def test_hostile_and_long_text_is_shown_and_kept_word_for_word(inspector: Inspector, ctx: Context):
    ctx.step("Set", [put(ctx.data.get("product", "HEADER"), {"note": HOSTILE, "name": "<b>x</b> & {{y}}"})])
    form = look_at(inspector, "product", "HEADER")
    assert form.places["note"].editor.text.toPlainText() == HOSTILE
    assert inspector.title.text() == "<b>x</b> & {{y}}"
    assert {label.textFormat() for label in inspector.findChildren(QLabel) if label.text()} == {
        Qt.TextFormat.PlainText
    }
    form = look_at(inspector, "product", "ODD")
    assert form.places["description"].editor.text.toPlainText() == HOSTILE + LONG
    assert not any(place.editor.touched() for place in form.places.values())


def test_links_go_both_ways_and_a_click_goes_there(inspector: Inspector, ctx: Context, qtbot):
    look_at(inspector, "product", "ARC")
    found = [(line.style, line.words) for line in inspector.links.lines]
    assert found == [
        (HEADING, "Part of"),
        (ROW, "L1 Level 1 System"),
        (HEADING, "Products · Uses"),
        (ROW, "HEADER Header Generator"),
    ]
    assert inspector.tabs.tabText(1) == "Links 2"
    inspector.tabs.setCurrentIndex(1)
    with qtbot.waitSignal(ctx.go) as signal:
        inspector.links.clicked.emit(inspector.links.model().index(3, 0))
    assert signal.args == ["product", "HEADER"]


def test_a_part_is_added_and_removed_among_the_links(inspector: Inspector, ctx: Context):
    look_at(inspector, "requirement", "q1")
    actions = inspector.adder.menu().actions()
    assert [action.text() for action in actions] == ["Trace link (requirement)", "Trace link (traces to)"]
    actions[0].trigger()
    assert sorted(row.requirement for row in ctx.data.rows("trace").values()) == ["q1", "q1"]
    inspector.links.unwanted.emit("trace", "t1")
    assert "t1" not in ctx.data.rows("trace")


def history_of(inspector: Inspector, *ids: str):
    look_at(inspector, "product", *ids)
    inspector.tabs.setCurrentIndex(HISTORY)
    return inspector.history


def told(history) -> list[str]:
    model = history.lines.changes
    return [model.index(at).data() for at in range(model.rowCount())]


def rename(ctx: Context, name: str, why: str = "") -> None:
    ctx.step(f"Call it {name}", [put(ctx.data.get("product", "HEADER"), {"name": name})], why)


def test_the_history_tells_old_and_new(inspector: Inspector, ctx: Context):
    rename(ctx, "Header Maker", "Because.")
    words = told(history_of(inspector, "HEADER"))
    assert words[0].startswith("Call it Header Maker, ") and words[0].endswith("Because.")
    assert words[1] == "Name: Header GeneratorMaker"
    assert words[-1] == "added"
    assert inspector.tabs.tabText(2) == "History 2"
    inspector.grab()


def test_a_step_is_taken_back_of_this_row_alone(inspector: Inspector, ctx: Context):
    both = [put(ctx.data.get("product", id), {"name": id}) for id in ("HEADER", "ARC")]
    ctx.step("Short names", both)
    history_of(inspector, "HEADER").back.click()
    (sheet,) = changesheet._open
    assert [(item.old, item.new) for item in sheet.table.changes.items] == [("HEADER", "Header Generator")]
    sheet.accept()
    assert ctx.data.get("product", "HEADER").name == "Header Generator"
    assert ctx.data.get("product", "ARC").name == "ARC"
    assert ctx.plan.undoable.title == "Take back “Short names” of “HEADER”"


def test_a_row_is_seen_as_it_was_and_put_back(inspector: Inspector, ctx: Context):
    for name in ("One", "Two", "Three"):
        rename(ctx, name)
    history = history_of(inspector, "HEADER")
    assert not history.then.isEnabled()
    history.lines.setCurrentIndex(history.lines.changes.index(4))
    assert history.step.title == "Call it One"
    history.then.click()
    (sheet,) = changesheet._open
    assert [(item.field, item.old, item.new) for item in sheet.table.changes.items] == [
        ("Name", "Three", "One")
    ]
    sheet.accept()
    assert ctx.data.get("product", "HEADER").name == "One"
    ctx.undo()
    assert ctx.data.get("product", "HEADER").name == "Three"


def test_from_the_history_of_a_row_the_whole_step_is_a_click_away(inspector: Inspector, ctx: Context, qtbot):
    rename(ctx, "One")
    with qtbot.waitSignal(ctx.go) as went:
        history_of(inspector, "HEADER").go.click()
    assert went.args == ["history", "2"]


def test_a_row_without_history_says_so(inspector: Inspector, ctx: Context):
    ctx.plan.compact(ctx.plan.boundary("1"))
    history = history_of(inspector, "HEADER")
    assert "the history was compacted" in history.nothing.text()
    assert not history.back.isEnabled() and not history.go.isEnabled()


def test_findings_of_the_row_stand_on_top_with_their_fix(inspector: Inspector, ctx: Context):
    fix = Fix("Call it header", (put(ctx.data.get("product", "HEADER"), {"jira": "header"}),))
    ctx.found_now([Finding("x", "warning", "product", "HEADER", "jira", "No <i>component</i>.", (fix,))])
    form = look_at(inspector, "product", "HEADER")
    assert "No <i>component</i>." in [label.text() for label in inspector.findChildren(QLabel)]
    assert form.places["jira"].label.property("role") == "warning"
    assert form.places["jira"].label.text() == "JIRA component · warning"
    button = next(
        button for button in inspector.findChildren(QPushButton) if button.text() == "Call it header"
    )
    button.click()
    (sheet,) = changesheet._open
    assert [(item.field, item.old, item.new) for item in sheet.table.changes.items] == [
        ("JIRA component", "", "header")
    ]
    assert ctx.data.get("product", "HEADER").jira == ""
    sheet.accept()
    assert ctx.data.get("product", "HEADER").jira == "header"


def boxes(inspector: Inspector) -> list[FindingBox]:
    QApplication.processEvents()
    return [box for box in inspector.findChildren(FindingBox) if box.isVisible()]


def test_every_fix_of_a_finding_is_offered_and_accepting_it_too(inspector: Inspector, ctx: Context):
    header = ctx.data.get("product", "HEADER")
    fixes = tuple(Fix(f"Call it {name}", (put(header, {"jira": name}),)) for name in ("one", "two", "three"))
    ctx.found_now([Finding("x", "warning", "product", "HEADER", "jira", "No component.", fixes)])
    look_at(inspector, "product", "HEADER")
    (box,) = boxes(inspector)
    buttons = {button.text(): button for button in box.findChildren(QPushButton)}
    assert [*buttons] == ["Call it one", "Call it two", "Call it three", "Accept…"]
    buttons["Call it three"].click()
    (sheet,) = changesheet._open
    sheet.accept()
    assert ctx.data.get("product", "HEADER").jira == "three"
    (box,) = boxes(inspector)
    next(button for button in box.findChildren(QPushButton) if button.text() == "Accept…").click()
    (sheet,) = changesheet._open
    sheet.reason.text.setPlainText("It has none.")
    sheet.accept()
    (kept,) = ctx.data.rows("acceptance").values()
    assert (kept.check, kept.row, kept.reason, kept.until) == ("x", "HEADER", "It has none.", "")


def test_a_fix_that_no_longer_fits_is_told_and_changes_nothing(inspector: Inspector, ctx: Context):
    fix = Fix("Call it header", (put(ctx.data.get("product", "HEADER"), {"jira": "header"}),))
    ctx.found_now([Finding("x", "warning", "product", "HEADER", "jira", "No component.", (fix,))])
    look_at(inspector, "product", "HEADER")
    ctx.step("Otherwise", [put(ctx.data.get("product", "HEADER"), {"jira": "mine"})])
    (box,) = boxes(inspector)
    box.findChildren(QPushButton)[0].click()
    assert ctx.data.get("product", "HEADER").jira == "mine"
    assert ctx.ask.told


def test_a_very_long_title_takes_two_lines_and_is_whole_in_its_tip(inspector: Inspector, ctx: Context):
    look_at(inspector, "product", "HEADER")
    low = inspector.title.height()
    ctx.step("Set", [put(ctx.data.get("product", "HEADER"), {"name": "Header & <b>more</b> " * 60})])
    look_at(inspector, "product", "HEADER")
    QApplication.processEvents()
    shown = inspector.title.shown()
    assert len(shown) == 2 and shown[1].endswith("…")
    assert inspector.title.height() <= 2 * low + 2
    assert inspector.title.toolTip().count("&lt;b&gt;") == 60
    assert inspector.title.accessibleName().count("<b>") == 60


def test_the_datasheet_says_all_of_a_product_and_leads_on(inspector: Inspector, ctx: Context, qtbot):
    ctx.step("Rename", [put(ctx.data.get("product", "HEADER"), {"name": "Header Maker"})])
    look_at(inspector, "product", "HEADER")
    inspector.tabs.setCurrentIndex(SHEET)
    sheet = inspector.sheet.text
    shown = sheet.toPlainText()
    for words in ("Data Management › Level 1 System › HEADER", "Joel Plutchak", "ctrl_iip", "Archiver",
                  "1.02C.03 Level 1", "Name: Header Generator → Header Maker"):  # fmt: skip
        assert words in shown
    assert sheet.isReadOnly()
    at = sheet.targets.index(("product", "L1"))
    with qtbot.waitSignal(ctx.go) as signal:
        sheet.anchorClicked.emit(QUrl(f"#{at}"))
    assert signal.args == ["product", "L1"]
    inspector.sheet.copy()
    copied = QApplication.clipboard().text()
    assert copied.startswith("HEADER Header Maker\n")
    assert "Manager: Joel Plutchak\n" in copied


def test_the_datasheet_follows_what_happens_to_the_product_and_is_for_products_only(
    inspector: Inspector, ctx: Context
):
    look_at(inspector, "product", "ARC")
    inspector.tabs.setCurrentIndex(SHEET)
    assert "Simon Krughoff — from Data Management" in inspector.sheet.text.toPlainText()
    ctx.step("Set", [put(ctx.data.get("product", "DM"), {"managers": ("pPlu",)})])
    inspector.count()
    assert "Joel Plutchak — from Data Management" in inspector.sheet.text.toPlainText()
    look_at(inspector, "product", "ODD")
    assert HOSTILE.replace("\n", "\u2028") in inspector.sheet.text.toPlainText().replace("\n", "\u2028")
    assert "1.02C.07 (moving) (not in the plan)" in inspector.sheet.text.toPlainText()
    look_at(inspector, "person", "pKru")
    assert not inspector.tabs.isTabVisible(SHEET)
    assert inspector.tabs.currentIndex() != SHEET


def test_a_datasheet_is_read_with_the_keys_alone(inspector: Inspector, ctx: Context, qtbot):
    look_at(inspector, "product", "HEADER")
    inspector.tabs.setCurrentIndex(SHEET)
    sheet = inspector.sheet.text
    sheet.setFocus()
    QTest.keyClick(sheet, Key.Key_Tab)
    with qtbot.waitSignal(ctx.go) as signal:
        QTest.keyClick(sheet, Key.Key_Return)
    assert tuple(signal.args) == sheet.targets[0]


def test_findings_take_the_colours_of_the_theme_that_is_chosen(inspector: Inspector, ctx: Context):
    ctx.found_now([Finding("x", "warning", "product", "HEADER", "jira", "No component.")])
    look_at(inspector, "product", "HEADER")

    def ground() -> str:
        QApplication.processEvents()
        return next(
            box.styleSheet() for box in inspector.findChildren(QFrame, "Finding-warning") if box.isVisible()
        )

    themes().choose("light")
    light = ground()
    themes().choose("dark")
    assert ground() != light
    themes().choose("system")


def test_one_field_is_set_for_several_rows_in_one_step(inspector: Inspector, ctx: Context):
    form = look_at(inspector, "product", "HEADER", "ARC")
    assert inspector.title.text() == "2 products"
    assert not form.places["key"].isVisibleTo(form)
    box = form.places["kind"].editor.box
    box.setCurrentIndex(box.findData("service"))
    box.activated.emit(box.currentIndex())
    assert {ctx.data.get("product", id).kind for id in ("HEADER", "ARC")} == {"service"}
    assert ctx.plan.undoable.title == "Change kind of 2 products"


def test_a_read_only_plan_can_be_looked_at_but_not_changed(inspector: Inspector, ctx: Context):
    ctx.plan.read_only = "Opened for reading only."
    form = look_at(inspector, "product", "HEADER")
    assert name_line(form).isReadOnly()
    assert not any(chip.removable for chip in form.findChildren(Chip) if chip.isVisible())


def test_nothing_selected_says_what_to_do(inspector: Inspector):
    inspector.ctx.select("product", "")
    inspector.renew()
    assert inspector.crumb.text() == "Select a row to see its details."
    assert not inspector.tabs.isVisible()


def test_long_links_never_make_the_details_wider_than_their_pane(inspector: Inspector, ctx: Context, qtbot):
    ctx.step(
        "Rename", [put(ctx.data.rows("person")["pPlu"], {"name": "Joel " + "Plutchak-" * 12 + "Junior"})]
    )
    inspector.resize(inspector.minimumWidth(), 700)
    form = look_at(inspector, "product", "HEADER")
    qtbot.wait(10)
    room = inspector.details.viewport().width()
    assert inspector.details.widget().minimumSizeHint().width() <= room == inspector.details.widget().width()
    chip = form.places["managers"].editor.findChild(Chip)
    assert chip.mapTo(inspector, chip.rect().topRight()).x() < inspector.width()
    assert "Plutchak-Junior" in chip.toolTip(), "whole where it is cut"

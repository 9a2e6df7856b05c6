"""The page of scales as people use it: typing scores, mending what does not fit, applying, copying, deleting, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from dmdesk import changes as c
from dmdesk.risks.book import scored
from dmdesk.risks.ready import READY
from dmdesk.risks.scale import scale_of
from ui.scales.library import Entry
from ui.views import make_page

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
LIKELIHOOD, IMPACT, SCORES, ZONES = range(4)


def at(page, tab, row, column):
    """Go to a cell of a tab."""
    page.editor.tabs.setCurrentIndex(tab)
    grid = page.editor.pages[tab].grid
    grid.setFocus()
    grid.setCurrentIndex(grid.cells.index(row, column))
    return grid


def typed(text, key=Key.Key_Return):
    """Type words where the focus is, and end them with a key."""
    QTest.keyClicks(QApplication.focusWidget(), text[:1])
    QTest.keyClicks(QApplication.focusWidget(), text[1:])
    QTest.keyClick(QApplication.focusWidget(), key)


def steps(ctx):
    return [step.title for step in ctx.plan.history()]


def test_scores_are_typed_one_below_the_other_and_nothing_is_written_before_apply(page, register):
    before = steps(register)
    grid = at(page, SCORES, 0, 0)
    typed("12")
    typed("8", Key.Key_Down)
    table = page.editor.desk.scale.table
    assert (table[4][0], table[3][0]) == (12, 8)
    assert grid.currentIndex().row() == 2
    assert scale_of(register.data) == READY["rubin"]
    assert steps(register) == before
    assert page.editor.state.text() == "Edited, not applied yet"


def test_the_matrix_is_walked_by_arrow_keys_and_says_its_cells(page):
    grid = at(page, SCORES, 0, 0)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(grid, key)
    index = grid.currentIndex()
    assert (index.row(), index.column()) == (2, 1)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Likelihood Possible · 3, impact 2 · Moderate: low, score: 9"


def test_what_is_no_number_stays_is_said_at_its_cell_and_keeps_apply_waiting(page):
    grid = at(page, SCORES, 1, 0)
    typed("x")
    tab, index = page.editor.pages[SCORES], grid.cells.index(1, 0)
    sentence = "Likelihood Likely · 4, impact 1 · Low: low, score: “x” is not a number such as 2.5."
    assert index.data() == "x"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == sentence
    assert tab.wrong.text() == sentence
    assert not page.editor.apply.isEnabled()
    assert page.editor.apply.toolTip() == sentence
    page.editor.tabs.setCurrentIndex(LIKELIHOOD)
    page.editor.reason.click()
    assert (page.editor.tabs.currentIndex(), grid.currentIndex()) == (SCORES, index)
    typed("9")
    assert page.editor.apply.isEnabled()
    assert page.editor.reason.text() == ""


@pytest.mark.parametrize(
    ("tab", "row", "column", "text", "sentence"),
    [
        (LIKELIHOOD, 2, 1, "30", "Likelihood 3 begins at 30 %, within likelihood 2, which ends at 40 %."),
        (
            LIKELIHOOD,
            2,
            1,
            "120",
            "Likelihood 3, From (%): “120” is more than 100; write a percentage from 0 to 100.",
        ),
        (ZONES, 1, 1, "30", "Zone “high” begins at 20, not above 30, where “moderate” begins."),
        (ZONES, 1, 0, "low", "The zone “low” is there twice."),
    ],
)
def test_bands_that_overlap_and_zones_that_do_not_rise_are_not_applied(
    page, tab, row, column, text, sentence
):
    at(page, tab, row, column)
    typed(text)
    assert page.editor.pages[tab].wrong.text() == sentence
    assert not page.editor.apply.isEnabled()


def test_an_emptied_name_is_refused_and_undo_takes_edits_back_before_steps(page, register):
    before = steps(register)
    grid = at(page, LIKELIHOOD, 0, 0)
    QTest.keyClick(grid, Key.Key_Delete)
    assert page.editor.pages[LIKELIHOOD].wrong.text() == "Likelihood 1, Name: “Name” is empty; type a name."
    QTest.keyClick(grid, Key.Key_Z, Ctrl)
    assert not page.editor.desk.dirty
    typed("Rare")
    typed("Odd")
    QTest.keyClick(grid, Key.Key_Z, Ctrl)
    assert [band.name for band in page.editor.desk.scale.bands[:2]] == ["Rare", "Unlikely"]
    QTest.keyClick(grid, Key.Key_Z, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert page.editor.desk.scale.bands[1].name == "Odd"
    assert steps(register) == before


def test_cells_are_pasted_from_a_spreadsheet_and_copied_to_one(page):
    grid = at(page, SCORES, 3, 3)
    QGuiApplication.clipboard().setText("1\t2\t3\n4\t5\n")
    QTest.keyClick(grid, Key.Key_V, Ctrl)
    table = page.editor.desk.scale.table
    assert (table[1][3:], table[0][3:]) == ((1, 2), (4, 5))
    QTest.keyClick(grid, Key.Key_C, Ctrl)
    assert QGuiApplication.clipboard().text() == "1"
    QTest.keyClick(grid, Key.Key_Z, Ctrl)
    assert page.editor.desk.scale == READY["rubin"]


def test_colour_and_pattern_of_a_zone_are_chosen_by_keys(page):
    grid = at(page, ZONES, 1, 2)
    QTest.keyClick(grid, Key.Key_Return)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    box.setCurrentText("amber")
    QTest.keyClick(box, Key.Key_Return)
    assert page.editor.desk.scale.zones[1].colour == "#ffc000"
    assert grid.hasFocus()


def test_the_preview_follows_and_says_how_many_risks_each_zone_gets(page, qtbot):
    assert (
        page.beside.tally.accessibleDescription()
        == "high: 1 now, 1 then; moderate: 1 now, 1 then; low: 1 now, 1 then"
    )
    at(page, ZONES, 1, 1)
    typed("11")
    wanted = "high: 1 now, 1 then; moderate: 1 now, 0 then; low: 1 now, 2 then"
    qtbot.waitUntil(lambda: page.beside.tally.accessibleDescription() == wanted)
    assert page.beside.map.cells == {(5, 5): ["a"], (3, 1): ["b"], (5, 1): ["c"]}
    at(page, LIKELIHOOD, 2, 0)
    page.editor.pages[LIKELIHOOD].remove()
    qtbot.waitUntil(lambda: page.beside.map.cells == {(4, 5): ["a"], (3, 1): ["b"], (4, 1): ["c"]})


def test_apply_shows_what_happens_and_is_one_step_that_undo_takes_back(page, register, sheet):
    at(page, LIKELIHOOD, 2, 0)
    page.editor.pages[LIKELIHOOD].remove()
    page.editor.apply.click()
    opened = sheet()
    assert [(item.row, item.old, item.new) for item in opened.now.items if item.field == "Stands at"] == [
        ("a Risk a", "L5 × I5 · 25 · high", "L4 × I5 · 25 · high"),
        ("b Risk b", "L3 × I1 · 4 · low", "L3 × I1 · 7 · low"),
        ("c Risk c", "L5 × I1 · 10 · moderate", "L4 × I1 · 10 · moderate"),
    ]
    opened.accept()
    assert steps(register)[0] == "Change scale Rubin Observatory"
    assert scale_of(register.data).height == 4
    assert scored(register.data, "a").current.likelihood == 4
    assert not page.editor.desk.dirty
    register.undo()
    assert scale_of(register.data) == READY["rubin"]
    assert scored(register.data, "a").current.likelihood == 5
    assert page.editor.desk.scale.height == 5


def test_cancel_leaves_plan_and_draft_as_they_are(page, register, sheet):
    before = steps(register)
    at(page, SCORES, 0, 0)
    typed("12")
    page.editor.apply.click()
    sheet().reject()
    assert steps(register) == before
    assert page.editor.desk.scale.table[4][0] == 12
    page.editor.discard.click()
    assert page.editor.desk.scale == READY["rubin"]
    assert not page.editor.desk.dirty


def test_a_level_is_added_in_every_dimension_with_a_row_and_a_column_of_scores(page):
    at(page, IMPACT, 4, 0)
    page.editor.pages[IMPACT].add()
    scale = page.editor.desk.scale
    assert {len(levels) for levels in scale.levels.values()} == {6}
    assert {len(row) for row in scale.table} == {6}
    assert page.editor.apply.isEnabled()


def test_dimensions_are_added_renamed_and_removed(page, answers):
    tab = page.editor.pages[IMPACT]
    answers.typed = "reputation"
    tab.add_dimension()
    assert tab.box.currentText() == "reputation"
    answers.typed = "Good name"
    tab.rename()
    assert "Good name" in page.editor.desk.scale.levels
    answers.typed = "COST"
    tab.add_dimension()
    assert answers.told == ["There is a dimension “COST” already; nothing was changed."]
    tab.remove_dimension()
    assert page.editor.desk.scale == READY["rubin"]


def test_hostile_words_are_words(page, register, sheet):
    hostile = "<b>x</b> & %s '; drop"
    at(page, LIKELIHOOD, 0, 0)
    typed(hostile)
    page.editor.apply.click()
    sheet().accept()
    assert scale_of(register.data).bands[0].name == hostile
    assert hostile in page.editor.pages[SCORES].grid.cells.headerData(4, Qt.Orientation.Vertical)


def test_a_key_that_another_scale_has_is_refused_at_once(page, register):
    page.copy()
    editor = page.editor
    editor.fields["key"].setText("rubin")
    editor.fields["key"].setModified(True)
    editor.finish()
    assert editor.reason.accessibleName().endswith(
        "Another scale of the plan has the key “rubin”; choose one that is free."
    )
    assert not editor.apply.isEnabled()


# -- the library


def choose(page, **wanted):
    entry = next(
        one for one in page.library.entries() if all(getattr(one, k) == v for k, v in wanted.items())
    )
    page.library.choose(entry)
    page._picked(entry)
    return entry


def test_own_and_ready_scales_are_listed_and_the_one_in_use_is_marked(page):
    texts = [page.library.list.item(at).text() for at in range(page.library.list.count())]
    assert texts == ["In this plan", "Rubin Observatory", "Ready to use", "NASA", "DOE", "PMI"]
    spoken = page.library.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Rubin Observatory, a scale of this plan, the plan uses it"


def test_a_ready_scale_is_shown_and_copied_but_not_edited(page, register):
    choose(page, key="nasa")
    grid = at(page, SCORES, 0, 0)
    typed("12")
    assert page.editor.desk.scale == READY["nasa"]
    assert not grid.cells.flags(grid.currentIndex()) & Qt.ItemFlag.ItemIsEditable
    page.library.copy.click()
    assert steps(register)[0] == "Copy scale NASA"
    assert page.entry == Entry(register.data.find("scale", "nasa").id, "nasa")
    at(page, SCORES, 0, 0)
    typed("12")
    assert page.editor.desk.scale.table[4][0] == 12
    assert scale_of(register.data).key == "rubin"


def test_using_another_scale_goes_through_the_sheet(page, register, sheet):
    choose(page, key="pmi")
    page.library.use.click()
    opened = sheet()
    assert opened.windowTitle() == "Use scale PMI"
    assert "3 risks stand otherwise" in opened._words.text()
    opened.accept()
    assert scale_of(register.data) == READY["pmi"]
    assert page.library.current().used(register.data)


def test_a_scale_in_use_is_not_deleted_and_another_one_is(page, register):
    assert not page.library.delete.isEnabled()
    choose(page, key="doe")
    page.library.copy.click()
    page.library.delete.click()
    assert register.data.find("scale", "doe") is None
    assert [row.scale for row in register.data.rows("band").values()] == [register.data.plan().scale] * 5


def test_what_was_edited_is_not_left_without_a_question(page, answers):
    at(page, SCORES, 0, 0)
    typed("12")
    answers.yes = False
    choose(page, key="nasa")
    assert page.entry.key == "rubin"
    assert page.editor.desk.scale.table[4][0] == 12
    page.library.use.click()
    page.library.copy.click()
    assert answers.told == ["This scale was edited. Apply or discard what was edited first."]


def test_a_plan_that_uses_the_ready_scale_uses_the_copy_that_is_made_to_edit_it(ctx, window, qtbot):
    window.go("scale")
    page = window.stack.currentWidget()
    assert page.entry == Entry("", "rubin")
    assert page.remedy.isVisible()
    page.remedy.click()
    assert (page.remedy.isVisible(), page.library.copy.isVisible()) == (False, True)
    assert scale_of(ctx.data).id == page.entry.id != ""
    assert not page.editor.desk.read_only


def test_edits_stay_when_the_plan_changes_meanwhile(page, register):
    at(page, SCORES, 0, 0)
    typed("12")
    row = register.data.find("scale", "rubin")
    register.step("Name it", [c.put(row, {"source": "Elsewhere"})])
    assert page.editor.desk.scale.table[4][0] == 12
    assert page.editor.desk.base.source == "Elsewhere"


def test_a_read_only_plan_shows_scales_and_changes_none(page, register, window):
    register.plan.read_only = "This plan was opened for reading only."
    fresh = make_page(register, "scale")
    try:
        assert fresh.editor.desk.read_only
        buttons = (fresh.library.use, fresh.library.copy, fresh.library.delete)
        assert not any(button.isEnabled() for button in buttons)
    finally:
        register.plan.read_only = ""
        fresh.deleteLater()


def test_a_scale_without_any_levels_is_told_and_can_be_filled(page, register):
    from tests.core.risks.register import row

    register.step("Add", [c.add(row("scale", "bare", key="bare", name="Bare"))])
    page.reveal("bare")
    assert page.editor.reason.accessibleName().startswith(
        "Cannot be applied: There are 0 levels of likelihood"
    )
    for tab in (LIKELIHOOD, IMPACT, ZONES):
        page.editor.pages[tab].add()
    at(page, SCORES, 0, 0)
    typed("2")
    assert page.editor.desk.graves() == []
    assert page.editor.apply.isEnabled()

"""The sheet of find and replace: shows each change while one types, and makes the ticked ones as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.views.test_cell_commands import select
from ui import changesheet
from ui.actions import actions, perform
from ui.context import Context
from ui.replacesheet import ReplaceSheet


@pytest.fixture
def sheet(ctx: Context, qtbot):
    def opened(*ids: str, column: str = "name") -> ReplaceSheet:
        at = select(ctx, ids)._replace(
            shown=("DM", "L1", "HEADER", "ARC", "DAC", "ODD"),
            seen=("name", "managers", "jira"),
            right=(column,),
        )
        ctx.set_cells("product", lambda: at)
        perform(actions()["cells.replace"], ctx)
        (made,) = changesheet._open
        assert isinstance(made, ReplaceSheet)
        return made

    yield opened
    for one in list(changesheet._open):
        one.reject()


def type_in(sheet: ReplaceSheet, words: str, other: str = "") -> None:
    sheet.words.setText(words)
    sheet.other.setText(other)
    sheet.look()


def test_changes_are_shown_row_by_row_and_made_as_one_step(sheet, ctx: Context):
    made = sheet("HEADER")
    assert made._words.text() == "In 6 products."
    type_in(made, "data", "Daten")
    assert [(item.old, item.new) for item in made.table.changes.items] == [
        ("Data Management", "Daten Management"),
        ("Data Access Center", "Daten Access Center"),
    ]
    assert made.yes.text() == "Replace in 2 rows"
    made.accept()
    assert ctx.data.get("product", "DAC").name == "Daten Access Center"
    assert ctx.data.get("product", "DAC").aka == ("Data Access Center",)
    assert ctx.plan.undoable.title == "Replace in name of 2 products"


def test_rows_without_their_tick_stay_as_they_are(sheet, ctx: Context):
    made = sheet("HEADER")
    type_in(made, "data", "Daten")
    made.table.setCurrentIndex(made.table.changes.index(0, 0))
    QTest.keyClick(made.table, Qt.Key.Key_Space)
    assert made.yes.text() == "Replace in 1 row"
    made.accept()
    assert ctx.data.get("product", "DM").name == "Data Management"
    assert ctx.data.get("product", "DAC").name == "Daten Access Center"


def test_of_several_selected_rows_only_those_are_looked_at(sheet):
    made = sheet("DM", "HEADER")
    type_in(made, "data", "Daten")
    assert [item.row for item in made.table.changes.items] == ["DM Data Management"]


def test_managers_are_replaced_by_name(sheet, ctx: Context):
    made = sheet("HEADER", column="managers")
    type_in(made, "Joel Plutchak", "Simon Krughoff")
    made.accept()
    assert ctx.data.get("product", "HEADER").managers == ("pKru",)


def test_a_pattern_that_is_none_says_so_at_its_place_and_nothing_can_be_replaced(sheet):
    made = sheet("HEADER")
    made.way.setCurrentIndex(made.way.findText("Regular expression"))
    type_in(made, "(")
    assert made.wrong.text().startswith("This is no regular expression: ")
    assert not made.wrong.isHidden()
    assert not made.yes.isEnabled()
    type_in(made, "(D)ata", r"\1")
    assert made.wrong.isHidden()
    assert made.table.changes.items[0].new == "D Management"


def test_a_pattern_that_could_search_for_hours_says_so_at_its_place(sheet):
    made = sheet("HEADER")
    made.way.setCurrentIndex(made.way.findText("Regular expression"))
    type_in(made, "(a+)+$")
    assert made.wrong.text().startswith("This regular expression could search for hours, because ")
    assert not made.wrong.isHidden()
    assert not made.yes.isEnabled()


def test_nothing_typed_finds_nothing(sheet):
    made = sheet("HEADER")
    assert made.table.changes.items == []
    assert not made.yes.isEnabled()

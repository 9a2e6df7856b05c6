"""Marks: every row and cell that is not as it was in the baseline says what it was, by sign, tip and voice."""

import pytest
from PySide6.QtCore import Qt

from dmdesk import changes as c
from ui.compare.wasline import WasLine
from ui.context import Context
from ui.models.table import TableModel
from ui.models.tree import TreeModel
from ui.window import Window


def _at(model: TreeModel | TableModel, id: str, name: str) -> tuple[int, int]:
    return model.row_of(id), model.columns.index(name)


@pytest.fixture
def products(window: Window) -> TreeModel:
    window.go("product", "HEADER")
    model = window.pages["product"].model
    model.open_levels(9)
    return model


def test_a_changed_row_and_a_moved_one_are_marked_with_what_they_were(products: TreeModel) -> None:
    changed = products.was(products.row_of("HEADER"), 0)
    assert changed is not None
    assert (changed.what, changed.words) == ("changed", "Name: was “Header Generator” in 3.0")
    moved = products.was(products.row_of("ARC"), 0)
    assert moved is not None
    assert moved.what == "moved"
    assert "was “Level 1 System” in 3.0" in moved.words
    assert products.was(products.row_of("DAC"), 0) is None


def test_a_changed_cell_is_marked_and_the_others_are_not(products: TreeModel, window: Window) -> None:
    window.ctx.step("Hand over", [c.put(window.ctx.data.rows("product")["HEADER"], {"managers": ("pKru",)})])
    row, column = _at(products, "HEADER", "managers")
    was = products.was(row, column)
    assert was is not None
    assert was.words == "was “Joel Plutchak” in 3.0"
    assert products.was(row, products.columns.index("kind")) is None
    index = products.index(row, column)
    assert "Was “Joel Plutchak” in 3.0." in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Simon Krughoff (changed)"
    assert "in 3.0" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    window.pages["product"].grab()


def test_a_closed_row_says_that_rows_below_it_are_not_as_they_were(
    products: TreeModel, window: Window
) -> None:
    top, below = products.row_of("DM"), products.row_of("L1")
    assert (products.was(top, 0), products.was(below, 0)) == (None, None), "open: the rows say it themselves"
    products.set_open(["L1"], False)
    was = products.was(below, 0)
    assert was is not None
    assert (was.what, was.sentence) == ("changed below", "1 row below is not as in 3.0.")
    index = products.index(below, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("(changed below)")
    assert "1 row below is not as in 3.0." in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "1 row below is not as in 3.0." in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert products.was(below, 1) is None
    products.set_open(["DM"], False)
    was = products.was(top, 0)
    assert was is not None and was.sentence == "2 rows below are not as in 3.0."
    window.pages["product"].grab()


def test_the_sign_of_a_closed_row_follows_edits_and_stands_beside_its_own(
    products: TreeModel, window: Window
) -> None:
    products.set_open(["L1"], False)
    rows = window.ctx.data.rows
    window.ctx.step("Back", [c.put(rows("product")["HEADER"], {"name": "Header Generator"})])
    assert products.was(products.row_of("L1"), 0) is None
    window.ctx.step("Again", [c.put(rows("product")["HEADER"], {"name": "Header Maker"})])
    window.ctx.step("Rename", [c.put(rows("product")["L1"], {"name": "Level One"})])
    was = products.was(products.row_of("L1"), 0)
    assert was is not None
    assert was.what == "changed"
    assert was.words == "Name: was “Level 1 System” in 3.0.\n1 row below is not as in 3.0."


def test_an_added_row_is_marked_as_a_whole(window: Window) -> None:
    window.go("milestone", "m3")
    model = window.pages["milestone"].model
    was = model.was(model.row_of("m3"), 0)
    assert was is not None
    assert was.sentence == "Added since 3.0."
    assert all(model.was(model.row_of("m3"), at) is None for at in range(1, len(model.columns)))
    window.pages["milestone"].grab()


def test_the_inspector_says_at_the_field_what_it_was(window: Window, products: TreeModel) -> None:
    assert window.inspector is not None
    window.inspector.renew()
    line = window.inspector.form.places["name"].findChild(WasLine)
    assert line.isVisibleTo(window.inspector)
    assert line.words.text() == "Was “Header Generator” in 3.0."
    assert window.inspector.form.places["key"].findChild(WasLine) is None
    window.ctx.undo()
    window.go("product", "ARC")
    window.inspector.renew()
    assert window.inspector.was.words.text() == "Moved since 3.0: part of."
    window.go("product", "DAC")
    window.inspector.renew()
    assert not window.inspector.was.isVisibleTo(window.inspector)
    assert not line.isVisibleTo(window.inspector)


def test_a_plan_without_a_baseline_has_no_marks(ctx: Context) -> None:
    model = TableModel(ctx, "milestone")
    assert model.was(0, 0) is None
    assert "in 3.0" not in (model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "")


def test_changed_since_a_sealed_version_shows_what_differs_and_follows(window: Window) -> None:
    window.go("product")
    page = window.pages["product"]
    page.filter.setText("changed>3.0")
    assert set(page.model.hits) == {"HEADER", "ARC"}
    for _ in range(5):
        window.ctx.undo()
    page.filter.setText("changed>3")
    assert set(page.model.hits) == {"HEADER"}


def test_the_page_of_sections_says_above_the_text_what_it_was(window: Window) -> None:
    window.go("section", "s1")
    page = window.pages["section"]
    assert page.was.isVisibleTo(page)
    assert page.was.words.text() == "Was “Some *words* here.” in 3.0."
    window.go("section", "s2")
    assert not page.was.isVisibleTo(page)
    body = "The same words at the beginning of a long text. " * 20
    window.ctx.step("Write", [c.put(window.ctx.data.rows("section")["s2"], {"body": body})])
    assert page.was.words.text() == "Was empty in 3.0."

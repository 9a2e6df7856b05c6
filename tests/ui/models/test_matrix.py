"""The model of a matrix: what is shown, how it folds and filters, and that it keeps Qt's rules."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from dmdesk import changes as c
from dmdesk.matrices import RELATIONS
from tests.ui.small_plan import HOSTILE, row
from ui.context import Context
from ui.models.matrix import MatrixModel

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
ROWS, COLUMNS = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


def model_of(ctx: Context, name: str) -> MatrixModel:
    made = MatrixModel(ctx, name)
    ctx.changed.connect(made.follow)
    return made


def shown(model: MatrixModel, of: str, other: str) -> str:
    return model.data(model.index(*model.place(of, other)))


@pytest.mark.parametrize("name", RELATIONS.names())
def test_a_matrix_keeps_qts_rules_while_rows_and_columns_come_fold_and_go(ctx: Context, name: str):
    model = model_of(ctx, name)
    QAbstractItemModelTester(model, STRICT, model)
    before = list(model.rows.shown), list(model.columns.shown)
    for way in (ROWS, COLUMNS):
        model.open_levels(way, 0)
        model.open_levels(way, 99)
        model.set_filter(way, "1")
        model.set_gaps(way, True)
        model.set_filter(way, "")
        model.set_gaps(way, False)
    assert ctx.step("Drop", c.drop_all(ctx.data, [ctx.data.get("wbs", "w3"), ctx.data.get("product", "DM")]))
    assert model.toggle(0, 0)
    for _ in range(2):
        ctx.undo()
    assert (model.rows.shown, model.columns.shown) == before
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_products_stand_in_tree_order_against_elements_in_natural_order(ctx: Context):
    model = model_of(ctx, "product-wbs")
    assert model.rows.shown == ["DM", "L1", "HEADER", "ARC", "DAC", "ODD"]
    assert model.columns.shown == ["w2", "w3", "w9", "w10"]
    assert shown(model, "DM", "w2") == "x"
    assert shown(model, "HEADER", "w3") == "(x)"
    assert shown(model, "ODD", "w3") == "1"
    assert shown(model, "DM", "w3") == "1"
    assert shown(model, "DM", "w10") == ""


def test_a_click_is_one_step_and_changes_no_shape(ctx: Context):
    model = model_of(ctx, "product-wbs")
    reset = QSignalSpy(model.modelReset)
    assert model.toggle(*model.place("HEADER", "w10"))
    assert shown(model, "HEADER", "w10") == "x"
    assert ctx.plan.undoable.title == "Assign Header Generator to 1.02C.03.10"
    assert reset.count() == 0


def test_the_columns_fall_into_groups_of_the_second_level(ctx: Context):
    model = model_of(ctx, "product-wbs")
    assert model.groups(0, 3) == [("w2", 0, 0), ("w3", 1, 3)]
    top = row("wbs", "w", key="1.02C", name="All")
    below = [c.put(ctx.data.get("wbs", id), {"parent": "w"}) for id in ("w2", "w3")]
    ctx.step("Put below", [c.add(top), *below])
    assert model.groups(0, 4) == [("w", 0, 0), ("w2", 1, 1), ("w3", 2, 4)]
    assert model.groups(3, 3) == [("w3", 2, 4)]
    model.open_levels(COLUMNS, 1)
    assert model.columns.shown == ["w", "w2", "w3"]


def test_a_filter_keeps_the_products_above_a_match_and_narrows_the_columns(ctx: Context):
    model = model_of(ctx, "product-wbs")
    model.set_filter(ROWS, "HEADER gen")
    assert model.rows.shown == ["DM", "L1", "HEADER"]
    assert model.rows.hits == {"HEADER"}
    model.set_filter(COLUMNS, "1.02C.03.")
    assert model.columns.shown == ["w9", "w10"]
    model.set_open(ROWS, "L1", False)
    assert model.rows.shown == ["DM", "L1"]
    model.set_filter(ROWS, "")
    assert len(model.rows.shown) == 6


def test_a_gap_that_is_filled_stays_in_sight_until_the_filter_changes(ctx: Context):
    model = model_of(ctx, "product-wbs")
    model.set_gaps(ROWS, True)
    assert model.rows.hits == {"HEADER", "ARC", "DAC"}
    model.toggle(*model.place("ARC", "w10"))
    assert "ARC" in model.rows.shown
    model.set_gaps(ROWS, False)
    model.set_gaps(ROWS, True)
    assert model.rows.hits == {"HEADER", "DAC"}


def test_elements_without_any_product_can_be_shown_alone(ctx: Context):
    model = model_of(ctx, "product-wbs")
    model.set_gaps(COLUMNS, True)
    assert model.columns.shown == ["w10"]


def test_words_typed_by_people_are_never_markup(ctx: Context):
    model = model_of(ctx, "product-wbs")
    tip = model.data(model.index(*model.place("ODD", "w9")), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip and "<b>" not in tip
    head = model.headerData(model.place("ODD", "")[0], ROWS, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in head and "<b>" not in head


def test_an_empty_cell_says_what_crosses_there(ctx: Context):
    model = model_of(ctx, "product-wbs")
    words = model.data(model.index(*model.place("DM", "w10")), Qt.ItemDataRole.AccessibleTextRole)
    assert words == "DM Data Management × 1.02C.03.10 Ten: nothing yet."


def test_copied_cells_have_codes_and_names_at_the_edges_and_no_stray_tabs(ctx: Context):
    ctx.step("Rename", [c.put(ctx.data.get("product", "ARC"), {"name": f"a {HOSTILE}"})])
    model = model_of(ctx, "product-wbs")
    lines = [line.split("\t") for line in model.copied(range(6), range(4)).splitlines()]
    assert {len(line) for line in lines} == {6}
    assert lines[0] == ["", "", "1.02C.02", "1.02C.03", "1.02C.03.09", "1.02C.03.10"]
    assert lines[2] == ["DM", "Data Management", "x", "1", "", ""]
    assert lines[4][:2] == ["HEADER", "Header Generator"]


def test_a_large_tree_opens_with_its_first_levels(ctx: Context):
    many = [
        row("wbs", f"m{n}", key=f"9.{n:03d}", name=f"M{n}", parent="m0" if n else "w9") for n in range(400)
    ]
    ctx.step("Many", [c.add(one) for one in many])
    model = model_of(ctx, "product-wbs")
    assert model.columns.shown == ["w2", "w3", "w9", "m0", "w10"]


def test_the_account_manager_is_written_to_the_element_as_one_step(ctx: Context):
    model = model_of(ctx, "obs")
    at = model.index(*model.place("w3", "iNCSA"))
    assert model.setData(at, "pKru")
    assert ctx.data.get("wbs", "w3").manager == "pKru"
    assert model.data(at) == "x Simon Krughoff"
    assert shown(model, "w9", "iNCSA") == "(x) Simon Krughoff"
    assert "Change control account manager of" in ctx.plan.undoable.title

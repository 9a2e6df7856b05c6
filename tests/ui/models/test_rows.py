"""Models of tables and trees: what is shown, in which order, and how it follows the plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from dmdesk import changes as c
from dmdesk.kinds import kinds
from tests.ui.small_plan import HOSTILE, LONG, row
from ui.context import Context
from ui.models import differences
from ui.models.rows import ID, MARK, MATCH, PREFIX, RowsModel
from ui.models.table import TableModel
from ui.models.tree import TreeModel

TREES = [kind.name for kind in kinds() if kind.parent]
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def model_of(ctx: Context, kind: str) -> RowsModel:
    made = TreeModel(ctx, kind) if kinds()[kind].parent else TableModel(ctx, kind)
    ctx.changed.connect(made.follow)
    return made


def words(model: RowsModel, column: str) -> list[str]:
    at = model.columns.index(column)
    return [model.cell(row, at).text for row in range(model.rowCount())]


def cell(model: RowsModel, id: str, column: str):
    return model.cell(model.row_of(id), model.columns.index(column))


@pytest.mark.parametrize("kind", kinds().names())
def test_every_kind_makes_a_model_that_keeps_qts_rules_while_rows_come_change_and_go(ctx: Context, kind: str):
    model = model_of(ctx, kind)
    QAbstractItemModelTester(model, STRICT, model)
    made = kinds()[kind].make({}, id="fresh")
    assert ctx.step("Add", [c.add(made)])
    assert model.row_of("fresh") >= 0
    field = next(field for field in kinds()[kind].fields if field.type.name in ("line", "code", "prose"))
    assert ctx.step("Set", [c.put(made, {field.name: "zzz"})])
    assert cell(model, "fresh", field.name).text == "zzz"
    model.set_filter("zzz")
    assert model.shown == ["fresh"]
    ctx.undo()
    ctx.undo()
    model.set_filter("")
    assert set(model.shown) == set(ctx.data.rows(kind))


@pytest.mark.parametrize("kind", kinds().names())
def test_an_invalid_index_has_flags_and_no_data(ctx: Context, kind: str):
    model = model_of(ctx, kind)
    assert isinstance(model.flags(QModelIndex()), Qt.ItemFlag)
    assert model.data(QModelIndex()) is None


def test_a_tree_stands_in_natural_order_with_levels(ctx: Context):
    model = model_of(ctx, "wbs")
    assert words(model, "key") == ["1.02C.02", "1.02C.03", "1.02C.03.09", "1.02C.03.10"]
    assert [model.depth(row) for row in range(4)] == [0, 0, 1, 1]


def test_a_filter_keeps_the_rows_above_a_match_and_tells_them_apart(ctx: Context):
    model = model_of(ctx, "product")
    model.set_filter("header")
    assert model.shown == ["DM", "L1", "HEADER"]
    assert [model.data(model.index(row, 0), MATCH) for row in range(3)] == [False, False, True]


def test_a_filter_looks_at_codes_titles_and_inherited_people_and_wants_every_word(ctx: Context):
    model = model_of(ctx, "product")
    model.set_filter("CTRL_iip plutchak")
    assert [id for id in model.shown if model.is_hit(id)] == ["HEADER"]
    model.set_filter("krughoff")
    assert {id for id in model.shown if model.is_hit(id)} == {"DM", "L1", "ARC", "DAC"}


def test_a_filter_opens_what_was_closed_and_leaves_it_closed_afterwards(ctx: Context):
    model = model_of(ctx, "product")
    model.open_levels(0)
    before = list(model.shown)
    model.set_filter("archiver")
    assert "ARC" in model.shown
    model.set_filter("")
    assert model.shown == before == ["DM", "ODD"]


def test_an_inherited_manager_is_marked_and_says_from_where(ctx: Context):
    found = cell(model_of(ctx, "product"), "ARC", "managers")
    assert (found.text, found.mark, found.tip) == (
        "Simon Krughoff",
        "inherited",
        "Inherited from Data Management.",
    )
    assert cell(model_of(ctx, "product"), "HEADER", "managers").mark == ""


def test_unresolved_words_and_unknown_choices_are_shown_and_marked(ctx: Context):
    model = model_of(ctx, "product")
    found = cell(model, "ODD", "wbs")
    assert (found.text, found.mark) == ("1.02C.07 (moving), 1.02C.03.09", "unresolved")
    assert "1.02C.07 (moving)" in found.tip
    assert cell(model, "ODD", "kind").mark == "unknown"
    assert model.data(model.index(model.row_of("ODD"), model.columns.index("wbs")), MARK) == "unresolved"


def test_hostile_words_are_shown_as_they_are_and_tips_are_escaped(ctx: Context):
    model = model_of(ctx, "product")
    index = model.index(model.row_of("ODD"), 0)
    assert model.data(index) == HOSTILE.replace("\n", " ")
    tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip
    assert "<b>" not in tip


def test_a_text_of_ten_thousand_letters_is_cut_to_one_line(ctx: Context):
    found = cell(model_of(ctx, "product"), "ODD", "description")
    assert "\n" not in found.text
    assert len(found.text) < 500 < len(LONG)
    assert found.text.startswith("<b>bold</b> & {{products}}")


def test_editing_a_cell_is_one_named_step_and_undo_shows_the_old_words(ctx: Context):
    model = model_of(ctx, "product")
    index = model.index(model.row_of("HEADER"), model.columns.index("name"))
    assert model.setData(index, "Header Maker")
    assert ctx.plan.undoable.title == "Rename product Header Generator"
    assert cell(model, "HEADER", "name").text == "Header Maker"
    ctx.undo()
    assert cell(model, "HEADER", "name").text == "Header Generator"


def test_a_name_that_people_know_is_kept_and_that_of_a_new_row_is_not(ctx: Context, monkeypatch):
    model = model_of(ctx, "product")
    index = model.index(model.row_of("HEADER"), model.columns.index("name"))
    assert model.setData(index, "Header Maker")
    assert ctx.data.get("product", "HEADER").aka == ()
    monkeypatch.setattr(ctx, "is_new", lambda row: False)
    assert model.setData(index, "Header Service")
    assert ctx.data.get("product", "HEADER").aka == ("Header Maker",)


def test_a_value_that_stays_the_same_makes_no_step(ctx: Context):
    model = model_of(ctx, "product")
    before = ctx.plan.undoable
    assert model.setData(model.index(model.row_of("HEADER"), 0), "Header Generator")
    assert ctx.plan.undoable == before


def test_renaming_a_linked_row_shows_and_is_found_at_once(ctx: Context):
    model = model_of(ctx, "product")
    model.set_filter("nobody")
    model.set_filter("")
    ctx.step("Rename", [c.put(ctx.data.get("person", "pPlu"), {"name": "Nobody Else"})])
    assert cell(model, "HEADER", "managers").text == "Nobody Else"
    model.set_filter("nobody")
    assert "HEADER" in model.shown


def test_a_new_manager_changes_what_rows_below_are_found_by(ctx: Context):
    model = model_of(ctx, "product")
    model.set_filter("plutchak")
    model.set_filter("")
    ctx.step("Set", [c.put(ctx.data.get("product", "L1"), {"managers": ("pPlu",)})])
    model.set_filter("plutchak")
    assert {id for id in model.shown if model.is_hit(id)} == {"L1", "ARC", "HEADER"}


def test_a_row_edited_out_of_the_filter_stays_until_the_filter_changes(ctx: Context):
    model = model_of(ctx, "product")
    model.set_filter("header")
    ctx.step("Rename", [c.put(ctx.data.get("product", "HEADER"), {"name": "Other", "key": "OTHER"})])
    assert "HEADER" in model.shown
    model.set_filter("header ")
    model.set_filter("heade")
    assert "HEADER" not in model.shown


def test_sections_carry_their_number(ctx: Context):
    model = model_of(ctx, "section")
    found = [model.data(model.index(row, 0), PREFIX) for row in range(model.rowCount())]
    assert found == ["1", "2", "2.1", "A"]


def test_a_table_sorts_by_day_number_and_code_with_empty_cells_last(ctx: Context):
    model = model_of(ctx, "milestone")
    due = model.columns.index("due")
    model.sort(due)
    assert model.shown == ["m2", "m1"]
    model.sort(due, Qt.SortOrder.DescendingOrder)
    assert model.shown == ["m1", "m2"]
    ctx.step("Clear", [c.put(ctx.data.get("milestone", "m1"), {"due": ""})])
    assert model.shown == ["m2", "m1"]
    model.sort(-1)
    assert model.shown == ["m1", "m2"]
    needs = model_of(ctx, "requirement")
    assert words(needs, "key") == ["DMS-REQ-0009", "DMS-REQ-0010"]


def test_derived_columns_count_other_kinds_and_follow_them(ctx: Context):
    model = model_of(ctx, "wbs")
    assert [cell(model, id, "+products").text for id in ("w2", "w3", "w9", "w10")] == ["1", "1", "1", ""]
    ctx.step("Set", [c.put(ctx.data.get("product", "ARC"), {"wbs": ("w10",)})])
    assert cell(model, "w10", "+products").text == "1"
    assert cell(model_of(ctx, "role"), "rPM", "+holders").text == "Simon Krughoff"
    assert cell(model_of(ctx, "requirement"), "q1", "+traces").text == "1"


def test_one_added_row_is_told_as_one_insertion_and_a_reordering_as_one_move(ctx: Context):
    model = model_of(ctx, "product")
    came, went, moved = (
        QSignalSpy(model.rowsInserted),
        QSignalSpy(model.rowsRemoved),
        QSignalSpy(model.rowsMoved),
    )
    reset = QSignalSpy(model.modelReset)
    ctx.step("Add", [c.add(row("product", "new", key="NEW", name="New", parent="L1", order="015"))])
    assert (came.count(), model.shown.index("new")) == (1, model.shown.index("HEADER") + 1)
    model.move(["ARC"], "L1", "HEADER")
    assert moved.count() == 1
    assert model.children_of("L1") == ["ARC", "HEADER", "new"]
    assert (went.count(), reset.count()) == (0, 0)


def test_dropping_a_branch_and_undoing_it_keeps_the_other_rows_and_what_was_open(ctx: Context):
    model = model_of(ctx, "product")
    before = list(model.shown)
    ctx.step("Drop", c.drop_all(ctx.data, [ctx.data.get("product", "L1")]))
    assert model.shown == ["DM", "DAC", "ODD"]
    ctx.undo()
    assert model.shown == before


def test_rows_that_are_dragged_keep_their_order(ctx: Context):
    model = model_of(ctx, "product")
    data = model.mimeData([model.index(model.row_of(id), 0) for id in ("ODD", "ARC", "HEADER")])
    assert model.dragged(data) == ["HEADER", "ARC", "ODD"]
    assert model.move(model.dragged(data), "DAC", "")
    assert model.children_of("DAC") == ["HEADER", "ARC", "ODD"]
    assert ctx.plan.undoable.title == "Move 3 products below Data Access Center"


def test_moving_what_was_dragged_names_the_step(ctx: Context):
    model = model_of(ctx, "product")
    data = model.mimeData([model.index(model.row_of("HEADER"), column) for column in (0, 1)])
    onto = model.index(model.row_of("DAC"), 0)
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, onto)
    assert model.move(model.dragged(data), "DAC", "")
    assert model.parent_id("HEADER") == "DAC"
    assert ctx.plan.undoable.title == "Move Header Generator below Data Access Center"
    ctx.undo()
    assert model.children_of("L1") == ["HEADER", "ARC"]


def test_rows_of_another_kind_cannot_be_dropped(ctx: Context):
    products, elements = model_of(ctx, "product"), model_of(ctx, "wbs")
    data = elements.mimeData([elements.index(0, 0)])
    assert not products.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_a_row_cannot_be_moved_below_itself(ctx: Context):
    model = model_of(ctx, "product")
    before = ctx.plan.undoable
    assert not model.move(["DM"], "HEADER", "")
    assert ctx.plan.undoable == before


def test_wbs_elements_change_their_parent_but_keep_natural_order(ctx: Context):
    model = model_of(ctx, "wbs")
    assert model.move(["w10"], "w2", "")
    assert model.shown == ["w2", "w10", "w3", "w9"]


class _Plain(QAbstractItemModel):
    """Just enough of a model to receive differences."""

    def __init__(self, shown: list[str]) -> None:
        super().__init__()
        self.shown = shown

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        return self.createIndex(row, column)

    def parent(self, child: QModelIndex) -> QModelIndex:  # type: ignore[override]
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: QModelIndex, role: int = 0) -> object:
        return self.shown[index.row()] if role == 0 else None

    def put_shown(self, now: list[str]) -> None:
        self.shown = now


ROWS = st.lists(st.sampled_from("abcdefghij"), unique=True)


@given(ROWS, ROWS)
def test_any_list_becomes_any_other_and_persistent_indexes_stay_on_their_rows(old, new):
    from PySide6.QtCore import QPersistentModelIndex

    model = _Plain(list(old))
    QAbstractItemModelTester(model, STRICT, model)
    kept = {id: QPersistentModelIndex(model.index(row, 0)) for row, id in enumerate(old)}
    resets = QSignalSpy(model.modelReset)
    differences.become(model, list(new))  # type: ignore[arg-type]
    assert model.shown == new
    if not resets.count():
        assert {id: index.row() for id, index in kept.items() if index.isValid()} == {
            id: new.index(id) for id in old if id in new
        }


def test_the_id_of_a_row_can_be_asked_for(ctx: Context):
    model = model_of(ctx, "product")
    assert [model.data(model.index(row, 0), ID) for row in range(model.rowCount())] == model.shown

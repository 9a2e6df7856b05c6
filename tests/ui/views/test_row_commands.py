"""The commands for rows: add, duplicate, delete and move, each one named step."""

import pytest

from dmdesk import changes as c
from dmdesk import places
from dmdesk.kinds import kinds
from tests.ui.small_plan import row
from ui.actions import actions, perform
from ui.commands.rows import next_key
from ui.context import Context


def run(ctx: Context, name: str, kind: str, *ids: str) -> None:
    """Perform an action with these rows selected, the last of them the current one."""
    ctx.page_kind = kind
    ctx.set_rows(kind, ids)
    ctx.select(kind, ids[-1] if ids else "")
    perform(actions()[name], ctx)


def below(ctx: Context, kind: str, parent: str) -> list[str]:
    return [row.id for row in places.siblings(ctx.data, kinds()[kind], parent)]


def new_row(ctx: Context, kind: str, before: set[str]):
    (id,) = set(ctx.data.rows(kind)) - before
    return ctx.data.get(kind, id)


def test_adding_in_a_tree_puts_below_the_current_row_and_asks_for_its_name(ctx: Context, qtbot):
    before = set(ctx.data.rows("product"))
    with qtbot.waitSignals([ctx.go, ctx.wanted]):
        run(ctx, "row.add", "product", "L1")
    made = new_row(ctx, "product", before)
    assert (made.parent, made.name) == ("L1", "New product")
    assert below(ctx, "product", "L1") == ["HEADER", "ARC", made.id]
    assert actions()["row.add"].text(ctx) == "Add product below Level 1 System"


def test_adding_beside_puts_behind_the_current_row(ctx: Context):
    before = set(ctx.data.rows("product"))
    run(ctx, "row.add-sibling", "product", "HEADER")
    assert below(ctx, "product", "L1") == ["HEADER", new_row(ctx, "product", before).id, "ARC"]


@pytest.mark.parametrize(
    ("kind", "like", "beside", "key"),
    [
        ("wbs", "1.02C.03.09", True, "1.02C.03.11"),
        ("wbs", "1.02C.03.10", False, "1.02C.03.10.01"),
        ("requirement", "DMS-REQ-0010", True, "DMS-REQ-0011"),
        ("product", "HEADER", True, "HEADER-1"),
        ("product", "", True, "NEW-1"),
    ],
)
def test_a_new_key_counts_on_from_its_neighbours(ctx: Context, kind: str, like: str, beside: bool, key: str):
    assert next_key(ctx.data, kinds()[kind], like, beside) == key


def test_duplicates_have_keys_of_their_own_and_stand_behind(ctx: Context):
    before = set(ctx.data.rows("product"))
    run(ctx, "row.duplicate", "product", "HEADER")
    made = new_row(ctx, "product", before)
    assert (made.key, made.name, made.managers) == ("HEADER-2", "Header Generator", ("pPlu",))
    assert below(ctx, "product", "L1") == ["HEADER", made.id, "ARC"]


def test_deleting_says_what_goes_along_and_waits_for_a_yes(ctx: Context):
    ctx.step("Link", [c.add(row("milestone", "m3", key="M", name="M", products=("L1", "ARC")))])
    ctx.ask.yes = False
    run(ctx, "row.delete", "product", "L1")
    assert ctx.ask.asked == [
        ("Delete “Level 1 System”?", "This deletes 2 products below it; 2 links to it are cleared.")
    ]
    assert "L1" in ctx.data.rows("product")
    ctx.ask.yes = True
    run(ctx, "row.delete", "product", "L1")
    assert not {"L1", "HEADER", "ARC"} & set(ctx.data.rows("product"))
    assert ctx.plan.undoable.title == "Delete Level 1 System"


def test_deleting_a_requirement_takes_its_trace_links_along(ctx: Context):
    run(ctx, "row.delete", "requirement", "q1")
    assert ctx.ask.asked == [("Delete “Nine”?", "This deletes 1 trace link.")]
    assert ctx.data.rows("trace") == {}


def test_a_row_that_nothing_hangs_on_is_deleted_without_a_question(ctx: Context):
    run(ctx, "row.delete", "milestone", "m1", "m2")
    assert ctx.ask.asked == []
    assert ctx.data.rows("milestone") == {}
    assert ctx.plan.undoable.title == "Delete 2 milestones"


def test_rows_move_up_down_in_and_out(ctx: Context):
    run(ctx, "row.up", "product", "ARC")
    assert below(ctx, "product", "L1") == ["ARC", "HEADER"]
    run(ctx, "row.down", "product", "ARC")
    assert below(ctx, "product", "L1") == ["HEADER", "ARC"]
    run(ctx, "row.indent", "product", "ARC")
    assert below(ctx, "product", "HEADER") == ["ARC"]
    assert ctx.plan.undoable.title == "Move Archiver below Header Generator"
    run(ctx, "row.outdent", "product", "ARC")
    assert below(ctx, "product", "L1") == ["HEADER", "ARC"]
    run(ctx, "row.outdent", "product", "ARC")
    assert below(ctx, "product", "DM") == ["L1", "ARC", "DAC"]


def test_the_first_row_does_not_move_up_and_a_top_row_not_out(ctx: Context):
    before = ctx.plan.undoable
    run(ctx, "row.up", "product", "DM")
    run(ctx, "row.outdent", "product", "DM")
    run(ctx, "row.indent", "product", "DM")
    assert ctx.plan.undoable == before


def test_rows_without_an_order_of_their_own_offer_no_moving(ctx: Context):
    ctx.page_kind = "milestone"
    ctx.set_rows("milestone", ["m1"])
    assert not actions()["row.up"].when(ctx)
    assert not actions()["row.indent"].when(ctx)

"""Moves: ranks that leave rows where they were put, whatever ranks were there before."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import places
from dmdesk.kinds import kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData
from tests.ui.small_plan import row
from ui.models import moves

RANKS = st.lists(st.sampled_from(["", "0", "010", "020", "5", "01i", "zz"]), min_size=2, max_size=7)


@given(RANKS, st.data())
def test_a_moved_row_stands_before_the_row_it_was_moved_to(ranks, draw):
    data = PlanData.of(row("product", f"p{n}", key=f"K{n}", order=rank) for n, rank in enumerate(ranks))
    kind = kinds()["product"]
    before = [row.id for row in places.siblings(data, kind, "")]
    going = draw.draw(st.sampled_from(before))
    target = draw.draw(st.sampled_from(["", *(id for id in before if id != going)]))
    _, changes = moves.moved(data, kind, [data.get("product", going)], "", target)
    after = [row.id for row in places.siblings(preview(data, changes), kind, "")]
    rest = [id for id in before if id != going]
    at = rest.index(target) if target else len(rest)
    assert after == [*rest[:at], going, *rest[at:]]


def test_rows_moved_together_take_along_only_the_topmost():
    data = PlanData.of([
        row("product", "a", key="A"), row("product", "b", key="B", parent="a"), row("product", "z", key="Z"),
    ])  # fmt: skip
    rows = [data.get("product", id) for id in ("a", "b")]
    title, changes = moves.moved(data, kinds()["product"], rows, "z", "")
    after = preview(data, changes)
    assert (after.get("product", "a").parent, after.get("product", "b").parent) == ("z", "a")
    assert title == "Move A below Z"

"""What differs from a baseline, row by row: the same as a comparison says, edit for edit."""

from hypothesis import given

from dmdesk import changes as c
from dmdesk.comparing import ADDED, CHANGED, DROPPED, compare
from dmdesk.comparing.since import Since
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core.comparing import states
from tests.ui import small_plan


def _since(old, new):
    return Since("3.0", compare(old, new))


def _ops(since):
    return {(kind.name, id) for kind in kinds() for id in since.ids(kind.name)}


@given(states.edited())
def test_it_follows_every_replaced_row_to_what_a_comparison_says(pair):
    old, new = pair
    since = _since(old, old)
    assert since.count == 0
    for change in c.difference(old, new):
        since.replace(change.kind, change.id, new.get(change.kind, change.id))
    if since.exact:
        assert since.count == _since(old, new).count
        assert _ops(since) == _ops(_since(old, new))
        for kind in kinds():
            for id in since.ids(kind.name):
                row = new.get(kind.name, id)
                item = compare(old, new).find(kind.name, id)
                assert set(since.fields(row, kind)) == {edit.field for edit in item.edits}
                assert since.moved(row, kind) == item.moved


@given(states.edited())
def test_what_returns_to_what_it_was_is_no_change(pair):
    old, new = pair
    since = _since(old, new)
    for change in c.difference(since.old, new):
        since.replace(change.kind, change.id, since.was(change.kind, change.id))
    assert since.count == 0


def test_it_tells_added_changed_moved_and_dropped_rows_apart():
    old = PlanData.of(small_plan.rows())
    new = old.copy()
    kind = kinds()["product"]
    for row, values in (("HEADER", {"name": "Header Maker"}), ("ARC", {"parent": "DM"})):
        new.replace(
            "product", row, c.applied(old.get("product", row), c.put(old.get("product", row), values))
        )
    new.replace("product", "ODD", None)
    new.replace("milestone", "m3", small_plan.row("milestone", "m3", key="M3", name="Third"))
    since = _since(old, new)
    assert since.count == 4
    assert [since.op("product", id) for id in ("HEADER", "ARC", "ODD", "DM")] == [
        CHANGED,
        CHANGED,
        DROPPED,
        "",
    ]
    assert since.op("milestone", "m3") == ADDED
    assert since.fields(new.get("product", "HEADER"), kind) == ("name",)
    assert since.was("product", "HEADER").name == "Header Generator"
    assert since.moved(new.get("product", "ARC"), kind)
    assert not since.moved(new.get("product", "HEADER"), kind)
    assert since.ids("product") == {"HEADER", "ARC"}


def test_the_draft_mark_that_a_release_puts_on_again_is_no_change():
    def plan(**values):
        return PlanData.of([kinds()["plan"].make({"title": "A plan", **values}, "doc")])

    old, draft, renamed = plan(state="baselined"), plan(state="draft"), plan(state="draft", handle="LDM-294")
    assert _since(old, draft).count == 0
    since = _since(old, renamed)
    assert since.counts() == since.counts("plan") == (0, 1, 0)
    since.replace("plan", "doc", draft.plan())
    assert since.count == 0
    assert _since(draft, old).count == 1

"""The laws of comparing: it leads there and back, its mirror says the same, what is taken back holds together."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import outcome
from dmdesk.comparing import ADDED, CHANGED, DROPPED, Pick, changes, compare, revert
from dmdesk.comparing.pairing import aligned, mapped, turned
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import preview
from tests.core import rows
from tests.core.comparing import states

TURNED = {ADDED: DROPPED, DROPPED: ADDED, CHANGED: CHANGED}


@given(states.pairs)
def test_the_changes_lead_from_the_old_state_to_the_new_and_taking_all_back_leads_to_the_old(pair):
    old, new = pair
    found = compare(old, new)
    there = preview(old, changes(found))
    assert rows.state(aligned(there, found.pairs)) == rows.state(new)
    back = preview(new, revert(found))
    assert rows.state(aligned(back, turned(found.pairs))) == rows.state(old)


@given(states.pairs)
def test_comparing_the_other_way_round_is_the_mirror(pair):
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    assert turned(there.pairs) == back.pairs
    assert there.shifted == back.shifted
    assert _told(there, {}) == _told(back, back.pairs, turn=True)


def _told(found, names, *, turn=False):
    """Everything that a comparison says, as a set of facts; turned around where asked for."""
    facts = []
    for item in found.items:
        ids = (item.was, item.id)
        op = item.op
        if turn:
            op = TURNED[op]
        if item.op == CHANGED:
            ids = ids[::-1] if turn else ids
        else:
            ids = (item.id if item.op == ADDED else item.was,)
        edits = []
        for edit in item.edits:
            old, new, after = edit.old, edit.new, edit.after
            if turn:
                old, new, after = new, old, after[::-1]
                own = turned(names)
                target = kinds()[item.kind][edit.field].target
                old, new = (mapped(value, own.get(target, {})) for value in (old, new))
                after = mapped(after, own.get(item.kind, {}))
            edits.append((edit.field, old, new, edit.how, after))
        facts.append((item.kind, ids, op, tuple(edits), item.moved, item.renumbered))
    return sorted(facts, key=repr)


@given(rows.plans())
def test_a_plan_compared_with_its_copy_says_nothing(data):
    found = compare(data, data.copy())
    assert not found and not found.counts and found.total.rows == 0


@given(states.pairs)
def test_every_row_that_differs_is_told_once_with_every_field_that_does(pair):
    found = compare(*pair)
    old, new = rows.state(found.old), rows.state(found.new)
    told = {(item.kind, item.id): item for item in found.items}
    assert len(told) == len(list(found.items))
    for kind in kinds():
        for id in {**old[kind.name], **new[kind.name]}:
            before, now = old[kind.name].get(id), new[kind.name].get(id)
            item = told.get((kind.name, id))
            if before is None or now is None:
                assert item.op == (ADDED if before is None else DROPPED)
                continue
            differing = {name for name in rows.names(kind) if getattr(before, name) != getattr(now, name)}
            edits = {edit.field for edit in item.edits} if item else set()
            assert differing - edits <= {kind.order} and edits <= differing


@given(states.pairs, st.data())
def test_what_is_picked_is_taken_back_and_the_plan_holds_together(pair, data):
    found = compare(*pair)
    items = list(found.items)
    if not items:
        return
    some = data.draw(st.lists(st.sampled_from(items), min_size=1, max_size=3), "items")
    picks = []
    for item in some:
        fields = [edit.field for edit in item.edits] if item.op == CHANGED else []
        field = data.draw(st.sampled_from(["", *fields]), "field")
        whole = data.draw(st.booleans(), "all of the kind") and not field
        picks.append(Pick(item.kind, "" if whole else item.id, field))
    try:
        made = revert(found, picks)
    except PlanError as error:
        assert str(error).endswith("take both back.")
        return
    after = outcome.outcome(found.new, made)
    outcome.prove(found.new, made, after)
    state = preview(found.new, made)
    assert rows.dangling(state) == []
    for pick in picks:
        for item in items:
            if item.kind == pick.kind and pick.id in ("", item.id):
                _is_back(found, state, item, pick.field)


def _is_back(found, state, item, field):
    before, now = found.old.get(item.kind, item.id), state.get(item.kind, item.id)
    if before is None:
        assert now is None
        return
    order = kinds()[item.kind].order
    for name in [field] if field else rows.names(kinds()[item.kind]):
        if name != order:
            assert getattr(now, name) == getattr(before, name)

"""The law of the plan: whatever is done to rows of any kind, memory and file agree and each way back is exact."""

import tempfile
from pathlib import Path
from shutil import rmtree

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from tests.core import rows


class PlanOnDisk(RuleBasedStateMachine):
    """Steps, undo, redo and reopening on a real file; the model is the list of all states there were."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dmdesk-law-"))
        self.plan = Plan.open(rows.full_file(self.folder / "a.dmplan"))
        self.states = [rows.state(self.plan.data)]
        self.now = 0

    def teardown(self):
        self.plan.close()
        rmtree(self.folder)

    @rule(data=st.data())
    def step(self, data):
        changes = self._changes(data)
        step = self.plan.step("A step", changes, "a reason")
        after = rows.state(self.plan.data)
        if step is None:
            assert after == self.states[self.now]
            return
        assert self.plan.changes_of(step) == [ch for ch in changes if ch.op != c.SET or ch.fields]
        self.states[self.now + 1 :] = [after]
        self.now += 1

    def _changes(self, data):
        """Some changes, each against what the ones before it leave, so that a row is often changed several times."""
        ahead, changes = self.plan.snapshot(), []
        for _ in range(data.draw(st.integers(1, 6), "number of changes")):
            new = self._one(data, ahead)
            ahead = preview(ahead, new)
            changes += new
        return changes

    def _one(self, data, ahead):
        standing = [row for table in rows.state(ahead).values() for row in table.values()]
        op = data.draw(st.sampled_from(["add", "set", "set", "drop"]), "op") if standing else "add"
        if op == "add":
            kind = data.draw(st.sampled_from(list(kinds())))
            return [c.add(kind.make(rows.values(data.draw, ahead, kind, some=True)))]
        row = data.draw(st.sampled_from(standing))
        if op == "drop":
            return c.drop_all(ahead, [row])
        kind = c.kind_of(row)
        return [c.put(row, rows.values(data.draw, ahead, kind, row.id, some=True))]

    @precondition(lambda self: self.now > 0)
    @rule()
    def undo(self):
        expected = self.plan.undoable
        assert self.plan.undo().id == expected.id
        self.now -= 1

    @precondition(lambda self: self.now < len(self.states) - 1)
    @rule()
    def redo(self):
        expected = self.plan.redoable
        assert self.plan.redo().id == expected.id
        self.now += 1

    @rule()
    def close_and_open_again(self):
        self.plan.close()
        assert rows.listed(self.folder) == ["a.dmplan"]
        self.plan = Plan.open(self.folder / "a.dmplan")
        assert self.plan.read_only == ""

    @precondition(lambda self: any(self.states[self.now].values()))
    @rule(data=st.data())
    def a_step_that_would_leave_a_link_hanging_changes_nothing(self, data):
        linked = [row for kind in kinds() for row in self.plan.data.rows(kind.name).values()]
        linked = [row for row in linked if any(s.id != row.id for s, _ in self.plan.data.incoming(row.id))]
        if not linked:
            return
        try:
            self.plan.step("Drop", [c.drop(data.draw(st.sampled_from(linked)))])
        except PlanError as error:
            assert str(error).endswith(".")
        else:
            raise AssertionError("a row with links to it was dropped")

    @invariant()
    def memory_is_what_the_model_says(self):
        assert rows.state(self.plan.data) == self.states[self.now]

    @invariant()
    def the_file_holds_what_memory_holds(self):
        assert rows.on_disk(self.plan.path) == self.states[self.now]

    @invariant()
    def undo_and_redo_know_how_far_they_reach(self):
        assert (self.plan.undoable is not None) == (self.now > 0)
        assert (self.plan.redoable is not None) == (self.now < len(self.states) - 1)

    @invariant()
    def no_link_hangs(self):
        assert rows.dangling(self.plan.data) == []

    @invariant()
    def everything_derived_is_as_if_made_anew(self):
        data, anew = self.plan.data, self.plan.snapshot()
        for kind in kinds():
            assert data.in_order(kind.name) == anew.in_order(kind.name)
            assert data.by_key(kind.name) == anew.by_key(kind.name)
            if kind.parent:
                assert data.children(kind.name) == anew.children(kind.name)
            for id in data.rows(kind.name):
                assert sorted(map(_place, data.incoming(id))) == sorted(map(_place, anew.incoming(id)))

    @invariant()
    def the_difference_from_nothing_makes_the_plan_again(self):
        made = preview(PlanData(), c.difference(PlanData(), self.plan.data))
        assert rows.state(made) == self.states[self.now]

    @rule(data=st.data())
    def the_difference_to_another_state_leads_there_as_one_step(self, data):
        other = data.draw(st.sampled_from(self.states), "state")
        there = PlanData.of(row for table in other.values() for row in table.values())
        if self.plan.step("Compare", c.difference(self.plan.data, there)):
            self.states[self.now + 1 :] = [other]
            self.now += 1
        assert rows.state(self.plan.data) == other


def _place(found):
    row, field = found
    return type(row).__name__, row.id, field


TestPlanOnDisk = PlanOnDisk.TestCase
TestPlanOnDisk.settings = settings(max_examples=80, stateful_step_count=20, report_multiple_bugs=False)

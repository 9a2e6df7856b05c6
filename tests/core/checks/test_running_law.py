"""The law of asking again: after whatever steps, what is kept in step says the same as asking everything anew."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core.checks.controlled import telling_control
from tests.core.checks.test_running_again import telling, telling_register
from tests.core.editing import EditedPlan


class CheckedPlan(EditedPlan):
    """The model is a copy that was never asked before."""

    start = staticmethod(telling)

    def __init__(self):
        super().__init__()
        checks.run_again(self.data)

    @rule(data=st.data())
    def a_finding_is_accepted(self, data):
        found = checks.open_ones(checks.run(self.data.copy()))
        if found:
            one = data.draw(st.sampled_from(found))
            until = data.draw(st.sampled_from(("", "2001-01-01", "9999-01-01")))
            for change in checks.accept(self.data, [one], "It is so", until):
                row = self.data.get(change.kind, change.id)
                self.data.replace(change.kind, change.id, c.applied(row, change))

    @invariant()
    def asking_again_finds_what_asking_everything_anew_finds(self):
        assert checks.run_again(self.data) == checks.run(self.data.copy())

    @invariant()
    def keys_order_and_links_are_as_if_made_anew(self):
        anew = PlanData.of(self._standing())
        for kind in kinds():
            assert self.data.in_order(kind.name) == anew.in_order(kind.name)
            assert self.data.by_key(kind.name) == anew.by_key(kind.name)


class CheckedRegister(CheckedPlan):
    """The same, beginning with a risk register."""

    start = staticmethod(telling_register)


TestCheckedRegister = CheckedRegister.TestCase
TestCheckedRegister.settings = settings(max_examples=40, stateful_step_count=20, report_multiple_bugs=False)


class CheckedControl(CheckedPlan):
    """The same, beginning with change requests and meetings of the board."""

    start = staticmethod(telling_control)


TestCheckedControl = CheckedControl.TestCase
TestCheckedControl.settings = settings(max_examples=30, stateful_step_count=20, report_multiple_bugs=False)

TestCheckedPlan = CheckedPlan.TestCase
TestCheckedPlan.settings = settings(max_examples=60, stateful_step_count=20, report_multiple_bugs=False)

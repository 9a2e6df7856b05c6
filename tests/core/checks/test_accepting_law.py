"""The law of accepting: however often a finding is accepted, one acceptance stands and hides it to its last day."""

import tempfile
from functools import cache
from pathlib import Path
from shutil import rmtree

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.checks import finding as f
from dmdesk.plan import Plan
from tests.core import rows
from tests.core.checks.plans import plan, product

CODES = ("product.no-owner", "product.no-manager", "product.no-repository")
KEYS = ("A", "B", "C", "D")


def mark(finding):
    return finding.code, finding.kind, finding.id, finding.field, finding.words


def bare(data):
    """The rows of a plan without its acceptances."""
    return {kind: table for kind, table in rows.state(data).items() if kind != "acceptance"}


@cache
def _beginning():
    """A file with the products that each example begins with, made once since making takes longer than most steps."""
    made = plan(*(product(key, owners=[], managers=[], kind="software") for key in KEYS[:3]))
    with tempfile.TemporaryDirectory(prefix="dmdesk-law-") as folder:
        path = Path(folder) / "a.dmplan"
        Plan.create(path, made).close()
        return path.read_bytes()


class AcceptedPlan(RuleBasedStateMachine):
    """Findings are accepted, for a while and again, rows get each other's keys, days pass; the model is who holds."""

    def __init__(self):
        super().__init__()
        self.day = 1
        self.real, f.today = f.today, lambda: f"2017-07-{self.day:02}"
        self.folder = Path(tempfile.mkdtemp(prefix="dmdesk-law-"))
        (self.folder / "a.dmplan").write_bytes(_beginning())
        self.plan = Plan.open(self.folder / "a.dmplan")
        self.states = [({}, bare(self.plan.data))]
        self.now = 0
        self.asked = None

    def teardown(self):
        self.plan.close()
        rmtree(self.folder)
        f.today = self.real

    def _all(self):
        """All findings, asked for once between two steps."""
        at = self.plan.data.mark(), self.plan, self.day
        if self.asked != at:
            self.asked, self.told = at, checks.run(self.plan.data)
        return self.told

    def _found(self):
        return [finding for finding in self._all() if finding.code in CODES]

    def _done(self, held):
        self.states[self.now + 1 :] = [(held, bare(self.plan.data))]
        self.now += 1

    @rule(data=st.data())
    def findings_are_accepted_open_or_not(self, data):
        found = data.draw(st.lists(st.sampled_from(self._found()), min_size=1, max_size=4), "findings")
        last = data.draw(st.sampled_from(("", *(f"2017-07-{self.day + more:02}" for more in (0, 1, 3)))))
        reason = data.draw(st.sampled_from(("Agreed.", "Agreed again.")))
        if self.plan.step("Accept", checks.accept(self.plan.data, found, reason, last)):
            held = self.states[self.now][0]
            self._done({**held, **{mark(finding): (reason, last) for finding in found}})

    @rule(data=st.data())
    def an_acceptance_is_taken_back(self, data):
        held = self.states[self.now][0]
        accepted = [finding for finding in self._found() if mark(finding) in held]
        if accepted:
            one = data.draw(st.sampled_from(accepted))
            self.plan.step("No longer", map(c.drop, checks.matching(self.plan.data, one)))
            self._done({other: how for other, how in held.items() if other != mark(one)})

    @rule(data=st.data())
    def a_row_gets_a_key_that_another_may_have_had(self, data):
        row = data.draw(st.sampled_from(list(self.plan.data.rows("product").values())))
        if self.plan.step("Rename", [c.put(row, {"key": data.draw(st.sampled_from(KEYS))})]):
            self._done(self.states[self.now][0])

    @precondition(lambda self: self.now > 0)
    @rule()
    def undo(self):
        self.plan.undo()
        self.now -= 1

    @precondition(lambda self: self.now < len(self.states) - 1)
    @rule()
    def redo(self):
        self.plan.redo()
        self.now += 1

    @precondition(lambda self: self.day < 20)
    @rule(days=st.integers(1, 2))
    def days_pass(self, days):
        self.day += days

    @rule()
    def the_plan_is_closed_and_opened_again(self):
        self.plan.close()
        self.plan = Plan.open(self.folder / "a.dmplan")

    @invariant()
    def one_acceptance_stands_of_each_that_was_accepted(self):
        standing = [
            ((row.check, row.kind, row.row, row.field, row.words), (row.reason, row.until))
            for row in self.plan.data.rows("acceptance").values()
        ]
        assert sorted(standing) == sorted(self.states[self.now][0].items())

    @invariant()
    def a_finding_is_hidden_to_the_last_day_of_its_acceptance_and_no_longer(self):
        held, today = self.states[self.now][0], f.today()
        for finding in self._found():
            reason, last = held.get(mark(finding), ("", "over"))
            hidden = bool(reason) and (not last or last >= today)
            assert (finding.level, finding.accepted) == (
                ("accepted", reason) if hidden else (checks.checks()[finding.code].level, "")
            )

    @invariant()
    def what_is_said_of_acceptances_is_that_those_are_over_whose_last_day_is(self):
        over = [last for _, last in self.states[self.now][0].values() if last and last < f.today()]
        said = [finding.code for finding in self._all() if finding.kind == "acceptance"]
        assert said == ["acceptance.expired"] * len(over)

    @invariant()
    def nothing_else_changes(self):
        assert bare(self.plan.data) == self.states[self.now][1]

    @invariant()
    def asking_again_says_the_same(self):
        assert checks.run_again(self.plan.data) == checks.run(self.plan.data.copy())


TestAcceptedPlan = AcceptedPlan.TestCase
TestAcceptedPlan.settings = settings(max_examples=60, stateful_step_count=20, report_multiple_bugs=False)

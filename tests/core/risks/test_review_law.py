"""The law of the review: wherever it is cut off it goes on at the same place, and taken back it leaves no trace."""

import tempfile
from pathlib import Path
from shutil import rmtree

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.risks import deeds, reviewing, undoing
from tests.core import rows
from tests.core.risks import meeting
from tests.core.risks.meeting import do

RISKS = ("A", "B", "C", "H")


class Meeting(RuleBasedStateMachine):
    """Whatever is done in a review, on a real file, by way of its functions alone."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dmdesk-review-"))
        self.plan = meeting.file(self.folder)
        self.before = register_of(self.plan)
        self.review = meeting.begin(self.plan)
        self.seen = None

    def teardown(self):
        for risk in RISKS:
            undoing.take_back(self.plan, self.review, risk)
        assert register_of(self.plan) == self.before
        assert undoing.changed_risks(self.plan, self.review) == [] or all(
            undoing.take_back(self.plan, self.review, risk) is None for risk in RISKS
        )
        self.plan.close()
        rmtree(self.folder)

    def _do(self, make, *words, **more):
        try:
            do(self.plan, make(self.plan.data, self.review, *words, **more))
        except PlanError as error:
            assert str(error).endswith(".")

    def _item(self, risk):
        return meeting.item(self.plan, self.review, risk)

    @rule(risk=st.sampled_from(RISKS), name=st.sampled_from(["likelihood", "overall", "cost", "safety"]),
          level=st.sampled_from([None, 1, 3, 5]))  # fmt: skip
    def rate(self, risk, name, level):
        self._do(deeds.rate, self._item(risk), {name: level})

    @rule(risk=st.sampled_from(RISKS), cost=st.integers(0, 9), delay=st.sampled_from(["", "1", "2.5"]))
    def estimate(self, risk, cost, delay):
        self._do(deeds.amounts, self._item(risk), {"cost_likely": cost, "delay_max": delay})

    @rule(risk=st.sampled_from(RISKS), words=st.text(max_size=5))
    def say(self, risk, words):
        self._do(deeds.note, self._item(risk), words)

    @rule(risk=st.sampled_from(RISKS), decision=st.sampled_from(deeds.DECISIONS))
    def decide(self, risk, decision):
        self._do(deeds.decide, self._item(risk), decision)

    @rule(risk=st.sampled_from(RISKS), day=st.sampled_from(["", "2017-10-01", "2018-01-01"]))
    def look_again(self, risk, day):
        self._do(deeds.next_look, self._item(risk), day)

    @rule(
        risk=st.sampled_from(RISKS),
        state=st.sampled_from(["active", "realised", "retired", "deprecated", "candidate"]),
    )
    def move(self, risk, state):
        self._do(deeds.shift, self._item(risk), state, "So it is")

    @rule(risk=st.sampled_from(RISKS), name=st.sampled_from(["Ask", "Look", "Wait"]))
    def act(self, risk, name):
        self._do(deeds.act, self._item(risk), name)

    @rule(risk=st.sampled_from(RISKS), words=st.sampled_from(["Money", "People", ""]))
    def escalate(self, risk, words):
        self._do(deeds.escalate, self._item(risk), words)

    @rule(data=st.data(), state=st.sampled_from(["open", "in progress", "done", "dropped"]))
    def go_on_with_an_action(self, data, state):
        actions = [row for row in self.plan.data.rows("action").values() if row.risk in RISKS]
        action = data.draw(st.sampled_from(sorted(actions, key=lambda row: row.name)))
        self._do(deeds.progressed, self._item(action.risk), action, state)

    @rule(way=st.sampled_from([reviewing.through, reviewing.skip, reviewing.back]), seconds=st.integers(0, 9))
    def go_on(self, way, seconds):
        item = reviewing.at(self.plan.data, self.review.id)
        if item is not None:
            self._do(way, item, seconds)

    @rule()
    def undo(self):
        if (
            self.plan.undoable.why == reviewing.why_of(self.review)
            and "Start" not in self.plan.undoable.title
        ):
            self.plan.undo()

    @rule()
    def redo(self):
        self.plan.redo()

    @rule(risk=st.sampled_from(RISKS))
    def take_a_risk_back(self, risk):
        undoing.take_back(self.plan, self.review, risk)

    @rule()
    def finish(self):
        self._do(reviewing.finish)

    @rule()
    def crash_and_open_again(self):
        seen = reviewing.running(self.plan.data), reviewing.at(self.plan.data, self.review.id)
        self.plan.close()
        self.plan = Plan.open(self.folder / "risks.dmplan")
        assert (reviewing.running(self.plan.data), reviewing.at(self.plan.data, self.review.id)) == seen

    @invariant()
    def the_agenda_has_each_place_once(self):
        places = [item.place for item in reviewing.agenda(self.plan.data, self.review.id)]
        assert len(set(places)) == len(places)


def register_of(plan):
    """All rows of the plan but those of reviews."""
    return {kind: table for kind, table in rows.state(plan.data).items() if kind not in undoing.OWN}


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)

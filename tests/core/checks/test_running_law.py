"""The law of asking again: after whatever steps, what is kept in step says the same as asking everything anew."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.kinds import changed, kind_of, kinds
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.checks.controlled import telling_control
from tests.core.checks.test_running_again import telling, telling_register

TELLING = (
    "TBD", "…", "[[A]]", "[[nowhere]] and [[a]]", "LDM-1 and LDM-2", "the change control board (CCB)", "the CCB",
    "the FOO", "Ann Ito", "Ann Ita", "Ann Ito (moving to Chile)", "Ann Ito/Ben Okri", "data archive", "archive data",
    "data archives", "A", "B", "1.02C.9", "1.02C.9.1", "LDM-1", "LDM-2", "CCB", "software", "group", "2000-01-01",
    "Watch", "A group", "1", "3", "1 2 3", "active", "realised", "retired", "opportunity", "mitigate", "avoid",
)  # fmt: skip
"""Words that one check or another has something to say about, alone or when others change."""


class CheckedPlan(RuleBasedStateMachine):
    """Rows of all kinds come, change and go, in steps of several; the model is a copy that was never asked before."""

    start = staticmethod(telling)

    def __init__(self):
        super().__init__()
        self.data = self.start()
        self.gone = []
        checks.run_again(self.data)

    def _standing(self):
        return [row for table in rows.state(self.data).values() for row in table.values()]

    def _value(self, draw, kind, field):
        if isinstance(field.type, c.t.Many_):
            words = st.lists(st.sampled_from(TELLING), max_size=2).map(tuple)
            opened = words.map(lambda some: tuple(f"?{one}" for one in some))
        else:
            words = st.sampled_from(TELLING)
            opened = words.map("?{}".format)
        telling = opened if field.target else words
        if field.type.numeric or field.type in (c.t.FLAG, c.t.DAY, c.t.INSTANT, c.t.RANK, c.t.PICTURE):
            telling = st.nothing()
        value = draw(
            telling | rows.value(field.type, list(self.data.rows(field.target)) if field.target else ())
        )
        return field.type.clean(value)

    @rule(data=st.data())
    def rows_are_edited(self, data):
        for _ in range(data.draw(st.integers(1, 3), "edits")):
            standing = self._standing()
            if not standing:
                return
            row = data.draw(st.sampled_from(standing))
            kind = kind_of(row)
            field = data.draw(st.sampled_from(kind.fields))
            new = changed(row, {field.name: self._value(data.draw, kind, field)})
            self.data.replace(kind.name, row.id, new)

    @rule(data=st.data())
    def a_row_comes(self, data):
        kind = data.draw(st.sampled_from(list(kinds())))
        fields = data.draw(st.lists(st.sampled_from(kind.fields), max_size=5, unique=True))
        row = kind.make({field.name: self._value(data.draw, kind, field) for field in fields})
        self.data.replace(kind.name, row.id, row)

    @rule(data=st.data())
    def a_row_goes_and_links_to_it_are_left_hanging(self, data):
        standing = self._standing()
        if standing:
            row = data.draw(st.sampled_from(standing))
            self.gone.append(row)
            self.data.replace(kind_of(row).name, row.id, None)

    @precondition(lambda self: self.gone)
    @rule()
    def a_row_comes_back(self):
        row = self.gone.pop()
        self.data.replace(kind_of(row).name, row.id, row)

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

"""Plans that are edited at random: rows of all kinds come, change and go."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from dmdesk import changes as c
from dmdesk.kinds import changed, kind_of, kinds
from tests.core import rows

TELLING = (
    "TBD", "…", "[[A]]", "[[nowhere]] and [[a]]", "LDM-1 and LDM-2", "the change control board (CCB)", "the CCB",
    "the FOO", "Ann Ito", "Ann Ita", "Ann Ito (moving to Chile)", "Ann Ito/Ben Okri", "data archive", "archive data",
    "data archives", "A", "B", "1.02C.9", "1.02C.9.1", "LDM-1", "LDM-2", "CCB", "software", "group", "2000-01-01",
    "Watch", "A group", "1", "3", "1 2 3", "active", "realised", "retired", "opportunity", "mitigate", "avoid",
)  # fmt: skip
"""Words that one check or another has something to say about, alone or when others change."""


class EditedPlan(RuleBasedStateMachine):
    """Rows of all kinds come, change and go, in steps of several; ``telling``: words that texts are likely to get."""

    telling = TELLING

    @staticmethod
    def start():
        """The plan that it begins with."""
        raise NotImplementedError

    def __init__(self):
        super().__init__()
        self.data = self.start()
        self.gone = []

    def _standing(self):
        return [row for table in rows.state(self.data).values() for row in table.values()]

    def _value(self, draw, kind, field):
        if isinstance(field.type, c.t.Many_):
            words = st.lists(st.sampled_from(self.telling), max_size=2).map(tuple)
            opened = words.map(lambda some: tuple(f"?{one}" for one in some))
        else:
            words = st.sampled_from(self.telling)
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

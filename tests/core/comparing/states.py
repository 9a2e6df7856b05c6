"""Two states of a plan made up by Hypothesis: the second made of the first by edits, with other ids where asked for."""

from __future__ import annotations

from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk.comparing.pairing import aligned
from dmdesk.kinds import kind_of, new_id
from dmdesk.plan import preview
from dmdesk.reading import PlanData
from tests.core import rows


def every(data: PlanData):
    """All rows of a plan."""
    return [row for table in rows.state(data).values() for row in table.values()]


HANGING = ("product", "wbs", "risk", "score", "response", "requirement", "trace")
"""Kinds whose rows hang together: trees with ranks, parts, parts of two rows at once."""


@st.composite
def hanging(draw):
    """A plan whose few kinds of rows hang together closely."""
    data = PlanData()
    for _ in range(draw(st.integers(3, 12))):
        kind = c.kinds()[draw(st.sampled_from(HANGING))]
        wanted = [
            field for field in kind.fields if field.target in HANGING or field.name in (kind.key, kind.order)
        ]
        values = {field.name: draw(rows.field_value(data, kind, field)) for field in wanted}
        data.replace(kind.name, (row := kind.make(values)).id, row)
    return data


@st.composite
def edited(draw, plans=None, kinds=None, most=8):
    """A plan, and what random edits made of it."""
    old = draw(rows.plans() if plans is None else plans)
    new = old
    for _ in range(draw(st.integers(0, most))):
        standing = every(new)
        op = draw(st.sampled_from(["add", "set", "set", "drop"])) if standing else "add"
        if op == "add":
            kind = draw(st.sampled_from([c.kinds()[one] for one in kinds] if kinds else list(c.kinds())))
            made = [c.add(kind.make(rows.values(draw, new, kind, some=True)))]
        else:
            row = draw(st.sampled_from(standing))
            kind = kind_of(row)
            made = (
                c.drop_all(new, [row])
                if op == "drop"
                else [c.put(row, rows.values(draw, new, kind, row.id, some=True))]
            )
        new = preview(new, made)
    return old, new


close = edited(hanging(), HANGING)
"""States of plans that hang together closely."""


@st.composite
def renamed(draw):
    """The same, but some rows of the second have other ids."""
    old, new = draw(edited() | close)
    chosen = draw(st.lists(st.sampled_from(every(new)), unique_by=lambda row: row.id)) if every(new) else []
    names = {}
    for row in chosen:
        names.setdefault(kind_of(row).name, {})[row.id] = new_id()
    return old, aligned(new, names)


pairs = st.one_of(edited(), close, renamed(), st.tuples(rows.plans(), rows.plans()))

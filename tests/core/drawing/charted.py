"""Plans for charts: random roles with cycles and vacancies, documents, milestones at any date, and nested lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData
from tests.core.drawing.forests import names

K = kinds()


def plan_row(day: str = "2020-06-30") -> Entity:
    return K["plan"].make({"handle": "P-1", "title": "A plan", "date": day}, "plan")


def row(kind: str, id: str, **values: Any) -> Entity:
    return K[kind].make(values, id)


@st.composite
def organisations(draw: st.DrawFn, most: int = 30) -> PlanData:
    """Roles that report to any role, themselves included, with people, teams, institutions and groups."""
    rows = [plan_row()]
    people = draw(st.integers(0, 12))
    rows += [
        row("person", f"p{at}", key=f"p{at}", name=draw(names), teams=[f"t{at % 3}"]) for at in range(people)
    ]
    who = st.sampled_from([*(f"p{at}" for at in range(people)), "?Somebody unknown"])
    roles = draw(st.integers(0, most))
    some_role = st.sampled_from(["", *(f"r{at}" for at in range(roles))])
    for at in range(roles):
        outside = draw(st.sampled_from(["", "Somebody outside " * 12]))
        rows.append(
            row("role", f"r{at}", key=f"R{at}", name=draw(names | st.just("Chief Scientist")),
                reports_to=draw(some_role), reports_outside=outside)
        )  # fmt: skip
        for more in range(draw(st.integers(0, 3))):
            rows.append(
                row("appointment", f"a{at}-{more}", role=f"r{at}", person=draw(who),
                    capacity=draw(st.sampled_from(["holder", "deputy", "acting"])),
                    end=draw(st.sampled_from(["", "2019-01-01"])), scope=draw(names))
            )  # fmt: skip
    for at in range(draw(st.integers(0, 3))):
        rows.append(row("institution", f"i{at}", key=f"I{at}", name=draw(names), lead=draw(st.booleans())))
    for at in range(draw(st.integers(0, 9))):
        rows.append(
            row("team", f"t{at}", key=f"T{at}", name=draw(names), manager=draw(st.just("") | who),
                lead=draw(st.just("") | who), institution=f"i{at % 4}" if at else "", wbs=["?1.02C.03"])
        )  # fmt: skip
    for at in range(draw(st.integers(0, 5))):
        rows.append(row("group", f"g{at}", key=f"G{at}", name=draw(names), chair=draw(some_role)))
        rows.append(row("membership", f"m{at}", group=f"g{at}", role=draw(some_role), note=draw(names)))
    return PlanData.of([*rows, row("role", "last", key="LAST", name="The last role")])


@st.composite
def libraries(draw: st.DrawFn, most: int = 40) -> PlanData:
    """Documents below any document, of any level and state."""
    count = draw(st.integers(1, most))
    above = st.sampled_from(["", *(f"d{at}" for at in range(count))])
    levels = st.sampled_from(["project", "subsystem", "technical note", "other", ""])
    states = st.sampled_from(["not written", "draft", "released", "out of date", ""])
    rows = [
        row("document", f"d{at}", key=f"DOC-{at}", name=draw(names), parent=draw(above), level=draw(levels),
            state=draw(states), url=draw(st.sampled_from(["", "https://ls.st/x y", "javascript:alert(1)"])))
        for at in range(count)
    ]  # fmt: skip
    return PlanData.of([plan_row(), *rows])


days = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2019, 1, 1), date(2021, 12, 31))


@st.composite
def schedules(draw: st.DrawFn, most: int = 60) -> PlanData:
    """Milestones of any level, at any date or none, done or not."""
    near = draw(st.booleans())
    when = st.dates(date(2019, 1, 1), date(2021, 12, 31)) if near else days
    rows = [
        row("milestone", f"m{at}", key=f"M-{at}", name=draw(names), level=draw(st.sampled_from([*"1234", ""])),
            due=draw(st.just("") | when.map(date.isoformat)), done=draw(st.sampled_from(["", "", "2020-01-01"])),
            forecast=draw(st.sampled_from(["", "2022-01-01"])))
        for at in range(draw(st.integers(1, most)))
    ]  # fmt: skip
    return PlanData.of([plan_row(draw(st.sampled_from(["", "2020-06-30"]))), *rows])


items = st.sampled_from(["Data Backbone", "**Payload**", "A", "B", "A -> B: words", "B <-> A", "X -> nowhere", "",
                         "W" * 70, "שלום עולם", "Level 1 System: online"]) | names  # fmt: skip
lines = st.builds(
    lambda deep, sign, words: f"{'  ' * deep}{sign} {' '.join(words.split())}",
    st.integers(0, 11), st.sampled_from(["-", "1.", "2)", "*", ""]), items,
)  # fmt: skip
lists = st.lists(lines, min_size=1, max_size=40).map("\n".join)

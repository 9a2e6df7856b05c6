"""Rows of every kind made up by Hypothesis, from the declarations alone, so that a new kind is covered at once.

Texts are hostile: control characters, lone surrogates, line separators, quotes, right-to-left, marks of our own.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dmdesk import schema, store, trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind, derived_id, kinds
from dmdesk.reading import PlanData
from tests.core import pictures

NASTY = (
    "\x00", "\x07", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\u2028",
    "\u2029", "\u200f", "\u202e", "\ufeff", "\ud800", "\udfff", "👩‍🔬", "שלום", "é", "ﬁ", '"', '"""', "'''", "\\",
    "\\n", "?", "~", "/", "#", "%", "=", "[[", "]]", "{{", "<b>", "&amp;", "'); DROP TABLE product; --", "0", "10", "a",
    " ",
)  # fmt: skip
KEYS = (
    "",
    "A",
    "B",
    "?A",
    "??A",
    "~A",
    "A/B",
    "A ",
    "1.02C.9",
    "1.02C.10",
    "x = 'y'",
    "é",
    "א",
    '"',
    "\\",
    "#",
)

any_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=8),
    st.lists(st.sampled_from(NASTY), max_size=8).map("".join),
    st.sampled_from(KEYS),
)
days = st.dates(min_value=date(1, 1, 1)).map(date.isoformat) | st.just("")


def value(field_type: t.ValueType, ids: Sequence[str] = ()) -> st.SearchStrategy[Any]:
    """Values a person or a file may give a field of this type; links lead to one of ``ids`` or are unresolved."""
    open_words = any_text.map(lambda text: "?" + text)
    links = st.sampled_from(ids) | open_words if ids else open_words
    if isinstance(field_type, t.ToMany_):
        return st.lists(links, max_size=4).map(tuple)
    if isinstance(field_type, t.To_):
        return st.just("") | links
    if isinstance(field_type, t.Many_):
        return st.lists(any_text, max_size=4).map(tuple)
    if isinstance(field_type, t.Count_):
        least = 0 if isinstance(field_type, t.Money_) else -field_type.limit
        return st.none() | st.integers(least, field_type.limit)
    if isinstance(field_type, t.Number_):
        return st.just("") | st.integers(0, int(field_type.most) * 1000).map(lambda n: f"{n / 1000:.3f}")
    if isinstance(field_type, t.Flag_):
        return st.booleans()
    if isinstance(field_type, t.Day_):
        return days
    if isinstance(field_type, t.Picture_):
        return st.sampled_from(("", *pictures.SMALL))
    if isinstance(field_type, t.Choice_):
        return st.sampled_from(("", *field_type.options)) | any_text
    return any_text


def field_value(data: PlanData, kind: Kind, field: Field, of: str = "") -> st.SearchStrategy[Any]:
    """Values for a field in a plan; a parent is never the row ``of`` itself nor below it."""
    if field.name in kind.identity and not field.target and not isinstance(field.type, t.Day_):
        return st.sampled_from(KEYS) | any_text
    ids = data.rows(field.target) if field.target else {}
    if field.name == kind.parent and of:
        barred = {of, *trees.below(data.children_ids(kind.name), of)}
        ids = {id: row for id, row in ids.items() if id not in barred}
    return value(field.type, list(ids))


def values(
    draw: st.DrawFn, data: PlanData, kind: Kind, of: str = "", *, some: bool = False
) -> Mapping[str, Any]:
    """Values for all fields of a kind, or for some."""
    few = st.lists(st.sampled_from(kind.fields), max_size=5, unique=True)
    chosen = draw(few) if some else kind.fields
    return {field.name: draw(field_value(data, kind, field, of)) for field in chosen}


@st.composite
def plans(draw: st.DrawFn, most: int = 14) -> PlanData:
    """A plan of a few rows of any kinds that hold together, keys empty and twice there included."""
    data = PlanData()
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(list(kinds())))
        row = kind.make(values(draw, data, kind, some=True))
        natural = data.key(row)
        follows = derived_id(kind.name, natural)
        if natural and follows not in data.rows(kind.name) and draw(st.booleans()):
            row = kind.make(dict(zip(names(kind), kind.values(row)[1:], strict=True)), follows)
        data.replace(kind.name, row.id, row)
    return data


def names(kind: Kind) -> list[str]:
    """The names of a kind's fields."""
    return [field.name for field in kind.fields]


def state(data: PlanData) -> dict[str, dict[str, Entity]]:
    """Everything a plan holds, as plain dictionaries that can be compared."""
    return {kind.name: dict(data.rows(kind.name)) for kind in kinds()}


def on_disk(path: Path) -> dict[str, dict[str, Entity]]:
    """Everything a plan file holds, read anew."""
    file = store.Store(path, read_only=True)
    try:
        return state(PlanData(file.rows))
    finally:
        file.close()


def listed(folder: Path) -> list[str]:
    """The names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def dangling(data: PlanData) -> list[tuple[str, str, str]]:
    """(row, field, link) of every link that leads nowhere."""
    return [
        (row.id, field.name, link)
        for kind in kinds()
        for row in data.rows(kind.name).values()
        for field in kind.links
        for link in t.links_of(field.type, getattr(row, field.name))
        if data.get(field.target, link) is None
    ]


@functools.cache
def _template(which: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="dmdesk-test-") as folder:
        path = Path(folder) / "new.dmplan"
        schema.create(path, {"empty": PlanData, "full": full}[which]())
        return path.read_bytes()


def empty_file(path: Path) -> Path:
    """An empty plan file; copied, because making each anew would take most of the tests' time."""
    path.write_bytes(_template("empty"))
    return path


def full_file(path: Path) -> Path:
    """A plan file with two rows of every kind."""
    path.write_bytes(_template("full"))
    return path


def full() -> PlanData:
    """Two rows of every kind, the second below the first where they make a tree, and every link set."""
    return PlanData.of(_linked(kind, number) for kind in kinds() for number in (1, 2))


def _linked(kind: Kind, number: int) -> Entity:
    own = f"{kind.name}{number}"
    given: dict[str, Any] = {}
    for field in kind.fields:
        ids = [id for id in (f"{field.target}1", f"{field.target}2") if id != own]
        if isinstance(field.type, t.ToMany_):
            given[field.name] = ids
        elif field.target == kind.name:
            given[field.name] = ids[0] if number == 2 else ""
        elif field.target:
            given[field.name] = ids[-1]
        elif isinstance(field.type, t.Picture_):
            given[field.name] = pictures.SMALL[number - 1]
        elif not isinstance(field.type, (t.Many_, t.Count_, t.Number_, t.Flag_, t.Day_)):
            given[field.name] = f"{field.label} {number}"
    return kind.make(given, own)


def small() -> PlanData:
    """A few rows that hang together, with ids that can be read."""
    made = kinds()
    return PlanData.of(
        [
            made["product"].make({"key": "DM", "name": "Data Management", "order": "010"}, "dm"),
            made["product"].make({"key": "AP", "name": "Alerts", "parent": "dm", "teams": ("team",)}, "ap"),
            made["product"].make({"key": "DRP", "name": "Releases", "parent": "dm", "uses": ("ap",)}, "drp"),
            made["team"].make({"key": "T", "name": "The team"}, "team"),
            made["requirement"].make({"key": "R-1", "name": "High"}, "r1"),
            made["requirement"].make({"key": "R-2", "name": "Low"}, "r2"),
            made["trace"].make({"requirement": "r2", "parent": "r1"}, "trace"),
        ]
    )

"""Table: what a rectangle of texts makes of the rows and fields it is pasted on, as changes that can be shown first.

The window, the command line and tests paste by this, so a value means the same wherever it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from dmdesk import changes as c
from dmdesk import places, trees
from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.exchange.cells import Cells
from dmdesk.kinds import Entity, Field, Kind, new_id
from dmdesk.naming import folded, renamed
from dmdesk.reading import PlanData
from dmdesk.types import BadValue
from dmdesk.values import frozen

Named = Callable[[PlanData, str, str], Entity | None]
"""What words name in a kind: ``dmdesk.checks.naming.named``."""


@frozen
class Refused:
    """A text that does not fit its field: the row's id, the field, the text, and why."""

    id: str
    field: str
    text: str
    why: str


@frozen
class Paste:
    """What pasting would do: the changes, the new rows' ids, how many filled values go, what does not fit."""

    changes: list[Change]
    new: list[str]
    overwritten: int
    refused: list[Refused]


def tiled(cells: Cells, rows: int, columns: int) -> Cells:
    """The cells repeated until they fill a selection, if they fit into it a whole number of times."""
    high, wide = len(cells), max(map(len, cells), default=0)
    if not high or not wide or rows % high or columns % wide:
        return cells
    return [row * (columns // wide) for row in cells] * (rows // high)


def paste(
    data: PlanData, kind: Kind, ids: Sequence[str], fields: Sequence[str], cells: Cells, named: Named
) -> Paste:
    """What pasting the cells would do to the rows ``ids`` in these fields, and to new rows for what is left over.

    Names that are no field of the kind, as of counted columns, take no part. New rows come behind the last
    of ``ids``, in a tree at its level; where no key is pasted they get one that nobody has.

    Raises:
        PlanError: the cells are wider than the fields.
    """
    wide = max((at + 1 for row in cells for at, text in enumerate(row) if text), default=0)
    if wide > len(fields):
        raise PlanError(
            f"What was copied is {wide} columns wide, and there are only {len(fields)} to the right; "
            "show more columns or begin further left. Nothing was changed."
        )
    over = [row for row in cells[len(ids) :] if any(row)]
    fresh = _new_rows(data, kind, ids, fields, over)
    pasting = _Pasting(data, kind, fields, _Reader(data, named, _names_of(kind, fresh, fields, over)))
    for id, row in zip(ids, cells, strict=False):
        pasting.put(data.rows(kind.name)[id], row)
    pasting.changes.extend(fresh.changes)
    for id, values, row in zip(fresh.ids, fresh.values, over, strict=True):
        pasting.add(id, values, row)
    return Paste(pasting.changes, pasting.new, pasting.overwritten, pasting.refused)


class _Pasting:
    """Collects what pasting row after row would do."""

    def __init__(self, data: PlanData, kind: Kind, fields: Sequence[str], reader: _Reader) -> None:
        self._data, self._kind, self._fields, self._reader = data, kind, fields, reader
        self.changes: list[Change] = []
        self.new: list[str] = []
        self.refused: list[Refused] = []
        self.overwritten = 0

    def put(self, row: Entity, texts: Sequence[str | None]) -> None:
        """Paste over a row."""
        values = {
            name: value for name, value in self._values(row.id, texts) if self._differs(row, name, value)
        }
        if values:
            self.overwritten += sum(bool(getattr(row, name)) for name in values)
            self.changes.append(c.put(row, renamed(row, values)))

    def add(self, id: str, given: Mapping[str, Any], texts: Sequence[str | None]) -> None:
        """Paste as a new row, unless nothing fits; what it begins with stands where nothing is pasted."""
        read = {name: value for name, value in self._values(id, texts) if value}
        if read:
            self.new.append(id)
            self.changes.append(c.add(self._kind.make({**given, **read}, id)))

    def _differs(self, row: Entity, name: str, value: Any) -> bool:
        """Whether a value is another one; an inherited value that comes back as it was copied stays inherited."""
        own = getattr(row, name)
        if value == own:
            return False
        return bool(
            own or not self._kind[name].inherits or value != trees.inherited(self._data, row, name)[0]
        )

    def _says_so(self, id: str, name: str, text: str) -> bool:
        """Whether the text is what a value that is not typed is shown as, so that it comes back unchanged."""
        row, of = self._data.get(self._kind.name, id), self._kind[name].type
        return not of.typed and row is not None and text.strip() == of.show(getattr(row, name))

    def _values(self, id: str, texts: Sequence[str | None]) -> Iterator[tuple[str, Any]]:
        for name, text in zip(self._fields, texts, strict=False):
            if text is None or name not in self._kind or self._says_so(id, name, text):
                continue
            try:
                yield name, self._reader.read(self._kind[name], text)
            except BadValue as error:
                self.refused.append(Refused(id, name, text, str(error)))


# -- new rows


@frozen
class _Fresh:
    """New rows: their ids, the values they begin with, and the changes that make room for them."""

    ids: list[str]
    values: list[dict[str, Any]]
    changes: list[Change]


def _new_rows(data: PlanData, kind: Kind, ids: Sequence[str], fields: Sequence[str], texts: Cells) -> _Fresh:
    last = data.get(kind.name, ids[-1]) if ids else None
    parent = places.above(data, kind, last) if last is not None else ""
    beside = places.siblings(data, kind, parent) if texts else []
    at = next((at + 1 for at, row in enumerate(beside) if row is last), len(beside))
    ranks, changes = places.room(kind, beside, at, len(texts))
    at_key = fields.index(kind.key) if kind.key in fields else -1
    pasted = [row[at_key] if 0 <= at_key < len(row) else "" for row in texts]
    taken = {*data.by_key(kind.name), *filter(None, pasted)} if texts else set()
    like = data.key(last) if last is not None else data.key(beside[-1]) if beside else ""
    values = []
    for rank, key in zip(ranks, pasted, strict=True):
        given: dict[str, Any] = {kind.order: rank} if places.ranked(kind) else {}
        if kind.parent and parent:
            given[kind.parent] = parent
        if kind.key and not key:
            like = given[kind.key] = places.next_key(taken, like)
            taken.add(like)
        values.append(given)
    return _Fresh([new_id() for _ in texts], values, changes)


def _names_of(kind: Kind, fresh: _Fresh, fields: Sequence[str], texts: Cells) -> dict[tuple[str, str], str]:
    """What the new rows are called, so that those pasted with them can name them."""
    found: dict[tuple[str, str], str] = {}
    for name in dict.fromkeys((kind.key, kind.title)):
        if name in fields:
            at = fields.index(name)
            for id, row in zip(fresh.ids, texts, strict=True):
                if at < len(row) and row[at]:
                    found.setdefault((kind.name, folded(str(row[at]))), id)
    return found


# -- values


class _Reader:
    """Reads texts as values of fields; equal texts, which are many, are looked up once."""

    def __init__(self, data: PlanData, named: Named, fresh: Mapping[tuple[str, str], str]) -> None:
        self._data, self._named, self._fresh = data, named, fresh
        self._known: dict[tuple[str, str], Any] = {}

    def read(self, of: Field, text: str) -> Any:
        """The value of a field that a text stands for.

        Raises:
            BadValue: the text does not fit.
        """
        if (of.name, text) not in self._known:
            self._known[of.name, text] = self._value(of, text)
        return self._known[of.name, text]

    def _value(self, of: Field, text: str) -> Any:
        if isinstance(of.type, t.ToMany_):
            return of.type.clean(tuple(filter(None, self._links(of, text))))
        if of.target:
            return of.type.clean(self._link(of, text.strip()) if text.strip() else "")
        if isinstance(of.type, t.Choice_):
            return _choice(of.type, t.one_line(text))
        if of.type is t.WORDS and "\n" not in text:
            return of.type.read(text.replace(";", "\n"))
        if of.type is t.DAY:
            return _day(text.strip())
        return of.type.read(text)

    def _links(self, of: Field, text: str) -> Iterator[str]:
        """Links parted by line breaks and semicolons, and by commas where a part of that names a row."""
        whole = self._id(of, text)
        if whole:
            yield whole
            return
        for part in re.split(r"[\n;]", text):
            pieces = [piece.strip() for piece in part.split(",")]
            if self._id(of, part) or not any(self._id(of, piece) for piece in pieces):
                pieces = [part.strip()]
            yield from (self._link(of, piece) for piece in pieces if piece)

    def _link(self, of: Field, words: str) -> str:
        words = t.one_line(words)
        lost = words.lstrip(t.UNRESOLVED)
        return self._id(of, words) or (t.UNRESOLVED + lost if lost else "")

    def _id(self, of: Field, words: str) -> str:
        words = t.one_line(words)
        row = self._named(self._data, of.target, words) if words else None
        return row.id if row is not None else self._fresh.get((of.target, folded(words)), "")


def _choice(of: t.Choice_, text: str) -> str:
    """The option that the text is, or begins; other words are kept, as everywhere."""
    word = text.casefold()
    near = [option for option in of.options if option.casefold().startswith(word)] if word else []
    exact = [option for option in near if option.casefold() == word]
    if len(exact or near) > 1:
        raise BadValue(f"“{text}” could be {' or '.join(near)}.")
    return (exact or near or [of.clean(text)])[0]


_DAYS = (
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y-%m-%d %H:%M:%S",
)
"""Ways to write a day in which day and month cannot be confused."""


def _day(text: str) -> str:
    try:
        return str(t.DAY.read(text))
    except BadValue:
        for form in _DAYS:
            with suppress(ValueError):
                return datetime.strptime(text, form).date().isoformat()
        raise

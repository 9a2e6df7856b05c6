"""The rows of a plan as canonical text: TOML that is the same, byte for byte, for the same plan.

Folders of text, printed files and baselines all hold this one form: links are written as keys, and a row's id only
where it does not follow from its key, or with every row where what is kept must give back the very rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Field, Kind, derived_id, kinds
from dmdesk.reading import PlanData
from dmdesk.values import frozen

_RARE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

BY_ID = "~"
"""A link written with this mark names its row by id, because the row's key is empty or not its own alone."""


def dumps(data: PlanData, which: Iterable[Kind] | None = None, *, all_ids: bool = False) -> str:
    """The rows of some kinds, or of all, as text, each below a header of its own, however short they are.

    ``all_ids``: every row is written with its id, so that ``loads`` gives the very same rows.
    """
    names = _Names(data, all_ids)
    of = kinds() if which is None else which
    return "\n".join([entry for kind in of for entry in _entries(names, kind, data.in_order(kind.name))])


def loads(words: str, name: str, like: PlanData | None = None) -> PlanData:
    """The plan that a text describes; ``name`` is what messages call it.

    ``like``: entries without an id take the id of the row with the same key in this plan, so that both can be compared.

    Raises:
        PlanError: something is missing, twice there, misspelt or in a circle; the message names the entry.
    """
    return made(list(listed(name, parsed(name, words))), like)


def made(entries: list[Entry], like: PlanData | None) -> PlanData:
    """The plan that the entries describe together; otherwise as ``loads``."""
    ids = _ids(entries, like or PlanData())
    keys: dict[tuple[str, str], str] = {}
    for entry, id in zip(entries, ids, strict=True):
        keys.setdefault((entry.kind.name, entry.natural), id)
    known = {(entry.kind.name, id) for entry, id in zip(entries, ids, strict=True)}
    data = PlanData.of(entry.row(id, keys, known) for entry, id in zip(entries, ids, strict=True))
    _refuse_circles(data, entries, ids)
    return data


_ID = re.compile("[0-9A-Za-z_-]([ 0-9A-Za-z_.-]*[0-9A-Za-z_.-])?")


class _Names:
    """How rows and links are written: by the natural key where that is one row's alone."""

    def __init__(self, data: PlanData, all_ids: bool = False) -> None:
        self._data = data
        self._all_ids = all_ids
        self._known: dict[str, tuple[dict[str, str], Counter[str]]] = {}

    def own(self, kind: Kind, row: Entity) -> str:
        """The id to write with a row, "" where it follows from the key."""
        if self._all_ids:
            return row.id
        keys, times = self._keys(kind)
        key = keys[row.id]
        follows = key and times[key] == 1 and row.id == derived_id(kind.name, key)
        return "" if follows else row.id

    def links(self, target: str, value: Any) -> Any:
        """The value of a link field as written, by key."""
        if isinstance(value, tuple):
            return [self._link(target, link) for link in value]
        return self._link(target, value)

    def ids(self, kind: Kind) -> dict[str, str]:
        """The ids of a kind's rows by natural key; of equal keys the first row wins."""
        keys, _ = self._keys(kind)
        return {key: id for id, key in reversed(keys.items())}

    def _link(self, target: str, link: str) -> str:
        keys, times = self._known.get(target) or self._keys(kinds()[target])
        key = keys.get(link)
        if key is None:
            return link
        return key if times[key] == 1 and key and key[0] not in BY_ID + t.UNRESOLVED else BY_ID + link

    def _keys(self, kind: Kind) -> tuple[dict[str, str], Counter[str]]:
        known = self._known.get(kind.name)
        if known is None:
            rows = self._data.rows(kind.name)
            columns = [
                self._parts(kind[name], map(attrgetter(name), rows.values())) for name in kind.identity
            ]
            made = ["/".join(filter(None, parts)) for parts in zip(*columns, strict=True)]
            keys = dict(zip(rows, made, strict=True))
            known = self._known[kind.name] = keys, Counter(made)
        return known

    def _parts(self, field: Field, values: Iterable[Any]) -> list[str]:
        target = field.target
        return [_part(field, self.links(target, value) if target else value) for value in values]


def _natural(kind: Kind, written: Mapping[str, Any]) -> str:
    """The key that tells an entry from others of its kind, from its values as they are written."""
    return "/".join(filter(None, [_part(kind[name], written.get(name, "")) for name in kind.identity]))


def _part(field: Field, written: Any) -> str:
    try:
        words = field.type.show(field.type.clean(written))
    except t.BadValue:
        words = str(written)
    return (field.target and t.unresolved(words)) or words


def _entries(names: _Names, kind: Kind, rows: Iterable[Entity]) -> Iterator[str]:
    """Rows of a kind as TOML; texts with rare signs are left to the library, which looks at each sign of every text."""
    head, values = f"[[{kind.name}]]\n", kind.values
    fields = [(f"{field.name} = ", field.type.empty, field.target) for field in kind.fields]
    for row in rows:
        own = names.own(kind, row)
        written = [head, "id = ", _value(own), "\n"] if own else [head]
        for (name, empty, target), value in zip(fields, values(row)[1:], strict=True):
            if value != empty:
                written += name, _value(names.links(target, value) if target else value), "\n"
        yield "".join(written)


def _value(value: Any) -> str:
    if isinstance(value, str) and not _RARE.search(value):
        held = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""\n{held}"""' if "\n" in value else f'"{held}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value):
        return "[\n" + "".join([f"    {_value(one)},\n" for one in value]) + "]"
    return _by_the_library(value)


def _by_the_library(value: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"a": value}, multiline_strings=True)[len("a = ") : -1]


def keyed(data: PlanData, of: Kind) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """What ``Entry.row`` needs to find the links of a kind's rows in a plan: (kind, key) → id, and every (kind, id)."""
    names = _Names(data)
    wanted = dict.fromkeys((of.name, *(field.target for field in of.links)))
    keys = {(name, key): id for name in wanted for key, id in names.ids(kinds()[name]).items()}
    return keys, {(name, id) for name in wanted for id in data.rows(name)}


@frozen
class Entry:
    """One entry as it was read, still with keys for links."""

    kind: Kind
    values: Mapping[str, Any]
    file: str
    place: int

    @cached_property
    def natural(self) -> str:
        """The key that tells the entry from others of its kind."""
        return _natural(self.kind, self.values)

    @property
    def where(self) -> str:
        """The file and entry, for messages."""
        return f"{self.file}, {self.kind.label.lower()} {self.place} “{self.natural}”"

    def row(self, id: str, keys: Mapping[tuple[str, str], str], known: set[tuple[str, str]]) -> Entity:
        """The entry as a row, links resolved."""
        made: dict[str, Any] = {}
        for name, value in self.values.items():
            if name == "id":
                continue
            if name not in self.kind:
                raise PlanError(f"{self.where}: there is no field “{name}”; “dmdesk kinds” lists the fields.")
            field = self.kind[name]
            try:
                value = field.type.admit(value)
            except t.BadValue as error:
                raise PlanError(f"{self.where}: {name}: {error}") from None
            if field.target:
                value = self._resolved(field, value, keys, known)
            made[name] = value
        return self.kind.make(made, id)

    def _resolved(
        self, field: Field, value: Any, keys: Mapping[tuple[str, str], str], known: set[tuple[str, str]]
    ) -> Any:
        def one(link: str) -> str:
            if not link or link.startswith(t.UNRESOLVED):
                return link
            id = link[1:] if link.startswith(BY_ID) else keys.get((field.target, link), "")
            if (field.target, id) not in known:
                label = kinds()[field.target].label.lower()
                raise PlanError(
                    f"{self.where}: {field.name} names the {label} “{link}”, which is not in the plan."
                )
            return id

        return tuple(one(link) for link in value) if isinstance(value, tuple) else one(value)


def listed(file: str, tables: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of a text that was read; ``file`` is what messages call it."""
    for name, rows in tables.items():
        if name not in kinds():
            raise PlanError(f"{file}: there is no kind “{name}”; “dmdesk kinds” lists the kinds.")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise PlanError(f"{file}: “{name}” must be a list of entries, each begun by [[{name}]].")
        for place, row in enumerate(rows, 1):
            values = {key: v.isoformat() if isinstance(v, date) else v for key, v in row.items()}
            yield Entry(kinds()[name], values, file, place)


def parsed(name: str, words: str) -> dict[str, Any]:
    """The text as TOML reads it."""
    import tomllib

    try:
        return tomllib.loads(words)
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{name} is not valid TOML: {error}.") from None


def _ids(entries: list[Entry], like: PlanData) -> list[str]:
    """The id of each entry: the one written, that of the same key in ``like``, or the one that follows from the key."""
    names = _Names(like)
    known = {kind.name: names.ids(kind) for kind in kinds()}
    taken: dict[str, Entry] = {}
    for entry in entries:
        written = entry.values.get("id")
        if written is not None and (
            not isinstance(written, str) or not _ID.fullmatch(written) or written in taken
        ):
            raise PlanError(f"{entry.where}: the id “{written}” is not valid or used twice.")
        if written:
            taken[written] = entry
    found = []
    for entry in entries:
        id = entry.values.get("id") or ""
        if not id:
            if not entry.natural:
                raise PlanError(f"{entry.where} has no {' or '.join(entry.kind.identity)}; give it one.")
            follows = derived_id(entry.kind.name, entry.natural)
            id = known[entry.kind.name].get(entry.natural, follows)
            if id in taken and taken[id].natural == entry.natural:
                raise PlanError(f"{entry.where} is there twice (see {taken[id].where}); keep one of them.")
            if id in taken:
                id = derived_id(entry.kind.name, entry.natural + "\n2")
            taken[id] = entry
        found.append(id)
    return found


def _refuse_circles(data: PlanData, entries: list[Entry], ids: list[str]) -> None:
    for kind in kinds():
        circles = trees.cycles(data.rows(kind.name), kind.parent) if kind.parent else []
        if circles:
            entry = entries[ids.index(circles[0][0])]
            round = " → ".join(data.key(data.rows(kind.name)[id]) for id in (*circles[0], circles[0][0]))
            raise PlanError(f"{entry.where} is part of itself: {round}; correct one “{kind.parent}”.")

"""The whole plan as sorted text: TOML, one file per kind in a folder, or all kinds in one file.

Made for version control: the same plan gives the same bytes, links are written as keys, and a row's id is
written only where it does not follow from its key. Reading and writing are inverse, byte for byte.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
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


def write(data: PlanData, path: Path) -> list[Path]:
    """Write the plan to a folder, or to one file when the path ends in ``.toml``; returns the files written.

    In a folder, files of kinds that have no rows are removed; other files are left alone.

    Raises:
        PlanError: the folder or file cannot be written.
    """
    if path.suffix == ".toml":
        return [_replace(path, dumps(data, kinds()))]
    texts = {kind.name: dumps(data, (kind,)) for kind in kinds() if data.rows(kind.name)}
    written = [_replace(path / f"{name}.toml", text) for name, text in texts.items()]
    for kind in kinds():
        if kind.name not in texts:
            _remove(path / f"{kind.name}.toml")
    return written


def dumps(data: PlanData, which: Iterable[Kind]) -> str:
    """The rows of some kinds as text, each below a header of its own, however short they are."""
    names = _Names(data)
    entries = (
        f"[[{kind.name}]]\n{_written(_entry(names, kind, row))}"
        for kind in which
        for row in data.in_order(kind.name)
    )
    return "\n".join(entries)


def read(path: Path, like: PlanData | None = None) -> PlanData:
    """The plan that a folder or file of text describes.

    ``like``: entries without an id take the id of the row with the same key in this plan, so that both can be compared.

    Raises:
        PlanError: something is missing, twice there, misspelt or in a circle; the message names file and entry.
    """
    return _made(list(_entries(path)), like)


def loads(words: str, name: str, like: PlanData | None = None) -> PlanData:
    """The plan that a text describes, otherwise as ``read``; ``name`` is what messages call it."""
    return _made(list(_listed(name, _parsed(name, words))), like)


def _made(entries: list[_Entry], like: PlanData | None) -> PlanData:
    ids = _ids(entries, like or PlanData())
    keys: dict[tuple[str, str], str] = {}
    for entry, id in zip(entries, ids, strict=True):
        keys.setdefault((entry.kind.name, entry.natural), id)
    known = {(entry.kind.name, id) for entry, id in zip(entries, ids, strict=True)}
    data = PlanData.of(entry.row(id, keys, known) for entry, id in zip(entries, ids, strict=True))
    _refuse_circles(data, entries, ids)
    return data


def build(source: Path, target: Path) -> None:
    """Make a plan file from text.

    Raises:
        PlanError: the text has a mistake, or the file cannot be written; nothing is left behind.
    """
    from dmdesk import schema

    schema.create(target, read(source))


_ID = re.compile("[0-9A-Za-z_-]([ 0-9A-Za-z_.-]*[0-9A-Za-z_.-])?")


class _Names:
    """How rows and links are written: by the natural key where that is one row's alone."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self._known: dict[str, tuple[dict[str, str], Counter[str]]] = {}

    def own(self, kind: Kind, row: Entity) -> str:
        """The id to write with a row, "" where it follows from the key."""
        key = self._alone(kind, row.id)
        return "" if key and row.id == derived_id(kind.name, key) else row.id

    def value(self, field: Field, value: Any) -> Any:
        """A value as written, its links by key."""
        if not field.target:
            return list(value) if isinstance(value, tuple) else value
        return (
            [self._link(field, link) for link in value]
            if isinstance(value, tuple)
            else self._link(field, value)
        )

    def ids(self, kind: Kind) -> dict[str, str]:
        """The ids of a kind's rows by natural key; of equal keys the first row wins."""
        keys, _ = self._keys(kind)
        return {key: id for id, key in reversed(keys.items())}

    def _link(self, field: Field, link: str) -> str:
        if self._data.get(field.target, link) is None:
            return link
        key = self._alone(kinds()[field.target], link)
        return key if key and key[0] not in BY_ID + t.UNRESOLVED else BY_ID + link

    def _alone(self, kind: Kind, id: str) -> str:
        keys, times = self._keys(kind)
        return keys[id] if times[keys[id]] == 1 else ""

    def _keys(self, kind: Kind) -> tuple[dict[str, str], Counter[str]]:
        if kind.name not in self._known:
            keys = {
                id: _natural(kind, self._identity(kind, row))
                for id, row in self._data.rows(kind.name).items()
            }
            self._known[kind.name] = keys, Counter(keys.values())
        return self._known[kind.name]

    def _identity(self, kind: Kind, row: Entity) -> dict[str, Any]:
        return {name: self.value(kind[name], getattr(row, name)) for name in kind.identity}


def _natural(kind: Kind, written: Mapping[str, Any]) -> str:
    """The key that tells an entry from others of its kind, from its values as they are written."""
    return "/".join(filter(None, (_part(kind[name], written.get(name, "")) for name in kind.identity)))


def _part(field: Field, written: Any) -> str:
    try:
        words = field.type.show(field.type.clean(written))
    except t.BadValue:
        words = str(written)
    return (field.target and t.unresolved(words)) or words


def _entry(names: _Names, kind: Kind, row: Entity) -> dict[str, Any]:
    own = names.own(kind, row)
    entry: dict[str, Any] = {"id": own} if own else {}
    for field, value in zip(kind.fields, kind.values(row)[1:], strict=True):
        if value != field.type.empty:
            entry[field.name] = names.value(field, value)
    return entry


def _written(entry: Mapping[str, Any]) -> str:
    """An entry as TOML; texts with rare signs are left to the library, which looks at each sign of every text."""
    return "".join([f"{name} = {_value(value)}\n" for name, value in entry.items()])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and not _RARE.search(value):
        held = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""\n{held}"""' if "\n" in value else f'"{held}"'
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value):
        return "[\n" + "".join([f"    {_value(one)},\n" for one in value]) + "]"
    return _by_the_library(value)


def _by_the_library(value: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"a": value}, multiline_strings=True)[len("a = ") : -1]


@frozen
class _Entry:
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


def _entries(path: Path) -> Iterator[_Entry]:
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    if not files:
        raise PlanError(f"“{path}” holds no plan as text; it should be a .toml file or a folder of them.")
    for file in files:
        yield from _listed(file.name, _tables(file))


def _listed(file: str, tables: dict[str, Any]) -> Iterator[_Entry]:
    for name, rows in tables.items():
        if name not in kinds():
            raise PlanError(f"{file}: there is no kind “{name}”; “dmdesk kinds” lists the kinds.")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise PlanError(f"{file}: “{name}” must be a list of entries, each begun by [[{name}]].")
        for place, row in enumerate(rows, 1):
            values = {key: v.isoformat() if isinstance(v, date) else v for key, v in row.items()}
            yield _Entry(kinds()[name], values, file, place)


def _tables(file: Path) -> dict[str, Any]:
    try:
        return _parsed(file.name, file.read_text("utf-8-sig"))
    except OSError as error:
        raise PlanError(f"“{file}” cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise PlanError(f"{file.name} is not UTF-8 text; save it as UTF-8.") from None


def _parsed(name: str, words: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(words)
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{name} is not valid TOML: {error}.") from None


def _ids(entries: list[_Entry], like: PlanData) -> list[str]:
    """The id of each entry: the one written, that of the same key in ``like``, or the one that follows from the key."""
    names = _Names(like)
    known = {kind.name: names.ids(kind) for kind in kinds()}
    taken: dict[str, _Entry] = {}
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


def _refuse_circles(data: PlanData, entries: list[_Entry], ids: list[str]) -> None:
    for kind in kinds():
        circles = trees.cycles(data.rows(kind.name), kind.parent) if kind.parent else []
        if circles:
            entry = entries[ids.index(circles[0][0])]
            round = " → ".join(data.key(data.rows(kind.name)[id]) for id in (*circles[0], circles[0][0]))
            raise PlanError(f"{entry.where} is part of itself: {round}; correct one “{kind.parent}”.")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanError(f"“{path}” cannot be removed ({error.strerror}); remove it yourself.") from None


def _replace(path: Path, text: str) -> Path:
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, "utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise PlanError(f"“{path}” cannot be written ({error.strerror}); choose another place.") from None
    return path

"""Kinds: what a plan is made of, read as fields, links and a title from one declared class.

A kind says each fact once. Tables, forms, search, text files, SQLite columns, comparison and the derived
checks all read the same declaration, so adding a kind takes one class and one migration.
The classes are plain data, free of any database library, because importing one costs more time than reading a plan.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

from dmdesk import types as t
from dmdesk.registry import Registry
from dmdesk.values import frozen

E = TypeVar("E", bound="Entity")


@frozen
class Field:
    """One field of a kind.

    ``inherits``: an empty value stands for the parent's. ``part``: the row belongs to the linked row and goes with it.
    """

    name: str
    label: str
    type: t.ValueType
    help: str = ""
    inherits: bool = False
    part: bool = False
    required: bool = False

    @property
    def target(self) -> str:
        """The kind a link field points at, or ""."""
        return self.type.kind


@frozen
class _Spec:
    label: str
    type: t.ValueType
    help: str
    options: Mapping[str, Any]


def _spec(value_type: t.ValueType) -> Callable[..., Any]:
    def declare(label: str, help: str = "", **options: Any) -> Any:
        return _Spec(label, value_type, help, options)

    return declare


line = _spec(t.LINE)
code = _spec(t.CODE)
prose = _spec(t.PROSE)
words = _spec(t.WORDS)
items = _spec(t.ITEMS)
lines = _spec(t.LINES)
count = _spec(t.COUNT)
money = _spec(t.MONEY)
number = _spec(t.NUMBER)
percent = _spec(t.PERCENT)
day = _spec(t.DAY)
instant = _spec(t.INSTANT)
flag = _spec(t.FLAG)
rank = _spec(t.RANK)
picture = _spec(t.PICTURE)


def choice(options: Iterable[str], label: str, help: str = "", **more: Any) -> Any:
    """Declare a field that holds one of the options."""
    return _Spec(label, t.Choice_(options=tuple(options)), help, more)


def to(kind_name: str, label: str, help: str = "", **more: Any) -> Any:
    """Declare a link to one row of another kind."""
    return _Spec(label, t.To_(kind=kind_name), help, more)


def many(kind_name: str, label: str, help: str = "", **more: Any) -> Any:
    """Declare links to several rows of another kind, in order."""
    return _Spec(label, t.ToMany_(kind=kind_name), help, more)


@dataclass_transform(frozen_default=True)
class _Rows(type):
    """What makes rows read as frozen data classes to the type checker."""


class Entity(metaclass=_Rows):
    """One row of a plan. Rows are never changed in place: a change makes a new row.

    They behave as data classes with slots; ``@kind`` makes them itself, since making two dozen data classes is
    a tenth of a second at every start.
    """

    __slots__ = ("id",)
    __hash__ = None  # type: ignore[assignment]
    id: str

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        values = kind_of(self).values
        return values(self) == values(other)

    def __repr__(self) -> str:
        values = kind_of(self).values(self)
        filled = (
            f"{n}={v!r}" for n, v in zip(_names(type(self)), values, strict=True) if v not in ("", (), None)
        )
        return f"{type(self).__name__}({', '.join(filled)})"


def _names(cls: type[Entity]) -> tuple[str, ...]:
    return ("id", *cls.__slots__)


def _row_class(cls: type[E], empty: Mapping[str, Any]) -> type[E]:
    """The class with a slot for each field, and a constructor that takes the id and the fields in order."""
    body = {name: value for name, value in vars(cls).items() if name not in empty and name not in _OF_CLASSES}
    made = cast("type[E]", _Rows(cls.__name__, cls.__bases__, {**body, "__slots__": tuple(empty)}))

    def first(self: Entity, *given: Any, **named: Any) -> None:
        made.__init__ = _constructor(empty)  # type: ignore[method-assign]
        made.__init__(self, *given, **named)

    made.__init__ = first  # type: ignore[method-assign]
    return made


def _constructor(empty: Mapping[str, Any]) -> Callable[..., None]:
    """Written out for speed, and only once a row of the kind is made: most starts see few of them.

    It is one statement, and its defaults are no part of it, because that is compiled in half the time.
    """
    names = ("id", *empty)
    made: dict[str, Any] = {}
    fields, given = (", ".join(f"{before}{name}" for name in names) for before in ("self.", ""))
    exec(f"def __init__(self, {given}):\n    {fields} = {given}", made)
    made["__init__"].__defaults__ = tuple(empty.values())
    return cast("Callable[..., None]", made["__init__"])


_OF_CLASSES = ("__dict__", "__weakref__")


@frozen
class Kind:
    """One kind of thing a plan is made of.

    ``title`` names the field people know a row by, ``identity`` the fields that tell rows apart in text files,
    ``parent`` and ``order`` the fields that make a tree and its sequence ("" where there is none).
    """

    name: str
    label: str
    plural: str
    help: str
    cls: type[Entity]
    fields: tuple[Field, ...]
    title: str
    identity: tuple[str, ...]
    parent: str
    order: str
    single: bool = False

    def __getitem__(self, field: str) -> Field:
        return self._by_name[field]

    def __contains__(self, field: object) -> bool:
        return field in self._by_name

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def links(self) -> tuple[Field, ...]:
        """The fields that point at rows."""
        return tuple(field for field in self.fields if field.target)

    @cached_property
    def values(self) -> Callable[[Entity], tuple[Any, ...]]:
        """Gives what a row holds: the id, then the fields in order."""
        return attrgetter("id", *(field.name for field in self.fields))

    @cached_property
    def load(self) -> Callable[[Iterable[Any]], Entity]:
        """Makes a row from its stored values: the id, then the fields in order."""
        return _loader(self.cls, self.fields)

    @cached_property
    def key(self) -> str:
        """The name of the field that is the row's code for people, or "" for rows known by what they join."""
        return self.identity[0] if len(self.identity) == 1 else ""

    def make(self, values: Mapping[str, Any], id: str = "") -> Entity:
        """A row from some of its fields, each cleaned; a new random id unless one is given.

        Raises:
            KeyError: a field is not this kind's.
            BadValue: a value does not fit its field.
        """
        for name in values:
            if name not in self:
                raise KeyError(name)
        full = (
            field.type.clean(values[field.name]) if field.name in values else field.type.empty
            for field in self.fields
        )
        return self.cls(id or new_id(), *full)


def _loader(cls: type[Entity], fields: tuple[Field, ...]) -> Callable[[Iterable[Any]], Entity]:
    """A function that makes rows of a kind; written out, because a large plan is read through it at every start."""
    if not any(field.type.packed for field in fields):
        return lambda stored: cls(*stored)
    names: dict[str, Any] = {"cls": cls}
    values = []
    for at, field in enumerate(fields):
        names |= {f"load_{at}": field.type.load, f"empty_{at}": field.type.empty}
        values.append(f"load_{at}(v{at}) if v{at} else empty_{at}" if field.type.packed else f"v{at}")
    listed = "".join(f", v{at}" for at in range(len(fields)))
    exec(f"def load(stored):\n    id{listed} = stored\n    return cls(id, {', '.join(values)})", names)
    return cast("Callable[[Iterable[Any]], Entity]", names["load"])


KINDS: Registry[Kind] = Registry("kind")


def kind(
    name: str, label: str, plural: str, *, title: str = "name", identity: tuple[str, ...] = ("key",), parent: str = "",
    ranked: str = "", single: bool = False,
) -> Callable[[type[E]], type[E]]:  # fmt: skip
    """Declare the decorated class as a kind; its docstring is the kind's help.

    ``ranked`` names the field that gives the sequence of the rows (of siblings in a tree).
    """

    def declare(cls: type[E]) -> type[E]:
        specs = {name: value for name, value in vars(cls).items() if isinstance(value, _Spec)}
        made = _row_class(cls, {field_name: spec.type.empty for field_name, spec in specs.items()})
        fields = tuple(Field(n, s.label, s.type, s.help, **s.options) for n, s in specs.items())
        help_text = " ".join((made.__doc__ or "").split())
        KINDS.add(Kind(name, label, plural, help_text, made, fields, title, identity, parent, ranked, single))
        return made

    return declare


@cache
def kinds() -> Registry[Kind]:
    """All kinds, in the order in which a plan presents them."""
    global _declared
    if (
        not _declared
    ):  # an import costs something each time, and much more once Qt has put its own way in place
        import dmdesk.model  # noqa: F401  (importing the families declares the kinds)

        _declared = True
    return KINDS


_declared = False


def kind_of(row: Entity) -> Kind:
    """The kind a row is of."""
    return _classes.get(type(row)) or _by_class()[type(row)]


def kind_by(cls: type[Entity]) -> Kind:
    """The kind whose rows are of a class."""
    return _classes.get(cls) or _by_class()[cls]


_classes: dict[type[Entity], Kind] = {}


def _by_class() -> dict[type[Entity], Kind]:
    if len(_classes) != len(KINDS):
        _classes.update({kind.cls: kind for kind in kinds()})
    return _classes


def changed(row: E, values: Mapping[str, Any]) -> E:
    """The row with other values in some fields, taken as they are."""
    kind = kind_of(row)
    return type(row)(*map(values.get, _names(type(row)), kind.values(row)))


def new_id() -> str:
    """A short random id: 60 bits in 12 letters and digits, alike in no two plans."""
    return _letters(os.urandom(8))


def derived_id(kind_name: str, natural_key: str) -> str:
    """The id that a row entered by its natural key gets, the same on every machine."""
    import hashlib

    return _letters(hashlib.sha256(f"{kind_name}\n{natural_key}".encode()).digest())


_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"


def _letters(raw: bytes) -> str:
    """The first 60 bits in base 32 (RFC 4648), written in lower case."""
    bits, two = int.from_bytes(raw[:8], "big"), _pairs()
    a, b = bits >> 34, bits >> 4 & 0x3FFFFFFF
    return f"{two[a >> 20]}{two[a >> 10 & 1023]}{two[a & 1023]}{two[b >> 20]}{two[b >> 10 & 1023]}{two[b & 1023]}"


@cache
def _pairs() -> list[str]:
    """The two signs of each number of ten bits."""
    return [a + b for a in _SIGNS for b in _SIGNS]

"""Values and records: small classes of named fields that are equal when their fields are; values never change.

They behave as data classes, which write the source of three to six methods for each class and have it compiled. At
the start of a program that waits for its first window, or in a command that ends soon, that costs as much as reading a
plan. Here all classes share their methods but for the constructor, which is written when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast, dataclass_transform

C = TypeVar("C")

_NOTHING: Any = object()


class _Field:
    """What a class says of one field beyond its name and a default."""

    __slots__ = ("compare", "default", "factory", "hash", "kw_only", "repr")

    def __init__(
        self,
        default: Any,
        factory: Any = None,
        *,
        kw_only: bool = False,
        repr: bool = True,
        hash: bool = True,
        compare: bool = True,
    ) -> None:
        self.default = default
        self.factory = factory
        self.kw_only = kw_only
        self.repr = repr
        self.hash = hash and compare
        self.compare = compare


def field(
    *, default: Any = _NOTHING, default_factory: Callable[[], Any] | None = None, kw_only: bool = False,
    repr: bool = True, hash: bool = True, compare: bool = True,
) -> Any:  # fmt: skip
    """A field of which there is more to say than its name and a default; the words are those of data classes."""
    return _Field(default, default_factory, kw_only=kw_only, repr=repr, hash=hash, compare=compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[C]) -> type[C]:
    """Make the decorated class one of values: its annotations are the fields, what they are set to the defaults.

    What the class says itself of being made, of equality and of how it is shown stands.
    """

    def fixed(self: Any, name: str, *_: Any) -> None:
        raise AttributeError(f"{cls.__name__}.{name} is never changed")

    return _made(cls, {"__setattr__": fixed, "__delattr__": fixed}, fixed=True)


@dataclass_transform(field_specifiers=(field,))
def record(cls: type[C]) -> type[C]:
    """Make the decorated class one of records: like values, but their fields may change and they have no hash."""
    return _made(cls, {}, fixed=False)


def replace(value: C, /, **changes: Any) -> C:
    """A value or record as this one but for some fields; also a data class, so that nobody has to know which it is."""
    shape: _Shape | None = getattr(type(value), "_shape", None)
    if shape is None:
        from dataclasses import replace as of_data_class  # noqa: TID251

        return of_data_class(value, **changes)  # type: ignore[type-var]
    held = value.__dict__
    return type(value)(**{name: held[name] for name in shape.names if name not in changes}, **changes)


def _made(cls: type[C], own: dict[str, Any], *, fixed: bool) -> type[C]:
    """The class with its constructor and those methods that it has not said itself."""
    said, shape = vars(cls), _Shape(cls)
    own |= {"_shape": shape, "__match_args__": shape.ordered}
    if "__init__" not in said:
        own["__init__"] = _constructor(cls, shape, fixed=fixed)
    if "__eq__" not in said:
        own |= _equality(shape, hashed=fixed)
    if "__repr__" not in said:
        own["__repr__"] = _telling(shape)
    for name, method in own.items():
        setattr(cls, name, method)
    return cls


class _Shape:
    """The fields of a class, those of its base first; the class is left with the defaults alone."""

    __slots__ = ("fields", "names", "ordered")

    def __init__(self, cls: type) -> None:
        base: _Shape | None = getattr(cls, "_shape", None)
        self.fields: dict[str, _Field] = dict(base.fields) if base else {}
        for name in vars(cls).get("__annotations__", ()):
            given = vars(cls).get(name, _NOTHING)
            if not isinstance(given, _Field):
                given = _Field(given)
            elif given.default is _NOTHING:
                delattr(cls, name)
            else:
                setattr(cls, name, given.default)
            self.fields[name] = given
        self.names = tuple(self.fields)
        self.ordered = tuple([name for name, field in self.fields.items() if not field.kw_only])


def _equality(shape: _Shape, *, hashed: bool) -> dict[str, Any]:
    compared = tuple([name for name, field in shape.fields.items() if field.compare])
    hashing = tuple([name for name, field in shape.fields.items() if field.hash])

    def values(self: Any) -> tuple[Any, ...]:
        held = self.__dict__
        return tuple([held[name] for name in compared])

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def hash_of(self: Any) -> int:
        held = self.__dict__
        return hash(tuple([held[name] for name in hashing]))

    return {"__eq__": equal, "__hash__": hash_of if hashed else None}


def _telling(shape: _Shape) -> Callable[[Any], str]:
    names = tuple([name for name, field in shape.fields.items() if field.repr])

    def told(self: Any) -> str:
        return f"{type(self).__name__}({', '.join([f'{name}={self.__dict__[name]!r}' for name in names])})"

    return told


def _constructor(cls: type, shape: _Shape, *, fixed: bool) -> Callable[..., None]:
    """One that makes way for that of the class when it is first called: most starts see few of the classes made."""

    def first(self: Any, *given: Any, **named: Any) -> None:
        init = cls.__init__ = _written(cls, shape, fixed=fixed)  # type: ignore[misc]
        init(self, *given, **named)

    return first


def _written(cls: type, shape: _Shape, *, fixed: bool) -> Callable[..., None]:
    """The constructor of one class as a person would write it; that of a value goes past what refuses changes."""
    finish = getattr(cls, "__post_init__", None)
    used: dict[str, Any] = {"_finish": finish, "_hold": object.__setattr__, "_nothing": _NOTHING}
    ordered, named, held = ["self"], ["*"], {}
    for name, field in shape.fields.items():
        argument, held[name] = name, name
        if field.factory:
            used[f"_make_{name}"] = field.factory
            argument, held[name] = f"{name}=_nothing", f"_make_{name}() if {name} is _nothing else {name}"
        elif field.default is not _NOTHING:
            used[f"_empty_{name}"] = field.default
            argument = f"{name}=_empty_{name}"
        (named if field.kw_only else ordered).append(argument)
    if fixed:
        fields = ", ".join([f"{name!r}: {value}" for name, value in held.items()])
        lines = [f"_hold(self, '__dict__', {{{fields}}})"]
    else:
        lines = [f"self.{name} = {value}" for name, value in held.items()]
    arguments = ", ".join([*ordered, *(named if len(named) > 1 else ())])
    body = "\n    ".join([*lines, "_finish(self)"] if finish else lines)
    exec(f"def __init__({arguments}):\n    {body}", used)
    made = cast("Callable[..., None]", used["__init__"])
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made

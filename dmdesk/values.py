"""Values: small classes that hold named fields, are equal when their fields are, and never change.

They behave as frozen data classes, which write the source of six methods for each class and have it compiled; at the
start of a program that waits for its first window a dozen of those cost as much as reading a plan.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

C = TypeVar("C")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[C]) -> type[C]:
    """Make the decorated class one of values: its annotations are the fields, what they are set to the defaults.

    What the class says itself of equality stands.
    """
    names = tuple(cls.__annotations__)
    defaults = {name: vars(cls)[name] for name in names if name in vars(cls)}

    def init(self: Any, *given: Any, **named: Any) -> None:
        held = {**defaults, **dict(zip(names, given, strict=False)), **named}
        if (
            len(held) != len(names)
            or len(given) > len(names)
            or not named.keys().isdisjoint(names[: len(given)])
        ):
            raise TypeError(f"{cls.__name__} is made of {', '.join(names)}")
        self.__dict__.update(held)

    def fields(self: Any) -> tuple[Any, ...]:
        held = self.__dict__
        return tuple([held[name] for name in names])

    def equal(self: Any, other: object) -> bool:
        return fields(self) == fields(other) if type(other) is cls else NotImplemented

    def told(self: Any) -> str:
        return f"{cls.__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in names)})"

    def fixed(self: Any, name: str, *_: Any) -> None:
        raise AttributeError(f"{cls.__name__}.{name} is never changed")

    own: dict[str, Any] = {"__init__": init, "__repr__": told, "__setattr__": fixed, "__delattr__": fixed}
    if "__eq__" not in vars(cls):
        own |= {"__eq__": equal, "__hash__": lambda self: hash(fields(self))}
    for name, method in own.items():
        setattr(cls, name, method)
    return cls

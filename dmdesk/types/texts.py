"""Texts: one line or many, and the pattern that all other types of values follow."""

from __future__ import annotations

import re
from functools import cache
from typing import Any


@cache
def _control() -> re.Pattern[str]:
    """Made when the first text is cleaned: it takes a millisecond, and most starts clean none."""
    return re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(r"[\t ]*[\r\n\u2028\u2029\x85]+[\t ]*|\t+")


def one_line(text: str) -> str:
    """The text without control characters and line breaks, which would tear a table's cells apart."""
    if text.isprintable():
        return text.strip()
    return _breaks().sub(" ", _control().sub("", text)).strip()


def many_lines(text: str) -> str:
    """The text with plain newlines and without other control characters."""
    text = _control().sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n").strip("\n")


class BadValue(ValueError):
    """A value that does not fit its type; the message is a sentence for the person who typed it."""


class ValueType:
    """One-line text, and the pattern for all other types.

    ``load``/``store`` translate from and to SQLite, ``read``/``show`` from and to what people type and see,
    ``clean`` brings a value into its normal form or raises BadValue. What tells types apart are plain class
    attributes: these classes are made at every start.
    """

    name: str = "line"
    sql: str = "TEXT"
    empty: Any = ""
    multiline: bool = False
    monospace: bool = False
    packed: bool = False
    """Whether ``load`` does anything; most types are stored as they are, and large plans are read faster for it."""
    typed: bool = True
    """Whether people type its values: what is not typed is shown in words about it, which cannot be read back."""
    numeric: bool = False
    """Whether values are numbers, which stand to the right and are compared as such (``amount``)."""
    kind: str = ""
    """The kind that a link type points at."""

    def __init__(self, name: str = "", *, multiline: bool = False, monospace: bool = False) -> None:
        self.name = name or self.name
        self.multiline = multiline or self.multiline
        self.monospace = monospace or self.monospace

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
        )

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def clean(self, value: Any) -> Any:
        """The value in its normal form.

        Raises:
            BadValue: it is not of this type.
        """
        if not isinstance(value, str):
            raise BadValue(f"{value!r} is not text.")
        return many_lines(value) if self.multiline else one_line(value)

    def admit(self, value: Any) -> Any:
        """The value in its normal form, looked at more closely since it comes from a file that anybody may have made.

        Raises:
            BadValue: it is not of this type, or only seems to be.
        """
        return self.clean(value)

    def load(self, stored: Any) -> Any:
        """The value from what SQLite keeps."""
        return stored

    def store(self, value: Any) -> Any:
        """What SQLite keeps for the value."""
        return value

    def show(self, value: Any) -> str:
        """The value as words; links show ids here, titles are the reader's business."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value from words, such that ``read(show(value)) == value`` where values are typed.

        Raises:
            BadValue: the words do not make a value of this type.
        """
        return self.clean(text)


class Many_(ValueType):
    """Several short texts in order, stored and shown with a line each; none of them twice unless it ``repeats``."""

    repeats = False
    empty = ()
    multiline = True
    packed = True

    def clean(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, (tuple, list)) or not all(isinstance(item, str) for item in value):
            raise BadValue(f"{value!r} is not a list of texts.")
        lines = (one_line(item) for item in value)
        kept = [line for line in lines if line]
        return tuple(kept if self.repeats else dict.fromkeys(kept))

    def load(self, stored: Any) -> tuple[str, ...]:
        return tuple(stored.split("\n")) if stored else ()

    def store(self, value: Any) -> str:
        return "\n".join(value)

    def show(self, value: Any) -> str:
        return "\n".join(value)

    def read(self, text: str) -> tuple[str, ...]:
        return self.clean(tuple(many_lines(text).split("\n")))

"""Value types: how one value is stored, shown, read and judged.

Every column, cell, editor, text file and printed word goes through these, so a rule about a value
is written here once. Values are plain Python: ``str``, ``int | None``, ``bool`` or ``tuple[str, ...]``;
"nothing" is ``""``, ``None``, ``False`` or ``()``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from dmdesk.errors import PlanError

Value = str | int | bool | tuple[str, ...] | None

UNRESOLVED = "?"
"""A link that begins with this holds words that name nothing in the plan (yet)."""


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


def unresolved(link: str) -> str:
    """The words of an unresolved link, or "" when the link points at a row (or at nothing)."""
    return link[1:] if link.startswith(UNRESOLVED) else ""


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
        return hash(repr(self))

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


class Count_(ValueType):
    """A whole number, or nothing."""

    name = "count"
    sql = "INTEGER"
    empty = None
    numeric = True
    limit = 10**15

    def clean(self, value: Any) -> int | None:
        if value is None or (type(value) is int and abs(value) <= self.limit):
            return value
        raise BadValue(f"{value!r} is not a whole number.")

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, text: str) -> int | None:
        text = text.strip()
        plain = re.sub(r"(?<=\d)[,\u2009\u202f](?=\d{3}(\D|$))", "", text)
        try:
            return self.clean(int(plain)) if text else None
        except ValueError:
            raise BadValue(f"“{text}” is not a whole number.") from None


class Money_(Count_):
    """A whole amount of the plan's currency, never negative, or nothing; 1.2M and 640k can be typed."""

    name = "money"

    _TYPED = re.compile(r"([0-9][0-9,\u2009\u202f ]*)(?:\.([0-9]+))?\s*([kKmM]?)")

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        if amount is not None and amount < 0:
            raise BadValue(f"{amount:,} is a negative amount; write what it costs, or gains, without a sign.")
        return amount

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,}"

    def read(self, text: str) -> int | None:
        text = text.strip()
        if not text:
            return None
        sign, digits = text[:1] in ("-", "−"), text.lstrip("-−").strip("$€£¥ ")
        match = self._TYPED.fullmatch(digits)
        if not match:
            raise BadValue(f"“{text}” is not an amount; write it as 1,250,000 or 1.25M.")
        whole, fraction, unit = re.sub(r"\D", "", match[1]), match[2] or "", match[3].lower()
        zeros = {"": 0, "k": 3, "m": 6}[unit]
        if len(fraction.rstrip("0")) > zeros:
            raise BadValue(f"“{text}” has a part of a unit; write a whole amount.")
        if len(whole) > 16:
            raise BadValue(f"“{text}” is more than any plan costs.")
        amount = int(whole + fraction[:zeros].ljust(zeros, "0"))
        return self.clean(-amount if sign else amount)


class Number_(ValueType):
    """A decimal number from nothing up, or nothing; kept as text in its shortest form, so that it is what was typed."""

    name = "number"
    numeric = True
    most: float = 10**9

    _PLAIN = re.compile(r"([0-9]{1,12})?(?:\.([0-9]{1,9}))?")

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        match = self._PLAIN.fullmatch(text)
        if not match or not any(match.groups()):
            raise BadValue(f"“{text}” is not {self._called()}.")
        whole, fraction = (match[1] or "").lstrip("0") or "0", (match[2] or "").rstrip("0")
        short = f"{whole}.{fraction}" if fraction else whole
        if float(short) > self.most:
            raise BadValue(f"“{text}” is more than {self.most:g}; write {self._called()}.")
        return short

    def read(self, text: str) -> str:
        return self.clean(text.strip().replace(",", "") if re.search(r"\d,\d{3}(\D|$)", text) else text)

    def _called(self) -> str:
        return "a number such as 2.5"


class Percent_(Number_):
    """A probability in percent, 0 to 100, or nothing."""

    name = "percent"
    most = 100

    def read(self, text: str) -> str:
        return super().read(text.strip().removesuffix("%").rstrip())

    def _called(self) -> str:
        return "a percentage from 0 to 100"


def amount(value: Any) -> float | None:
    """The number that a count, an amount, a number or a percentage stands for; None for nothing."""
    return None if value in ("", None) else float(value)


class Day_(ValueType):
    """A calendar day, ISO 8601 (``2017-06-30``), or nothing."""

    name = "day"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise BadValue(f"“{text}” is not a date; write it as 2017-06-30.") from None


class Instant_(Day_):
    """A moment in time to the minute, kept in UTC (``2017-06-30T18:00Z``), or nothing.

    Without a zone it is taken as UTC, so that one plan means the same moment wherever it is read.
    """

    name = "instant"

    def clean(self, value: Any) -> str:
        text = ValueType.clean(self, value)
        if not text:
            return ""
        try:
            found = datetime.fromisoformat(re.sub(r"(?i)\s*UTC$", "Z", text))
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise BadValue(f"“{text}” is not a moment; write it as 2017-06-30 18:00.") from None
        return f"{found:%Y-%m-%dT%H:%M}Z".zfill(17)

    def show(self, value: Any) -> str:
        return value.replace("T", " ").replace("Z", " UTC") if value else ""


class Flag_(ValueType):
    """Yes or no."""

    name = "flag"
    sql = "INTEGER"
    empty = False
    packed = True

    def clean(self, value: Any) -> bool:
        if value in (0, 1) and isinstance(value, int):
            return bool(value)
        raise BadValue(f"{value!r} is neither yes nor no.")

    def load(self, stored: Any) -> bool:
        return bool(stored)

    def store(self, value: Any) -> int:
        return int(value)

    def show(self, value: Any) -> str:
        return "yes" if value else "no"

    def read(self, text: str) -> bool:
        word = text.strip().casefold()
        if word in ("yes", "y", "true", "1", "x"):
            return True
        if word in ("no", "n", "false", "0", ""):
            return False
        raise BadValue(f"“{text.strip()}” is neither yes nor no.")


class Choice_(ValueType):
    """One of a few words, or nothing; words from elsewhere are kept and marked, never lost."""

    name = "choice"

    def __init__(self, options: tuple[str, ...]) -> None:
        super().__init__()
        self.options = options


class Picture_(ValueType):
    """A PNG or JPEG as text (``dmdesk.pictures``), or nothing; shown in a few words, never as what it holds."""

    name = "picture"
    typed = False

    def clean(self, value: Any) -> str:
        if not isinstance(value, str):
            raise BadValue("This is no picture.")
        if not value.strip():
            return ""
        try:
            from dmdesk import pictures

            return pictures.normal(value)
        except PlanError as error:
            raise BadValue(str(error)) from None

    def admit(self, value: Any) -> str:
        from dmdesk import pictures

        made = self.clean(value)
        if made and not pictures.whole(made):
            raise BadValue("The picture is broken and cannot be shown; save it anew and choose that.")
        return made

    def show(self, value: Any) -> str:
        from dmdesk import pictures

        return pictures.words(value)


class To_(ValueType):
    """A link: the id of a row of ``kind``, "" or unresolved words."""

    name = "to"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


class ToMany_(Many_):
    """Several links, in order, each an id of a row of ``kind`` or unresolved words."""

    name = "many"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


LINE = ValueType()
CODE = ValueType("code", monospace=True)
RANK = ValueType("rank")
PROSE = ValueType("prose", multiline=True)
WORDS = Many_("words")
ITEMS = Many_("items")
LINES = Many_("lines")
LINES.repeats = True  # two likelihoods may have the same scores
COUNT = Count_()
MONEY = Money_()
NUMBER = Number_()
PERCENT = Percent_()
DAY = Day_()
INSTANT = Instant_()
FLAG = Flag_()
PICTURE = Picture_()


def links_of(value_type: ValueType, value: Any) -> tuple[str, ...]:
    """The ids in a link value; unresolved words and other types give none."""
    if isinstance(value_type, To_):
        return (value,) if value and not value.startswith(UNRESOLVED) else ()
    if isinstance(value_type, ToMany_):
        return tuple(link for link in value if not link.startswith(UNRESOLVED))
    return ()

"""Numbers: whole ones, amounts of money, decimals and percentages."""

from __future__ import annotations

import re
from typing import Any

from dmdesk.types.texts import BadValue, ValueType


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

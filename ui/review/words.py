"""Words of the meeting: amounts short enough to be read from afar, times, and what was before."""

from __future__ import annotations

from dmdesk.model import PlanDocument
from dmdesk.reading import PlanData

_UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def sign_of(data: PlanData) -> str:
    """The sign before amounts of money."""
    plan = data.plan()
    return (plan.currency if isinstance(plan, PlanDocument) else "") or "$"


def money(data: PlanData, amount: float | None) -> str:
    """An amount in three digits: $3.1M, $640k, $950; a dash for none."""
    if amount is None:
        return "—"
    sign, size = sign_of(data), abs(amount)
    minus, space = "−" if amount < 0 else "", "" if len(sign) == 1 else " "
    for unit, letter in _UNITS:
        if size >= unit * 0.9995:
            digits = size / unit
            return f"{minus}{sign}{space}{digits:.{0 if digits >= 100 else 1 if digits >= 10 else 2}f}{letter}".replace(
                f".0{letter}", letter
            ).replace(f".00{letter}", letter)
    return f"{minus}{sign}{space}{size:,.0f}"


def number(value: float | None) -> str:
    """A score."""
    return "—" if value is None else f"{value:g}"


def was(now: str, before: str) -> str:
    """“ (was …)” where something has changed."""
    return f" (was {before})" if now != before else ""


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours once there are any."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def duration(seconds: int | None) -> str:
    """How long something took, as people say it."""
    if not seconds:
        return ""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

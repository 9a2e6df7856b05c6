"""Words of the meeting: amounts short enough to be read from afar, times, and what was before."""

from __future__ import annotations

from dmdesk.model import PlanDocument
from dmdesk.reading import PlanData
from dmdesk.risks import money


def sign_of(data: PlanData) -> str:
    """The sign before amounts of money."""
    plan = data.plan()
    return (plan.currency if isinstance(plan, PlanDocument) else "") or "$"


def short(data: PlanData, amount: float | None) -> str:
    """An amount in three digits; a dash for none."""
    return "—" if amount is None else money.short(data, amount)


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


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

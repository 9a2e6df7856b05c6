"""Columns of risks: what a table says of a computed field beyond its value: arrows, zones, and which day has passed.

It stands beside the rules so that every table that shows a register tells the same in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dmdesk.reading import PlanData
from dmdesk.risks import due
from dmdesk.risks.book import Judged, scored
from dmdesk.risks.scale import Zone

ARROWS = {"raised": "↑ raised", "lowered": "↓ lowered", "same": "→ same"}


def in_words(judged: Judged | None) -> str:
    """A score with the name of its zone: “22 high”."""
    if judged is None or judged.score is None:
        return ""
    return f"{judged.score:g} {judged.zone.name}" if judged.zone else f"{judged.score:g}"


def _overdue(data: PlanData, risk: Any) -> str:
    return "This day has passed: retire the risk, or move the day." if due.is_overdue(data, risk) else ""


def _review_overdue(data: PlanData, risk: Any) -> str:
    return "It should have been looked at by this day." if due.is_review_overdue(data, risk) else ""


WORDS: Mapping[str, Callable[[PlanData, Any], str]] = {
    "risk.score": lambda data, risk: in_words(scored(data, risk.id).current),
    "risk.initial": lambda data, risk: in_words(scored(data, risk.id).initial),
    "risk.target": lambda data, risk: in_words(scored(data, risk.id).target),
    "risk.trend": lambda data, risk: ARROWS.get(scored(data, risk.id).trend, ""),
}
"""Computed field → its words, where they are more than its value."""

LATE: Mapping[str, Callable[[PlanData, Any], str]] = {
    "risk.retires": _overdue,
    "risk.review_due": _review_overdue,
}
"""Computed field → a sentence where its day has passed and should not have."""

ZONES: Mapping[str, Callable[[PlanData, Any], Zone | None]] = {
    "risk.score": lambda data, risk: scored(data, risk.id).zone,
    "risk.level": lambda data, risk: scored(data, risk.id).zone,
    "risk.initial": lambda data, risk: _zone(scored(data, risk.id).initial),
    "risk.target": lambda data, risk: _zone(scored(data, risk.id).target),
}
"""Computed field → the zone that its value lies in."""


def _zone(judged: Judged | None) -> Zone | None:
    return judged.zone if judged else None

"""Judging: the changes that give a risk a score; a current one is dated and kept beside those before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmdesk.changes import Change, add, put
from dmdesk.kinds import kind_of, kinds
from dmdesk.model import Risk, RiskScore
from dmdesk.model.risks import CURRENT, INITIAL
from dmdesk.reading import PlanData
from dmdesk.risks.book import scores_of

LEVELS = ("likelihood", "overall", "cost", "schedule", "further")
"""The fields of a score that hold levels."""


def held(data: PlanData, risk: str, sort: str, on: str = "") -> RiskScore | None:
    """The score of that sort a risk has: the last one, or the one of that day."""
    rows = [
        row for row in scores_of(data, risk) if (row.sort or CURRENT) == sort and (not on or row.date == on)
    ]
    return rows[-1] if rows else None


def judge(data: PlanData, risk: Risk, sort: str, values: Mapping[str, Any], on: str) -> list[Change]:
    """The changes after which the risk has these levels: the others stay as they were judged last.

    A current score of another day is kept, and a new one added; the first current score starts from the initial one.
    """
    row = held(data, risk.id, sort, on if sort == CURRENT else "")
    if row is not None:
        change = put(row, values)
        return [change] if change.fields else []
    before = held(data, risk.id, sort) or (held(data, risk.id, INITIAL) if sort == CURRENT else None)
    start = {name: getattr(before, name) for name in LEVELS} if before else {}
    wanted = {**start, **values}
    if before and all(getattr(before, name) == value for name, value in wanted.items() if name in LEVELS):
        return []
    made = kinds()["score"].make({"risk": risk.id, "sort": sort, "date": on, **wanted})
    empty = kind_of(made)
    if all(getattr(made, name) == empty[name].type.empty for name in LEVELS):
        return []
    return [add(made)]

"""The matrix: which risks stand in which cell of likelihood and impact, at first, now, or as their responses aim at."""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.model.risks import CURRENT, INITIAL, TARGET
from dmdesk.reading import PlanData
from dmdesk.risks.book import Judged, Scored, scored

Cell = tuple[int, int]
"""Likelihood and impact level, both from 1."""


def judgement(own: Scored, which: str) -> Judged | None:
    """The score that a matrix of that sort (initial, current, target) shows for a risk."""
    return {INITIAL: own.initial, CURRENT: own.current, TARGET: own.target}[which]


def cell(judged: Judged | None) -> Cell | None:
    """The cell of a score; None when a half of it is missing."""
    if judged is None or judged.likelihood is None or judged.impact is None:
        return None
    return judged.likelihood, judged.impact


def cells(data: PlanData, ids: Iterable[str], which: str = CURRENT) -> dict[Cell, list[str]]:
    """The risks of each cell, in the order in which they are given; those without a whole score stand in none."""
    found: dict[Cell, list[str]] = {}
    for id in ids:
        at = cell(judgement(scored(data, id), which))
        if at is not None:
            found.setdefault(at, []).append(id)
    return found


def trail(data: PlanData, id: str) -> list[Cell]:
    """The cells a risk has stood in, oldest first, the initial one before all; one that stays is named once."""
    own = scored(data, id)
    found: list[Cell] = []
    for judged in (own.initial, *own.history):
        at = cell(judged)
        if at is not None and found[-1:] != [at]:
            found.append(at)
    return found


def worst_first(data: PlanData, ids: Iterable[str]) -> list[str]:
    """The risks by score, the highest first, then by exposure; those without a score last."""

    def place(id: str) -> tuple[float, float]:
        own = scored(data, id)
        return -(own.score if own.score is not None else -1), -(own.emv or 0)

    return sorted(ids, key=place)

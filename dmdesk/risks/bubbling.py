"""Bubbling up: low-level risks that stand higher than the headline they bear on, and so would raise it.

A risk bears on a headline of its type when both name a WBS element in common, or else belong to the same category.
"""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.changes import Change, put
from dmdesk.model import Risk
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_gain, is_open, scored
from dmdesk.risks.exposure import top_category


def raised_by(data: PlanData, risk: Risk) -> Risk | None:
    """The headline that an open risk without one would raise, the one closest to it; None where there is none."""
    own = scored(data, risk.id).score
    if own is None or risk.headline or risk.parent or not is_open(risk):
        return None
    close = [
        (near, -at, row)
        for at, row in enumerate(_headlines(data))
        if is_gain(row) == is_gain(risk)
        and (near := _nearness(data, risk, row))
        and _stands_below(data, row, own)
    ]
    return max(close, key=lambda one: one[:2])[2] if close else None


def _headlines(data: PlanData) -> list[Risk]:
    rows = (row for row in data.in_order("risk") if isinstance(row, Risk) and row.headline and is_open(row))
    return data.memo("headlines", ("risk",), lambda: list(rows))


def _nearness(data: PlanData, risk: Risk, headline: Risk) -> int:
    """How much a risk bears on a headline: elements in common count before a category in common; 0 for not at all."""
    shared = len(set(risk.wbs) & set(headline.wbs))
    own, its = top_category(data, risk), top_category(data, headline)
    return 2 * shared + (own is not None and own is its)


def _stands_below(data: PlanData, headline: Risk, score: float) -> bool:
    its = scored(data, headline.id).score
    return its is None or its < score


def bubbled(data: PlanData, risks: Iterable[Risk]) -> list[Change]:
    """The changes that put each of the risks below the headline it would raise; others are left where they are."""
    found = []
    for risk in risks:
        headline = raised_by(data, risk)
        if headline is not None:
            found.append(put(risk, {"parent": headline.id}))
    return found

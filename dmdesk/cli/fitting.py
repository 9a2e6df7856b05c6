"""Fitting: the rows that a filter given on the command line lets through, with what it asks beside the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.cli.opening import has_history, history_of
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.filters import Facts


def fitting(file: Path, data: PlanData, kind: Kind, text: str) -> list[Entity]:
    """The rows that a filter lets through, in the plan's order."""
    rows = data.in_order(kind.name)
    if not text.strip():
        return rows
    from dmdesk import filters

    wanted = filters.parse(text, kind)
    ids = wanted.matches(data, _facts(file, data, wanted.asks))
    return [row for row in rows if row.id in ids]


def _facts(file: Path, data: PlanData, asked: frozenset[str]) -> Facts:
    """What a filter asks that does not stand in the rows; a plan as text has no history."""
    from dmdesk import checks
    from dmdesk.filters import Facts

    changed: dict[str, str] = {}
    if "changed" in asked and has_history(file):
        with history_of(file) as (_, history):
            changed = history.last_changes()
    problems = {finding.id for finding in checks.run(data)} if "problems" in asked else ()
    return Facts(changed, problems, differing=_differing(file, data))


def _differing(file: Path, data: PlanData) -> Callable[[str, str], set[str] | None]:
    """What of a plan file differs from its sealed versions; a plan as text has none."""

    def differing(kind: str, version: str) -> set[str] | None:
        from dmdesk import baselines
        from dmdesk.comparing import since

        if not has_history(file):
            return None
        with history_of(file) as (_, kept):
            try:
                one = baselines.named(kept.baselines(), version, file.name)
            except PlanError:
                return None
            return since.differing(baselines.data_of(kept, one), data, kind)

    return differing

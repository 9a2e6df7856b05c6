"""Checks: everything worth looking at in a plan, as findings with words and, where there is one, a fix.

Whoever shows findings calls ``run`` once and ``run_for`` after each step, which asks again only what the step may have
changed. Families are listed once below and loaded when the first check runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from dmdesk import trees
from dmdesk.checks.finding import CHECKS, ERROR, LEVELS, NOTE, WARNING, Check, Finding
from dmdesk.kinds import kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.registry import Registry

__all__ = ["ERROR", "LEVELS", "NOTE", "WARNING", "Check", "Finding", "checks", "needed_by", "run", "run_for"]

FAMILIES = ("derived", "links", "products", "requirements", "prose", "names")
"""The modules that declare checks; their order is the order of checks that find something in the same place."""


def checks() -> Registry[Check]:
    """All checks."""
    for family in FAMILIES:
        import_module(f"dmdesk.checks.{family}")
    return CHECKS


@dataclass(frozen=True)
class _Run:
    """One check asked once: of the whole plan, or of one kind (``on``)."""

    code: str
    on: str
    needs: frozenset[str]
    ask: Callable[[PlanData], Iterator[Finding]]


def _runs(only: Collection[str] | None = None) -> Iterator[_Run]:
    for check in checks():
        if only is not None and check.code not in only:
            continue
        if check.question:
            yield _Run(check.code, "", frozenset(check.kinds), check.question)
        elif check.each and check.needs:
            for kind in kinds():
                ask = partial(_ask_of_kind, check, kind.name)
                yield _Run(check.code, kind.name, frozenset(check.needs(kind)), ask)


def _ask_of_kind(check: Check, kind: str, data: PlanData) -> Iterator[Finding]:
    return check.each(data, kinds()[kind]) if check.each else iter(())


def run(data: PlanData, only: Collection[str] | None = None) -> list[Finding]:
    """All findings, or those of the checks with these codes: by level, then kind, then place in the plan."""
    return _sorted(data, (finding for run in _runs(only) for finding in run.ask(data)))


def needed_by(changed: Iterable[str]) -> tuple[str, ...]:
    """The codes of the checks whose answer may differ after rows of these kinds have changed."""
    changed = frozenset(changed)
    return tuple(dict.fromkeys(run.code for run in _runs() if run.needs & changed))


def run_for(data: PlanData, changed: Iterable[str], previous: Iterable[Finding]) -> list[Finding]:
    """The findings after rows of these kinds have changed, given those before; equal to ``run``, only sooner."""
    changed = frozenset(changed)
    before: dict[tuple[str, str], list[Finding]] = {}
    for finding in previous:
        before.setdefault((finding.code, finding.kind), []).append(finding)
        before.setdefault((finding.code, ""), []).append(finding)
    found: list[Finding] = []
    for run in _runs():
        found += run.ask(data) if run.needs & changed else before.get((run.code, run.on), ())
    return _sorted(data, found)


def _sorted(data: PlanData, findings: Iterable[Finding]) -> list[Finding]:
    findings = list(findings)
    level = {name: place for place, name in enumerate(LEVELS)}
    kind_place = {name: place for place, name in enumerate(kinds().names())}
    fields = {(kind.name, f.name): place for kind in kinds() for place, f in enumerate(kind.fields)}
    row = _places(data, findings)
    return sorted(
        findings,
        key=lambda f: (
            level[f.level],
            kind_place[f.kind],
            row.get(f.id, 0),
            fields.get((f.kind, f.field), 0),
        ),
    )


def _places(data: PlanData, findings: Iterable[Finding]) -> dict[str, int]:
    """The place of each row with a finding among those of its kind; flat kinds are sorted no further than needed."""
    wanted: dict[str, set[str]] = {}
    for finding in findings:
        wanted.setdefault(finding.kind, set()).add(finding.id)
    places: dict[str, int] = {}
    for name, ids in wanted.items():
        rows = data.rows(name)
        some = [rows[id] for id in ids if id in rows]
        if kinds()[name].parent:
            in_order = [row for row in data.in_order(name) if row.id in ids]
        elif some and kind_of(some[0]).key:
            in_order = trees.ordered(some)
        else:
            in_order = sorted(some, key=lambda row: (trees.natural(data.key(row)), row.id))
        places.update({row.id: place for place, row in enumerate(in_order)})
    return places

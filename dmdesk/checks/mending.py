"""Mending: many findings cured as one step, and what a list of changes would do to the findings.

Fixes are made against the rows as they were; those that touch the same value are made one after the other on a copy of
the plan, and what is handed back is the difference, so that the step holds together whatever was cured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.checks.finding import Finding, Fix
from dmdesk.checks.running import needed_by, run, touched_by
from dmdesk.errors import Conflict
from dmdesk.kinds import Entity, kind_of
from dmdesk.outcome import outcome, preview
from dmdesk.reading import PlanData

_At = tuple[str, str, str]


class Effect(NamedTuple):
    """The findings that changes would cause, and those that they would cure."""

    caused: list[Finding]
    cured: list[Finding]


def effect(data: PlanData, changes: Iterable[Change]) -> Effect:
    """What the changes would do to the findings that nobody accepted; only the checks concerned are asked.

    Raises:
        Conflict: the changes were made against other rows.
    """
    changes = list(changes)
    kinds = {change.kind for change in changes}
    codes = None if "acceptance" in kinds else needed_by(touched_by(changes))
    before, after = run(data, codes), run(preview(data, changes), codes)
    return Effect(_more(after, before), _more(before, after))


def _more(findings: Iterable[Finding], than: Iterable[Finding]) -> list[Finding]:
    """The findings that the others do not have, fixes aside."""
    there = Counter(map(_said, than))
    found = []
    for finding in findings:
        if finding.accepted:
            continue
        said = _said(finding)
        if there[said]:
            there[said] -= 1
        else:
            found.append(finding)
    return found


def _said(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.level, finding.kind, finding.id, finding.field, finding.words


def ways(findings: Iterable[Finding]) -> dict[str, str]:
    """How these findings can be cured: way → the title of the first fix of that way, the commonest first."""
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for finding in findings:
        for way in dict.fromkeys(fix.way for fix in finding.fixes):
            counts[way] += 1
        for fix in finding.fixes:
            titles.setdefault(fix.way, fix.title)
    return {way: titles[way] for way, _ in counts.most_common()}


def fix_all(data: PlanData, findings: Sequence[Finding], way: str = "") -> list[Change]:
    """The changes, as one step, that cure the findings in one way, or each by its first fix; others are left."""
    codes = {finding.code for finding in findings}
    wanted = Counter((finding.kind, finding.id, finding.field) for finding in findings)
    after, todo = data.copy(), list(findings)
    touched: dict[tuple[str, str], None] = {}
    while todo:
        done, later = _one_round(after, todo, way, touched)
        wanted.subtract(done)
        if not done or not later:
            break
        todo = [
            finding for finding in run(after, codes) if wanted[finding.kind, finding.id, finding.field] > 0
        ]
    return list(_net(data, after, touched))


def _one_round(
    after: PlanData, findings: Iterable[Finding], way: str, touched: dict[tuple[str, str], None]
) -> tuple[list[_At], bool]:
    """Make the fixes that do not touch each other's values; where they were, and whether some wait."""
    held: set[_At] = set()
    done, waiting = [], False
    made: set[str] = set()
    for finding in findings:
        fix = _of_way(finding, way)
        if fix is None:
            continue
        changes = [change for change in fix.changes if not (change.op == c.ADD and change.id in made)]
        places = {(change.kind, change.id, field) for change in changes for field in (change.fields or ("",))}
        if places & held or not _made(after, changes, touched):
            waiting = True
            continue
        held |= places
        made.update(change.id for change in changes if change.op == c.ADD)
        done.append((finding.kind, finding.id, finding.field))
    return done, waiting


def _of_way(finding: Finding, way: str) -> Fix | None:
    return next((fix for fix in finding.fixes if not way or fix.way == way), None)


def _made(after: PlanData, changes: list[Change], touched: dict[tuple[str, str], None]) -> bool:
    try:
        rows = outcome(after, changes)
    except Conflict:
        return False
    for (kind, id), row in rows.items():
        touched[kind, id] = None
        after.replace(kind, id, row)
    return True


def _net(data: PlanData, after: PlanData, touched: Iterable[tuple[str, str]]) -> Iterator[Change]:
    """The difference in the touched rows: what is added first, then what is set, then what is dropped."""
    adds, puts, drops = [], [], []
    for kind, id in touched:
        old, new = data.get(kind, id), after.get(kind, id)
        if old is None and new is not None:
            adds.append(c.add(new))
        elif old is not None and new is None:
            drops.append(c.drop(old))
        elif old is not None and new is not None and old != new:
            puts.append(c.put(old, _values(new)))
    yield from (*adds, *puts, *drops)


def _values(row: Entity) -> dict[str, object]:
    kind = kind_of(row)
    return {field.name: getattr(row, field.name) for field in kind.fields}

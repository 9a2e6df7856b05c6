"""Running: all checks asked of a plan, or only those that a step may have changed, their findings in order.

Families are listed once below and loaded when the first check runs, so that a program that shows none starts sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module

from dmdesk import trees
from dmdesk.checks import accepting
from dmdesk.checks.finding import CHECKS, LEVELS, Check, Finding
from dmdesk.kinds import kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.registry import Registry

FAMILIES = (
    "derived", "links", "products", "repositories", "breakdown", "people", "requirements", "dates", "prose", "sections",
    "citing", "acronyms", "names", "accepting",
)  # fmt: skip
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


@cache
def _all_runs() -> tuple[_Run, ...]:
    return tuple(_made_runs())


def _made_runs() -> Iterator[_Run]:
    for check in checks():
        if check.question:
            yield _Run(check.code, "", frozenset(check.kinds), check.question)
        elif check.each and check.needs:
            for kind in kinds():
                needs = frozenset(check.needs(kind))
                if needs:
                    yield _Run(check.code, kind.name, needs, partial(_ask_of_kind, check, kind.name))


def _ask_of_kind(check: Check, kind: str, data: PlanData) -> Iterator[Finding]:
    return check.each(data, kinds()[kind]) if check.each else iter(())


def run(data: PlanData, only: Collection[str] | None = None) -> list[Finding]:
    """All findings, or those of the checks with these codes: by level, then kind, then place in the plan.

    Findings that somebody accepted come last, with the level ``ACCEPTED`` and the reason.
    """
    if only is not None and not accepting.CODES.isdisjoint(only):
        return [finding for finding in run(data) if finding.code in only]
    runs = [run for run in _all_runs() if only is None or run.code in only]
    raw = [finding for run in runs for finding in run.ask(data)]
    return _sorted(data, accepting.settled(data, raw, whole=only is None))


def needed_by(changed: Iterable[str]) -> tuple[str, ...]:
    """The codes of the checks whose answer may differ after rows of these kinds have changed."""
    changed = frozenset(changed)
    return tuple(dict.fromkeys(run.code for run in _all_runs() if run.needs & changed))


def run_for(data: PlanData, changed: Iterable[str], previous: Iterable[Finding]) -> list[Finding]:
    """The findings after rows of these kinds have changed, given those before; equal to ``run``, only sooner."""
    changed, previous = frozenset(changed), list(accepting.unsettled(previous))
    before: dict[tuple[str, str], list[Finding]] = {}
    for finding in previous:
        before.setdefault((finding.code, finding.kind), []).append(finding)
        before.setdefault((finding.code, ""), []).append(finding)
    found: list[Finding] = []
    moved = {*changed, *(kind for kind in kinds().names() if _orders(kind) & changed)}
    for run in _all_runs():
        if run.needs & changed:
            new = list(run.ask(data))
            found += new
            moved.update(finding.kind for finding in new)
        else:
            found += before.get((run.code, run.on), ())
    unsure = data.rows("acceptance") or "acceptance" in changed
    held = {} if unsure else {id(finding): at for at, finding in enumerate(previous)}
    return _sorted(data, accepting.settled(data, found, whole=True), held, moved)


@cache
def _orders(kind: str) -> frozenset[str]:
    """The kinds whose rows decide the order of this kind's."""
    return frozenset((kind, *(kinds()[kind][name].target for name in kinds()[kind].identity))) - {""}


@cache
def _field_places() -> dict[tuple[str, str], int]:
    return {(kind.name, f.name): place for kind in kinds() for place, f in enumerate(kind.fields)}


def _sorted(
    data: PlanData, findings: list[Finding], held: Mapping[int, int] = {}, moved: Collection[str] = ()
) -> list[Finding]:
    """By level, kind, place of the row and of the field; what one check found in one place keeps its order.

    ``held`` gives the places of findings (by their identity) that were in order before, but for those of kinds in
    ``moved``, whose rows or findings are not what they were.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.level, finding.kind), []).append(finding)
    fields = _field_places()
    places: dict[str, dict[str, int]] = {}
    found: list[Finding] = []
    for level in LEVELS:
        for kind in kinds().names():
            some = groups.get((level, kind), [])
            if held and kind not in moved:
                some.sort(key=lambda finding: held[id(finding)])
            elif len(some) > 1:
                row = places.setdefault(kind, _places(data, kind, findings))
                some = [
                    finding
                    for *_, finding in sorted(
                        (row.get(f.id, 0), fields.get((kind, f.field), 0), at, f) for at, f in enumerate(some)
                    )
                ]
            found += some
    return found


def _places(data: PlanData, kind: str, findings: Iterable[Finding]) -> dict[str, int]:
    """The place of each row with a finding among those of its kind; flat kinds are sorted no further than needed."""
    ids = {finding.id for finding in findings if finding.kind == kind}
    if kinds()[kind].parent:
        in_tree = data.memo(f"places {kind}", (kind,), lambda: _in_tree(data, kind), shape=True)
        return {id: in_tree.get(id, 0) for id in ids}
    rows = data.rows(kind)
    some = [rows[id] for id in ids if id in rows]
    if some and kind_of(some[0]).key:
        in_order = trees.ordered(some)
    else:
        in_order = sorted(some, key=lambda row: (trees.natural(data.key(row)), row.id))
    return {row.id: place for place, row in enumerate(in_order)}


def _in_tree(data: PlanData, kind: str) -> dict[str, int]:
    return {row.id: place for place, row in enumerate(data.in_order(kind))}

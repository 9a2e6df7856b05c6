"""Running: all checks asked of a plan, or after a step only those that it may concern, their findings in order.

Families are listed once below and loaded when the first check runs, so that a program that shows none starts sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from importlib import import_module

from dmdesk.changes import SET, Change
from dmdesk.checks import accepting
from dmdesk.checks import finding as f
from dmdesk.checks.finding import CHECKS, Check, Finding
from dmdesk.checks.sorting import Sorted
from dmdesk.keeping import Replaced
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from dmdesk.registry import Registry
from dmdesk.values import frozen

FAMILIES = (
    "derived", "links", "products", "repositories", "breakdown", "people", "requirements", "dates", "prose", "sections",
    "citing", "acronyms", "names", "risks.statements", "risks.states", "risks.headlines", "risks.judging",
    "risks.figures", "risks.responses", "risks.scales", "control.requests", "control.boards",
    "control.history", "accepting",
)  # fmt: skip
"""The modules that declare checks; their order is the order of checks that find something in the same place."""


def checks() -> Registry[Check]:
    """All checks."""
    for family in FAMILIES:
        import_module(f"dmdesk.checks.{family}")
    return CHECKS


@frozen
class _Run:
    """One check asked once: of the whole plan, or of one kind."""

    code: str
    needs: frozenset[str]
    ask: Callable[[PlanData], Iterator[Finding]]


def _all_runs() -> tuple[_Run, ...]:
    return _runs(None)


@cache
def _runs(only: frozenset[str] | None) -> tuple[_Run, ...]:
    return tuple(_made_runs(check for check in checks() if only is None or check.code in only))


def _made_runs(asked: Iterable[Check]) -> Iterator[_Run]:
    for check in asked:
        if check.question:
            yield _Run(check.code, frozenset(check.kinds), check.question)
        elif check.each and check.needs:
            for kind in kinds():
                needs = frozenset(check.needs(kind))
                if needs:
                    yield _Run(check.code, needs, partial(_ask_of_kind, check, kind.name))


def _ask_of_kind(check: Check, kind: str, data: PlanData) -> Iterator[Finding]:
    return check.each(data, kinds()[kind]) if check.each else iter(())


def run(data: PlanData, only: Collection[str] | None = None) -> list[Finding]:
    """All findings, or those of the checks with these codes: by level, then kind, then place in the plan.

    Findings that somebody accepted come last, with the level ``ACCEPTED`` and the reason.
    """
    if only is not None and not accepting.CODES.isdisjoint(only):
        return [finding for finding in run(data) if finding.code in only]
    runs = _runs(None if only is None else frozenset(only))
    raw = [(at, finding) for at, run in enumerate(runs) for finding in run.ask(data)]
    return _in_order(data, raw, whole=only is None)


def _in_order(data: PlanData, raw: list[tuple[int, Finding]], *, whole: bool) -> list[Finding]:
    found = accepting.settled(data, [finding for _, finding in raw], whole=whole)
    last = len(_all_runs()) if whole else 0
    numbers = [at for at, _ in raw] + [last] * (len(found) - len(raw))
    held = Sorted(data)
    held.add(zip(numbers, found, strict=True))
    return [finding for _, finding in held.entries()]


@cache
def _everything(kind: str) -> frozenset[str]:
    return frozenset((kind, *f.of(kind, "id", *(field.name for field in kinds()[kind].fields))))


def touched_by(changes: Iterable[Change]) -> set[str]:
    """What the changes touch, in the names in which checks say what they depend on."""
    found: set[str] = set()
    for change in changes:
        one = (change.kind, *f.of(change.kind, *change.fields))
        found |= _everything(change.kind) if change.op != SET else set(one) if change.fields else set()
    return found


def needed_by(touched: Iterable[str]) -> tuple[str, ...]:
    """The codes of the checks whose answer may differ after changes of these kinds, or of these fields of them.

    A kind's name alone stands for whatever may change in it; names as ``touched_by`` gives them for no more than that.
    """
    names = set(touched)
    wide = {
        name for name in names if "." not in name and not any(one.startswith(f"{name}.") for one in names)
    }
    names = names.union(*map(_everything, wide))
    return tuple(dict.fromkeys(run.code for run in _all_runs() if not run.needs.isdisjoint(names)))


class _Standing:
    """What the checks found in a plan when last asked, and what has changed in it since."""

    def __init__(self, data: PlanData) -> None:
        self.touched: set[str] = set()
        self.rows: set[str] = set()
        self.found = [list(run.ask(data)) for run in _all_runs()]
        self.sorted = Sorted(data)
        self.sorted.add((at, finding) for at, found in enumerate(self.found) for finding in found)

    def replaced(self, step: Replaced) -> None:
        """Note what the checks may have to be asked about again."""
        kind, id, old, new = step
        self.rows.add(id)
        if old is None or new is None:
            self.touched |= _everything(kind)
            return
        own = kinds()[kind]
        fields = (field.name for field in own.fields)
        pairs = zip(fields, own.values(old)[1:], own.values(new)[1:], strict=True)
        self.touched.update(f"{kind}.{name}" for name, before, after in pairs if before != after)
        self.touched.add(kind)

    def caught_up(self, data: PlanData) -> Sorted:
        """Ask again what has to be."""
        gone: list[Finding] = []
        come: list[tuple[int, Finding]] = []
        for at, run in enumerate(_all_runs()):
            if run.needs.isdisjoint(self.touched):
                continue
            old, new = self.found[at], list(run.ask(data))
            before, after = set(map(id, old)), set(map(id, new))
            gone += [finding for finding in old if id(finding) not in after]
            come += [(at, finding) for finding in new if id(finding) not in before]
            self.found[at] = new
        self.sorted.changed(gone, come, self.touched, self.rows)
        self.touched, self.rows = set(), set()
        return self.sorted


def run_again(data: PlanData) -> list[Finding]:
    """All findings, as ``run`` gives them; of a plan asked before, only what was touched since is asked again."""
    standing = data.kept(f"checks on {f.today()}", lambda: _Standing(data))
    held = standing.caught_up(data)
    if not data.rows("acceptance"):
        return [finding for _, finding in held.entries()]
    entries = list(held.entries())
    found = accepting.settled(data, [finding for _, finding in entries], whole=True)
    return held.with_accepted(entries, found, len(_all_runs()))

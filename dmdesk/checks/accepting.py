"""Accepting: findings that may stay as they are, for a reason that is kept in the plan.

An acceptance is a row, so accepting is a step that can be undone. It holds as long as the check says the same about
the same row, and no longer than the day it was given, so that nothing is hidden for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dmdesk import folders
from dmdesk.changes import Change, add, drop
from dmdesk.checks import finding as f
from dmdesk.checks.control.history import CODES as FROM_HISTORY
from dmdesk.checks.finding import ACCEPTED, CHECKS, NOTE, Check, Finding
from dmdesk.checks.fixing import CLEAR, removal, setting
from dmdesk.kinds import kinds
from dmdesk.model import Acceptance
from dmdesk.reading import PlanData
from dmdesk.values import replace

STALE = CHECKS.add(
    Check(
        "acceptance.stale",
        NOTE,
        "An accepted finding that the checks no longer find; its reason is not needed now.",
    )
)
EXPIRED = CHECKS.add(
    Check("acceptance.expired", NOTE, "An accepted finding whose last day is over, so that it counts again.")
)
CODES = frozenset((STALE.code, EXPIRED.code))
"""The codes of what is found in comparing acceptances with the findings of all other checks."""

_Mark = tuple[str, str, str, str, str]


def accept(data: PlanData, findings: Iterable[Finding], reason: str, until: str = "") -> list[Change]:
    """The changes that accept findings for a reason, to the end of a day or for as long as the check says the same.

    A finding that is accepted already, or was, is accepted anew: what was said before goes. Of a row that is gone,
    nothing is accepted.

    Raises:
        BadValue: ``until`` is no day, or a text does not fit its field.
    """
    kind = kinds()["acceptance"]
    gone: dict[str, Change] = {}
    made: dict[_Mark, Change] = {}
    for finding in findings:
        row = data.get(finding.kind, finding.id)
        if row is None:
            continue
        gone |= {earlier.id: drop(earlier) for earlier in matching(data, finding)}
        values = {
            "check": finding.code, "kind": finding.kind, "row": finding.id, "subject": data.key(row),
            "field": finding.field, "words": finding.words, "reason": reason, "accepted": f.today(), "until": until,
            "who": folders.user(),
        }  # fmt: skip
        made[_marks_of(finding, data)[0]] = add(kind.make(values))
    return [*gone.values(), *made.values()]


def matching(data: PlanData, finding: Finding) -> list[Acceptance]:
    """The acceptances of a finding, expired ones too."""
    marks = _marks_of(finding, data)
    return [row for row in data.all(Acceptance).values() if any(mark in marks for mark in _borne(data, row))]


def open_ones(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody accepted."""
    return [finding for finding in findings if finding.level != ACCEPTED]


def _mark(row: Acceptance, id: str) -> _Mark:
    return row.check, row.kind, id or f"={row.subject}", row.field, row.words


def _borne(data: PlanData, row: Acceptance) -> list[_Mark]:
    """By what an acceptance is found: its row's id, and where that is lost, as on the way through text, its key."""
    lost = row.kind in kinds() and data.get(row.kind, row.row) is None
    return [_mark(row, row.row), *([_mark(row, "")] if lost else [])]


def _lasting(row: Acceptance) -> tuple[bool, str, str]:
    """How long an acceptance holds, for comparing: those without a reason never do, those without a last day always."""
    return bool(row.reason), row.until or "~", row.id


def _marks_of(finding: Finding, data: PlanData) -> tuple[_Mark, _Mark]:
    """How an acceptance may name a finding: by the row's id, or by its key."""
    words = kinds()["acceptance"]["words"].type.clean(finding.words)
    row = data.get(finding.kind, finding.id)
    by_key = f"={data.key(row)}" if row is not None and data.key(row) else ""
    at = finding.code, finding.kind
    return (*at, finding.id, finding.field, words), (*at, by_key, finding.field, words)


def settled(data: PlanData, findings: list[Finding], *, whole: bool) -> list[Finding]:
    """The findings with those that are accepted marked so; with ``whole``, findings about the acceptances as well."""
    acceptances = data.all(Acceptance)
    if not acceptances:
        return findings
    holding: dict[_Mark, Acceptance] = {}
    for row in acceptances.values():
        for mark in _borne(data, row):
            holding[mark] = max(holding.get(mark, row), row, key=_lasting)
    rows = {(row.check, row.row) for row in acceptances.values()}
    lost = {check for check, _, key, _, _ in holding if key.startswith("=")}
    today, met, found = f.today(), set[str](), []
    for finding in findings:
        likely = (finding.code, finding.id) in rows or finding.code in lost
        held = _holding(data, finding, holding) if likely else None
        if held is not None:
            met.add(held.id)
            if held.reason and (not held.until or held.until >= today):
                finding = replace(finding, level=ACCEPTED, accepted=held.reason, until=held.until)
        found.append(finding)
    return [*found, *(_about(data, met, today) if whole else ())]


def _holding(data: PlanData, finding: Finding, holding: dict[_Mark, Acceptance]) -> Acceptance | None:
    return next((holding[mark] for mark in _marks_of(finding, data) if mark in holding), None)


def _about(data: PlanData, met: Collection[str], today: str) -> Iterator[Finding]:
    """What is to be said of the acceptances; that one stands twice is what another check says."""
    again = {mark for id in met for mark in _borne(data, data.all(Acceptance)[id])}
    for row in data.all(Acceptance).values():
        fixes = [removal(data, row, "Remove the acceptance")]
        if row.id not in met and (row.check in FROM_HISTORY or not again.isdisjoint(_borne(data, row))):
            continue
        if row.id not in met:
            subject = row.subject or "the row"
            words = f"The checks no longer say this of {subject}; the acceptance can go."
            yield STALE.at(row, "words", words, fixes)
        elif row.until and row.until < today:
            words = f"This was accepted until {row.until}; mend it now, or accept it for longer."
            fixes.insert(0, setting(row, "Accept it without a last day", CLEAR, until=""))
            yield EXPIRED.at(row, "until", words, fixes)

"""Findings in words and as data, and what a list of changes would do to them; shared by every command that says so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk.cli import output
from dmdesk.kinds import kinds

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.checks import Finding
    from dmdesk.reading import PlanData

MOST = 20
"""Findings that a preview lists before it only counts them."""


def as_data(data: PlanData, finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it."""
    row = data.rows(finding.kind)[finding.id]
    return {
        "code": finding.code, "level": finding.level, "kind": finding.kind, "id": finding.id, "key": data.key(row),
        "title": data.title(row), "field": finding.field, "words": finding.words, "fix": finding.fix_title,
        "fixes": [fix.title for fix in finding.fixes], "accepted": finding.accepted,
        "until": finding.until,
    }  # fmt: skip


def in_words(data: PlanData, finding: Finding) -> list[str]:
    """A finding as the cells of a table."""
    row, kind = data.rows(finding.kind)[finding.id], kinds()[finding.kind]
    where = output.cell(f"{kind.label} {data.key(row) or data.title(row)}")
    last = f" until {finding.until}" if finding.until else ""
    reason = f" Accepted{last}: {finding.accepted}" if finding.accepted else ""
    words = output.cell(finding.words + reason, 0)
    return [finding.level, finding.code, where, kind[finding.field].label, words]


def in_the_way(data: PlanData) -> dict[str, list[Finding]]:
    """What stands in the way of a print, by group; only the checks that may find such things are asked."""
    from dmdesk import checks

    return checks.in_the_way(checks.run(data, checks.codes_in_the_way()))


def say_in_the_way(groups: dict[str, list[Finding]], file: Path, done: str = "") -> None:
    """Say in one line on standard error how much stands in the way of a print, and what was ``done`` about it."""
    count = sum(map(len, groups.values()))
    things = f"{output.number(count, 'thing')} {'stands' if count == 1 else 'stand'}"
    parts = ", ".join(f"{title.lower()}: {len(found):,}" for title, found in groups.items())
    output.complain(f"{things} in the way of this print ({parts}); {done}use “dmdesk check {file}”.")


def print_effect(data: PlanData, changes: Iterable[Change]) -> None:
    """Say which findings the changes would cause and cure, given the plan before them."""
    from dmdesk.checks import effect
    from dmdesk.plan import preview

    changes = list(changes)
    found = effect(data, changes)
    _print(data, "Cures", found.cured)
    _print(preview(data, changes), "Causes", found.caused)


def _print(data: PlanData, title: str, findings: list[Finding]) -> None:
    if findings:
        output.say(f"{title} {output.number(len(findings), 'finding')}:")
        output.table(
            ["  " + cells[0], *cells[1:]] for cells in (in_words(data, one) for one in findings[:MOST])
        )
        if len(findings) > MOST:
            output.say(f"  … and {len(findings) - MOST:,} more.")

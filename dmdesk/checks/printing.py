"""What stands in the way of a print: findings that a reader of the printed plan would stumble over.

Chosen here once, so that the window's page before printing and ``dmdesk print`` say the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.checks.finding import ACCEPTED, ERROR, Finding
from dmdesk.checks.running import checks

BROKEN = "Broken references"
PLACEHOLDERS = "Placeholders"
ERRORS = "Errors"
UNDEFINED = "Undefined acronyms"
PICTURES = "Broken pictures"

_CODES = {
    "prose.reference": BROKEN,
    "prose.figure": BROKEN,
    "prose.footnote": BROKEN,
    "reference.missing": BROKEN,
    "prose.placeholder": PLACEHOLDERS,
    "prose.empty-item": PLACEHOLDERS,
    "acronym.undefined": UNDEFINED,
    "picture.broken": PICTURES,
}


def in_the_way(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings that matter to a print, by group; accepted ones do not. Groups without any are left out."""
    groups: dict[str, list[Finding]] = {BROKEN: [], PLACEHOLDERS: [], ERRORS: [], UNDEFINED: [], PICTURES: []}
    for finding in findings:
        group = _CODES.get(finding.code, ERRORS if finding.level == ERROR else "")
        if group and finding.level != ACCEPTED:
            groups[group].append(finding)
    return {title: found for title, found in groups.items() if found}


def codes_in_the_way() -> list[str]:
    """The codes of the checks whose findings may stand in the way; the others need not be asked."""
    return [check.code for check in checks() if check.code in _CODES or check.level == ERROR]

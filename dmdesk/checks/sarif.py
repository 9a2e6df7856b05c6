"""SARIF 2.1.0: findings in the form in which code-review tools and continuous integration read those of any linter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk import __version__
from dmdesk.checks.finding import ACCEPTED, ERROR, NOTE, WARNING, Finding
from dmdesk.checks.running import checks
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {ERROR: "error", WARNING: "warning", NOTE: "note"}


def sarif(data: PlanData, findings: Iterable[Finding]) -> dict[str, Any]:
    """The findings as one run of SARIF; rows are logical locations (``product/HEADER``), accepted ones suppressed."""
    rules = [
        {
            "id": check.code,
            "shortDescription": {"text": check.help},
            "fullDescription": {"text": check.help},
            "help": {"text": check.help},
            "defaultConfiguration": {"level": _LEVELS[check.level]},
        }
        for check in checks()
    ]
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    driver = {"name": "dmdesk", "semanticVersion": __version__, "rules": rules}
    results = [_result(data, finding, places[finding.code]) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(data: PlanData, finding: Finding, rule: int) -> dict[str, Any]:
    row, kind = data.rows(finding.kind)[finding.id], kinds()[finding.kind]
    name = data.key(row) or finding.id
    said = f"{kind.label} {name}: {finding.words}"
    place = {
        "name": finding.field,
        "fullyQualifiedName": f"{finding.kind}/{name}/{finding.field}",
        "decoratedName": data.title(row),
        "kind": "member",
    }
    level = checks()[finding.code].level if finding.level == ACCEPTED else finding.level
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[level],
        "message": {"text": said},
        "locations": [{"logicalLocations": [place]}],
        "partialFingerprints": {"dmdesk/v1": f"{finding.code}/{finding.kind}/{finding.id}/{finding.field}"},
    }
    if finding.level == ACCEPTED:
        result["suppressions"] = [_suppression(finding)]
    return result


def _suppression(finding: Finding) -> dict[str, Any]:
    """Why a finding is accepted and until when; SARIF knows no days, so words and a property say it."""
    if not finding.until:
        return {"kind": "external", "justification": finding.accepted}
    words = f"Until {finding.until}: {finding.accepted}"
    return {"kind": "external", "justification": words, "properties": {"until": finding.until}}

"""Commands about what is wrong with a plan: find it, mend it alike everywhere, or accept it with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk.cli import output
from dmdesk.cli.asking import kind_named, meant, row_named
from dmdesk.cli.command import FILE, JSON, KEY, KIND, PLAN, RFC, arg, command, flag
from dmdesk.cli.comparing import print_changes
from dmdesk.cli.findings import as_data, in_words, print_effect
from dmdesk.cli.opening import looked_at, opened
from dmdesk.errors import PlanError

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.checks import Finding
    from dmdesk.plan import Plan
    from dmdesk.reading import PlanData


@command(
    "check",
    FILE,
    JSON,
    flag("--sarif", "Print SARIF 2.1.0, as review tools read it."),
    arg("--only", "Ask these checks only.", nargs="+", action="extend", default=[], metavar="CODE"),
    flag("--accepted", "List the accepted findings too, with the reasons."),
    arg("--fix", "Cure all findings of this check as one step.", default="", metavar="CODE"),
    arg("--way", "Cure them in this way; a mistaken one lists those there are.", default="", metavar="WAY"),
    flag("--dry-run", "With --fix: say what would change, and change nothing."),
    RFC,
)
def check(file: Path, json: bool, sarif: bool, accepted: bool, only: list[str], fix: str, **how: Any) -> int:
    """Find what is wrong or worth a look: errors, warnings, notes. The exit code is 1 when there are errors."""
    from dmdesk import checks

    if json and sarif:
        raise PlanError("Findings are printed as JSON or as SARIF; choose one of them.")
    for code in (*only, *([fix] if fix else [])):
        if code not in checks.checks().names():
            raise PlanError(f"There is no check “{code}”{meant(code, checks.checks().names()) or '.'}")
    if fix:
        return _fix(file, fix, **how)
    with looked_at(file) as data:
        every = [*checks.run(data, only or None), *_told_by_history(file, data, only)]
        found = every if accepted else checks.open_ones(every)
        if json:
            output.as_json([as_data(data, finding) for finding in found])
        elif sarif:
            from dmdesk.checks.sarif import sarif as as_sarif

            output.as_json(as_sarif(data, every))
        else:
            output.table([in_words(data, finding) for finding in found])
            output.say(_tally(every))
    return 1 if any(finding.level == checks.ERROR for finding in every) else 0


def _told_by_history(file: Path, data: PlanData, only: list[str]) -> list[Finding]:
    """What only the history can tell, where the plan has change requests or its lock asks for one."""
    from dmdesk.cli.opening import has_history, history_of

    if not has_history(file) or (only and not any(one.startswith("history.") for one in only)):
        return []
    with history_of(file) as (_, kept):
        under_requests = any(step.rfc for step in kept.steps())
    if not under_requests and getattr(data.plan(), "change_lock", "") in ("", "off"):
        return []
    from dmdesk import working
    from dmdesk.plan import Plan

    with Plan.open(file, read_only=True) as plan:
        return [one for one in working.findings(plan) if not only or one.code in only]


def _history_of(plan: Plan) -> list[Finding]:
    from dmdesk import working

    return working.findings(plan)


def _tally(findings: list[Finding]) -> str:
    from dmdesk import checks

    counts = {level: sum(finding.level == level for finding in findings) for level in checks.LEVELS}
    accepted = counts.pop(checks.ACCEPTED)
    said = ", ".join(output.number(count, level) for level, count in counts.items())
    return f"{said}{f', {accepted:,} accepted' if accepted else ''}."


def _fix(file: Path, code: str, way: str, dry_run: bool, rfc: str) -> int:
    if dry_run:
        from dmdesk.plan import preview

        with looked_at(file) as data:
            changes = _cures(data, code, way)
            print_changes(changes, data, preview(data, changes))
            print_effect(data, changes)
        output.say("Nothing was changed; this was a dry run.")
        return 0
    with opened(file, rfc) as plan:
        before = plan.data.copy()
        changes = _cures(before, code, way)
        plan.step(f"Fix {code}", changes)
        print_changes(changes, before, plan.data)
        print_effect(before, changes)
    return 0


def _cures(data: PlanData, code: str, way: str) -> list[Change]:
    from dmdesk import checks

    found = checks.open_ones(checks.run(data, [code]))
    ways = checks.ways(found)
    if way and way not in ways:
        known = "; ".join(f"“{name}” ({title})" for name, title in ways.items()) or "none"
        raise PlanError(f"{code} cannot be cured by “{way}”; the ways are: {known}.")
    if found and not ways:
        raise PlanError(f"{code} has no cure that a program could choose; its findings need a person.")
    return checks.fix_all(data, found, way)


@command(
    "accept",
    PLAN,
    arg("code", "The code of the check, as “check” prints it."),
    KIND,
    KEY,
    arg("--reason", "Why it may stay as it is.", required=True, metavar="TEXT"),
    arg("--until", "The last day it holds, as 2017-06-30; without, as long as the check says the same.", default="",
        metavar="DAY"),
)  # fmt: skip
def accept(file: Path, code: str, kind: str, key: str, reason: str, until: str) -> None:
    """Accept what a check finds in a row, with a reason; it then counts no more, and “check --accepted” lists it."""
    from dmdesk import checks
    from dmdesk.types import BadValue

    which = kind_named(kind)
    if not reason.strip():
        raise PlanError("An accepted finding needs a reason; give one after --reason.")
    with opened(file) as plan:
        row = row_named(plan.data, which, key)
        name = plan.data.key(row) or plan.data.title(row)
        found = [
            finding
            for finding in checks.open_ones([*checks.run(plan.data), *_history_of(plan)])
            if (finding.code, finding.kind, finding.id) == (code, which.name, row.id)
        ]
        if not found:
            here = {f.code for f in checks.run(plan.data) if (f.kind, f.id) == (which.name, row.id)}
            others = f"; it finds {', '.join(sorted(here))}" if here else ""
            raise PlanError(f"“check” finds no open {code} in {which.label} {name}{others}.")
        try:
            changes = checks.accept(plan.data, found, reason, until)
        except BadValue as error:
            raise PlanError(f"{error} Nothing was changed.") from None
        plan.step(f"Accept {code} of {name}", changes, reason)
        for finding in found:
            output.say(f"Accepted: {output.cell(finding.words, 0)}")

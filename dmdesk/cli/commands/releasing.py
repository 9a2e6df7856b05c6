"""Commands about versions of the plan that are sealed: to list them, to prove them, and to release one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as date_
from pathlib import Path
from typing import Any

from dmdesk import store
from dmdesk.changes import Change
from dmdesk.cli import output
from dmdesk.cli.asking import kind_named, row_named
from dmdesk.cli.command import JSON, PLAN, arg, command, flag, path
from dmdesk.cli.findings import MOST, in_words
from dmdesk.cli.opening import baselines_of, history_of, opened, split
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.report import PAPERS
from dmdesk.store import Baseline


@command("baselines", PLAN, JSON)
def baselines(file: Path, json: bool) -> None:
    """List the baselines of a plan: the versions that were sealed in it, oldest first."""
    with history_of(file) as (_, kept):
        known = kept.baselines()
    if json:
        output.as_json([_as_data(one) for one in known])
        return
    headers = ["Version", "Date", "Owner", "Approved by", "PDF", "Sealed", "By", "Description"]
    output.table([_in_words(one) for one in known], headers)
    if not known:
        output.say("Nothing was sealed in this plan yet; “dmdesk release” does that.")


def _in_words(one: Baseline) -> list[str]:
    pdf = "exported" if one.exported else "printed" if one.pdf else ""
    sealed = one.at.replace("T", " ").removesuffix("Z")[:16]
    return [output.cell(words) for words in (
        one.version, one.date, one.owner, one.rfc_words, pdf, sealed, one.who, one.description,
    )]  # fmt: skip


def _as_data(one: Baseline) -> dict[str, Any]:
    return {
        "version": one.version, "date": one.date, "description": one.description, "owner": one.owner,
        "rfc": one.rfc_words, "sealed": one.at, "who": one.who, "step": one.step, "schema": one.schema,
        "accepted": one.accepted.splitlines(), "sha256": one.sha256, "pdf": one.pdf, "paper": one.paper,
        "exported": one.exported, "seal": one.seal,
    }  # fmt: skip


@command(
    "verify",
    path("file", "The plan file (.dmplan), or FILE@VERSION."),
    arg("version", "One baseline alone; without, all of them and the history since.", nargs="?", default=""),
    path("--recover", "Write the plan of VERSION, though it is damaged, as text.", metavar="OUT.toml"),
    path("--with", "A copy of the plan, to see whether both sealed the same.", metavar="COPY", dest="other"),
    JSON,
)
def verify(file: Path, version: str, recover: Path | None, other: Path | None, json: bool) -> int:
    """Prove that the baselines are what was sealed, and say what differs. The exit code is 1 when anything does.

    The history must lead from each baseline to the next and from the last to the plan as it is.
    """
    from dmdesk import baselines

    file, named = split(file)
    with history_of(file) as (_, kept):
        known = kept.baselines()
        one = baselines.named(known, version or named, file.name) if version or named else None
        found = baselines.verify(kept, one)
        if recover:
            _recover(kept, one, recover)
    theirs = baselines_of(other) if other else []
    apart = baselines.apart(known, theirs, file.name, other.name if other else "")
    if json:
        output.as_json({
            "baselines": [one.version for one in found.baselines],
            "flaws": [{name: getattr(flaw, name) for name in flaw.__annotations__} for flaw in found.flaws],
            "apart": apart, "notes": list(found.notes), "recoverable": list(found.recoverable),
        })  # fmt: skip
    else:
        _say(found, apart, bool(one))
    return 1 if found.flaws or apart else 0


def _recover(kept: store.Store, one: Baseline | None, out: Path) -> None:
    from dmdesk import baselines
    from dmdesk.exchange import text

    if one is None or out.suffix != ".toml":
        raise PlanError(
            "--recover writes one baseline into one file: name its version, and a file ending in .toml."
        )
    text.write(baselines.recovered(kept, one), out)
    output.complain(f"What was sealed as {one.version} was written to “{out}”.")


def _say(found: Any, apart: list[str], alone: bool) -> None:
    for flaw in found.flaws:
        output.say(output.cell(flaw.words, 0))
    for sentence in apart:
        output.say(output.cell(sentence, 0))
    for note in found.notes:
        output.say(f"Note: {output.cell(note, 0)}")
    for version in found.recoverable:
        output.say(
            f"The history leads back to what was sealed as {version}: nothing of it is lost, --recover writes it."
        )
    names = ", ".join(one.version for one in found.baselines)
    if found.flaws:
        output.say(f"{output.number(len(found.flaws), 'thing')} not as it should be.")
    elif names:
        since = "" if alone else ", and the history leads from there to the plan as it is"
        output.say(f"Proven: {names}{since}.")


@command(
    "release",
    PLAN,
    arg("--version", "The version, after the last one.", metavar="VERSION", required=True),
    arg("--date", "The date of the release; today without it.", default="", metavar="DAY"),
    arg("--owner", "Who answers for it; that of the last release without it.", default=None, metavar="NAME"),
    arg("--rfc", "The change request that approves it.", default="", metavar="KEY"),
    arg("--description", "What changed, for the change record; proposed without it.", default="", metavar="TEXT"),
    path("--pdf", "The PDF to write; the release can then no longer be undone.", metavar="PATH"),
    arg("--paper", "letter or a4.", type=str.lower, choices=PAPERS, default=PAPERS[0], metavar="PAPER"),
    arg("--accept-errors", "Why it is released though something stands in the way.", default="", metavar="REASON"),
    flag("--dry-run", "Say what would be released and what stands in the way, and change nothing."),
)  # fmt: skip
def release(
    file: Path, version: str, date: str, owner: str | None, rfc: str, description: str, pdf: Path | None, paper: str,
    accept_errors: str, dry_run: bool,
) -> int:  # fmt: skip
    """Release a version: enter it in the change record, print it without draft marks, seal it, begin the next draft."""
    from dmdesk import releasing

    def prepared(
        data: PlanData, known: list[Baseline], steps: list[store.Step],
        changes_of: Callable[[store.Step], list[Change]],
    ) -> releasing.Prepared:  # fmt: skip
        ahead = releasing.proposed(data, known, steps, date_.today(), changes_of)
        approved = row_named(data, kind_named("rfc"), rfc).id if rfc else ""
        wish = releasing.Wish(
            version, date or ahead.date, description or ahead.description, ahead.owner if owner is None else owner,
            approved, accept_errors, paper,
        )  # fmt: skip
        found = releasing.prepare(data, known, wish)
        for sentence in found.warnings:
            output.complain(sentence)
        return found

    try:
        if dry_run:
            with history_of(file) as (data, kept):
                _say_ahead(
                    prepared(data, kept.baselines(), kept.steps(), lambda step: kept.changes_of(step.id))
                )
            return 0
        with opened(file) as plan:
            ahead = prepared(plan.data, plan.baselines(), plan.history(), plan.changes_of)
            printed = releasing.print_of(ahead)
            sealed = releasing.finish(plan, ahead, printed, pdf)
    except releasing.InTheWay as found:
        _say_in_the_way(found.data, [one for group in found.open.values() for one in group])
        output.complain(f"{found} Give it with --accept-errors.")
        return 1
    where = f", to “{pdf}”" if pdf else ""
    output.say(f"Released {sealed.version}, SHA-256 {sealed.sha256} of its text.")
    output.say(f"Printed {output.number(printed.pages, 'page')}, SHA-256 {printed.sha256}{where}.")
    return 0


def _say_in_the_way(data: PlanData, findings: list[Any]) -> None:
    output.table(in_words(data, one) for one in findings[:MOST])
    if len(findings) > MOST:
        output.say(f"… and {len(findings) - MOST:,} more.")


def _say_ahead(ahead: Any) -> None:
    terms = ahead.terms
    output.table([
        ["Version", terms.version], ["Date", terms.date], ["Owner", terms.owner], ["Approved by", terms.rfc_words],
        ["Description", output.cell(terms.description, 0)],
    ])  # fmt: skip
    if ahead.open:
        output.say("Accepted, and kept with the release:")
        for line in terms.accepted.splitlines()[: MOST + 1]:
            output.say(f"  {output.cell(line, 0)}")
    output.say("Nothing was changed; this was a dry run.")

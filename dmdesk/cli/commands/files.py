"""Commands that make, copy, print and exchange whole plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import backups, store
from dmdesk.cli import output
from dmdesk.cli.asking import kind_named, row_named
from dmdesk.cli.command import FILE, PLAN, RFC, WHY, arg, command, flag, path
from dmdesk.cli.findings import in_the_way, say_in_the_way
from dmdesk.cli.opening import has_history, history_of, looked_at, opened, split
from dmdesk.errors import PlanError
from dmdesk.report import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dmdesk.changes import Change
    from dmdesk.control.workingset import Part
    from dmdesk.reading import PlanData


@command("sample", path("out", "The plan file to make, ending in .dmplan."))
def sample(out: Path) -> None:
    """Make a plan file with the sample plan, LSST's LDM-294."""
    from dmdesk.exchange import sample as made

    made.build(out)
    output.say(f"Made “{out}” with the sample plan.")


@command(
    "new",
    path("out", "The plan file to make, ending in .dmplan."),
    path("source", "A plan as text, a printed PDF or a baseline, FILE@VERSION, to make it of.", nargs="?"),
)
def new(out: Path, source: Path | None) -> None:
    """Make an empty plan file, or one of what a text, a printed PDF or a baseline holds."""
    from dmdesk import schema

    if source is None:
        schema.create(out)
        output.say(f"Made “{out}”, an empty plan.")
        return
    with looked_at(source) as data:
        schema.create(out, data)
    output.say(f"Made “{out}” of “{source}”.")


@command(
    "print",
    FILE,
    path("out", "The PDF to write; one that is there is replaced.", metavar="OUT.pdf"),
    arg("--only", "Print these chapters only.", nargs="+", action="extend", default=[], metavar="CHAPTER"),
    arg(
        "--of",
        "Print the datasheets of these products only.",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY",
    ),
    arg("--paper", "letter or a4.", type=str.lower, choices=PAPERS, default="", metavar="PAPER"),
    flag("--draft", "Print with the draft marks, whatever the plan says."),
    flag("--final", "Print without the draft marks, whatever the plan says."),
    flag("--no-embed", "Leave out the plan, which the PDF carries otherwise."),
    flag("--sha", "Print the SHA-256 and the file only, as sha256sum does."),
    flag("--strict", "Print nothing while something stands in the way: exit code 1."),
)
def print_(
    file: Path, out: Path, only: list[str], of: list[str], paper: str, draft: bool, final: bool, no_embed: bool,
    sha: bool, strict: bool,
) -> int:  # fmt: skip
    """Print the plan, or some of its chapters, as a PDF. The file carries the plan, and dmdesk can read it back."""
    if out.exists() and split(file)[0].exists() and out.samefile(split(file)[0]):
        raise PlanError(f"“{out.name}” is the file that is printed; choose another name for the print.")
    if split(file)[1] and not (only or of or paper or draft or final or no_embed):
        from dmdesk.cli.reprinting import printed_again

        return printed_again(*split(file), out, sha=sha)
    from dmdesk.report import Options, build

    if of and "datasheets" not in only:
        raise PlanError("--of chooses datasheets; print them with --only datasheets.")
    if draft and final:
        raise PlanError("A print is a draft or final; choose one of --draft and --final.")
    with looked_at(file) as data:
        groups = in_the_way(data)
        if groups and strict:
            say_in_the_way(groups, file, "nothing was printed; ")
            return 1
        chosen = {row_named(data, kind_named("product"), key).id for key in of}
        found = _open_findings(data) if "datasheets" in only else {}
        told = _histories(file, chosen or data.rows("product")) if "datasheets" in only else {}
        state = draft if draft or final else None
        work = _work(file) if any(name.startswith(("rfc:", "docket:")) for name in only) else None
        options = Options(only, chosen, found, told, paper or PAPERS[0], state, not no_embed, work=work)
        printed = build(data, out, options)
    if sha:
        output.say(f"{printed.sha256}  {out}")
    else:
        output.say(f"Printed {output.number(printed.pages, 'page')}, SHA-256 {printed.sha256}, to “{out}”.")
    if groups:
        say_in_the_way(groups, file)
    return 0


def _open_findings(data: PlanData) -> dict[str, list[str]]:
    """What the checks have to say of each product, by its id."""
    from dmdesk import checks

    found: dict[str, list[str]] = {}
    for finding in checks.run(data):
        if finding.kind == "product":
            found.setdefault(finding.id, []).append(finding.words)
    return found


@command(
    "tex",
    FILE,
    path("out", "The folder for the LaTeX; one that dmdesk wrote is written again.", metavar="DIR"),
    flag("--force", "Write into a folder that holds other files; those of the same name are replaced."),
)
def tex(file: Path, out: Path, force: bool) -> None:
    """Write the whole plan as LaTeX for lsst-texmf. The folder's README.txt says how to build it."""
    from dmdesk import latex

    with looked_at(file) as data:
        written = latex.build(data, out, force=force)
    for key, places in written.unknown.items():
        shown = key if key.startswith("{{") else f"[[{key}]]"
        output.say(f"{shown} names nothing in this plan: {'; '.join(dict.fromkeys(places))}.")
    output.say(
        f"Wrote {output.number(written.files, 'file')} to “{out}”; build {written.main} with latexmk -xelatex."
    )


def _work(file: Path) -> dict[str, list[Part]] | None:
    """What was done under each change request; a plan as text has no history that tells."""
    if not has_history(file):
        return None
    from dmdesk.cli.work import work_of

    with history_of(file) as (_, kept):
        return work_of(kept)


def _histories(file: Path, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What happened to each of the products, by its id; a plan as text has no history."""
    if not has_history(file):
        return {}
    from dmdesk.report.datasheet import history

    with history_of(file) as (data, kept):
        return {id: history(data, kept.steps_of_row(id)) for id in ids}


@command("export", FILE, path("out", "A folder for one file a kind, or one file that ends in .toml."))
def export(file: Path, out: Path) -> None:
    """Write the whole plan as sorted text, made for version control."""
    from dmdesk.exchange import text

    with looked_at(file) as data:
        written = text.write(data, out)
    output.say(f"Wrote {output.number(len(written), 'file')} to “{out}”.")


@command(
    "import",
    PLAN,
    path("source", "A folder of text or a .toml file, as “export” writes them, or a printed PDF."),
    flag("--dry-run", "Say what would change, and change nothing."),
    WHY,
    RFC,
)
def import_(file: Path, source: Path, dry_run: bool, why: str, rfc: str) -> None:
    """Make the plan what the text says, as one step. Rows that the text does not have are removed."""
    from dmdesk.cli.comparing import print_changes
    from dmdesk.cli.findings import print_effect

    if dry_run:
        with looked_at(file) as now, looked_at(source, now) as then:
            changes = _wanted(now, then, source)
            print_changes(changes, now, then, counted=True)
            print_effect(now, changes)
        output.say("Nothing was changed; this was a dry run.")
        return
    with opened(file, rfc) as plan, looked_at(source, plan.data) as then:
        before = plan.data.copy()
        changes = _wanted(before, then, source)
        step = plan.step(f"Import {source.name}", changes, why)
        print_changes(changes, before, then, counted=True)
        if step:
            output.say(f"Imported as one step: {step.title}.")


def _wanted(now: PlanData, then: PlanData, source: Path) -> list[Change]:
    """The changes that make the plan what the text says, unless that plainly is a part of a plan only."""
    from dmdesk.changes import difference

    if now.plan() and not then.plan():
        lacks = "it has no entry for the plan document, and whatever it lacks would be removed"
        raise PlanError(f"“{source}” does not hold a whole plan: {lacks}; export the plan and edit that.")
    return difference(now, then)


@command("backup", PLAN)
def backup(file: Path) -> None:
    """Keep a copy of the plan as it is now among its backups."""
    store.inspect(file)
    kept = backups.keep_present(file, date.today())
    output.say(f"Kept as “{kept.stem}” in “{kept.parent}”.")


@command("backups", PLAN)
def backups_(file: Path) -> None:
    """List the backups of a plan file, newest first; dmdesk makes one before the first change of a day."""
    found = backups.found(file)
    output.table(
        [[copy.stem, f"{copy.stat().st_size / 1000:,.0f} kB", str(copy)] for copy in found], numbers=(1,)
    )
    if not found:
        output.say(f"There are no backups of “{file.name}” yet.")


@command(
    "restore",
    PLAN,
    arg("name", "A backup as “backups” lists it; without, the newest.", nargs="?", default=""),
    flag("--force", "Restore it although baselines that were sealed since are not in it."),
)
def restore(file: Path, name: str, force: bool) -> None:
    """Make the plan what one of its backups holds; what it was is kept, as a backup or beside it."""
    try:
        store.inspect(file)
    except PlanError as error:
        if file.exists() and str(error) != str(store.damaged(file)):
            raise
        _bring_back(file, backups.named(file, name))
        return
    with opened(file) as plan:
        backup = backups.named(file, name)
        lost = plan.lost_in(backup)
        if lost and not force:
            from dmdesk.baselines.telling import without

            raise PlanError(
                f"{without(lost, backup.stem)} Nothing was done; --force restores it all the same."
            )
        restored = plan.restore(name)
    output.say(f"“{file.name}” is now what “{restored.stem}” held.")


def _bring_back(file: Path, backup: Path) -> None:
    """Put a backup in the place of a plan file that is lost or damaged; a damaged one is kept beside it."""
    store.inspect(backup)
    kept = ""
    if file.exists():
        aside = file.with_name(f"{file.stem} (damaged){file.suffix}")
        number = 1
        while aside.exists():
            number += 1
            aside = file.with_name(f"{file.stem} (damaged {number}){file.suffix}")
        try:
            file.rename(aside)
        except OSError as error:
            raise PlanError(
                f"“{file}” cannot be put aside ({error.strerror}); copy “{backup}” by hand."
            ) from None
        kept = f"; the damaged file is kept as “{aside.name}”"
    store.copy_file(backup, file)
    output.say(f"“{file.name}” is now what “{backup.stem}” held{kept}.")

"""The command that hands out the change record, in every form people ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dmdesk import baselines
from dmdesk.cli import output
from dmdesk.cli.command import FILE, arg, command, path
from dmdesk.cli.comparing import NARROWING, asked, in_words, narrowed, print_record, steps_between
from dmdesk.cli.opening import baselines_of, both, split
from dmdesk.comparing import compare
from dmdesk.comparing.drafting import without_mark
from dmdesk.errors import PlanError
from dmdesk.record import FORMATS, Record, written
from dmdesk.report import PAPERS

BINARY = ("pdf", "xlsx")
"""Forms that are no text, and go into a file."""


@command(
    "changes",
    FILE,
    arg("--from", "The state to begin with: a baseline's version, or a plan file, text or PDF.", required=True,
        dest="start", metavar="OLD"),
    arg("--to", "The state to end with; without it the plan as it is.", dest="end", default="", metavar="NEW"),
    arg("--format", f"{', '.join(FORMATS)}; without it as the file's name ends, or text.", dest="form", default="",
        choices=("", *FORMATS), metavar="FORM"),
    arg("--paper", "Of a PDF: letter or a4.", type=str.lower, choices=PAPERS, default=PAPERS[0], metavar="PAPER"),
    path("-o", "The file to write; without it, text is printed.", dest="out", default=None, metavar="OUT"),
    *NARROWING,
)  # fmt: skip
def changes(file: Path, start: str, end: str, form: str, paper: str, out: Path | None, **wanted: Any) -> None:
    """Write the detailed change record between two states of a plan: what differs, who changed it, when and why."""
    form = form or _form_of(out)
    if out is None and form in BINARY:
        raise PlanError(f"A record as {form.upper()} goes into a file; name it with -o.")
    a, b = _state(file, start), _state(file, end) if end else file
    with both(a, b) as (before, after):
        found = compare(without_mark(before, after), after, steps=steps_between(a, b))
        chosen = narrowed(found, wanted) if asked(wanted) else found
        record = Record(chosen, _name(file, a), _name(file, b) if end else "", in_words(wanted))
        if out is None and form == "text":
            print_record(record)
            return
        made = written(record, form, paper)
    if out is None:
        output.as_file(made)
        return
    from dmdesk.saving import put_in_place

    put_in_place(out, made)
    rows = chosen.total.rows
    output.say(f"Wrote {output.number(rows, 'changed row')} to “{out}”.")


def _state(file: Path, words: str) -> Path:
    """Where a state lies: a baseline of the file by its version, or a plan by its own name."""
    path = Path(words)
    sealed = baselines.numbers(words) is not None and not path.exists()
    return file.with_name(f"{file.name}@{words}") if sealed else path


def _name(file: Path, path: Path) -> str:
    """What a state is called: the version of a baseline of the file, or the name of another plan."""
    home, version = split(path)
    if not version or home != file:
        return path.name
    known = {baselines.numbers(one.version): one.version for one in baselines_of(file)}
    return known.get(baselines.numbers(version), version)


def _form_of(out: Path | None) -> str:
    """The form that the ending of a file's name asks for."""
    endings = {"txt": "text", "tex": "latex", "markdown": "md"}
    ending = out.suffix.lower().lstrip(".") if out else ""
    form = endings.get(ending, ending)
    return form if form in FORMATS else "text"

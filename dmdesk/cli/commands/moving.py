"""Commands that move what many places name: a WBS element's code, a person's duties. Each makes one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.cli import output, wording
from dmdesk.cli.asking import row_named
from dmdesk.cli.command import PLAN, RFC, WHY, arg, command, flag
from dmdesk.cli.comparing import print_changes
from dmdesk.cli.findings import print_effect
from dmdesk.cli.opening import looked_at, opened
from dmdesk.errors import PlanError
from dmdesk.kinds import kind_of, kinds
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.renumber import Reference

DRY = flag("--dry-run", "Say what would change, and change nothing.")
NOTHING = "Nothing was changed; this was a dry run."


@command(
    "renumber",
    PLAN,
    arg("old", "The code of the WBS element."),
    arg("new", "Its new code; the element goes below the one whose code begins it."),
    arg("--below", "The element to put it below, whatever the codes say.", default="", metavar="CODE"),
    DRY,
    WHY,
    RFC,
)
def renumber(file: Path, old: str, new: str, below: str, dry_run: bool, why: str, rfc: str) -> None:
    """Give a WBS element and all below it new codes; texts and links that name them follow, old codes stay known."""
    if dry_run:
        with looked_at(file) as data:
            changes, _ = _renumbered(data, old, new, below)
            print_effect(data, changes)
        output.say(NOTHING)
        return
    with opened(file, rfc) as plan:
        changes, title = _renumbered(plan.data, old, new, below)
        plan.step(title, changes, why)


def _renumbered(data: PlanData, old: str, new: str, below: str) -> tuple[list[Change], str]:
    from dmdesk.renumber import moved

    kind = kinds()["wbs"]
    element = row_named(data, kind, old)
    done = moved(data, element, new, row_named(data, kind, below) if below else None)
    output.table([[f"  {code or '(none)'}", "→", then] for code, then in done.codes])
    if done.references:
        output.say("\nPlaces that follow")
        output.table([_place(data, reference) for reference in done.references])
    codes, places = (
        output.number(len(some), one) for some, one in ((done.codes, "code"), (done.references, "place"))
    )
    output.say(f"\n{codes} and {places} that name them.")
    return done.changes, f"Renumber {data.key(element)} to {new}"


def _place(data: PlanData, reference: Reference) -> list[str]:
    row, field, old, new = reference
    kind = kind_of(row)
    return [f"  {kind.label}", wording.name_of(data, row), kind[field].label, f"{old} → {new}"]


@command(
    "leave",
    PLAN,
    arg("person", "The person who leaves, by key or name."),
    arg(
        "--to",
        "Who takes over; without, what the person held is left to nobody.",
        default="",
        metavar="PERSON",
    ),
    arg("--on", "The last day; without, today.", default="", metavar="DAY"),
    DRY,
    WHY,
    RFC,
)
def leave(file: Path, person: str, to: str, on: str, dry_run: bool, why: str, rfc: str) -> None:
    """Let a person leave: end their appointments and hand over, or empty, all else they hold in the plan."""
    if dry_run:
        with looked_at(file) as data:
            _left(data, person, to, on)
        output.say(NOTHING)
        return
    with opened(file, rfc) as plan:
        changes, title = _left(plan.data.copy(), person, to, on)
        plan.step(title, changes, why)


def _left(data: PlanData, person: str, to: str, on: str) -> tuple[list[Change], str]:
    from dmdesk.leaving import reassign
    from dmdesk.plan import preview

    kind = kinds()["person"]
    who = row_named(data, kind, person)
    successor = row_named(data, kind, to) if to.strip() else None
    if to and successor is None:
        raise PlanError("“--to” needs the key or name of a person.")
    changes = reassign(data, who, successor, on)
    print_changes(changes, data, preview(data, changes))
    heir = f", hand over to {data.title(successor)}" if successor else ""
    return changes, f"{data.title(who)} leaves{heir}"

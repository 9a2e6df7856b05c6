"""The command that takes a picture in: the one place where the command line reads a picture's file.

It is a command of its own because a value that somebody types, or that stands in a text, must never be taken as a path.
"""

from __future__ import annotations

from pathlib import Path

from dmdesk import changes as c
from dmdesk import pictures
from dmdesk.checks.naming import a_kind
from dmdesk.cli import wording
from dmdesk.cli.asking import kind_named, row_named, sentence
from dmdesk.cli.command import KEY, KIND, PLAN, RFC, WHY, command, flag, path
from dmdesk.cli.comparing import print_changes
from dmdesk.cli.opening import opened
from dmdesk.errors import PlanError
from dmdesk.kinds import Field, Kind, kinds


@command(
    "picture",
    PLAN,
    KIND,
    KEY,
    path("picture", "The PNG or JPEG, of at most 10 MB and 40 million pixels.", nargs="?", default=None),
    flag("--remove", "Take the picture away."),
    WHY,
    RFC,
)
def picture(file: Path, kind: str, key: str, picture: Path | None, remove: bool, why: str, rfc: str) -> None:
    """Take a picture into the plan: the logo of the plan, or the picture of a figure. The file is not needed later."""
    which = kind_named(kind)
    field = _field(which)
    if remove == (picture is not None):
        raise PlanError("Give either the file of a picture or “--remove”.")
    held = pictures.load(picture) if picture is not None else ""
    with opened(file, rfc) as plan:
        row = row_named(plan.data, which, key)
        values = {field.name: held}
        if held and "drawing" in which and not getattr(row, "drawing", ""):
            values["drawing"] = "picture"
        change = c.put(row, values)
        before = plan.data.copy()
        verb = "Set" if held else "Remove"
        step = plan.step(f"{verb} {field.label} of {wording.name_of(before, row)}", [change], why)
        print_changes([change] if step else [], before, plan.data)


def _field(kind: Kind) -> Field:
    """The field of a kind that holds its picture."""
    for field in kind.fields:
        if not field.type.typed:
            return field
    having = [one.name for one in kinds() if any(not field.type.typed for field in one.fields)]
    raise PlanError(f"{sentence(a_kind(kind.name))} has no picture; {' and '.join(having)} have.")

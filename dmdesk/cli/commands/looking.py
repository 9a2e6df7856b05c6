"""Commands that look at a plan: what it holds, and what it is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dmdesk import trees
from dmdesk.cli import output, wording
from dmdesk.cli.asking import kind_named
from dmdesk.cli.command import FILE, JSON, KIND, arg, command, flag
from dmdesk.cli.fitting import fitting
from dmdesk.cli.opening import looked_at
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData


@command("info", FILE, JSON)
def info(file: Path, json: bool) -> None:
    """Count what a plan holds. JSON is one object that gives the number of rows for each kind."""
    with looked_at(file) as data:
        if json:
            output.as_json(data.counts())
            return
        document: Any = data.plan()
        if document:
            facts = [f"version {document.version}" if document.version else "", document.state]
            output.say(f"{document.handle} {document.title} ({', '.join(filter(None, facts))})\n")
        counts = data.counts()
        output.table([[kinds()[name].plural, f"{count:,}"] for name, count in counts.items()], numbers=(1,))
        from dmdesk.cli.breakdown import breakdown

        for line in breakdown(data):
            output.say(line)


@command(
    "list",
    FILE,
    KIND,
    arg("filter", "Only rows that fit, such as “manager:Swinbank no:repository”.", nargs="?", default=""),
    JSON,
    flag("--csv", "Print CSV, with the fields' names in the first line."),
)
def list_(file: Path, kind: str, filter: str, json: bool, csv: bool) -> None:
    """List the rows of a kind in the plan's order, links by title. The table cuts long cells; JSON and CSV do not."""
    which = kind_named(kind)
    if json and csv:
        raise PlanError("A list is printed as JSON or as CSV; choose one of them.")
    with looked_at(file) as data:
        rows = fitting(file, data, which, filter)
        if json:
            output.as_json([_as_data(data, which, row) for row in rows])
        elif csv:
            texts = (
                [wording.shown(data, field, value) for field, value in _values(which, row)] for row in rows
            )
            output.as_csv([field.name for field in which.fields], texts)
        else:
            _list_table(data, which, rows)
            if filter.strip():
                output.say(f"{len(rows):,} of {len(data.rows(which.name)):,} {which.plural} fit.")


def _as_data(data: PlanData, kind: Kind, row: Entity) -> dict[str, Any]:
    return {field.name: wording.plain(data, field, value) for field, value in _values(kind, row)}


def _values(kind: Kind, row: Entity) -> list[tuple[Field, Any]]:
    return list(zip(kind.fields, kind.values(row)[1:], strict=True))


def _list_table(data: PlanData, kind: Kind, rows: list[Entity]) -> None:
    """The columns that hold anything; rows of a tree have their title moved in below those they are part of."""
    fields = [
        field for field in kind.fields if any(getattr(row, field.name) != field.type.empty for row in rows)
    ]
    depth = {row.id: level for level, row in trees.walk(data.children(kind.name))} if kind.parent else {}
    cells = [
        [
            (f"{'  ' * depth.get(row.id, 0)}" if field.name == kind.title else "")
            + output.cell(wording.shown(data, field, getattr(row, field.name)).replace("\n", "; "))
            for field in fields
        ]
        for row in rows
    ]
    output.table(cells, headers=[field.label for field in fields])
    if not data.rows(kind.name):
        output.say(f"There are no {kind.plural} in this plan.")


@command("kinds", arg("kind", "Only this kind.", nargs="?", default=""))
def kinds_(kind: str) -> None:
    """List the kinds of which a plan is made, each with its fields, their types and what they are for."""
    for one in [kind_named(kind)] if kind else kinds():
        output.say(f"{one.name}: {one.plural}. {one.help}")
        output.table([f"  {field.name}", _type_in_words(field), field.help] for field in one.fields)
        output.say()


def _type_in_words(field: Field) -> str:
    from dmdesk import types as t

    words = field.type.name
    if isinstance(field.type, t.Choice_):
        words = " | ".join(field.type.options)
    elif field.target:
        words = f"{'links' if isinstance(field.type, t.ToMany_) else 'link'} to {field.target}"
    return f"{words}, required" if field.required else words

"""Commands that change a plan: each makes one named step, which undo takes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dmdesk import changes as c
from dmdesk import places, trees
from dmdesk.checks.naming import a_kind, in_words
from dmdesk.cli import output, wording
from dmdesk.cli.asking import kind_named, row_named, sentence, values_named
from dmdesk.cli.command import KEY, KIND, PLAN, RFC, VALUES, WHY, command, flag
from dmdesk.cli.comparing import print_changes
from dmdesk.cli.opening import looked_at, opened
from dmdesk.errors import PlanError
from dmdesk.kinds import Kind
from dmdesk.naming import renamed
from dmdesk.reading import PlanData


@command("set", PLAN, KIND, KEY, VALUES, WHY, RFC)
def set_(file: Path, kind: str, key: str, values: list[str], why: str, rfc: str) -> None:
    """Set fields of a row. FIELD= empties a field. A key or name that changes stays known as another name."""
    which = kind_named(kind)
    with opened(file, rfc) as plan:
        row = row_named(plan.data, which, key)
        given = values_named(plan.data, which, values)
        new = renamed(row, given)
        _refuse_twice(plan.data, which, {**_fields(which, row), **new}, row.id)
        change = c.put(row, new)
        labels = ", ".join(which[name].label for name in change.fields if name in given)
        before = plan.data.copy()
        step = plan.step(f"Set {labels} of {wording.name_of(before, row)}", [change], why)
        print_changes([change] if step else [], before, plan.data)


@command("add", PLAN, KIND, VALUES, WHY, RFC)
def add(file: Path, kind: str, values: list[str], why: str, rfc: str) -> None:
    """Add a row; where rows are in an order of their own, it becomes the last beside its siblings. A risk without a key
    gets the next free id of the plan's pattern.
    """
    which = kind_named(kind)
    with opened(file, rfc) as plan:
        new = places.begun(plan.data, which, values_named(plan.data, which, values))
        lacking = [field.name for field in which.fields if field.required and not new.get(field.name)]
        if lacking:
            raise PlanError(
                f"{sentence(a_kind(which.name))} needs {' and '.join(lacking)}, given as FIELD=VALUE."
            )
        _refuse_twice(plan.data, which, new)
        row = which.make({**_last(plan.data, which, new), **new})
        before = plan.data.copy()
        plan.step(f"Add {in_words(which.name)} {plan.data.title(row)}", [c.add(row)], why)
        print_changes([c.add(row)], before, plan.data)


@command("drop", PLAN, KIND, KEY, flag("--dry-run", "Say what would go along, and change nothing."), WHY, RFC)
def drop(file: Path, kind: str, key: str, dry_run: bool, why: str, rfc: str) -> None:
    """Remove a row with the rows that are part of it; links to any of them are emptied."""
    which = kind_named(kind)
    if dry_run:
        with looked_at(file) as data:
            _drop(data, which, key)
        output.say("Nothing was changed; this was a dry run.")
        return
    with opened(file, rfc) as plan:
        before = plan.data.copy()
        title, changes = _drop(before, which, key)
        plan.step(title, changes, why)


def _drop(data: PlanData, kind: Kind, key: str) -> tuple[str, list[c.Change]]:
    from dmdesk.plan import preview

    row = row_named(data, kind, key)
    changes = c.drop_all(data, [row])
    print_changes(changes, data, preview(data, changes))
    return f"Remove {in_words(kind.name)} {wording.name_of(data, row)}", changes


def _fields(kind: Kind, row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in kind.fields}


def _refuse_twice(data: PlanData, kind: Kind, values: dict[str, Any], own: str = "") -> None:
    """Refuse a key, or a joining, that another row has already."""
    wanted = [values.get(name, kind[name].type.empty) for name in kind.identity]
    if kind.single and not own and data.rows(kind.name):
        raise PlanError(
            f"There is one {in_words(kind.name)} in a plan, and it is there already; use “dmdesk set”."
        )
    for row in data.rows(kind.name).values():
        if row.id != own and any(wanted) and [getattr(row, name) for name in kind.identity] == wanted:
            raise PlanError(f"There is {a_kind(kind.name)} “{data.key(row)}” already; nothing was changed.")


def _last(data: PlanData, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """The rank behind those of the siblings, for kinds that are ranked."""
    if not kind.order or kind[kind.order].type.name != "rank":
        return {}
    above = values.get(kind.parent, "") if kind.parent else ""
    siblings = data.children(kind.name).get(above, []) if kind.parent else data.in_order(kind.name)
    ranks = [getattr(row, kind.order) for row in siblings]
    return {kind.order: trees.rank_between(max(ranks, default=""), "")}

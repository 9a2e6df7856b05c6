"""Checks of the work breakdown structure: codes that show their place, and somebody who leads the work."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk import trees
from dmdesk.checks.finding import ERROR, WARNING, Finding, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.perrow import each, per_row
from dmdesk.kinds import Entity
from dmdesk.model import WbsElement
from dmdesk.reading import PlanData


@check("wbs.misplaced", WARNING, kinds=of("wbs", "key", "parent"))
def misplaced(data: PlanData) -> Iterator[Finding]:
    """A WBS element that stands elsewhere than its code says; a code begins with that of the element above."""
    codes = data.by_key("wbs")
    rows = data.all(WbsElement)
    for row in rows.values():
        above, _, _ = row.key.rpartition(".")
        home = trees.finest(codes, above) if above else ""
        held = rows.get(row.parent)
        if not home or home == row.parent or (row.parent and not held):
            continue
        where = f"part of {held.key}" if held else "at the top"
        if held and row.key.startswith(f"{held.key}.") and home != held.id:
            where = f"part of {held.key}, though there is {data.key(rows[home])}"
        words = f"By its code this element belongs below {data.key(rows[home])}, but it is {where}."
        inside = home == row.id or any(one.id == row.id for one in trees.ancestors(rows, home))
        fixes = [] if inside else [setting(row, f"Move it below {data.key(rows[home])}", "move", parent=home)]
        yield misplaced.at(row, "parent", words, fixes)


@check("wbs.code", ERROR, kinds=of("wbs", "key", "parent"))
def strange_code(data: PlanData) -> Iterator[Finding]:
    """A WBS element whose code is not written as one: parts of digits and letters with points between them."""

    def find(row: Entity) -> Iterator[Finding]:
        key: str = row.key  # type: ignore[attr-defined]
        if key and not trees.looks_like_code(key) and (row.parent or "." in key):  # type: ignore[attr-defined]
            yield strange_code.at(row, "key", f"“{key}” is not written like a WBS code, such as 1.02C.03.")

    yield from per_row(data, "strange codes", "wbs", ("key", "parent"), each(find))


@check("wbs.no-lead", WARNING, kinds=of("wbs", "key", "parent", "institutions"))
def no_lead(data: PlanData) -> Iterator[Finding]:
    """A WBS element without a lead institution, even by inheritance; one whose parts all have one needs none itself."""
    children, rows = data.children_ids("wbs"), data.all(WbsElement)
    if not any(row.institutions for row in rows.values()):
        return
    lacking: dict[str, int] = {}
    for id in reversed(data.places("wbs")):
        below = children.get(id, ())
        lacking[id] = 0 if rows[id].institutions else sum(lacking[one] for one in below) if below else 1
    todo = list(reversed(children.get("", ())))
    while todo:
        id = todo.pop()
        below = children.get(id, ())
        if not lacking[id]:
            continue
        if below and not all(lacking[one] for one in below):
            todo += reversed(below)
            continue
        rest = (
            f", nor have the {len(below)} below it"
            if len(below) > 1
            else ", nor has the one below it"
            if below
            else ""
        )
        yield no_lead.at(rows[id], "institutions", f"No institution leads this element{rest}.")

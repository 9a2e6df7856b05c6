"""About a row: where it stands, what it is linked with and what happened to it, as words and lines to show."""

from __future__ import annotations

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.reading import PlanData
from ui import words
from ui.models.cells import full_name
from ui.models.derived import icon_name
from ui.views.lines import HEADING, ROW, Line


def breadcrumb(data: PlanData, row: Entity) -> str:
    """Key and path: “HEADER · Level 1 System › L1 OCS Components”."""
    kind = kind_of(row)
    key = trees.section_numbers(data).get(row.id, "") if kind.name == "section" else data.key(row)
    path = ""
    if kind.parent:
        above = trees.ancestors(data.rows(kind.name), row.id, kind.parent)
        path = " › ".join(words.short(data.title(up), 40) for up in reversed(list(above)))
    start = key if kind.key and key != data.title(row) else ""
    return " · ".join(part for part in (start, path or kind.label) if part)


def links(data: PlanData, row: Entity) -> list[Line]:
    """What the row links to and what links to it, grouped, each a click away."""
    kind = kind_of(row)
    found: list[Line] = []
    for field in kind.links:
        value = getattr(row, field.name)
        group = [
            _line(data, field.target, link)
            for link in (value if isinstance(value, tuple) else (value,))
            if link
        ]
        if group:
            found += [Line(HEADING, field.label), *group]
    groups: dict[str, list[Line]] = {}
    for source, name in data.incoming(row.id):
        own = kind_of(source)
        groups.setdefault(_incoming(own, own[name]), []).append(_row(data, own.name, source))
    for heading, group in groups.items():
        found += [Line(HEADING, heading), *group]
    return found


def _incoming(kind: Kind, field: Field) -> str:
    if field.name == kind.parent:
        return f"{kind.plural} below it"
    return f"{kind.plural} · {field.label}"


def _line(data: PlanData, kind: str, link: str) -> Line:
    row = data.get(kind, link)
    if row is None:
        return Line(ROW, t.unresolved(link) or link, "warning", "not in the plan")
    return _row(data, kind, row)


def _row(data: PlanData, kind: str, row: Entity) -> Line:
    return Line(ROW, full_name(data, row), icon_name(row, kind), "", kind, row.id)


def count(lines: list[Line]) -> int:
    """How many links the lines show."""
    return sum(line.style == ROW for line in lines)


def parts(kind: Kind) -> list[tuple[Kind, Field]]:
    """The kinds whose rows are part of rows of this kind, with the field that says so."""
    return [
        (other, field)
        for other in kinds()
        for field in other.links
        if field.part and field.target == kind.name
    ]

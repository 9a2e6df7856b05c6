"""The clipboard: selected cells as text and as a table in HTML, for spreadsheets and for ourselves.

What is copied reads as the screen does, and comes back as the same values when it is pasted.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from dmdesk import trees
from dmdesk import types as t
from dmdesk.exchange.cells import to_html, to_text
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData
from ui.context import Cells
from ui.models import cells, derived

COLUMNS = "application/x-dmdesk-columns"
"""The kind and the columns of whole rows that were copied here."""


def copy(data: PlanData, at: Cells) -> int:
    """Put cells on the clipboard; how many there are."""
    kind = kinds()[at.kind]
    rows = [row for id in at.ids if (row := data.get(at.kind, id)) is not None]
    texts = [[words(data, kind, row, column) for column in at.columns] for row in rows]
    held = QMimeData()
    held.setText(to_text(texts))
    held.setHtml(to_html(texts))
    if not at.only:
        held.setData(COLUMNS, "\n".join((at.kind, *at.columns)).encode())
    QGuiApplication.clipboard().setMimeData(held)
    return len(rows) * len(at.columns)


def taken() -> tuple[str, str, tuple[str, ...]]:
    """Text and HTML on the clipboard, and the kind and columns of whole rows that were copied here."""
    held = QGuiApplication.clipboard().mimeData()
    own = bytes(held.data(COLUMNS).data()).decode(errors="replace") if held.hasFormat(COLUMNS) else ""
    return held.text(), held.html() if held.hasHtml() else "", tuple(own.split("\n")) if own else ()


def words(data: PlanData, kind: Kind, row: Entity, column: str) -> str:
    """What a cell says in full: dates as 2017-06-30, links by the names they are shown with, inherited values too."""
    if column not in kind:
        found = derived.derived(kind.name).get(column)
        return found.words(data, row) if found else ""
    field = kind[column]
    value = getattr(row, column)
    if field.inherits and not value:
        value = trees.inherited(data, row, column)[0]
    return value_words(data, field, value)


def value_words(data: PlanData, field: Field, value: Any) -> str:
    """A value in words that can be read as the same value."""
    if not field.target:
        return field.type.show(value)
    links = value if isinstance(value, tuple) else (value,) if value else ()
    return "; ".join(link_name(data, field, link) for link in links)


def link_name(data: PlanData, field: Field, link: str) -> str:
    """The name a linked row is shown with, or its key where that name would not lead back to it."""
    from dmdesk.checks.naming import named

    row = data.get(field.target, link)
    if row is None:
        return t.unresolved(link) or link
    name = cells.link_words(data, field.target)(row)
    other = data.key(row)
    return name if ";" not in name and named(data, field.target, name) is row else other or name

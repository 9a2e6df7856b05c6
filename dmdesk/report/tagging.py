"""Tagging: what each part of the print is to a screen reader, and which parts make one list, table or paragraph.

A part says so itself with ``role``; where it says nothing its class and looks tell. What was parted over two pages is
one element, since both halves have the same ``origin``; rows of one table and items of one list that follow each other
are put together here, so chapters need not know of tags.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from dmdesk.report.parts import ARTIFACT, Heading, Part, Row, Rule, Text

if TYPE_CHECKING:
    from dmdesk.typeset.pen import Pen
    from dmdesk.typeset.tags import Element

GROUPS = {"TOCI": "TOC"}
"""What stands around parts of some roles that follow each other."""
SAME = 1.0
"""Points by which the indents of one list may differ."""


def role(part: Part) -> str:
    """What a part is: as it says, or as its class and looks tell; "" for a part that tags itself, or nothing."""
    if part.role:
        return part.role
    if isinstance(part, Heading):
        return "H"
    if isinstance(part, Row):
        return "TR"
    if isinstance(part, Text):
        if part.marker:
            return "LI"
        return "Code" if part.style.look.face == "code" else "P"
    return ARTIFACT if isinstance(part, Rule) else ""


class Tagger:
    """Goes along with the parts of a document in the order in which they are drawn."""

    def __init__(self, pen: Pen) -> None:
        self._tags = pen.tags
        self._origin: object = None
        self._element: Element | None = None
        self._own: Element | None = None
        self._table: object = None
        self._rows = pen.tags.root
        self._begun = False
        self._cells: list[Element] = []
        self._group: tuple[str, Element] | None = None
        self._lists: list[tuple[float, bool, Element, Element]] = []
        self._notes: dict[object, Element] = {}

    def part(self, part: Part) -> AbstractContextManager[object]:
        """What is drawn now, within this, is a part."""
        if part.origin in self._notes:
            return self._tags.inside(self._notes[part.origin])
        what = role(part)
        if what == ARTIFACT or (isinstance(part, Row) and part.repeated and self._told(part)):
            return self._tags.artifact()
        if part.origin is not self._origin:
            self._begin(part, what)
        inside = self._element or self._own
        return self._tags.inside(inside) if inside else nullcontext()

    def _told(self, head: Row) -> bool:
        """Whether the rows of a table have begun, so that its head is said again for the eye only."""
        return head.table is self._table and self._begun

    def _begin(self, part: Part, what: str) -> None:
        """End what was open and does not go on, and begin the element of a new part."""
        self._shut()
        self._origin = part.origin
        within = self._within(part, what)
        kind = {"H": "", "LI": "P"}.get(what, what)
        if isinstance(part, Heading) and not kind:
            kind = self._tags.heading(part.level)
        self._own = within if part.own else None
        if kind and not part.own:
            self._element = self._tags.open(kind, within=within)
        if isinstance(part, Row):
            self._cells, self._begun = part.elements, not part.repeated
        for note in part.notes:
            made = self._tags.open("Note", within=self._element)
            made.extra += self._tags.named(made)
            self._notes[note.origin] = made

    def _within(self, part: Part, what: str) -> Element | None:
        """The table, list or contents that a part stands in; None for none."""
        group = GROUPS.get(what, "")
        if self._group and self._group[0] != group:
            self._tags.shut(self._group[1])
            self._group = None
        if self._table is not None and part.table is not self._table:
            self._tags.shut(self._rows)
            self._table = None
        if isinstance(part, Row):
            self._end_lists(-1)
            if self._table is None:
                self._rows = self._tags.open("Table")
                self._table = part.table
            return self._rows
        if group:
            self._end_lists(-1)
            self._group = self._group or (group, self._tags.open(group))
            return self._group[1]
        if isinstance(part, Text):
            return self._item(part, what)
        self._end_lists(-1)
        return None

    def _item(self, part: Text, what: str) -> Element | None:
        """The body of the list item that a text belongs to: its own, or the one above that it goes on."""
        if what != "LI":
            going_on = part.indent > 0 and not isinstance(part, Heading)
            self._end_lists(part.indent if going_on else -1)
            return self._lists[-1][3] if self._lists else None
        assert part.marker
        numbered = any(char.isdigit() for char in part.marker.text)
        self._end_lists(part.indent)
        if self._lists and abs(self._lists[-1][0] - part.indent) < SAME:
            _, was, whole, body = self._lists.pop()
            self._tags.shut(body)
            if was is not numbered:
                self._tags.shut(whole)
                whole = self._list(numbered)
        else:
            whole = self._list(numbered)
        item = self._tags.open("LI", within=whole)
        part.label = self._tags.open("Lbl", within=item, once=True)
        body = self._tags.open("LBody", within=item)
        self._tags.shut(item)
        self._lists.append((part.indent, numbered, whole, body))
        return body

    def _list(self, numbered: bool) -> Element:
        kind = b"/A<</O/List/ListNumbering/%s>>" % (b"Decimal" if numbered else b"Disc")
        return self._tags.open("L", kind, self._lists[-1][3] if self._lists else None)

    def _end_lists(self, indent: float) -> None:
        """End the lists that are indented more than a text that follows; all for -1."""
        while self._lists and self._lists[-1][0] > indent + SAME:
            _, _, whole, body = self._lists.pop()
            self._tags.shut(body)
            self._tags.shut(whole)

    def _shut(self) -> None:
        for one in (*self._cells, *([self._element] if self._element else ())):
            self._tags.shut(one)
        self._element, self._cells = None, []

    def finish(self) -> None:
        """End all that is open."""
        self._shut()
        self._end_lists(-1)
        for one in (*self._notes.values(), *([self._group[1]] if self._group else ())):
            self._tags.shut(one)
        if self._table is not None:
            self._tags.shut(self._rows)

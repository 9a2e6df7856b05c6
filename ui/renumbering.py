"""Renumbering on the screen: a new code for a WBS element, and every code and mention that will follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton

from dmdesk import changes as c
from dmdesk import places, renumber
from dmdesk.kinds import Entity, kind_of
from dmdesk.renumber import Reference, Renumbering
from ui.changelist import Item
from ui.changesheet import opened
from ui.context import Context
from ui.models import moves
from ui.preview import FollowingSheet, Outcome
from ui.theme import theme
from ui.views.summaries import counted

AROUND = 26
"""Letters shown before and behind a code in a text."""


class RenumberSheet(FollowingSheet):
    """Asks for the new code of an element; with ``parent``, where it was dropped, a move alone is offered too."""

    def __init__(self, ctx: Context, element: Entity, parent: Entity | None = None) -> None:
        self.element, self.parent_element = element, parent
        data = ctx.data
        name = " ".join(part for part in (data.key(element), data.title(element)) if part)
        title = f"Move {moves.short(name)}" if parent is not None else f"Renumber {moves.short(name)}"
        words = (
            f"Below {data.key(parent)} {data.title(parent)}: the code can follow, and with it all that names it."
            if parent is not None
            else "What lies below it, and all that names it in fields and texts, follows in one step."
        )
        yes = "Move and renumber" if parent is not None else "Renumber"
        super().__init__(ctx, title, words, yes)
        self.code = QLineEdit(proposed(ctx, element, parent))
        self.code.setFont(theme().font("mono"))
        self.code.setAccessibleName("New code")
        self.code.setPlaceholderText("New code, such as 1.02C.08.05")
        self.code.textChanged.connect(self.follow)
        self.column.insertWidget(2, self.code)
        for column, steps in enumerate((52, 24, 62)):
            self.table.setColumnWidth(column, theme().space(steps))
        if parent is not None:
            self._offer_move()
        self.code.selectAll()
        self.code.setFocus()
        self.renew()

    def _offer_move(self) -> None:
        alone = QPushButton("Move only")
        alone.setToolTip("Put it there and leave its code as it is")
        alone.clicked.connect(self.move_only)
        buttons = self.findChild(QDialogButtonBox)
        assert buttons is not None, "every sheet has its buttons"
        buttons.addButton(alone, QDialogButtonBox.ButtonRole.ActionRole)

    def outcome(self) -> Outcome | None:
        data, code = self.ctx.data, self.code.text().strip()
        if not code or (code == data.key(self.element) and self.parent_element is None):
            return None
        done = renumber.moved(data, self.element, code, self.parent_element)
        codes = counted(len(done.codes), "code changes", "codes change")
        number = len(done.references)
        follow = counted(number, "mention follows", "mentions follow") if number else "nothing else names it"
        old = data.key(self.element) or moves.short(data.title(self.element))
        return Outcome(
            f"Renumber {old} to {code}", done.changes, list(shown(self.ctx, done)), f"{codes}, {follow}."
        )

    def move_only(self) -> None:
        """Put the element below the other one and leave its code."""
        self.reject()
        if self.parent_element is not None:
            where = moves.short(self.ctx.data.title(self.parent_element))
            self.ctx.step(
                f"Move {moves.short(self.ctx.data.title(self.element))} below {where}",
                [c.put(self.element, {"parent": self.parent_element.id})],
            )


def proposed(ctx: Context, element: Entity, parent: Entity | None) -> str:
    """The code to begin with: its own, or the next free one below another element."""
    data = ctx.data
    if parent is None:
        return data.key(element)
    beside = [row for row in data.children("wbs").get(parent.id, ()) if row.id != element.id]
    like = data.key(beside[-1]) if beside else f"{data.key(parent)}.00"
    return places.next_key(data.by_key("wbs"), like)


def shown(ctx: Context, done: Renumbering) -> Iterator[Item]:
    """Each code before and after, the new place, and each mention with the words around it."""
    data, new = ctx.data, dict(done.codes)
    for change in done.changes:
        row = data.get(change.kind, change.id)
        if row is None or change.kind != "wbs":
            continue
        if "key" in change.fields:
            old = data.key(row)
            yield Item(data.title(row), "Code", old, new.get(old, str(change.fields["key"][1])))
        if "parent" in change.fields:
            places_ = (data.get("wbs", id) for id in change.fields["parent"])
            old, now = (f"{data.key(place)} {data.title(place)}" if place else "—" for place in places_)
            yield Item(data.title(row), "Below", old, now)
    for row, field, before, after in mentions(done.references):
        yield Item(data.title(row), kind_of(row)[field].label, before, after)


def mentions(references: Sequence[Reference]) -> Iterator[tuple[Entity, str, str, str]]:
    """(row, field, words before, words after) of each mention, in the order in which they stand in their fields."""
    at: dict[tuple[str, str], int] = {}
    for row, field, old, new in references:
        value = getattr(row, field)
        text = "\n".join(value) if isinstance(value, tuple) else str(value)
        start = text.find(old, at.get((row.id, field), 0))
        at[row.id, field] = start + len(old)
        head, tail = text[max(start - AROUND, 0) : start], text[start + len(old) : start + len(old) + AROUND]
        head = ("…" if start > AROUND else "") + head.lstrip("?")
        tail += "…" if start + len(old) + AROUND < len(text) else ""
        yield row, field, f"{head}{old}{tail}", f"{head}{new}{tail}"


def ask(ctx: Context, element: Entity, parent: Entity | None = None) -> RenumberSheet:
    """Open the sheet for an element."""
    sheet = RenumberSheet(ctx, element, parent)
    opened(sheet)
    return sheet


def dropped(ctx: Context, ids: Sequence[str], parent: str) -> bool:
    """Ask for the new code of an element that was dropped onto another; False where a move alone is meant."""
    element, above = (ctx.data.get("wbs", id) for id in ((ids or [""])[0], parent))
    if len(ids) != 1 or element is None or above is None or not ctx.data.key(above):
        return False
    if getattr(element, "parent", "") == above.id:
        return False
    ask(ctx, element, above)
    return True

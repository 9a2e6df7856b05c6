"""Go to anything: one field that finds every action, page and row by any word of its names.

The folded names are prepared kind by kind and kept until rows of that kind change, so that typing stays
instant with tens of thousands of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdesk.kinds import Kind, kinds
from dmdesk.reading import PlanData
from ui.actions import Action, actions, perform
from ui.context import Context
from ui.labels import plain
from ui.navigation import icon_of, places
from ui.theme import icon, theme

Index = QModelIndex | QPersistentModelIndex
SHOWN = 60
LINES = 11


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to go to: its folded names, each begun and ended by a newline, and what people see.

    ``target`` is an Action's name for ``kind`` "action", otherwise a row's id, "" for the page itself.
    """

    names: str
    title: str
    detail: str
    kind: str
    target: str


def of_kind(data: PlanData, kind: Kind) -> list[Entry]:
    """The entries of a kind's rows, kept until a row of any kind that gives them their names changes."""
    behind = (kind.name, *(kind[name].target for name in kind.identity if kind[name].target))
    return data.memo(
        f"palette {kind.name}", behind, lambda: [_of_row(data, kind, row) for row in data.in_order(kind.name)]
    )


def _of_row(data: PlanData, kind: Kind, row: Any) -> Entry:
    title, key = data.title(row), data.key(row) if kind.key else ""
    names = [title, key, *getattr(row, "aka", ())]
    return Entry("\n" + "\n".join(names).casefold() + "\n", title, key, kind.name, row.id)


def of_actions(ctx: Context) -> list[Entry]:
    """The entries of what can be done now, and of all pages."""
    found = [
        Entry(f"\n{place.label.casefold()}\n", place.label, "", place.name, "")
        for place in places()
        if ctx.plan
    ]
    for act in actions():
        if act.when(ctx) and act.name != "view.palette":
            text = act.text(ctx).rstrip("…").replace("&", "")
            found.append(
                Entry(f"\n{text.casefold()}\n{act.label.casefold()}\n", text, _key(act), "action", act.name)
            )
    return found


def _key(act: Action) -> str:
    return (
        QKeySequence(act.key.split("; ")[0]).toString(QKeySequence.SequenceFormat.NativeText)
        if act.key
        else ""
    )


NEVER = 5


def rank(entry: Entry, words: list[str]) -> int:
    """How well an entry fits.

    0 a whole name, 1 the begin of a name, 2 the begin of a name and begins of words, 3 begins of words,
    4 within words, NEVER not at all.
    """
    names = entry.names
    for word in words:
        if word not in names:
            return NEVER
    typed = " ".join(words)
    if f"\n{typed}" in names:
        return 0 if f"\n{typed}\n" in names else 1
    begins = [f"\n{word}" in names for word in words]
    if all(begin or _begins_word(names, word) for begin, word in zip(begins, words, strict=True)):
        return 2 if begins[0] else 3
    return 4


def _begins_word(names: str, word: str) -> bool:
    return any(mark + word in names for mark in " -./_(")


def best(entries: Iterable[Entry], typed: str) -> tuple[list[Entry], list[Entry]]:
    """(the best fitting entries in order, all that fit); more typing looks only at the latter."""
    words = typed.casefold().split()
    ranked: list[list[Entry]] = [[] for _ in range(NEVER)]
    every = []
    for entry in entries:
        at = rank(entry, words)
        if at < NEVER:
            ranked[at].append(entry)
            every.append(entry)
    first = [entry for group in ranked for entry in group][: SHOWN * 5]
    place = {id(entry): at for at, group in enumerate(ranked) for entry in group}
    first.sort(key=lambda entry: (place[id(entry)], len(entry.title) if place[id(entry)] < 4 else 0))
    return first[:SHOWN], every


class Found(QAbstractListModel):
    """What fits the words typed so far."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.rows: list[Entry] = []
        self._typed = ""
        self._fitting: list[Entry] = []
        self._icons: dict[str, QIcon] = {}

    def start(self) -> None:
        """Read what there is, and show the pages and actions."""
        self._typed, self._fitting = "", []
        self._common = of_actions(self._ctx)
        self._show(self._common[:SHOWN])

    def everything(self) -> Iterator[Entry]:
        """All entries: pages and actions first, then rows kind by kind."""
        yield from self._common
        if self._ctx.plan:
            for kind in kinds():
                yield from of_kind(self._ctx.data, kind)

    def look(self, typed: str) -> None:
        """Show what fits the words."""
        typed = " ".join(typed.split())
        if not typed:
            self.start()
            return
        narrower = (
            bool(self._typed) and typed.startswith(self._typed) and " " not in typed[len(self._typed) :]
        )
        found, self._fitting = best(self._fitting if narrower else self.everything(), typed)
        self._typed = typed
        self._show(found)

    def _show(self, rows: list[Entry]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {what(entry)} {entry.detail}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(entry)
        return None

    def _icon(self, entry: Entry) -> QIcon:
        name = (actions()[entry.target].icon or "command") if entry.kind == "action" else icon_of(entry.kind)
        if name not in self._icons:
            self._icons[name] = icon(name, "text.muted")
        return self._icons[name]


def what(entry: Entry) -> str:
    """What an entry is, in a word or two."""
    if entry.kind == "action":
        return "Action"
    return kinds()[entry.kind].label if entry.target else "Page"


class _Painter(QStyledItemDelegate):
    """Icon, title, key and kind."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme().space(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, entry = theme(), index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect.adjusted(look.space(1), 0, -look.space(1), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.selected"))
            painter.drawRoundedRect(rect, look.space(1.5), look.space(1.5))
        side = look.icon_size
        picture: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        picture.paint(
            painter, QRect(rect.left() + look.space(2.5), rect.center().y() - side // 2 + 1, side, side)
        )
        inner = rect.adjusted(look.space(5) + side, 0, -look.space(3), 0)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        aside = what(entry) if entry.kind != "action" or not entry.detail else entry.detail
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, aside)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(aside) - look.space(4)
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle, title)
        if entry.kind != "action" and entry.detail:
            used = metrics.horizontalAdvance(title) + look.space(2.5)
            painter.setFont(look.font("mono"))
            painter.setPen(look.color("text.muted"))
            key = painter.fontMetrics().elidedText(
                entry.detail, Qt.TextElideMode.ElideRight, max(room - used, 0)
            )
            painter.drawText(inner.adjusted(used, 0, 0, 0), middle, key)
        painter.restore()


class Palette(QFrame):
    """A field and what fits, laid over the window and used with the keyboard alone."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("Palette")
        self.setAutoFillBackground(True)
        self._ctx = ctx
        self._over = window
        self._before: QWidget | None = None
        self.model = Found(ctx, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Go to a page, row or action…")
        self.field.setAccessibleName("Go to anything")
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("What fits")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = plain("Nothing has such a name.", "muted")
        self.nothing.setContentsMargins(*[theme().space(4)] * 4)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.field, self.nothing, self.view):
            column.addWidget(part)
        column.addStretch(1)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.view.clicked.connect(self._take)
        self.hide()

    def open_at(self, below: QWidget) -> None:
        """Show the palette over a widget of the top bar, wide enough to read titles."""
        self._before = QApplication.focusWidget()
        look, window = theme(), self._over
        wide = min(max(below.width() + look.space(24), look.space(150)), window.width() - look.space(8))
        at = below.mapTo(window, QPoint(below.width() // 2 - wide // 2, 0))
        self.setGeometry(max(at.x(), look.space(4)), at.y(), wide, self.height())
        self.model.start()
        self.field.clear()
        self._first()
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_up(self) -> None:
        """Hide the palette and put the cursor where it was."""
        self.hide()
        with suppress(RuntimeError):
            if self._before is not None and self._before.isVisible():
                self._before.setFocus()
        self._before = None

    def _typed(self, text: str) -> None:
        self.model.look(text)
        self._first()

    def _first(self) -> None:
        number, look = len(self.model.rows), theme()
        room = self._over.height() - self.y() - look.space(24)
        rows = min(number, LINES, max(room // look.space(8), 3))
        self.view.setVisible(bool(number))
        self.view.setFixedHeight(rows * look.space(8) + look.space(2))
        self.nothing.setVisible(not number)
        self.resize(self.width(), self._column.sizeHint().height())
        if number:
            self.view.setCurrentIndex(self.model.index(0))
            self.view.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.close_up()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.view.currentIndex())
                return True
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if key in steps and self.model.rows:
                last = len(self.model.rows) - 1
                row = min(max(self.view.currentIndex().row() + steps[Qt.Key(key)], 0), last)
                self.view.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def _take(self, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if entry is None:
            return
        self.close_up()
        if entry.kind == "action":
            perform(actions()[entry.target], self._ctx)
        else:
            self._ctx.show(entry.kind, entry.target)

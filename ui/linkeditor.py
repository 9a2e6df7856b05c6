"""The editor of links: chips for rows, a line to type in, and a list of what it could mean."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from dmdesk import types as t
from dmdesk.kinds import Entity, Field, kinds
from ui import linkwords, newrows
from ui.chips import Chip, Flow
from ui.context import Context
from ui.editors import Editor
from ui.models.cells import full_name, known_as
from ui.theme import theme


class _Line(QLineEdit):
    """A line without a frame of its own, narrow until typed into."""

    def sizeHint(self) -> QSize:
        look = theme()
        words = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText())
        return QSize(min(words + look.space(3), look.space(50)), look.space(5))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(3), theme().space(5))


class LinkEditor(Editor):
    """Links to rows of one kind, one or several."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self.links: list[str] = []
        self._chips: list[Chip] = []
        self._many = isinstance(field.type, t.ToMany_)
        self._read_only = False
        self._hint = ""
        self._frame = QWidget(self)
        self._flow = Flow(self._frame)
        edge = theme().space(1)
        self._flow.setContentsMargins(edge, edge, edge, edge)
        self.line = _Line(self._frame)
        self.line.setProperty("bare", True)
        self.line.setFrame(False)
        self.line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0 2px; }")
        self._flow.addWidget(self.line)
        self._box.addWidget(self._frame)
        self.setObjectName("LinkEditor")
        self.take(self.line)
        self._completer: QCompleter | None = None
        self._new: dict[str, Entity] = {}
        self._makes = newrows.can_make(kinds()[field.target])
        self.line.textEdited.connect(self._offer_new)

    # -- value

    def put(self, value: Any, hint: str) -> None:
        self._hint = hint
        self.links = list(value) if self._many else [value] if value else []
        self.line.clear()
        self._show()

    def shows(self, value: Any, hint: str) -> bool:
        """Links look different after their rows were renamed."""
        words = [self._words(link) for link in self.links]
        return (
            not self.line.text()
            and super().shows(value, hint)
            and words == [chip.words for chip in self._chips]
        )

    def value(self) -> Any:
        typed = linkwords.read(self.ctx.data, self.field, self.line.text())
        links = (
            tuple(dict.fromkeys((*self.links, *typed))) if self._many else (typed or tuple(self.links))[:1]
        )
        return self.field.type.clean(links if self._many else (links[0] if links else ""))

    def _show(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for at, link in enumerate(self.links):
            words = self._words(link)
            chip = Chip(words, bool(t.unresolved(link)), self._frame, not self._read_only)
            row = self.ctx.data.get(self.field.target, link)
            if row is not None:
                chip.setToolTip(f"<p>{html.escape(known_as(self.ctx.data, row))}</p>")
            chip.clicked.connect(lambda _=False, link=link: self._open(link))
            chip.removed.connect(lambda link=link: self.remove(link))
            chip.moved.connect(lambda way, at=at: self._go(at + way))
            chip.installEventFilter(self)
            self._flow.insert(at, chip)
            self._chips.append(chip)
            chip.show()
        self.line.setPlaceholderText("" if self.links else self._hint)
        self.line.setVisible(not self._read_only or not self.links)
        self._flow.invalidate()
        self.updateGeometry()
        if self.in_table and self.isVisible():
            self.resize(self.width(), max(self.height(), self._flow.heightForWidth(self.width())))

    def _words(self, link: str) -> str:
        """What a link is called, also when its row is added only with the step that links to it."""
        row = self._new.get(link)
        return (
            full_name(self.ctx.data, row)
            if row is not None
            else linkwords.words_of(self.ctx.data, self.field, link)
        )

    def make(self, text: str) -> None:
        """Link to a new row of that name; it is added together with the link."""
        row = newrows.made(self.ctx.data, kinds()[self.field.target], text)
        self._new[row.id] = row
        self.ctx.will_add(row)
        self.links = list(dict.fromkeys((*self.links, row.id))) if self._many else [row.id]
        self.line.clear()
        self._show()

    def add(self, text: str) -> None:
        """Add what typed words stand for; a single link is replaced."""
        found = linkwords.read(self.ctx.data, self.field, text)
        self.links = (
            list(dict.fromkeys((*self.links, *found))) if self._many else list(found[:1] or self.links)
        )
        self.line.clear()
        self._show()

    def remove(self, link: str) -> None:
        """Take a link away."""
        if link in self.links and not self._read_only:
            self.links.remove(link)
            self._show()
            self.line.setFocus()
            if not self.in_table:
                self.done.emit()

    def _open(self, link: str) -> None:
        if not t.unresolved(link):
            self.ctx.show(self.field.target, link)

    def _go(self, at: int) -> None:
        (self._chips[at] if 0 <= at < len(self._chips) else self.line).setFocus()

    # -- typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.update()
            if watched is self.line and event.type() == QEvent.Type.FocusIn:
                QTimer.singleShot(0, self, self._offer)
        if isinstance(watched, Chip) and isinstance(event, QKeyEvent) and event.key() != Qt.Key.Key_Escape:
            return False
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        """Prepare the list of names; while it is open it takes Enter and Escape for itself."""
        names = linkwords.names(self.ctx.data, self.field.target).shown
        if self._completer is None:
            self._completer = QCompleter(self)
            self._completer.setModel(QStringListModel(self._completer))
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._completer.setMaxVisibleItems(12)
            self._completer.activated.connect(self._chosen)
            look, popup = theme(), self._completer.popup()
            assert popup is not None, "Qt makes the list when it is asked for"
            popup.setMinimumWidth(look.space(90))
            popup.setStyleSheet(
                f"QListView {{ border: 1px solid {look.color('line.strong').name()}; padding: {look.space(0.5)}px; }}"
                f" QListView::item {{ padding: {look.space(1)}px {look.space(2)}px; }}"
            )
            self.line.setCompleter(self._completer)
        model = self._completer.model()
        if isinstance(model, QStringListModel) and model.stringList() != names:
            model.setStringList(names)
            self._offer_new(self.line.text())

    def _offer_new(self, text: str) -> None:
        """Behind the names, offer to make a row that is called what is typed and that nothing is called yet."""
        model = self._completer.model() if self._completer is not None else None
        if not self._makes or not isinstance(model, QStringListModel):
            return
        known = linkwords.names(self.ctx.data, self.field.target)
        one = len(text.strip()) > 1 and not text.startswith(t.UNRESOLVED) and not {",", ";"} & set(text)
        wanted = one and text.strip().casefold() not in known.ids
        last, there = len(known.shown), model.rowCount() > len(known.shown)
        if wanted and not there:
            model.insertRow(last)
        if wanted:
            model.setData(model.index(last), newrows.offer(kinds()[self.field.target], text))
        elif there:
            model.removeRow(last)

    def _chosen(self, words: str) -> None:
        """Qt puts the chosen words into the line after this, so they are taken out later."""
        names, model = linkwords.names(self.ctx.data, self.field.target), self._completer
        typed = model.completionPrefix().strip() if model is not None else ""
        if words.casefold() not in names.ids and words.strip() == newrows.offer(
            kinds()[self.field.target], typed
        ):
            self.make(typed)
        else:
            self.add(words)
        QTimer.singleShot(0, self, self.line.clear)
        if not self.in_table or not self._many:
            QTimer.singleShot(0, self, self.done.emit)

    def key(self, event: QKeyEvent) -> bool:
        empty = not self.line.text()
        if event.key() == Qt.Key.Key_Backspace and empty and self._chips and self.line.hasFocus():
            self._chips[-1].setFocus()
            return True
        if event.key() == Qt.Key.Key_Left and self.line.cursorPosition() == 0 and self._chips:
            self._chips[-1].setFocus()
            return True
        if event.text() in (",", ";") and self._names_one(self.line.text()):
            self.add(self.line.text())
            return True
        if event.key() == Qt.Key.Key_Down and empty and self._completer is not None:
            self._completer.setCompletionPrefix("")
            self._completer.complete()
            return True
        return super().key(event)

    def _names_one(self, text: str) -> bool:
        return self._many and text.strip().casefold() in linkwords.names(self.ctx.data, self.field.target).ids

    # -- looks

    def wanted_size(self) -> tuple[int, int]:
        wide = theme().space(60)
        return wide, max(theme().row, self._flow.heightForWidth(wide))

    def set_read_only(self, read_only: bool) -> None:
        if read_only != self._read_only:
            self._read_only = read_only
            self.line.setReadOnly(read_only)
            self._show()

    def paintEvent(self, _: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = any(widget.hasFocus() for widget in (self.line, *self._chips))
        painter.setPen(look.color("focus" if inside else "line.field"))
        painter.setBrush(look.color("bg.field"))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.space(1.5), look.space(1.5)
        )

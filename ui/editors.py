"""Editors: one small widget for each type of value, the same in forms and in the cells of tables.

An editor knows how to show a value, take what a person types, and say when they are done or give up; what is
written, and whether it may be, is decided elsewhere.
"""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from dmdesk import types as t
from dmdesk.kinds import Entity, Field
from ui.context import Context
from ui.theme import icon, theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QWidget):
    """Shows and edits the value of one field.

    ``done`` says that the person is through with it (Enter, Tab, another field), ``given_up`` that they pressed Escape.
    """

    done = Signal()
    given_up = Signal()
    leave = Signal(bool)
    """Tab in a table: done, and on to the next cell (True: the one before)."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(parent)
        self.field = field
        self.ctx = ctx
        self.in_table = in_table
        self.loaded = False
        self.finished = False
        self.original: Any = field.type.empty
        self.hint = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        if in_table:
            self.setAutoFillBackground(True)

    def take(self, *inputs: QWidget) -> None:
        """Make the first of these the widget that is typed into; all of them report keys and focus."""
        self.setFocusProxy(inputs[0])
        for widget in inputs:
            widget.setAccessibleName(self.field.label)
            widget.installEventFilter(self)

    def load(self, row: Entity | None, hint: str = "") -> None:
        """Show a row's value; ``hint`` is what stands there while it is empty."""
        self.set_value(getattr(row, self.field.name) if row is not None else self.field.type.empty, hint)

    def set_value(self, value: Any, hint: str = "") -> None:
        """Show a value."""
        self.loaded = True
        self.original, self.hint = value, hint
        self.put(value, hint)

    def shows(self, value: Any, hint: str) -> bool:
        """Whether exactly this stands there."""
        return self.loaded and (self.original, self.hint) == (value, hint) and not self.touched()

    def put(self, value: Any, hint: str) -> None:
        """Fill the widget."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value as it stands in the widget.

        Raises:
            BadValue: it does not fit the field.
        """
        raise NotImplementedError

    def touched(self) -> bool:
        """Whether another value stands there than was shown; words that do not fit count as another."""
        try:
            return bool(self.value() != self.original)
        except t.BadValue:
            return True

    def complain(self, sentence: str) -> bool:
        """Say beside the editor why its value does not fit; False when the person has left it already."""
        if not self.has_cursor():
            return False
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), f"<p>{html.escape(sentence)}</p>", self)
        return True

    def wanted_size(self) -> tuple[int, int]:
        """The least width and height, in pixels, to work in over a cell."""
        return theme().space(30), theme().row

    def set_read_only(self, read_only: bool) -> None:
        """Whether the value can only be looked at."""
        self.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self.key(event)
            if event.type() == QEvent.Type.ShortcutOverride and self._for_the_plan(event):
                event.ignore()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and not self.has_cursor():
            self._left(event.reason())
        return False

    def _for_the_plan(self, event: QKeyEvent) -> bool:
        """Whether undo or redo is meant for the plan, because nothing was typed here."""
        keys = QKeySequence.StandardKey
        return (event.matches(keys.Undo) or event.matches(keys.Redo)) and not self.touched()

    def _left(self, reason: Qt.FocusReason) -> None:
        if reason != Qt.FocusReason.PopupFocusReason:
            self.done.emit()

    def has_cursor(self) -> bool:
        """Whether the cursor is in this editor or in something it has opened."""
        now = QApplication.focusWidget()
        while now is not None and now is not self:
            now = now.parentWidget()
        return now is self

    def key(self, event: QKeyEvent) -> bool:
        """Enter, Escape and, in tables, Tab; whether the key was used up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return True
        if event.key() in _ENTER and self.enter_ends(event):
            self.done.emit()
            return True
        if self.in_table and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.leave.emit(event.key() == Qt.Key.Key_Backtab)
            return True
        return False

    def enter_ends(self, event: QKeyEvent) -> bool:
        """Whether Enter, with the keys held beside it, means done."""
        return True


class LineEditor(Editor):
    """Text of one line: lines, codes and numbers."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self.line = QLineEdit(self)
        self.line.setMaxLength(10**6)
        if field.type.monospace:
            self.line.setFont(theme().font("mono"))
        if in_table:
            self.line.setProperty("cell", True)
        self._box.addWidget(self.line)
        self.take(self.line)

    def put(self, value: Any, hint: str) -> None:
        self.line.setText(self.field.type.show(value))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(hint)
        if self.in_table:
            self.line.selectAll()

    def value(self) -> Any:
        return self.field.type.read(self.line.text())

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class DayEditor(LineEditor):
    """A day, typed as 2017-06-30 or chosen from a calendar."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        # Made here, since PySide loses one that the line makes after a while.
        self._choose = QAction(icon("meeting", "text.muted"), "", self)
        self.line.addAction(self._choose, QLineEdit.ActionPosition.TrailingPosition)
        self._choose.setToolTip("Choose from a calendar (Alt+Down)")
        self._choose.triggered.connect(self.open_calendar)

    def put(self, value: Any, hint: str) -> None:
        super().put(value, hint or "YYYY-MM-DD")

    def key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return True
        return super().key(event)

    def open_calendar(self) -> None:
        """Let the person choose a day."""
        menu, days = QMenu(self), QCalendarWidget()
        weekend = QTextCharFormat()
        weekend.setForeground(theme().color("text.muted"))
        for one in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            days.setWeekdayTextFormat(one, weekend)
        for name, picture in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            button = days.findChild(QToolButton, f"qt_calendar_{name}")
            if button is not None:
                button.setIcon(icon(picture))
                button.setAccessibleName("The month before" if name == "prevmonth" else "The next month")
        days.setAccessibleName(self.field.label)
        day = QDate.fromString(self.line.text(), Qt.DateFormat.ISODate)
        days.setSelectedDate(day if day.isValid() else QDate.currentDate())
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(days)
        menu.addAction(holder)

        def chosen(day: QDate) -> None:
            self.line.setText(day.toString(Qt.DateFormat.ISODate))
            menu.close()
            self.done.emit()

        days.activated.connect(chosen)
        days.clicked.connect(chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        days.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._choose.setVisible(not read_only)


class _Growing(QPlainTextEdit):
    """Plain text that is as high as its lines, up to a limit."""

    def __init__(self, parent: QWidget, least: int, most: int) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), self._least), self._most)
        high = lines * self.fontMetrics().lineSpacing() + theme().space(5.5)
        if high != self.maximumHeight():
            self.setFixedHeight(high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(20), super().minimumSizeHint().height())


class ProseEditor(Editor):
    """Text of several lines, and lists with a line each. Ctrl+Enter is done; Enter begins a line."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self.text = self.make_text()
        self._box.addWidget(self.text)
        self.take(self.text)

    def make_text(self) -> QPlainTextEdit:
        """The widget to type into."""
        least = 4 if self.in_table else 2 if self.field.type is t.PROSE else 1
        return _Growing(self, least, 8 if self.in_table else 14)

    def put(self, value: Any, hint: str) -> None:
        self.text.setPlainText(self.field.type.show(value))
        self.text.setPlaceholderText(hint)
        if self.in_table:
            self.text.selectAll()

    def value(self) -> Any:
        return self.field.type.read(self.text.toPlainText())

    def enter_ends(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def wanted_size(self) -> tuple[int, int]:
        return theme().space(80), self.text.height()

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)


class ChoiceEditor(Editor):
    """One of a few words; a word from elsewhere stays choosable until another is chosen."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        assert isinstance(field.type, t.Choice_)
        self._options = ("", *field.type.options)
        self.box = QComboBox(self)
        self.box.setMaxVisibleItems(20)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.addWidget(self.box)
        self.take(self.box)
        self.box.activated.connect(self.done)

    def put(self, value: Any, hint: str) -> None:
        strange = () if value in self._options else (value,)
        self.box.clear()
        for option in (*self._options, *strange):
            self.box.addItem(option or hint or "—", option)
        self.box.setCurrentIndex(self.box.findData(value))
        if self.in_table:
            QTimer.singleShot(0, self, self._open)

    def _open(self) -> None:
        if self.box.isVisible():
            self.box.showPopup()

    def value(self) -> Any:
        return self.field.type.clean(self.box.currentData() or "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.box.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self.check = QCheckBox(field.label.replace("&", "&&"), self)
        self._box.addWidget(self.check)
        self.take(self.check)
        self.check.clicked.connect(self.done)

    def put(self, value: Any, hint: str) -> None:
        self.check.setChecked(bool(value))

    def value(self) -> Any:
        return self.check.isChecked()


def editor(field: Field, ctx: Context, parent: QWidget | None = None, *, in_table: bool = False) -> Editor:
    """The editor for a field's type."""
    from ui.linkeditor import LinkEditor

    if field.target:
        return LinkEditor(field, ctx, parent, in_table)
    if field.type is t.PROSE:
        from ui.proseeditor import MarkdownEditor

        return MarkdownEditor(field, ctx, parent, in_table)
    if field.type is t.PICTURE:
        from ui.pictureeditor import PictureEditor

        return PictureEditor(field, ctx, parent, in_table)
    if field.type.multiline:
        return ProseEditor(field, ctx, parent, in_table)
    if isinstance(field.type, t.Choice_):
        return ChoiceEditor(field, ctx, parent, in_table)
    made = {t.DAY: DayEditor, t.FLAG: FlagEditor}.get(field.type, LineEditor)
    return made(field, ctx, parent, in_table)

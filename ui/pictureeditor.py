"""The picture editor: a small view of the picture, and four ways to bring one in: choose, drop, paste, or remove it.

A file is read only when a person points at it here; what is kept is the picture itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from dmdesk import pictures
from dmdesk.errors import PlanError
from dmdesk.kinds import Field
from ui.context import Context
from ui.editors import Editor
from ui.labels import plain
from ui.theme import theme

FILES = "Pictures (*.png *.jpg *.jpeg);;All files (*)"
WIDE, HIGH = 60, 34
"""The view of the picture in steps of space."""


class View(QWidget):
    """The picture, as large as there is room, on white as it is printed; it takes the focus and the keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(self.sizeHint().height())
        self.setMaximumWidth(self.sizeHint().width())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().space(WIDE), theme().space(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(1, 1, -1, -1)
        if not self.image.isNull():
            painter.fillRect(room, Qt.GlobalColor.white)
            size = self.image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = size.boundedTo(self.image.size()) if self.image.width() < room.width() else size
            at = QRect(0, 0, size.width(), size.height())
            at.moveCenter(room.center())
            painter.drawImage(at, self.image)
        else:
            painter.setPen(look.color("text.muted"))
            inner = room.adjusted(*(side * look.space(2) for side in (1, 1, -1, -1)))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), self.words)
        style = Qt.PenStyle.SolidLine if not self.image.isNull() or self.hasFocus() else Qt.PenStyle.DashLine
        painter.setPen(
            QPen(look.color("focus" if self.hasFocus() else "line.field"), 2 if self.hasFocus() else 1, style)
        )
        painter.drawRect(room)


class PictureEditor(Editor):
    """Shows the picture of a field and takes another one in.

    With the focus on the view, Enter or Space chooses a file, Ctrl+V pastes, Ctrl+C copies and Delete removes.
    """

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self._held = ""
        self._read_only = False
        self.view = View(self)
        self.words = plain("", "muted", "small")
        self.words.setWordWrap(True)
        self.choose = QPushButton("Choose…")
        self.remove = QPushButton("Remove")
        for button, run, does in (
            (self.choose, self.ask, "Choose a picture for"),
            (self.remove, self.take_away, "Remove the picture of"),
        ):
            button.setToolTip(f"<p>{does} {field.label.lower()}</p>")
            button.clicked.connect(run)
        row = QHBoxLayout()
        row.setSpacing(theme().space(2))
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addWidget(self.words, 1)
        self._box.setSpacing(theme().space(1.5))
        self._box.addWidget(self.view)
        self._box.addLayout(row)
        self.take(self.view, self.choose, self.remove)
        self.choose.setAccessibleName(f"Choose {field.label.lower()}")
        self.remove.setAccessibleName(f"Remove {field.label.lower()}")
        self.setAcceptDrops(True)

    # -- showing

    def put(self, value: Any, hint: str) -> None:
        self._held = str(value)
        self.view.image = thumbnail(self._held, self.view.sizeHint() * 2) if self._held else QImage()
        shown = self.field.type.show(self._held)
        if self._held and self.view.image.isNull():
            self.view.words = "This picture is broken; choose it anew."
        else:
            self.view.words = hint or "No picture. Choose one, drop it here or paste it."
        self.words.setText(shown)
        self.words.setVisible(bool(shown))
        self.view.setAccessibleName(f"{self.field.label}: {shown or hint or 'no picture'}")
        self.view.update()
        self._enable()

    def _enable(self) -> None:
        self.choose.setEnabled(not self._read_only)
        self.remove.setEnabled(bool(self._held) and not self._read_only)

    def value(self) -> str:
        return self._held

    def touched(self) -> bool:
        """Compared as texts are, and cheap where nothing was done, because both are then one object."""
        return self._held is not self.original and self._held != self.original

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._enable()

    # -- taking in

    def ask(self) -> None:
        """Let the person choose a file."""
        if self._read_only:
            return
        path = self.ctx.ask.open_file(f"Choose {self.field.label.lower()}", FILES)
        if path is not None:
            self._take(lambda: pictures.load(path))

    def take_away(self) -> None:
        """Leave the field without a picture."""
        if self._held and not self._read_only:
            self._become("")

    def paste(self) -> None:
        """Take in the picture, or the file of one, that is on the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        if not self._read_only and not self._taken_from(held):
            self.ctx.said.emit("There is no picture on the clipboard.")

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._held:
            QGuiApplication.clipboard().setImage(QImage.fromData(pictures.content(self._held)))

    def _taken_from(self, held: QMimeData) -> bool:
        """Take in what is dropped or pasted; whether there was a picture or a file."""
        path = _file(held)
        if path is not None:
            self._take(lambda: pictures.load(path))
            return True
        if not held.hasImage():
            return False
        image = QImage(held.imageData())
        self._take(lambda: pictures.taken(_as_png(image), "The pasted picture"))
        return True

    def _take(self, load: Any) -> None:
        try:
            taken = load()
        except PlanError as error:
            self.ctx.ask.tell(str(error))
            return
        self._become(taken)

    def _become(self, value: str) -> None:
        """Show another picture and say at once that the person is done, since there is nothing to type."""
        original = self.original
        self.put(value, "")
        self.original = original
        self.done.emit()

    # -- keys and drops

    def key(self, event: QKeyEvent) -> bool:
        if not self.view.hasFocus():
            button = self.choose if self.choose.hasFocus() else self.remove
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                button.click()
                return True
            return event.key() == Qt.Key.Key_Escape and super().key(event)
        runs = {
            Qt.Key.Key_Return: self.ask, Qt.Key.Key_Enter: self.ask, Qt.Key.Key_Space: self.ask,
            Qt.Key.Key_Delete: self.take_away, Qt.Key.Key_Backspace: self.take_away,
        }  # fmt: skip
        run = runs.get(Qt.Key(event.key()))
        for standard, does in (
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Copy, self.copy),
        ):
            run = does if event.matches(standard) else run
        if run is None:
            return super().key(event)
        run()
        return True

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Copy and paste belong to the view while it has the focus, and not to the cells of a table."""
        keys = QKeySequence.StandardKey
        if (
            event.type() == event.Type.ShortcutOverride
            and watched is self.view
            and (event.matches(keys.Copy) or event.matches(keys.Paste) or event.key() == Qt.Key.Key_Delete)
        ):
            event.accept()
            return True
        if watched is self.view and event.type() in (event.Type.FocusIn, event.Type.FocusOut):
            self.view.update()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures; what else is dragged about is for others."""
        held = event.mimeData()
        if not self._read_only and (held.hasImage() or _file(held) is not None):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        if not self._read_only and self._taken_from(event.mimeData()):
            event.acceptProposedAction()


def _file(held: QMimeData) -> Path | None:
    """The one file on this computer that is dropped or pasted; text that looks like a path is none."""
    urls = held.urls() if held.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def thumbnail(picture: str, most: QSize) -> QImage:
    """A picture no larger than that, decoded at that size where its form allows; a null image when it is broken."""
    held = QByteArray(pictures.content(picture))
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.width() > most.width() or size.height() > most.height():
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()

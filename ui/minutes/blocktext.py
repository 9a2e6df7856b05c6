"""Blocks of a manuscript as text on the screen, so that what is printed is read here in the same words and order."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from dmdesk.manuscript.blocks import Block, Facts, Grid, Inlines, Items, Paragraph, Run
from ui.theme import theme


class BlockText(QTextBrowser):
    """Shows blocks. Links carry their place in ``targets``, so that nothing typed by people becomes an address."""

    picked = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.targets: list[tuple[str, str]] = []
        self.setObjectName("Datasheet")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._pick)

    def show_blocks(self, title: str, blocks: Iterable[Block]) -> None:
        """Show a title, if any, and the blocks below it; the place that is read stays where it is."""
        at = self.verticalScrollBar().value()
        self.targets = []
        self.clear()
        self.document().setDocumentMargin(theme().space(2))
        pen = QTextCursor(self.document())
        pen.beginEditBlock()
        pen.setBlockFormat(_block(after=2) if title else _flat())
        pen.insertText(title, _look("big"))
        for block in blocks:
            self._block(pen, block)
        pen.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(at)

    def _pick(self, url: QUrl) -> None:
        at = url.toString().removeprefix("#")
        if at.isdigit() and int(at) < len(self.targets):
            self.picked.emit(*self.targets[int(at)])

    # -- writing

    def _block(self, pen: QTextCursor, block: Block, bullet: str = "") -> None:
        if isinstance(block, Paragraph):
            pen.insertBlock(_block(before=3 if block.label else 0, after=1))
            pen.insertText(bullet, _look())
            self._words(pen, block.words, "title" if block.label else "ui")
        elif isinstance(block, Facts):
            table = self._table(pen, len(block.pairs), 2, (22, 78))
            for row, (label, words) in enumerate(block.pairs):
                self._cell(table, row, 0, (Run(label),), "text.muted")
                self._cell(table, row, 1, words)
        elif isinstance(block, Grid):
            if block.caption:
                pen.insertBlock(_block(before=3, after=1))
                self._words(pen, block.caption, "strong")
            self._grid(pen, block)
        elif isinstance(block, Items):
            for item in block.items:
                for one in item:
                    self._block(pen, one, "•  ")

    def _grid(self, pen: QTextCursor, block: Grid) -> None:
        whole = sum(block.shares) or 1
        shares = tuple(100 * share / whole for share in block.shares) or (100 / len(block.head),) * len(
            block.head
        )
        table = self._table(pen, len(block.rows) + 1, len(block.head), shares)
        for column, words in enumerate(block.head):
            self._cell(table, 0, column, words, "text.muted")
        for row, cells in enumerate(block.rows, 1):
            for column, words in enumerate(cells):
                self._cell(table, row, column, words)

    def _table(self, pen: QTextCursor, rows: int, columns: int, shares: tuple[float, ...]) -> QTextTable:
        look, form = theme(), QTextTableFormat()
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setCellSpacing(0)
        form.setCellPadding(look.space(0.75))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, share) for share in shares]
        )
        pen.insertBlock(_block())
        table = pen.insertTable(max(rows, 1), columns, form)
        pen.movePosition(QTextCursor.MoveOperation.End)
        return table

    def _cell(self, table: QTextTable, row: int, column: int, words: Inlines, role: str = "text") -> None:
        self._words(table.cellAt(row, column).firstCursorPosition(), words, "ui", role)

    def _words(self, pen: QTextCursor, words: Inlines, font: str, role: str = "text") -> None:
        for run in words:
            if not isinstance(run, Run):
                continue
            look = _look(
                "strong" if run.strong and font == "ui" else font, "text.muted" if run.emphasis else role
            )
            if run.row is not None:
                self.targets.append(run.row)
                look.setAnchor(True)
                look.setAnchorHref(f"#{len(self.targets) - 1}")
                look.setForeground(theme().color("text.link"))
            pen.insertText(run.text.replace("\n", "\u2028"), look)


def _look(font: str = "ui", role: str = "text") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme().font(font))
    made.setForeground(theme().color(role))
    return made


def _flat() -> QTextBlockFormat:
    """Of the line that a text begins with though nothing stands in it."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _block(before: float = 0, after: float = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(theme().space(before))
    made.setBottomMargin(theme().space(after))
    return made

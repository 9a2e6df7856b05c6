"""The datasheet of a product beside its page: all that the plan says of it, to read, to copy, to go on from, to print.

It shows the same plain values that are printed, laid out for a narrow panel; every named thing leads to its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from dmdesk.kinds import kind_of
from ui.actions import actions, perform
from ui.context import Context
from ui.theme import icon, theme, themes

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.report.datasheet import Datasheet, Fact, Named

AIR = 116
"""Per cent of a line's height from one line to the next, for reading."""
MANY = 40
"""Links of one sort that are shown; of more their number is told."""


def sheet_of(ctx: Context, row: Entity) -> Datasheet | None:
    """The datasheet of a row; None where it is no product."""
    if kind_of(row).name != "product" or ctx.plan is None:
        return None
    from dmdesk.model import Product
    from dmdesk.report import datasheet

    product = ctx.data.all(Product)[row.id]
    told = datasheet.history(ctx.data, ctx.plan.history_of(row))
    return datasheet.datasheet(ctx.data, product, told, open_findings(ctx).get(row.id, ()))


def open_findings(ctx: Context) -> dict[str, list[str]]:
    """What the checks have found in each product and nobody has accepted, by its id."""
    found: dict[str, list[str]] = {}
    for finding in ctx.findings:
        if finding.kind == "product" and not finding.accepted:
            found.setdefault(finding.id, []).append(finding.words)
    return found


class SheetText(QTextBrowser):
    """The text. Its links carry their place in ``targets``, so that nothing typed by people becomes an address."""

    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: Datasheet | None = None
        self.targets: list[tuple[str, str]] = []
        self.setObjectName("Datasheet")
        self.setAccessibleName("Datasheet")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._pick)
        themes().changed.connect(self._rethemed)

    def show_sheet(self, sheet: Datasheet | None) -> None:
        """Show a datasheet, or nothing; the place that is read stays where it is while it is the same product's."""
        same = bool(sheet and self.sheet and sheet.id == self.sheet.id)
        at = self.verticalScrollBar().value() if same else 0
        self.sheet = sheet
        self.targets = []
        self.clear()
        self.document().setDocumentMargin(theme().space(4))
        if sheet is not None:
            self._write(sheet)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(at)

    def _rethemed(self) -> None:
        self.show_sheet(self.sheet)

    def _pick(self, url: QUrl) -> None:
        at = url.toString().removeprefix("#")
        if at.isdigit() and int(at) < len(self.targets):
            self.picked.emit(*self.targets[int(at)])

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is plain text: links that lead nowhere outside are of no use there."""
        made = QMimeData()
        made.setText(self.textCursor().selection().toPlainText())
        return made

    # -- writing

    def _write(self, sheet: Datasheet) -> None:
        pen = QTextCursor(self.document())
        pen.beginEditBlock()
        self._path(pen, sheet)
        if sheet.description and sheet.description != sheet.name:
            self._paragraph(pen, sheet.description)
        if sheet.note:
            self._paragraph(pen, sheet.note, "Note")
        self._facts(pen, sheet.facts)
        self._list(pen, "To mend", sheet.findings, "text")
        self._list(pen, "History", sheet.history, "text.muted")
        pen.endEditBlock()

    def _path(self, pen: QTextCursor, sheet: Datasheet) -> None:
        pen.setBlockFormat(_block(after=2))
        for above in sheet.path:
            self._named(pen, above, "small")
            pen.insertText(" › ", _look("small", "text.muted"))
        pen.insertText(sheet.key or sheet.name, _look("small", "text.muted"))

    def _paragraph(self, pen: QTextCursor, words: str, label: str = "") -> None:
        pen.insertBlock(_block(after=2))
        if label:
            pen.insertText(f"{label}: ", _look("strong"))
        pen.insertText(words.replace("\n", "\u2028"), _look())

    def _facts(self, pen: QTextCursor, facts: Sequence[Fact]) -> None:
        if not facts:
            return
        pen.insertBlock(_block())
        form, look = QTextTableFormat(), theme()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setTopMargin(look.space(1))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        kinds_of = QTextLength.Type
        form.setColumnWidthConstraints(
            [QTextLength(kinds_of.FixedLength, look.space(28)), QTextLength(kinds_of.VariableLength, 0)]
        )
        table = pen.insertTable(len(facts), 2, form)
        for line, fact in enumerate(facts):
            cells = [table.cellAt(line, column) for column in (0, 1)]
            for cell in cells:
                shape = cell.format().toTableCellFormat()
                shape.setBottomPadding(look.space(1.25))
                cell.setFormat(shape)
            pens = [cell.firstCursorPosition() for cell in cells]
            for pen_of in pens:
                pen_of.setBlockFormat(_block())
            pens[0].insertText(fact.label, _look(role="text.muted"))
            self._values(pens[1], fact)
        pen.movePosition(QTextCursor.MoveOperation.End)

    def _values(self, pen: QTextCursor, fact: Fact) -> None:
        for at, value in enumerate(fact.values[:MANY]):
            if at:
                pen.insertText(", ", _look())
            self._named(pen, value)
        if len(fact.values) > MANY:
            pen.insertText(f" and {len(fact.values) - MANY:,} more", _look(role="text.muted"))
        if fact.source:
            pen.insertText(" — from ", _look("small", "text.muted", slanted=True))
            self._named(pen, fact.source, "small")

    def _list(self, pen: QTextCursor, label: str, lines: Iterable[str], role: str) -> None:
        heading = label
        for line in lines:
            if heading:
                pen.insertBlock(_block(before=3, after=0.5))
                pen.insertText(heading, _look("strong"))
                heading = ""
            pen.insertBlock(_block(after=0.75))
            pen.insertText(line, _look("small", role))

    def _named(self, pen: QTextCursor, value: Named, font: str = "ui") -> None:
        if value.id:
            look = _look(font, "text.link")
            look.setAnchor(True)
            look.setAnchorHref(f"#{len(self.targets)}")
            self.targets.append((value.kind, value.id))
            pen.insertText(value.words, look)
        elif value.unresolved:
            pen.insertText(f"{value.words} (not in the plan)", _look(font, "text.warning"))
        else:
            pen.insertText(value.words, _look(font))


def _block(before: float = 0, after: float = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(theme().space(before))
    made.setBottomMargin(theme().space(after))
    made.setLineHeight(AIR, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _look(font: str = "ui", role: str = "text", *, slanted: bool = False) -> QTextCharFormat:
    made, letters = QTextCharFormat(), theme().font(font)
    letters.setItalic(slanted)
    made.setFont(letters)
    made.setForeground(theme().color(role))
    return made


class DatasheetView(QWidget):
    """The text with its two buttons: copy all of it, and print it alone."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.text = SheetText()
        self.text.picked.connect(ctx.show)
        look, column = theme(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.space(2))
        column.setSpacing(look.space(1))
        column.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.setContentsMargins(look.space(4), 0, look.space(4), 0)
        line.setSpacing(look.space(2))
        self.copier, self.printer = QPushButton("Copy"), QPushButton("Print…")
        for button, picture, tip in (
            (self.copier, "copy", "Copy the whole datasheet as text"),
            (self.printer, "print", "Print this datasheet to a PDF file"),
        ):
            button.setIcon(icon(picture))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        self.setFocusProxy(self.text)
        self.copier.clicked.connect(self.copy)
        self.printer.clicked.connect(lambda: perform(actions()["product.datasheet"], ctx))
        self._ctx = ctx

    def copy(self) -> None:
        """Copy all of it as text."""
        sheet = self.text.sheet
        if sheet is not None:
            QGuiApplication.clipboard().setText(as_text(sheet))
            self._ctx.said.emit(f"Copied the datasheet of {sheet.name}")


def as_text(sheet: Datasheet) -> str:
    """A datasheet as lines of text, a line for each fact."""
    lines = [sheet.name if sheet.key in ("", sheet.name) else f"{sheet.key} {sheet.name}"]
    if sheet.path:
        lines.append(" › ".join(above.words for above in sheet.path))
    lines += [part for part in (sheet.description, sheet.note and f"Note: {sheet.note}") if part]
    for fact in sheet.facts:
        source = f" (from {fact.source.words})" if fact.source else ""
        lines.append(f"{fact.label}: {', '.join(value.words for value in fact.values)}{source}")
    lines += [f"To mend: {line}" for line in sheet.findings]
    return "\n".join([*lines, *(f"History: {line}" for line in sheet.history)]) + "\n"

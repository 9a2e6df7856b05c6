"""Markdown while it is typed: what the buttons and keys of a prose field do to the text, as one undoable edit each."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

BOLD, ITALIC = "**", "*"

_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,9})([.)]))(\s+)")
_BREAK = "\u2029"
"""What Qt's cursors give for the end of a line."""


def surround(text: QPlainTextEdit, mark: str) -> None:
    """Put a mark around the selection, or take it away where it is; without a selection, around the cursor."""
    cursor, whole = text.textCursor(), text.toPlainText()
    start, end, long = cursor.selectionStart(), cursor.selectionEnd(), len(mark)
    inside = whole[start:end]
    if _BREAK in cursor.selectedText():
        return
    if marked(
        whole[start - long : start] if start >= long else "", whole[end : end + long], whole, start, mark
    ):
        _replace(cursor, start - long, end + long, inside)
        select(text, start - long, end - long)
    else:
        _replace(cursor, start, end, f"{mark}{inside}{mark}")
        select(text, start + long, end + long)


def marked(before: str, after: str, whole: str, start: int, mark: str) -> bool:
    """Whether the marks beside a place are these, and not one half of the longer one."""
    if before != mark or after != mark:
        return False
    return (
        mark == BOLD or whole[max(start - 2, 0) : start] != BOLD or whole[max(start - 3, 0) : start] == "***"
    )


def toggle_list(text: QPlainTextEdit) -> None:
    """Make the selected lines items of a list, or plain lines again when all of them are."""
    cursor, document = text.textCursor(), text.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    lines = []
    block = first
    while block.isValid() and block.blockNumber() <= last.blockNumber():
        lines.append(block.text())
        block = block.next()
    filled = [line for line in lines if line.strip()] or lines
    items = all(_ITEM.match(line) for line in filled) and any(line.strip() for line in filled)
    changed = [_plain(line) if items else line if _ITEM.match(line) else f"- {line}" for line in lines]
    if len(lines) > 1:
        changed = [new if old.strip() else old for old, new in zip(lines, changed, strict=True)]
    new, start = "\n".join(changed), first.position()
    _replace(cursor, start, last.position() + last.length() - 1, new)
    select(text, start + len(new) if len(lines) == 1 else start, start + len(new))


def _plain(line: str) -> str:
    hit = _ITEM.match(line)
    return line[hit.end() :] if hit else line


def link(text: QPlainTextEdit) -> bool:
    """Make the selected words a link whose address comes next; without any, begin a reference, and say so."""
    cursor = text.textCursor()
    start, words = cursor.selectionStart(), cursor.selectedText()
    if not words or _BREAK in words:
        cursor.insertText("[[")
        return True
    address = re.fullmatch(r"\w+://\S+", words)
    _replace(cursor, start, start + len(words), f"[{words}]({words if address else ''})")
    at = start + len(words) + 3
    select(text, start + 1, start + 1 + len(words)) if address else select(text, at, at)
    return False


def next_item(text: QPlainTextEdit) -> bool:
    """At the end of an item of a list, begin the next; an empty item ends the list. Whether the line was an item."""
    cursor = text.textCursor()
    line, at = cursor.block().text(), cursor.positionInBlock()
    hit = _ITEM.match(line)
    if hit is None or cursor.hasSelection() or at < hit.end():
        return False
    if not line[hit.end() :].strip():
        start = cursor.block().position()
        _replace(cursor, start, start + len(line), "")
    else:
        number = f"{int(hit[3]) + 1}{hit[4]}" if hit[3] else hit[2]
        cursor.insertText(f"\n{hit[1]}{number}{hit[5]}")
    return True


def select(text: QPlainTextEdit, start: int, end: int) -> None:
    """Select from one place to another; the cursor stands at the latter."""
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def _replace(cursor: QTextCursor, start: int, end: int, new: str) -> None:
    cursor.beginEditBlock()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new)
    cursor.endEditBlock()

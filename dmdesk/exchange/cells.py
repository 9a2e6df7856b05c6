"""Cells: a rectangle of texts as spreadsheets put it on the clipboard, read and written as TSV and HTML.

Each program writes these two a little differently, so what is known about them is written here once.
A cell that says nothing about its place (covered by a merged one, or missing in a short row) is None.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from dmdesk.errors import PlanError

Cells = list[list[str | None]]

MOST = 100_000
"""More cells than this are refused before anything is read."""

_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_QUOTED = re.compile(r'[\t\r\n]|""')
_END = re.compile(r"\t|\r\n|\r|\n|\Z")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPAN = 1000


def cells(text: str, html: str = "") -> Cells:
    """The rectangle of texts on a clipboard; ``html`` adds what its text cannot say, such as merged cells.

    Raises:
        PlanError: there are more cells than can be pasted at once.
    """
    number = max(text.count("\t") + text.count("\n"), html.count("<td") + html.count("<TD"))
    if number > MOST:
        raise PlanError(
            f"What was copied has about {number:,} cells, and at most {MOST:,} can be pasted at once; "
            "copy a part of it. Nothing was changed."
        )
    rows = _of_text(text)
    table = _of_html(html) if "<t" in html.lower() else []
    if not table or not rows:
        return _even(table or rows)
    if [len(row) for row in _even(table)] != [len(row) for row in _even(rows)]:
        return _even(table)
    return [
        [words if known is not None else None for words, known in zip(row, other, strict=True)]
        for row, other in zip(_even(rows), _even(table), strict=True)
    ]


def _even(rows: Cells) -> Cells:
    """The rows at one length."""
    wide = max(map(len, rows), default=0)
    return [row + [None] * (wide - len(row)) for row in rows]


# -- text


def _of_text(text: str) -> Cells:
    rows: Cells = [[]]
    at, last = 0, len(text)
    while at < last:
        hit = _CELL.match(text, at)
        assert hit is not None, "the pattern fits everywhere"
        quoted, plain = hit.groups()
        if quoted is None:
            rows[-1].append(plain)
        else:
            rows[-1].append(quoted.replace('""', '"') if _QUOTED.search(quoted) else hit[0])
        end = _END.match(text, hit.end())
        assert end is not None, "a cell ends with a tab, a line break or the text"
        if end[0] == "\t" and end.end() == last:
            rows[-1].append("")
        elif end[0] not in ("\t", "") and end.end() < last:
            rows.append([])
        at = end.end()
    return rows if rows != [[]] else []


def to_text(rows: Sequence[Sequence[str]]) -> str:
    """The cells as tab-separated text; those with tabs, line breaks or a quote to begin with are quoted."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(words: str) -> str:
    if words.startswith('"') or any(mark in words for mark in "\t\r\n"):
        inner = words.replace('"', '""')
        return f'"{inner}"'
    return words


# -- HTML


def to_html(rows: Sequence[Sequence[str]], heads: Sequence[str] = ()) -> str:
    """The cells as a table in HTML, line breaks kept."""
    head = f"<tr>{''.join(f'<th>{markup.escape(words)}</th>' for words in heads)}</tr>" if heads else ""
    body = "".join(f"<tr>{''.join(f'<td>{_broken(words)}</td>' for words in row)}</tr>" for row in rows)
    return f'<meta charset="utf-8"><table border="1">{head}{body}</table>'


def _broken(words: str) -> str:
    return markup.escape(words).replace("\n", "<br>")


def _of_html(html: str) -> Cells:
    reader = _Table()
    reader.feed(html)
    reader.close()
    return _laid_out(reader.rows)


def _laid_out(rows: list[list[_Spanning]]) -> Cells:
    """Every cell at its place; a cell that spans several has its words in the first of them."""
    covered: set[tuple[int, int]] = set()
    found: Cells = []
    for down, row in enumerate(rows):
        line: list[str | None] = []
        for words, high, wide in row:
            while (down, len(line)) in covered:
                line.append(None)
            covered.update((down + n, len(line) + m) for n in range(1, high) for m in range(wide))
            line += [words, *[None] * (wide - 1)]
        found.append(line)
    return found


_Spanning = tuple[str, int, int]
"""The words of a cell, and how many rows and columns it spans."""


class _Table(HTMLParser):
    """Reads the first table of a page; tables within its cells are taken as words."""

    _BREAKS = frozenset({"br", "p", "div", "li", "tr"})
    _SILENT = frozenset({"style", "script", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Spanning]] = []
        self._depth = 0
        self._over = False
        self._silent = 0
        self._words: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        self._depth += tag == "table"
        if self._depth != 1 or self._over or tag not in ("tr", "td", "th"):
            self._break(tag)
            return
        self._end_cell()
        if tag == "tr" or not self.rows:
            self.rows.append([])
        if tag != "tr":
            known = dict(attrs)
            self._span = (_number(known.get("rowspan")), _number(known.get("colspan")))
            self._words = []

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self._SILENT and self._silent > 0
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            self._over = self._over or tag == "table"
        elif tag in ("p", "div"):
            self._break(tag)
        self._depth -= tag == "table" and self._depth > 0

    def _break(self, tag: str) -> None:
        if self._words is not None and tag in self._BREAKS:
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._silent:
            self._words.append(_BLANKS.sub(" ", data))

    def _end_cell(self) -> None:
        if self._words is None:
            return
        lines = (line.strip(" \xa0").replace("\xa0", " ") for line in "".join(self._words).split("\n"))
        self.rows[-1].append(("\n".join(lines).strip("\n"), *self._span))
        self._words = None


def _number(words: str | None) -> int:
    return min(max(int(words), 1), _SPAN) if words and words.isascii() and words.isdigit() else 1

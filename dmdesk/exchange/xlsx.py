"""Spreadsheets: sheets of typed cells as an XLSX file that Excel, LibreOffice and Numbers open without a question.

A spreadsheet of plain cells is a small zip file of XML, so no library is asked. What somebody typed is text for good:
no cell is ever a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite
from typing import TypeAlias
from xml.sax.saxutils import escape

from dmdesk.errors import PlanError
from dmdesk.exchange.zipped import zipped
from dmdesk.values import frozen

Cell: TypeAlias = "str | int | float | bool | None"

TEXT, WHOLE, NUMBER, DAY = "text", "whole", "number", "day"
"""What a column holds: words, whole numbers with thousands set apart, other numbers, days as 2017-06-30."""

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
NARROWEST, WIDEST = 8, 60
MOST_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; longer ones stay text."""

_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Before this day programs count days in different ways; such days stay text."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@", "\t", "'")
_STYLES = {TEXT: 1, WHOLE: 2, NUMBER: 3, DAY: 4}
_RISKY_TEXT, _HEADER = 5, 6


@frozen
class Column:
    """A column: its header, what it holds, and its width in characters (0: as wide as its cells)."""

    title: str
    holds: str = TEXT
    width: float = 0


@frozen
class Sheet:
    """A sheet: its name, its columns, and a cell for each column in each row; days are texts such as 2017-06-30."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def written(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """The spreadsheet: a header that stays in sight and filters on each sheet. The same sheets give the same bytes.

    Raises:
        PlanError: there is no sheet, or one is larger than spreadsheets can be.
    """
    if not sheets or not all(sheet.columns for sheet in sheets):
        raise PlanError("A spreadsheet needs at least one sheet, and each sheet at least one column.")
    names = _names([sheet.name for sheet in sheets])
    for name, sheet in zip(names, sheets, strict=True):
        if len(sheet.rows) >= MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
            raise PlanError(
                f"“{name}” has more rows or columns than a spreadsheet can hold; write fewer of them."
            )
    files = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations(
            {"rId1": ("officeDocument", "xl/workbook.xml"), "rId2": (_CORE, "docProps/core.xml")}
        ),
        "docProps/core.xml": _core(title),
        "xl/workbook.xml": _workbook(names, sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {
                **{
                    f"rId{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)
                },
                f"rId{len(sheets) + 1}": ("styles", "styles.xml"),
            }
        ),
        "xl/styles.xml": _STYLE_SHEET,
        **{f"xl/worksheets/sheet{at}.xml": _sheet(sheet, at == 1) for at, sheet in enumerate(sheets, 1)},
    }
    return zipped({name: (_XML + body).encode("utf-8") for name, body in files.items()})


def legal(text: str) -> str:
    """The text without characters that XML cannot hold, with lines that end as they do on paper."""
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _names(wanted: Sequence[str]) -> list[str]:
    """Names that sheets may have: at most 31 characters, without some, and each once whatever its case."""
    found: list[str] = []
    taken = {"history"}
    for name in wanted:
        plain = (
            re.sub(r"[\[\]:*?/\\]", " ", legal(name)).replace("\n", " ").strip(" '")[:31].rstrip(" '")
            or "Sheet"
        )
        own, number = plain, 2
        while own.casefold() in taken:
            tail = f" {number}"
            own, number = plain[: 31 - len(tail)] + tail, number + 1
        taken.add(own.casefold())
        found.append(own)
    return found


# -- one sheet


def _sheet(sheet: Sheet, first: bool) -> str:
    last = f"{_letters(len(sheet.columns))}{len(sheet.rows) + 1}"
    selected = ' tabSelected="1"' if first else ""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>'
        for at, width in enumerate(_widths(sheet), 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/>'
        f'<sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols>'
        f'<sheetData>{"".join(_rows(sheet))}</sheetData><autoFilter ref="A1:{last}"/></worksheet>'
    )


def _rows(sheet: Sheet) -> Iterator[str]:
    letters = [_letters(at) for at in range(1, len(sheet.columns) + 1)]
    head = (
        _inline(f"{letter}1", column.title, _HEADER)
        for letter, column in zip(letters, sheet.columns, strict=True)
    )
    yield f'<row r="1">{"".join(head)}</row>'
    for number, row in enumerate(sheet.rows, 2):
        cells = (
            _cell(f"{letter}{number}", value, column.holds)
            for letter, value, column in zip(letters, row, sheet.columns, strict=True)
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Cell, holds: str) -> str:
    """A cell; a value that is not what its column holds stays the text it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        if isfinite(value) and len(f"{abs(int(value))}") <= MOST_DIGITS:
            return f'<c r="{place}" s="{_STYLES[NUMBER if holds in (TEXT, DAY) else holds]}"><v>{value!r}</v></c>'
        return _inline(place, str(value), _STYLES[TEXT])
    serial = _serial(value) if holds == DAY else None
    if serial is not None:
        return f'<c r="{place}" s="{_STYLES[DAY]}"><v>{serial}</v></c>'
    return _inline(place, value, _RISKY_TEXT if value.startswith(_RISKY) else _STYLES[TEXT])


def _inline(place: str, text: str, style: int) -> str:
    """A text in its cell; what looks like an escape of the format is escaped itself."""
    text = _LOOKS_ESCAPED.sub("_x005F_", legal(text))
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - 1] + "…"
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _serial(day: str) -> int | None:
    """The number by which spreadsheets know a day."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return (found - _EPOCH).days if found >= _FIRST_DAY else None


def _letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _widths(sheet: Sheet) -> Iterator[float]:
    for at, column in enumerate(sheet.columns):
        longest = max((_length(row[at], column.holds) for row in sheet.rows), default=0)
        yield column.width or min(max(longest, len(column.title) + 3, NARROWEST), WIDEST) + 1


def _length(value: Cell, holds: str) -> int:
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    return 0 if value is None else len(f"{value:,}" if holds == WHOLE else str(value))


# -- what is around the sheets

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_OFFICE = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}/package/2006"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _types(count: int) -> str:
    parts = {"/xl/workbook.xml": f"{_KIND}.sheet.main+xml", "/xl/styles.xml": f"{_KIND}.styles+xml"}
    parts |= {f"/xl/worksheets/sheet{at}.xml": f"{_KIND}.worksheet+xml" for at in range(1, count + 1)}
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    said = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(of: dict[str, tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="{id}" Type="{kind if "/" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"/>'
        for id, (kind, target) in of.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(legal(title))}</dc:title></cp:coreProperties>'
    )


def _workbook(names: Sequence[str], sheets: Sequence[Sheet]) -> str:
    tabs = "".join(
        f'<sheet name="{escape(name, _QUOTES)}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, 1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"'{escape(name.replace(_APOSTROPHE, 2 * _APOSTROPHE))}'"
        f"!$A$1:${_letters(len(sheet.columns))}${len(sheet.rows) + 1}</definedName>"
        for at, (name, sheet) in enumerate(zip(names, sheets, strict=True))
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews><sheets>{tabs}</sheets>'
        f"<definedNames>{filters}</definedNames></workbook>"
    )


_QUOTES = {'"': "&quot;"}
_APOSTROPHE = "'"

_TOP = '<alignment vertical="top"/>'
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_FORM = 'borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1" fontId="0" fillId="0"'
_STYLE_SHEET = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EBF0"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color rgb="FF8A94A3"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f'<xf numFmtId="0" {_FORM}>{_WRAPPED}</xf><xf numFmtId="3" {_FORM}>{_TOP}</xf><xf numFmtId="0" {_FORM}>{_TOP}</xf>'
    f'<xf numFmtId="164" {_FORM}>{_TOP}</xf><xf numFmtId="0" {_FORM} quotePrefix="1">{_WRAPPED}</xf>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" '
    f'applyAlignment="1">{_WRAPPED}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

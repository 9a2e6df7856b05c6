"""The product list: every product below the one it is part of, with its work, its people and its packages.

What a product inherits is shown as such, and codes lead to the WBS dictionary, so that the list can be
trusted and followed without looking up a second table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk import types as t
from dmdesk.manuscript.words import element
from dmdesk.model import Product
from dmdesk.report import refer
from dmdesk.report.chapters import chapter
from dmdesk.report.parts import Cell, Part, Row, Table, head_rules, paragraph
from dmdesk.report.styles import CELL, CELL_HEAD, LABEL
from dmdesk.typeset.looks import DRAFT, LINK, MUTED, TINT, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

INDENT = 8.0
DEEPEST = 8
COLUMNS = {
    "WBS": 88.0,
    "Product": 168.0,
    "Description": 142.0,
    "Manager": 92.0,
    "Owner": 82.0,
    "Packages": 76.0,
}
CAPTION = "The products, each below the one it is part of"
MARK = "?"
INHERITED = "↑"
LEGEND = (
    f"{INHERITED}: inherited from the nearest product above that says so, names also in italics. "
    f"{MARK} after words: they name nothing in this plan and are printed as they were typed."
)


@chapter("products", "Product list", order=10, landscape=True, caption=CAPTION)
def products(data: PlanData) -> Iterator[Part]:
    """The table of all products in tree order."""
    children = data.children("product")
    if not children:
        yield paragraph("This plan has no products yet.", LABEL)
        return
    yield paragraph(LEGEND, LABEL, keep=True)
    table = Table(tuple(COLUMNS.values()), _head)
    path: list[str] = []
    for depth, row in trees.walk(children):
        product = data.all(Product)[row.id]
        del path[depth:]
        yield _row(data, table, product, tuple(path), bool(children.get(row.id)))
        path.append(product.name)


def _head(following: Row, continued: bool) -> list[Row]:
    """The head of the table; on later pages also where in the tree the page goes on."""
    cells = [Cell((CELL_HEAD.span(title),), CELL_HEAD) for title in COLUMNS]
    heads = [Row(cells, table=following.table, rules=head_rules())]
    if continued and following.path:
        path = " › ".join(name if len(name) <= 60 else f"{name[:59]}…" for name in _short(following.path))
        words = CELL.span(f"continued: {path}", face="italic", colour=MUTED)
        heads.append(Row([Cell((words,), CELL, span=len(COLUMNS))], table=following.table))
    return heads


def _short(path: tuple[str, ...]) -> tuple[str, ...]:
    return path if len(path) <= 5 else (*path[:2], "…", *path[-2:])


def _row(data: PlanData, table: Table, product: Product, path: tuple[str, ...], group: bool) -> Row:
    cells = [
        Cell(wbs_spans(data, product), CELL),
        Cell(_name(product, group), CELL, indent=INDENT * min(len(path), DEEPEST)),
        Cell(_words(product.description), CELL),
        Cell(_people(data, product, "managers"), CELL),
        Cell(_people(data, product, "owners"), CELL),
        Cell(_packages(product), CELL),
    ]
    return Row(
        cells,
        table=table,
        path=path,
        keep=group,
        tint=TINT if group else "",
        anchors=(refer.anchor(product),),
    )


def _name(product: Product, group: bool) -> list[Span]:
    name = product.name or product.key
    spans = [CELL.span(name, face="bold" if group else "regular")]
    if product.key and product.key != name:
        spans += [CELL.span(" "), CELL.span(product.key, face="code", size=8.0, colour=MUTED)]
    return spans


def _words(text: str) -> list[Span]:
    return [CELL.span(text.replace("\n", " "))] if text else []


def wbs_spans(data: PlanData, product: Product) -> list[Span]:
    """The product's WBS codes as links to their elements; a code without one leads to the nearest above, marked."""
    links, source = trees.inherited(data, product, "wbs")
    taken_over = source is not None and source.id != product.id
    spans = [CELL.span(f"{INHERITED}\xa0", colour=MUTED)] if taken_over else []
    for at, link in enumerate(links):
        target, typed = element(data, link)
        words = typed or (data.key(target) if target else link)
        mono = target is not None or trees.looks_like_code(words)
        look = CELL.look._replace(face="code" if mono else "regular", size=8.0 if mono else CELL.look.size)
        if target is not None:
            look = look._replace(colour=LINK, link=refer.link(target))
        spans += [CELL.span("\n")] if at else []
        spans.append(Span(words, look))
        if typed or target is None:
            spans.append(CELL.span(f"\xa0{MARK}", face="bold", colour=DRAFT))
    return spans


def _people(data: PlanData, product: Product, field: str) -> list[Span]:
    people, source = trees.inherited(data, product, field)
    taken_over = source is not None and source.id != product.id
    look = {"face": "italic", "colour": MUTED} if taken_over else {}
    spans = [CELL.span(f"{INHERITED}\xa0", colour=MUTED)] if taken_over else []
    for at, link in enumerate(people):
        spans += [CELL.span(",\n", **look)] if at else []
        spans.append(CELL.span(data.link("person", link), **look))
        if t.unresolved(link):
            spans.append(CELL.span(f"\xa0{MARK}", face="bold", colour=DRAFT))
    return spans


def _packages(product: Product) -> list[Span]:
    spans: list[Span] = []
    for name in product.repositories:
        spans += [CELL.span("\n")] if spans else []
        spans.append(CELL.span(name, face="code", size=8.0))
    return spans

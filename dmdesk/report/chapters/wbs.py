"""The WBS dictionary: each element with who leads it, what it covers, and the products defined at its level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity
from dmdesk.model import Product, WbsElement
from dmdesk.report import prose, refer
from dmdesk.report.chapters import chapter
from dmdesk.report.parts import Part, heading, paragraph
from dmdesk.report.styles import BODY, LABEL
from dmdesk.report.styles import heading as heading_style
from dmdesk.typeset.looks import DRAFT, LINK, MUTED, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

INHERITED = "↑"
LEGEND = f"{INHERITED} and italics: taken from the nearest element above that says so."
LISTED_DEPTH = 2
DEFINED = LABEL.but(look=BODY.look._replace(face="bold", size=9.96), after=2.0)
PRODUCT = BODY.but(look=BODY.look._replace(size=9.96), leading=14.5, after=0.0, align="left")


@chapter("wbs", "WBS dictionary", order=20)
def wbs(data: PlanData) -> Iterator[Part]:
    """All elements in tree order, then the products whose code matches none."""
    at, homeless = trees.products_by_element(data)
    children = data.children("wbs")
    if not children:
        yield paragraph("This plan has no WBS elements yet.", LABEL)
    elif any(_inherits(data, element) for element in data.all(WbsElement).values()):
        yield paragraph(LEGEND, LABEL)
    for depth, row in trees.walk(children):
        element = data.all(WbsElement)[row.id]
        style = heading_style(depth + 2)
        yield heading(
            depth + 2, element.key, element.name, refer.anchor(element), style, listed=depth < LISTED_DEPTH
        )
        yield from _entry(data, element)
        yield from _products(data, "Products defined at this level", at.get(row.id, []), element.key)
    if homeless:
        yield heading(2, "", "Products whose code matches no element", "wbs-unmatched", heading_style(2))
        yield from _products(data, "", homeless, "")


def _entry(data: PlanData, element: WbsElement) -> Iterator[Part]:
    facts = [
        *_fact(data, element, "institutions", "Lead institution"),
        *_fact(data, element, "manager", "Manager"),
    ]
    if facts:
        yield paragraph(facts, LABEL, keep=bool(element.dictionary))
    yield from prose.parts(data, element.dictionary, element.id)


def _inherits(data: PlanData, element: WbsElement) -> bool:
    sources = (trees.inherited(data, element, field)[1] for field in ("institutions", "manager"))
    return any(source is not None and source.id != element.id for source in sources)


def _fact(data: PlanData, element: WbsElement, field: str, label: str) -> list[Span]:
    """A labelled value, marked when it is the one of an element above; nothing when none is set."""
    value, source = trees.inherited(data, element, field)
    links = value if isinstance(value, tuple) else (value,) if value else ()
    if not links:
        return []
    kind = "institution" if field == "institutions" else "person"
    names = ", ".join(data.link(kind, link) + (" ?" if t.unresolved(link) else "") for link in links)
    own = source is None or source.id == element.id
    shown = (
        LABEL.span(names, colour="#000000") if own else LABEL.span(f"{INHERITED}\xa0{names}", face="italic")
    )
    return [LABEL.span(f"{label}: "), shown, LABEL.span("\xa0\xa0\xa0 ")]


def _products(data: PlanData, title: str, rows: list[Entity], code: str) -> Iterator[Part]:
    """The products as a list, each leading to its row in the product list."""
    if rows and title:
        yield paragraph(title, DEFINED, keep=True)
    for row in rows:
        last = row is rows[-1]
        product = data.all(Product)[row.id]
        style = PRODUCT.but(after=BODY.after) if last else PRODUCT
        yield paragraph(
            _product(product, code),
            style,
            indent=27.3,
            marker=PRODUCT.span("•"),
            keep=row is rows[0] and not last,
        )


def _product(product: Product, code: str) -> list[Span]:
    name = product.name or product.key
    spans = [PRODUCT.span(name, colour=LINK, link=refer.link(product))]
    if product.key and product.key != name:
        spans.append(PRODUCT.span(f" {product.key}", face="code", size=9.0, colour=MUTED))
    for typed in filter(None, map(t.unresolved, product.wbs)):
        if not code or typed.startswith(code):
            spans += [
                PRODUCT.span(f" {typed}", face="code", size=9.0),
                PRODUCT.span("\xa0?", colour=DRAFT, face="bold"),
            ]
    return spans

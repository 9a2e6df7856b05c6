"""The product list and the WBS dictionary: who makes what, each product below the one it is part of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity, kinds
from dmdesk.latex import escaping, tables
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Inline, Inlines, Items, Paragraph, Run
from dmdesk.manuscript.words import UNRESOLVED, blank, element, joined, linked, named
from dmdesk.model import Product, WbsElement

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter
    from dmdesk.reading import PlanData

COLUMNS = {"WBS": 1.7, "Product": 2.6, "Description": 2.9, "Manager": 1.4, "Owner": 1.4, "Packages": 1.5}
DEEPEST = 8
INHERITED = "↑\xa0"
LEGEND = (
    "↑: inherited from the nearest product above that says so, names also in italics. "
    "? after words: they name nothing in this plan and stand as they were typed."
)
LISTED_DEPTH = 2


def products(setter: Setter) -> Iterator[str]:
    """All products in tree order, on pages that lie on their side."""
    data = setter.data
    children = data.children("product")
    if not children:
        yield "\\emph{This plan has no products yet.}"
        return
    rows: list[str] = []
    for depth, row in trees.walk(children):
        rows += _row(setter, data.all(Product)[row.id], depth, bool(children.get(row.id)))
    table = tables.long(
        tables.columns(tuple(COLUMNS.values())),
        [*COLUMNS],
        rows,
        size="\\scriptsize\\setlength{\\tabcolsep}{3pt}",
    )
    legend = f"\\noindent{{\\footnotesize {escaping.text(LEGEND)}\\par}}"
    yield f"\\begin{{landscape}}\n{legend}\n\n{table}\n\\end{{landscape}}"


def _row(setter: Setter, product: Product, depth: int, group: bool) -> Iterator[str]:
    data = setter.data
    cells = (
        _codes(data, product),
        _name(product, group),
        joined(blank(product.description)),
        people(data, product, "managers"),
        people(data, product, "owners"),
        _lines([(Run(name, code=True),) for name in product.repositories]),
    )
    start = setter.label(product) + f"\\dmindent{{{min(depth, DEEPEST)}}}" * bool(depth)
    for made in tables.split(setter, cells, tuple(COLUMNS.values())):
        made[1] = start + made[1]
        start = ""
        yield tables.row(made)


def _name(product: Product, group: bool = False) -> Inlines:
    name = product.name or product.key
    key = (Run(" "), Run(product.key, code=True)) if product.key and product.key != name else ()
    return (Run(name, strong=group), *key)


def _codes(data: PlanData, product: Product) -> Inlines:
    """The product's WBS codes, which lead to their elements; a code without one leads to the nearest above, marked."""
    found: list[Inlines] = []
    links, source = trees.inherited(data, product, "wbs")
    for link in links:
        target, typed = element(data, link)
        words = typed or (data.key(target) if target else link)
        code = target is not None or trees.looks_like_code(words)
        run = Run(words, code=code, row=("wbs", target.id) if target else None)
        found.append((run, Run(UNRESOLVED, strong=True)) if typed or target is None else (run,))
    taken = source is not None and source.id != product.id
    return ((Run(INHERITED),) if taken else ()) + _lines(found)


def people(data: PlanData, product: Product, field: str) -> Inlines:
    """The people in a field; those of a product above are marked as such."""
    value, source = trees.inherited(data, product, field)
    taken = source is not None and source.id != product.id
    words: list[Inline] = [Run(INHERITED)] if taken and value else []
    for at, link in enumerate(value):
        words += [Run(", ")] if at else []
        words.append(Run(data.link("person", link), emphasis=taken))
        if t.unresolved(link):
            words.append(Run(UNRESOLVED, strong=True))
    return tuple(words)


def _lines(several: list[Inlines]) -> Inlines:
    words: list[Inline] = []
    for one in several:
        words += [Run("\n"), *one] if words else one
    return tuple(words)


# -- the WBS dictionary


def wbs(setter: Setter) -> Iterator[str]:
    """All elements in tree order, each with its products; then the products whose code matches none."""
    data = setter.data
    at, homeless = trees.products_by_element(data)
    children = data.children("wbs")
    if not children:
        yield "\\emph{This plan has no WBS elements yet.}"
    above = setter.level
    for depth, row in trees.walk(children):
        one = data.all(WbsElement)[row.id]
        yield _heading(setter, one, above + 1 + depth, depth < LISTED_DEPTH)
        facts = [*_fact(data, one, "institutions", "institution"), *_fact(data, one, "manager", "person")]
        for label, words in facts:
            yield escaping.wrapped(f"\\dmfact{{{escaping.text(label)}}}{{{setter.words(words)}}}")
        yield setter.text(prose.blocks(one.dictionary))
        yield from _defined(setter, "Products defined at this level", at.get(row.id, []), one.key)
    if homeless:
        yield from _defined(setter, "Products whose code matches no element", homeless, "")


def _heading(setter: Setter, one: WbsElement, level: int, listed: bool) -> str:
    words = escaping.text(one.key if one.name in ("", one.key) else f"{one.key} {one.name}")
    names = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
    name = names[min(level, len(names)) - 1]
    heading = f"\\{name}*{{{words}}}"
    if level > len(names):
        heading = f"\\dmlabel{{{words}}}"
    toc = f"\n\\addcontentsline{{toc}}{{{name}}}{{{words}}}" if listed else ""
    return f"{heading}\n{setter.label(one)}{toc}"


def _fact(data: PlanData, one: WbsElement, name: str, kind: str) -> Iterator[tuple[str, Inlines]]:
    """A labelled value, marked when it is the one of an element above; nothing when none is set."""
    value, source = trees.inherited(data, one, name)
    links = value if isinstance(value, tuple) else (value,)
    words = joined(linked(data, kind, links))
    if not words:
        return
    if source is not None and source.id != one.id:
        words = (
            Run(INHERITED),
            *(run._replace(emphasis=True) if isinstance(run, Run) else run for run in words),
        )
    yield kinds()["wbs"][name].label, words


def _defined(setter: Setter, title: str, rows: list[Entity], code: str) -> Iterator[str]:
    """The products as a list, each leading to its row in the product list."""
    if not rows:
        return
    items = []
    for row in rows:
        product = setter.data.all(Product)[row.id]
        first, *key = _name(product)
        words: list[Inline] = [
            first._replace(row=("product", row.id)) if isinstance(first, Run) else first,
            *key,
        ]
        for typed in filter(None, map(t.unresolved, product.wbs)):
            if not code or typed.startswith(code):
                words += [Run(" "), Run(typed, code=True), Run(UNRESOLVED, strong=True)]
        items.append((Paragraph(tuple(words)),))
    yield setter.text([Paragraph((Run(title, strong=True),), label=True), Items(tuple(items))])


# -- datasheets


def datasheets(setter: Setter) -> Iterator[str]:
    """All that each product says of itself, one after the other."""
    data = setter.data
    kind = kinds()["product"]
    skipped = {kind.key, kind.title, kind.parent, kind.order, "description", "note"}
    if not data.rows("product"):
        yield "\\emph{This plan has no products yet.}"
    for row in data.in_order("product"):
        one = data.all(Product)[row.id]
        yield setter.text([Paragraph(_name(one), label=True), *prose.blocks(one.description)])
        for field in kind.fields:
            value = getattr(one, field.name)
            if field.name in skipped or not value:
                continue
            several = value if isinstance(value, tuple) else (value,)
            if field.target:
                words = joined([named(data, field.target, link) for link in several])
            else:
                words = joined([(Run(str(each)),) for each in several])
            yield escaping.wrapped(f"\\dmfact{{{escaping.text(field.label)}}}{{{setter.words(words)}}}")
        yield setter.text(prose.blocks(one.note))

"""The figures of a plan that its readers ask for: sections, products, WBS, institutions, requirements."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk import trees
from dmdesk import types as t
from dmdesk.checks.requirements import untraced
from dmdesk.cli.output import number, width
from dmdesk.model import Institution, Product, Requirement, Section, Trace, WbsElement
from dmdesk.reading import PlanData


def breakdown(data: PlanData) -> Iterator[str]:
    """Lines of text, each part begun by an empty one; parts about kinds without rows are left out."""
    if data.rows("section"):
        yield from _sections(data)
    if data.rows("product"):
        yield from _products(data)
    if data.rows("wbs"):
        yield from _wbs(data)
    if data.rows("requirement"):
        yield from _requirements(data)


def _sections(data: PlanData) -> Iterator[str]:
    numbers = trees.section_numbers(data)
    lettered = [text for text in numbers.values() if text[0].isalpha()]
    top = [row for row in data.all(Section).values() if row.appendix and not row.parent]
    yield ""
    appendices = number(len(top), "appendix", "appendices")
    yield f"Sections: {len(numbers) - len(lettered):,} numbered, {len(lettered):,} in {appendices}"


def _products(data: PlanData) -> Iterator[str]:
    groups = sum(row.kind == "group" for row in data.all(Product).values())
    yield f"Products: {number(groups, 'group')}, {len(data.rows('product')) - groups:,} others"


def _wbs(data: PlanData) -> Iterator[str]:
    top = _top(data)
    led = [row for row in top if row.institutions]
    yield f"WBS elements at the top level: {len(top):,}, {len(led):,} of them with a lead institution of their own"
    lead = sum(row.lead for row in data.all(Institution).values())
    yield f"Institutions: {len(data.rows('institution')):,}, {lead:,} of them lead institutions"


def _top(data: PlanData) -> list[WbsElement]:
    """The elements at the top; those below it where one element holds all the others."""
    children = data.children("wbs")
    top = children.get("", [])
    if len(top) == 1 and children.get(top[0].id):
        top = children[top[0].id]
    return [row for row in top if isinstance(row, WbsElement)]


def _requirements(data: PlanData) -> Iterator[str]:
    """A line for each source document: its requirements, those that trace to none above, those without any trace."""
    traces = data.all(Trace).values()
    linked = {end for trace in traces for end in (trace.requirement, trace.parent)}
    open_ends = {row.id for row in untraced(data)}
    by_source: dict[str, list[Requirement]] = {}
    for row in data.all(Requirement).values():
        by_source.setdefault(_source(data, row), []).append(row)
    lines = [
        (
            source,
            f"{len(rows):,}",
            f"{sum(row.id in open_ends for row in rows):,}",
            f"{sum(row.id not in linked for row in rows):,}",
        )
        for source, rows in sorted(by_source.items())
    ]
    yield ""
    yield "Requirements by source document"
    wide = max(width(source) for source, *_ in lines)
    for source, *counts in lines:
        all_, untraced_, alone = (f"{count:>5}" for count in counts)
        pad = " " * (wide - width(source))
        yield f"  {source}{pad} {all_}   untraced {untraced_}   with no trace at all {alone}"


def _source(data: PlanData, row: Requirement) -> str:
    document = data.get("document", row.source)
    return (
        f"{data.key(document)} {data.title(document)}"
        if document
        else t.unresolved(row.source) or "no source"
    )

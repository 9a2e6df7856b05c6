"""Tables made from rows of one kind: interfaces, milestones, documents, who leads which work, requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from dmdesk import trees
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.manuscript import prose, tracing
from dmdesk.manuscript.blocks import Block, Grid, Inlines, Paragraph, Run
from dmdesk.manuscript.parts import part
from dmdesk.manuscript.words import blank, by_key, joined, linked, named
from dmdesk.model import (
    Acceptance,
    Appointment,
    Document,
    Interface,
    Milestone,
    Person,
    Requirement,
    Trace,
    WbsElement,
)

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

E = TypeVar("E", bound=Entity)
Column = tuple[str, float, Callable[[E], Inlines]]
"""The head of a column, its share of the width, and what it says of a row."""


@part(
    "interfaces",
    "External interfaces",
    "The interfaces with who is on the other side and who answers for them.",
)
def interfaces(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All interfaces."""

    def handle(one: Interface) -> Inlines:
        return by_key(data, "document", one.document) if one.document else (Run(one.key, code=True),)

    def name(one: Interface) -> Inlines:
        words = [Run(one.name)]
        if one.summary:
            words += [Run("\n"), *(run for run in prose.inline(one.summary) if isinstance(run, Run))]
        products = joined(linked(data, "product", one.products))
        return (*words, Run("\nProducts: "), *products) if products else tuple(words)

    yield from _table(
        "The interfaces and the documents that control them",
        _all(data, Interface),
        (
            ("Handle", 1.4, handle),
            ("Interface", 4.3, name),
            ("Other side", 1.9, lambda one: _said(one.counterpart)),
            ("Owner", 2.3, lambda one: joined(linked(data, "role", [one.owner]))),
        ),
        "This plan has no interfaces yet.",
    )


@part(
    "wbs-leads", "Leads of the WBS", "The top elements of the WBS with their lead institutions and managers."
)
def wbs_leads(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """The elements at the first level below the whole, or the topmost where there are several."""
    children = data.children("wbs")
    tops = children.get("", [])
    rows = [one for top in tops for one in children.get(top.id, [])] if len(tops) == 1 else tops

    def lead(one: WbsElement, field: str, kind: str) -> Inlines:
        value, _ = trees.inherited(data, one, field)
        return joined(linked(data, kind, value if isinstance(value, tuple) else [value]))

    yield from _table(
        "The top elements of the work breakdown structure",
        [one for one in rows if isinstance(one, WbsElement)],
        (
            ("WBS", 1.3, lambda one: by_key(data, "wbs", one.id)),
            ("Description", 3.8, lambda one: _said(one.name)),
            ("Lead institution", 2.6, lambda one: lead(one, "institutions", "institution")),
            ("Manager", 2.3, lambda one: lead(one, "manager", "person")),
        ),
        "This plan has no WBS elements yet.",
        anchored=False,
    )


@part("milestones", "Milestones", "All milestones with their level and dates.")
def milestones(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All milestones by level and date."""
    rows = sorted(
        _all(data, Milestone), key=lambda one: (one.level, one.due or "9999", trees.natural(one.key), one.id)
    )
    yield from _table(
        "Milestones by level and date",
        rows,
        (
            ("Code", 1.7, lambda one: (Run(one.key, code=True),)),
            ("Milestone", 4.4, lambda one: _said(one.name)),
            ("Level", 0.8, lambda one: _said(one.level)),
            ("Baseline", 1.35, lambda one: _said(one.due)),
            ("Forecast", 1.35, lambda one: _said(one.forecast)),
            ("Done", 1.35, lambda one: _said(one.done)),
        ),
        "This plan has no milestones yet.",
    )


@part("documents", "Documents", "The documents of the document tree, each below the one it belongs to.")
def documents(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All documents in tree order; unwritten ones say so."""

    def state(one: Document) -> Inlines:
        return (Run(one.state, strong=one.state == "not written"),) if one.state else ()

    rows = [one for _, one in trees.walk(data.children("document")) if isinstance(one, Document)]
    yield from _table(
        "Documents",
        rows,
        (
            ("Handle", 1.7, lambda one: (Run(one.key, code=True, link=one.url),)),
            ("Title", 4.6, lambda one: _said(one.name)),
            ("Kind", 1.7, lambda one: _said(one.kind)),
            ("State", 1.3, state),
            ("Owner", 1.7, lambda one: joined(linked(data, "person", [one.owner]))),
        ),
        "This plan has no documents yet.",
    )


@part("people", "People", "The people of the plan with their institutions and roles.")
def people(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All people who have not left."""
    roles: dict[str, list[Inlines]] = {}
    for held in data.all(Appointment).values():
        roles.setdefault(held.person, []).append(named(data, "role", held.role))
    yield from _table(
        "People and their roles",
        [one for one in _all(data, Person) if not one.left],
        (
            ("Name", 2.4, lambda one: _said(one.name)),
            ("Institution", 2.6, lambda one: joined(linked(data, "institution", [one.institution]))),
            ("Roles", 4.4, lambda one: joined(roles.get(one.id, []))),
        ),
        "This plan names no people yet.",
    )


@part("requirements", "Requirements by document", "The requirements of each source document, or of one.",
      about="document")  # fmt: skip
def requirements(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """A table for each source document, the requirements in the order of their codes."""
    above: dict[str, list[Inlines]] = {}
    for trace in data.all(Trace).values():
        above.setdefault(trace.requirement, []).append(by_key(data, "requirement", trace.parent))
    wanting = tracing.linked_ids(data)
    sources: dict[str, list[Requirement]] = {}
    for one in _all(data, Requirement):
        sources.setdefault(one.source, []).append(one)
    wanted = (
        [row.id]
        if row
        else sorted(sources, key=lambda id: trees.natural(data.link("document", id, data.key)))
    )

    def words(one: Requirement) -> Inlines:
        own: Inlines = (Run(one.name),)
        return (*own, Run("\n"), *prose.inline(one.text.replace("\n", " "))) if one.text else own

    def traced(one: Requirement) -> Inlines:
        if one.derived and one.id not in above:
            return (Run("derived: ", emphasis=True), *prose.inline(one.derived))
        if one.id in wanting and one.id not in above:
            return (Run(f"{tracing.GAP}\xa0not\xa0traced", emphasis=True),)
        return joined(above.get(one.id, []))

    for source in wanted:
        rows = sources.get(source, [])
        handle = data.link("document", source, data.key) if source else "no document"
        missing = sum(1 for one in rows if one.id in wanting and one.id not in above)
        yield from _table(
            f"Requirements of {handle}" + (f", {missing} not traced" if missing else ""),
            rows,
            (
                ("Code", 1.9, lambda one: (Run(one.key, code=True),)),
                ("Requirement", 5.2, words),
                ("Priority", 0.9, lambda one: _said(one.priority)),
                ("Traces to", 2.0, traced),
            ),
            f"This plan states no requirements of {handle}.",
            shown=("Traces to",) if any(one.id in above for one in rows) else (),
        )
    if not wanted:
        yield Paragraph((Run("This plan has no requirements yet.", emphasis=True),))


@part("accepted", "Accepted findings", "What the checks found and somebody accepted, with the reasons.")
def accepted(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """The accepted findings, by what they are about."""

    def about(one: Acceptance) -> Inlines:
        target = data.get(one.kind, one.row) if one.kind in kinds() else None
        return named(data, kind_of(target).name, target.id) if target is not None else _said(one.subject)

    yield from _table(
        "Findings of the checks that are accepted as they are",
        _all(data, Acceptance),
        (
            ("About", 2.2, about),
            ("Finding", 3.6, lambda one: _said(one.words)),
            ("Accepted because", 3.2, lambda one: prose.inline(one.reason.replace("\n", " "))),
            ("Until", 1.2, lambda one: _said(one.until)),
        ),
        "No finding is accepted.",
    )


# -- what they share


def _all(data: PlanData, cls: type[E]) -> list[E]:
    kind = next(iter(data.all(cls).values()), None)
    return (
        [one for one in data.in_order(kind_of(kind).name) if isinstance(one, cls)] if kind is not None else []
    )


def _said(text: str) -> Inlines:
    return joined(blank(text))


def _table(
    caption: str,
    rows: Sequence[E],
    columns: Iterable[Column[E]],
    nothing: str,
    *,
    anchored: bool = True,
    shown: Sequence[str] = (),
) -> Iterator[Block]:
    """A table without the columns that say nothing of any row, except those named by ``shown``."""
    if not rows:
        yield Paragraph((Run(nothing, emphasis=True),))
        return
    made = [(head, share, [say(one) for one in rows]) for head, share, say in columns]
    kept = [one for one in made if one[0] in shown or any(one[2])] or made[:1]
    about = tuple((kind_of(one).name, one.id) for one in rows) if anchored else ()
    yield Grid(
        tuple((Run(head, strong=True),) for head, _, _ in kept),
        tuple(zip(*(cells for _, _, cells in kept), strict=True)),
        tuple("left" for _ in kept),
        (Run(caption),),
        tuple(share for _, share, _ in kept),
        about,
    )

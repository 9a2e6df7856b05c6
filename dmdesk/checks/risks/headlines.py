"""Checks of how risks are gathered: under headlines that have children, and in categories that are not forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk import trees
from dmdesk.changes import put
from dmdesk.checks.finding import NOTE, WARNING, Finding, Fix, check, of
from dmdesk.checks.fixing import CLEAR, setting
from dmdesk.checks.risks.asking import asked, counted, parts, title_of
from dmdesk.keeping import Replaced
from dmdesk.model import Risk, RiskCategory
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_open

FEW = 4
"""Headlines that are offered for a risk outside them."""


@check("risk.headline-empty", WARNING, kinds=of("risk", "headline", "one_event", "parent"))
def headline_empty(data: PlanData) -> Iterator[Finding]:
    """A headline without risks below it, whose level it could take."""

    def find(row: Risk) -> Iterator[Finding]:
        if row.headline and row.id not in parts(data):
            fixes = [
                setting(row, "Make it a risk of its own", "no headline", headline=False, one_event=False)
            ]
            yield headline_empty.at(row, "headline", "This headline gathers no risks.", fixes)

    yield from asked(data, "headline empty", ("headline", "one_event"), find, near=_near_parents)


@check("risk.no-headline", WARNING, kinds=of("risk", "headline", "parent"))
def parent_no_headline(data: PlanData) -> Iterator[Finding]:
    """A risk that others belong to, but that is no headline, so that its level does not follow from theirs."""

    def find(row: Risk) -> Iterator[Finding]:
        below = parts(data).ids(row.id)
        if below and not row.headline:
            words = (
                f"{counted(len(below), 'risk')} belong{'s' * (len(below) == 1)} to it, but it is no headline."
            )
            rows = data.rows("risk")
            freed = Fix(
                "Let them stand by themselves", tuple(put(rows[id], {"parent": ""}) for id in below), CLEAR
            )
            made = setting(row, "Make it a headline", "make it a headline", headline=True)
            yield parent_no_headline.at(row, "headline", words, (made, freed))

    yield from asked(data, "no headline", ("headline",), find, near=_near_parents)


def _near_parents(step: Replaced) -> Iterator[str]:
    """The risks that a replaced one belongs to, or did."""
    if step.kind == "risk":
        yield from (row.parent for row in (step.old, step.new) if isinstance(row, Risk) and row.parent)


@check("risk.outside", NOTE, kinds=(*of("risk", "id", "key", "name", "state", "headline", "parent"),))
def outside(data: PlanData) -> Iterator[Finding]:
    """An open risk outside any headline, in a register where most are in one."""
    singles = [row for row in data.all(Risk).values() if is_open(row) and not row.headline]
    inside = sum(bool(row.parent) for row in singles)
    if 2 * inside <= len(singles) or inside == len(singles):
        return
    headlines = [row for row in data.all(Risk).values() if row.headline and is_open(row)]
    offered = tuple((row.id, title_of(data, row)) for row in headlines) if len(headlines) <= FEW else ()

    def find(row: Risk) -> Iterator[Finding]:
        if is_open(row) and not row.headline and not row.parent:
            fixes = [
                setting(row, f"Put it under {title}", "put it under one", parent=id) for id, title in offered
            ]
            yield outside.at(row, "parent", "Most risks belong to a headline, but this one to none.", fixes)

    yield from asked(data, "outside", ("state", "headline", "parent"), find, setting=offered)


@check("category.empty", NOTE, kinds=(*of("risk", "category"), *of("category", "id", "parent")))
def category_empty(data: PlanData) -> Iterator[Finding]:
    """A top category that no risk belongs to, itself or below it, where others are used: perhaps nobody has looked."""
    used = data.index("category", "risk", lambda row: (row.category,))  # type: ignore[attr-defined]
    rows, children = data.all(RiskCategory), data.children_ids("category")
    if not any(id in used for id in rows):
        return
    for row in (rows[id] for id in children.get("", ())):
        if not any(id in used for id in (row.id, *trees.below(children, row.id))):
            words = "No risk belongs to this category; ask whether there is none, or nobody has looked."
            yield category_empty.at(row, "name", words)

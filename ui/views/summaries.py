"""Summaries: the line below a page's title that says how much there is and what is missing."""

from __future__ import annotations

from collections.abc import Callable

from dmdesk import types as t
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData


def summary(data: PlanData, kind: str) -> str:
    """What a page's head says about its rows, parts joined by middle dots."""
    number = len(data.rows(kind))
    label = kinds()[kind]
    parts = [counted(number, label.label, label.plural)]
    parts += [words for part in _PARTS.get(kind, ()) if (words := part(data))]
    if kind != "product":
        parts.append(_lost(data, kind))
    return " · ".join(part for part in parts if part)


def counted(number: int, one: str, many: str) -> str:
    """“1 product”, “214 products”."""
    return f"{number:,} {small(one if number == 1 else many)}"


def small(words: str) -> str:
    """A label as it stands within a sentence: “WBS elements” stays, “Products” becomes “products”."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _lost(data: PlanData, kind: str) -> str:
    number = sum(
        bool(t.unresolved(link))
        for field in kinds()[kind].links
        for row in data.rows(kind).values()
        for link in _links(getattr(row, field.name))
    )
    return f"{counted(number, 'link', 'links')} unresolved" if number else ""


def _links(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _without_owner(data: PlanData) -> str:
    number = sum(not row.owners for row in data.rows("product").values())  # type: ignore[attr-defined]
    return f"{number:,} without an owner of their own" if number else ""


def _lost_elements(data: PlanData) -> str:
    rows = data.rows("product").values()
    number = sum(bool(t.unresolved(link)) for row in rows for link in row.wbs)  # type: ignore[attr-defined]
    return f"{counted(number, 'WBS reference', 'WBS references')} unresolved" if number else ""


def _without(kind: str, field: str, words: str) -> Callable[[PlanData], str]:
    def part(data: PlanData) -> str:
        number = sum(not getattr(row, field) for row in data.rows(kind).values())
        return f"{number:,} {words}" if number else ""

    return part


def _with(kind: str, field: str, value: str, words: str) -> Callable[[PlanData], str]:
    def part(data: PlanData) -> str:
        number = sum(getattr(row, field) == value for row in data.rows(kind).values())
        return f"{number:,} {words}" if number else ""

    return part


def _vacant(data: PlanData) -> str:
    held = {
        getattr(row, "role", "") for row in data.rows("appointment").values() if not getattr(row, "end", "")
    }
    number = len(data.rows("role").keys() - held)
    return f"{number:,} vacant" if number else ""


def _words(data: PlanData) -> str:
    number = sum(len(str(getattr(row, "body", "")).split()) for row in data.rows("section").values())
    return f"{number:,} words" if number else ""


def _untraced(data: PlanData) -> str:
    from dmdesk.checks.requirements import untraced

    number = sum(not row.derived for row in untraced(data))
    return f"{number:,} not traced upwards" if number else ""


def _candidates(data: PlanData) -> str:
    number = sum(row.state == "candidate" for row in data.rows("risk").values())  # type: ignore[attr-defined]
    return counted(number, "candidate", "candidates") if number else ""


def _overdue(data: PlanData) -> str:
    from dmdesk.risks import due

    on = due.today()
    number = sum(due.is_overdue(data, row, on) for row in data.rows("risk").values())  # type: ignore[arg-type]
    return f"{number:,} overdue" if number else ""


def _review_due(data: PlanData) -> str:
    from dmdesk.risks import due

    on = due.today()
    number = sum(due.is_review_overdue(data, row, on) for row in data.rows("risk").values())  # type: ignore[arg-type]
    return f"{number:,} due for review" if number else ""


_PARTS: dict[str, tuple[Callable[[PlanData], str], ...]] = {
    "product": (_without_owner, _lost_elements),
    "wbs": (_without("wbs", "dictionary", "without dictionary text"),),
    "milestone": (
        _without("milestone", "done", "still open"),
        _without("milestone", "due", "without a baseline date"),
    ),
    "document": (_with("document", "state", "not written", "not written"),),
    "role": (_vacant,),
    "section": (_words,),
    "requirement": (_untraced,),
    "risk": (
        _with("risk", "state", "active", "active"),
        _candidates,
        _overdue,
        _review_due,
    ),
    "interface": (_without("interface", "document", "without a control document"),),
}

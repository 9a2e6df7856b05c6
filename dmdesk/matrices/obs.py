"""The OBS grid: WBS elements × institutions, with the manager who answers for each control account.

A control account is where the work breakdown meets the organisation breakdown structure; this is that crossing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put, without
from dmdesk.kinds import Entity
from dmdesk.matrices.relation import (
    INHERITED,
    OWN,
    RELATIONS,
    Axis,
    Cell,
    Matrix,
    Relation,
    axis,
    called,
    flat,
    short,
)
from dmdesk.reading import PlanData


class _Lead:
    """Which institutions lead which elements, and who answers for the account."""

    def __init__(self, data: PlanData, rows: Axis, columns: Axis) -> None:
        self._data, self._rows, self._columns = data, rows, columns
        self._leads: dict[str, tuple[tuple[str, ...], Entity | None]] = {}
        self._managers: dict[str, tuple[str, Entity | None]] = {}

    def _lead(self, element: str) -> tuple[tuple[str, ...], Entity | None]:
        found = self._leads.get(element)
        if found is None:
            found = trees.inherited(self._data, self._data.rows("wbs")[element], "institutions")
            self._leads[element] = found
        return found

    def _manager(self, element: str) -> tuple[str, Entity | None]:
        """The account manager's name, and the element it comes from."""
        found = self._managers.get(element)
        if found is None:
            link, source = trees.inherited(self._data, self._data.rows("wbs")[element], "manager")
            found = self._managers[element] = (self._data.link("person", link) if link else "", source)
        return found

    def cell(self, row: str, column: str) -> Cell | None:
        links, source = self._lead(row)
        if column not in links or source is None:
            return None
        own = source.id == row
        name, whose = self._manager(row)
        element, institution = called(self._data, "wbs", row), called(self._data, "institution", column)
        said = [
            f"{institution} leads {element}" + ("." if own else f", as it leads {self._data.key(source)}.")
        ]
        if whose is None:
            said.append("No control account manager is named.")
        else:
            also = "" if whose.id == row else f", as for {self._data.key(whose)}"
            said.append(f"The control account manager is {name}{also}.")
        quiet = whose is not None and whose.id != row
        return Cell(OWN if own else INHERITED, " ".join(said), name, quiet)

    def marked(self, row: str) -> Collection[str]:
        return [id for id in self._lead(row)[0] if id in self._columns.place]

    def matrix(self) -> Matrix:
        elements, institutions = self._data.rows("wbs"), self._data.rows("institution")
        notes = {}
        for row in elements.values():
            lost = [
                t.unresolved(link) or link
                for link in row.institutions  # type: ignore[attr-defined]
                if link not in institutions
            ]
            if lost:
                notes[row.id] = f"No institution of this plan is called “{'”, “'.join(lost)}”."
        leading = {link for row in elements.values() for link in row.institutions}  # type: ignore[attr-defined]
        return Matrix(
            self._rows, self._columns, self.cell, self.marked,
            {id for id in elements if not self._lead(id)[0]},
            {id for id, row in institutions.items() if row.lead and id not in leading},  # type: ignore[attr-defined]
            notes,
        )  # fmt: skip


def _institutions(data: PlanData) -> Axis:
    """Institutions with the lead ones first, these by their number in the organisation breakdown."""
    rows: list[Any] = list(data.in_order("institution"))
    rows.sort(key=lambda row: (not row.lead, not row.number, trees.natural(row.number)))
    return flat("institution", [row.id for row in rows])


def _make_lead(data: PlanData, element: str, institution: str) -> tuple[str, list[Change]]:
    """Make an institution a lead of an element besides those it has itself, or take it off."""
    row: Any = data.rows("wbs")[element]
    code = data.key(row) or data.title(row)
    name = short(data.title(data.rows("institution")[institution]))
    if institution in row.institutions:
        title, now = f"Take {name} off as lead of {code}", without(row.institutions, institution)
    else:
        title, now = f"Make {name} lead of {code}", (*row.institutions, institution)
    return title, [put(row, {"institutions": now})]


RELATIONS.add(
    Relation(
        "obs", "OBS grid", "Which institutions lead which WBS elements, and who answers for each control account.",
        ("wbs", "institution", "person"),
        lambda data: _Lead(data, axis(data, "wbs"), _institutions(data)).matrix(), _make_lead,
        ("without a lead", "marked as lead without any element"),
        {OWN: "leads the element", INHERITED: "leads an element above"},
        field="manager",
    )
)  # fmt: skip

"""Scales and categories that are ready to use: Rubin's, NASA's, DOE's and PMI's, and 5 categories with 23 within.

Numbers and names are those of the sources; the words for the levels are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmdesk.changes import Change, add, put
from dmdesk.kinds import Entity, derived_id, kinds
from dmdesk.model import PlanDocument
from dmdesk.model.scales import PRODUCT, TABLE
from dmdesk.reading import PlanData
from dmdesk.risks.scale import COST, OVERALL, SCHEDULE, Band, Level, Scale, Zone, digits, ranked, written
from dmdesk.trees import ranks

_RANKS = ((1, 3, 5, 8, 12), (2, 6, 11, 14, 17), (4, 9, 15, 19, 21), (7, 13, 18, 22, 24), (10, 16, 20, 23, 25))
"""Priority ranks by likelihood and impact (JSC-66705 Rev A, figure 4)."""

_GREEN, _YELLOW, _RED = "#00b050", "#ffff00", "#ff0000"


def _bands(*of: tuple[str, float, float, float]) -> tuple[Band, ...]:
    return tuple(Band(at, *one) for at, one in enumerate(of, 1))


def _levels(names: Sequence[str], words: Sequence[str] = (), **more: Sequence[float]) -> tuple[Level, ...]:
    unit = "% of baseline" if "percent" in more else "months" if "months" in more else ""
    limits, values = more.get("percent", more.get("months", ())), more.get("values", ())
    return tuple(
        Level(
            at + 1, name, words[at] if words else "", limits[at] if at < len(limits) else None,
            unit if at < len(limits) else "", values[at] if values else None,
        )
        for at, name in enumerate(names)
    )  # fmt: skip


def _zones(moderate: float, high: float) -> tuple[Zone, ...]:
    return ranked(
        [
            Zone("low", 0, _GREEN, "none"),
            Zone("moderate", moderate, _YELLOW, "dots"),
            Zone("high", high, _RED, "hatch"),
        ]
    )


_RUBIN_NAMES = ("Low", "Moderate", "Significant", "Damaging", "Catastrophic")
_RUBIN = Scale(
    "rubin", "Rubin Observatory", "RTN-051", TABLE,
    _bands(("Remote", 10, 20, 10), ("Unlikely", 21, 40, 30), ("Possible", 41, 60, 50), ("Likely", 61, 80, 70),
           ("Very likely", 81, 90, 90)),
    {
        OVERALL: _levels(_RUBIN_NAMES, (
            "Hardly felt outside one team.", "A milestone of the plan of operations moves.",
            "A key performance indicator is missed.", "A priority of the long-range plan is at stake.",
            "The agreement with the funding agency, or the mission, is at stake.")),
        COST: _levels(_RUBIN_NAMES, (
            "Hardly any.", "Up to 5 % of the baseline.", "Over 5 % and up to 10 %.", "Over 10 % and up to 15 %.",
            "Over 15 %."), percent=(1, 5, 10, 15)),
        SCHEDULE: _levels(_RUBIN_NAMES, (
            "Hardly any.", "The critical path stands, with ten days of slack or more left.",
            "The critical path stands, but is within ten days.", "The critical path slips.",
            "The critical path slips and a critical milestone is missed.")),
        "performance": _levels(_RUBIN_NAMES, (
            "Hardly any.", "Minor.", "One objective is lost.", "Several objectives are lost.",
            "Minimum success is out of reach.")),
        "people": _levels(_RUBIN_NAMES, (
            "Discomfort.", "First aid.", "An injury without lost time.", "An injury with lost time.", "Loss of life.")),
        "asset": _levels(_RUBIN_NAMES, (
            "No sign of damage.", "Cosmetic damage.", "Damage that is repaired.", "Much damage, can be repaired.",
            "Total loss.")),
    },
    _RANKS, _zones(10, 20),
)  # fmt: skip

_NASA_NAMES = ("Very low", "Low", "Moderate", "High", "Very high")
_NASA = Scale(
    "nasa", "NASA", "JSC-66705 Rev A; likelihoods for cost and schedule as GSFC-STD-0002", TABLE,
    _bands(("Very low", 2, 10, 6), ("Low", 10, 25, 17.5), ("Moderate", 25, 50, 37.5), ("High", 50, 75, 62.5),
           ("Very high", 75, 100, 87.5)),
    {
        OVERALL: _levels(_NASA_NAMES, (
            "No or minimal consequence.", "Minor loss.", "Moderate loss.", "Major loss.", "Mission failure.")),
        COST: _levels(_NASA_NAMES, (
            "Up to 2 % of the baseline.", "Up to 5 %.", "Up to 7 %.", "Up to 10 %.", "Over 10 %."),
            percent=(2, 5, 7, 10)),
        SCHEDULE: _levels(_NASA_NAMES, (
            "Hardly any slip.", "Within the slack there is.", "Up to a month on the critical path.",
            "Up to two months on the critical path.", "More than that."), months=(0.25, 0.5, 1, 2)),
    },
    _RANKS, _zones(11, 20),
)  # fmt: skip

_DOE_NAMES = ("Negligible", "Marginal", "Significant", "Critical", "Crisis")
_DOE = Scale(
    "doe", "DOE", "DOE G 413.3-7A (an example there; a project documents its own thresholds)", TABLE,
    _bands(("Very low", 0, 10, 5), ("Low", 10, 25, 17.5), ("Moderate", 25, 75, 50), ("High", 75, 90, 82.5),
           ("Very high", 90, 100, 95)),
    {
        OVERALL: _levels(_DOE_NAMES, (
            "Hardly any consequence.", "A small part of the objectives suffers.", "Objectives suffer, and can be met.",
            "An objective cannot be met.", "The project cannot be completed as approved.")),
        COST: _levels(_DOE_NAMES, (), percent=(1, 5, 10, 20)),
        SCHEDULE: _levels(_DOE_NAMES, (), months=(1, 3, 6, 12)),
    },
    ((1, 1, 1, 1, 2), (1, 1, 1, 2, 2), (1, 1, 2, 2, 3), (1, 2, 2, 3, 3), (1, 2, 3, 3, 3)),
    ranked([Zone("low", 1, _GREEN, "none"), Zone("moderate", 2, _YELLOW, "dots"), Zone("high", 3, _RED, "hatch")]),
)  # fmt: skip

_PMI_NAMES = ("Very low", "Low", "Moderate", "High", "Very high")
_PMI_VALUES = (0.05, 0.1, 0.2, 0.4, 0.8)
_PMI = Scale(
    "pmi", "PMI", "PMBOK Guide, 6th edition, 11.3", PRODUCT,
    _bands(("Very low", 0, 20, 10), ("Low", 20, 40, 30), ("Moderate", 40, 60, 50), ("High", 60, 80, 70),
           ("Very high", 80, 100, 90)),
    {
        OVERALL: _levels(_PMI_NAMES, values=_PMI_VALUES),
        COST: _levels(_PMI_NAMES, (), percent=(1, 10, 20, 40), values=_PMI_VALUES),
        SCHEDULE: _levels(_PMI_NAMES, values=_PMI_VALUES),
    },
    (), _zones(0.06, 0.18),
)  # fmt: skip

READY: Mapping[str, Scale] = {one.key: one for one in (_RUBIN, _NASA, _DOE, _PMI)}
"""The ready scales by key."""

CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "Program Science": ("Community", "Science related"),
    "Technical": ("Scope", "Requirements", "Processes", "Technology", "Interfaces", "Quality"),
    "Management": (
        "Program and project management", "NOIRLab/AURA management", "Operations management", "Resourcing",
        "Communication", "Health, safety and environment",
    ),
    "Commercial/Organizational": ("Contracts and procurement", "Partnerships", "Subcontracts and suppliers"),
    "External": (
        "Financial", "Legislation", "Exchange rates", "Natural environment", "Human environment",
        "External stakeholders",
    ),
}  # fmt: skip
"""Categories and what is within (RTN-051)."""


def rows_of(scale: Scale) -> list[Entity]:
    """The rows that keep a scale in a plan, with the ids that the same text would give them."""
    kind = kinds()
    id = derived_id("scale", scale.key)
    values = {"key": scale.key, "name": scale.name, "source": scale.source, "rule": scale.rule,
              "table": written(scale.table)}  # fmt: skip
    found = [kind["scale"].make(values, id)]
    for band in scale.bands:
        given = {
            "name": band.name,
            "least": digits(band.least),
            "most": digits(band.most),
            "point": digits(band.point),
        }
        natural = f"{scale.key}/{band.level}"
        found.append(
            kind["band"].make({"scale": id, "level": str(band.level), **given}, derived_id("band", natural))
        )
    for dimension, levels in scale.levels.items():
        for level in levels:
            given = {
                "name": level.name, "words": level.words, "unit": level.unit,
                "limit": digits(level.limit),
                "value": digits(level.value),
            }  # fmt: skip
            own = {"scale": id, "dimension": dimension, "level": str(level.level)}
            natural = f"{scale.key}/{dimension}/{level.level}"
            found.append(kind["impact"].make({**own, **given}, derived_id("impact", natural)))
    for zone in scale.zones:
        given = {"name": zone.name, "least": digits(zone.least), "colour": zone.colour, "mark": zone.mark}
        natural = f"{scale.key}/{zone.name}"
        found.append(kind["zone"].make({"scale": id, **given}, derived_id("zone", natural)))
    return found


def adopted(data: PlanData, key: str) -> list[Change]:
    """The changes that bring a ready scale into the plan, where it is not yet, and make the plan use it.

    Raises:
        KeyError: there is no such ready scale.
    """
    held = data.find("scale", key)
    made = [] if held else [add(row) for row in rows_of(READY[key])]
    id, plan = held.id if held else made[0].id, data.plan()
    return [*made, put(plan, {"scale": id})] if isinstance(plan, PlanDocument) else made


def categories(data: PlanData) -> list[Change]:
    """The changes that add those ready categories that the plan does not have, by their keys."""
    found: list[Change] = []
    for (name, within), order in zip(CATEGORIES.items(), ranks(len(CATEGORIES)), strict=True):
        key = _key(name)
        top = data.find("category", key)
        top_id = top.id if top else derived_id("category", key)
        if top is None:
            found.append(_category(key, name, "", order))
        for inner, rank in zip(within, ranks(len(within)), strict=True):
            own = f"{key}.{_key(inner)}"
            if data.find("category", own) is None:
                found.append(_category(own, inner, top_id, rank))
    return found


def _category(key: str, name: str, parent: str, order: str) -> Change:
    values = {"key": key, "name": name, "parent": parent, "order": order}
    return add(kinds()["category"].make(values, derived_id("category", key)))


def _key(name: str) -> str:
    return "-".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())

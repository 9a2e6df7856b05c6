"""Faces: how bands, impact levels, scores and zones are laid out as cells, each said once for showing and writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from dmdesk import types as t
from dmdesk.model.scales import PATTERNS, PRODUCT
from dmdesk.risks.rescaling import drafting
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.scale import OVERALL, SCHEDULE, Zone, digits
from dmdesk.types import BadValue, ValueType
from ui.scales.desk import Place
from ui.scales.swatches import COLOURS, name_of

UNITS = ("", "% of baseline", "currency", "months")


@dataclass(frozen=True)
class Column:
    """A column: the field it writes, its heading, the type of its words, what can be chosen, its share of the width."""

    field: str
    label: str
    type: ValueType
    share: int
    choices: tuple[str, ...] = ()
    needed: bool = True


class Face:
    """Cells of one part of a draft."""

    part = ""
    one = ""
    """What a row is called."""
    numbered = False
    """Whether columns are levels, whose numbers stand for them where there is no room for more."""

    def columns(self, draft: Draft) -> Sequence[Column]:
        """The columns, from left to right."""
        raise NotImplementedError

    def count(self, draft: Draft) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def head(self, draft: Draft, row: int) -> str:
        """What stands before a row."""
        return str(row + 1)

    def value(self, draft: Draft, row: int, column: Column) -> Any:
        """A cell's value: text, a number, or None."""
        raise NotImplementedError

    def put(self, draft: Draft, row: int, column: Column, value: Any) -> Draft:
        """The draft with another value in a cell."""
        raise NotImplementedError

    def place(self, draft: Draft, row: int, column: Column) -> Place:
        """Where faults of a cell say that they are."""
        raise NotImplementedError

    def zone(self, draft: Draft, row: int, column: Column) -> Zone | None:
        """The zone whose look a cell has."""
        return None

    def side(self, column: Column) -> Qt.AlignmentFlag:
        """The side at which the words of a column stand."""
        return Qt.AlignmentFlag.AlignRight if column.type.numeric else Qt.AlignmentFlag.AlignLeft

    def editable(self, draft: Draft, column: Column) -> bool:
        """Whether the cells of a column can be written."""
        return True

    def words(self, draft: Draft, row: int, column: Column) -> str:
        """A cell in words, for those who hear it."""
        return f"{self.one} {self.head(draft, row)}, {column.label}"

    def shown(self, draft: Draft, row: int, column: Column) -> str:
        """A cell's value as it is typed."""
        value = self.value(draft, row, column)
        return value if isinstance(value, str) else digits(value)

    def read(self, column: Column, text: str) -> Any:
        """The value that words make.

        Raises:
            BadValue: they make none.
        """
        found = column.type.read(text)
        if column.needed and found == "":
            raise BadValue(f"“{column.label}” is empty; type {_wanted(column.type)}.")
        if not column.type.numeric:
            return found
        return float(found) if found else None


def _wanted(type: ValueType) -> str:
    return "a name" if not type.numeric else "a percentage" if type is t.PERCENT else "a number"


class Bands(Face):
    """A row for each likelihood level, the least likely first."""

    part, one = "band", "Likelihood"
    _columns = (
        Column("name", "Name", t.LINE, 5),
        Column("least", "From (%)", t.PERCENT, 2),
        Column("most", "To (%)", t.PERCENT, 2),
        Column("point", "Point (%)", t.PERCENT, 2),
    )

    def columns(self, draft: Draft) -> Sequence[Column]:
        return self._columns

    def count(self, draft: Draft) -> int:
        return draft.scale.height

    def value(self, draft: Draft, row: int, column: Column) -> Any:
        return getattr(draft.scale.bands[row], column.field)

    def put(self, draft: Draft, row: int, column: Column, value: Any) -> Draft:
        band, values = draft.scale.bands[row], {column.field: value}
        if column.field in ("least", "most") and band.point * 2 == band.least + band.most:
            values["point"] = round(
                (sum((band.least, band.most)) - getattr(band, column.field) + value) / 2, 6
            )
        return drafting.set_band(draft, band.level, **values)

    def place(self, draft: Draft, row: int, column: Column) -> Place:
        return Place(self.part, (draft.scale.bands[row].level,), column.field)


class Levels(Face):
    """A row for each impact level of one dimension, the slightest first."""

    part, one = "impact", "Impact"
    _columns = (
        Column("name", "Name", t.LINE, 4),
        Column("words", "Words", t.LINE, 8, needed=False),
        Column("limit", "Up to", t.NUMBER, 2, needed=False),
        Column("unit", "Unit", t.LINE, 3, UNITS, needed=False),
    )
    _value = Column("value", "Value", t.NUMBER, 2, needed=False)

    def __init__(self) -> None:
        self.dimension = OVERALL

    def columns(self, draft: Draft) -> Sequence[Column]:
        product = draft.scale.rule == PRODUCT and self.dimension == OVERALL
        return (*self._columns, self._value) if product else self._columns

    def count(self, draft: Draft) -> int:
        return len(draft.scale.levels.get(self.dimension, ()))

    def value(self, draft: Draft, row: int, column: Column) -> Any:
        found = getattr(draft.scale.levels[self.dimension][row], column.field)
        return " ".join(found.split("\n")) if column.field == "words" else found

    def put(self, draft: Draft, row: int, column: Column, value: Any) -> Draft:
        own = draft.scale.levels[self.dimension][row]
        values = {column.field: value}
        if column.field == "limit":
            values["unit"] = "" if value is None else own.unit or self._unit(draft)
        return drafting.set_level(draft, self.dimension, own.level, **values)

    def _unit(self, draft: Draft) -> str:
        """What the limits of the other levels count, or what is usual."""
        given = (one.unit for one in draft.scale.levels[self.dimension] if one.unit)
        return next(given, "months" if self.dimension == SCHEDULE else UNITS[1])

    def place(self, draft: Draft, row: int, column: Column) -> Place:
        level = draft.scale.levels[self.dimension][row].level
        return Place(self.part, (self.dimension, level), column.field)


class Scores(Face):
    """The matrix of scores: likelihood from the bottom up, impact from left to right."""

    part, one = "scale", "Likelihood"
    numbered = True

    def columns(self, draft: Draft) -> Sequence[Column]:
        return [Column(str(at), _impact(draft, at), t.NUMBER, 1) for at in range(1, draft.scale.width + 1)]

    def count(self, draft: Draft) -> int:
        return draft.scale.height

    def head(self, draft: Draft, row: int) -> str:
        band = draft.scale.bands[-1 - row]
        return f"{band.name} · {band.level}"

    def _cell(self, draft: Draft, row: int, column: Column) -> tuple[int, int]:
        return draft.scale.height - row, int(column.field)

    def value(self, draft: Draft, row: int, column: Column) -> Any:
        return draft.scale.score(*self._cell(draft, row, column))

    def put(self, draft: Draft, row: int, column: Column, value: Any) -> Draft:
        return drafting.set_score(draft, *self._cell(draft, row, column), value)

    def place(self, draft: Draft, row: int, column: Column) -> Place:
        return Place(self.part, self._cell(draft, row, column), "table")

    def zone(self, draft: Draft, row: int, column: Column) -> Zone | None:
        return draft.scale.zone(self.value(draft, row, column))

    def editable(self, draft: Draft, column: Column) -> bool:
        return draft.scale.rule != PRODUCT

    def side(self, column: Column) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignHCenter

    def words(self, draft: Draft, row: int, column: Column) -> str:
        zone = self.zone(draft, row, column)
        names = f"Likelihood {self.head(draft, row)}, impact {column.label}"
        return f"{names}: {zone.name if zone else 'no zone'}, score"


def _impact(draft: Draft, level: int) -> str:
    found = draft.scale.level(OVERALL, level)
    return f"{level} · {found.name}" if found else str(level)


class Zones(Face):
    """A row for each zone, the lowest first."""

    part, one = "zone", "Zone"
    _columns = (
        Column("name", "Name", t.LINE, 4),
        Column("least", "From score", t.NUMBER, 2),
        Column("colour", "Colour", t.LINE, 3, tuple(COLOURS)),
        Column("mark", "Pattern", t.LINE, 3, PATTERNS),
    )

    def columns(self, draft: Draft) -> Sequence[Column]:
        return self._columns

    def count(self, draft: Draft) -> int:
        return len(draft.scale.zones)

    def value(self, draft: Draft, row: int, column: Column) -> Any:
        zone = draft.scale.zones[row]
        if column.field == "colour":
            return name_of(zone.colour)
        return zone.mark or PATTERNS[0] if column.field == "mark" else getattr(zone, column.field)

    def put(self, draft: Draft, row: int, column: Column, value: Any) -> Draft:
        if column.choices and value not in column.choices:
            raise BadValue(f"“{value}” is none of {', '.join(column.choices)}.")
        value = COLOURS[value] if column.field == "colour" else value
        return drafting.set_zone(draft, row, **{column.field: value})

    def place(self, draft: Draft, row: int, column: Column) -> Place:
        return Place(self.part, (row,), column.field)

    def zone(self, draft: Draft, row: int, column: Column) -> Zone | None:
        return draft.scale.zones[row] if column.field in ("colour", "mark") else None

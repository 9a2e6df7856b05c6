"""The heat map: risks in cells of likelihood and impact, at first, now, and as their responses aim at.

A cell names its risks while it has room and counts them where it has not; colour, pattern and letter tell its zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts.board import Board
from dmdesk.drawing.risks import zones
from dmdesk.drawing.sheet import Drawing
from dmdesk.drawing.tree import Options
from dmdesk.drawing.wording import placed
from dmdesk.model.risks import CURRENT, INITIAL, SCORES, TARGET
from dmdesk.risks import matrix
from dmdesk.risks.scale import OVERALL, Scale, scale_of
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

NATURAL = 648.0
CELL, LOW = 40.0, 22.0
"""The height of a cell that has risks to name, where a page has room for it, and of one that has few or none."""
LOWEST = 12.0
AXIS = 13.0
GAP = 18.0
TITLE = 15.0
LABEL = Look("code", 6.4)
COUNT = Look("bold", 9.0)
LETTER = Look("bold", 6.4)
LEVEL = Look("regular", 7.0)
LINE = 9.0
WHAT = {INITIAL: "At first", CURRENT: "Now", TARGET: "As responses aim at"}


def heat_map(data: PlanData, ids: Sequence[str], options: Options) -> Drawing:
    """The three matrices side by side, on a scale with bands and levels, with some of the plan's risks."""
    scale = scale_of(data)
    made = Board(*b.room_for(options, NATURAL))
    wide = (made.wide - GAP * (len(SCORES) - 1)) / len(SCORES)
    tall = max(LOWEST, min(CELL, (made.full - TITLE - AXIS - 40.0) / max(scale.height, 1)))
    for at, which in enumerate(SCORES):
        _matrix(
            made, data, scale, (at * (wide + GAP), wide, tall), WHAT[which], matrix.cells(data, ids, which)
        )
    made.y = TITLE + tall * scale.height + AXIS + 4.0
    _key(made, scale)
    return b.drawing(made, options, "Heat map", ())


def _matrix(
    made: Board,
    data: PlanData,
    scale: Scale,
    place: tuple[float, float, float],
    title: str,
    cells: Mapping[matrix.Cell, Sequence[str]],
) -> None:
    """One matrix; ``place``: its left edge, its width, and the height of a cell."""
    left, whole, tall = place
    wide = (whole - AXIS) / max(scale.width, 1)
    count = sum(map(len, cells.values()))
    made.text(f"{title} ({count:,})", b.NAME, "strong", left + AXIS, 0.0)
    for likelihood in range(1, scale.height + 1):
        y = TITLE + tall * (scale.height - likelihood)
        made.centred(str(likelihood), LEVEL, "muted", left + AXIS / 2, y + tall / 2 - 4)
        for impact in range(1, scale.width + 1):
            x = left + AXIS + wide * (impact - 1)
            _cell(made, data, scale, (x, y, wide, tall), (likelihood, impact), cells)
    for impact in range(1, scale.width + 1):
        at = left + AXIS + wide * (impact - 0.5)
        made.centred(str(impact), LEVEL, "muted", at, TITLE + tall * scale.height + 2.0)


def _cell(
    made: Board,
    data: PlanData,
    scale: Scale,
    where: tuple[float, float, float, float],
    at: matrix.Cell,
    cells: Mapping[matrix.Cell, Sequence[str]],
) -> None:
    x, y, wide, tall = where
    zone = scale.zone(scale.score(*at))
    zones.ground(made, x, y, wide, tall, zone)
    ids = cells.get(at, ())
    if zone is not None:
        _plate(made, zones.letters(scale)[zone.name], LETTER, (x + 0.8, y + 0.8), "", "muted")
    room = int((tall - LINE - 1.0) // LINE)
    rows = [(id, row) for id in ids if (row := data.get("risk", id)) is not None]
    names = [data.key(row) or data.title(row) for _, row in rows]
    widest = max((_wide(name, LABEL) for name in names), default=0.0)
    if not rows:
        return
    if room < 1 or widest > wide - 4 or (len(rows) > room and room < 2):
        shown = f"{len(rows):,}"
        _plate(made, shown, COUNT, (x + (wide - _wide(shown, COUNT)) / 2 - 2, y + tall / 2 - 5), "", "ink")
        return
    few = rows if len(rows) <= room else rows[: room - 1]
    lines = [(name, id) for (id, _), name in zip(few, names, strict=False)]
    if len(few) < len(rows):
        lines.append((f"+ {len(rows) - len(few):,} more", ""))
    top = y + LINE + (tall - LINE - LINE * len(lines)) / 2
    for down, (name, id) in enumerate(lines):
        left = x + (wide - _wide(name, LABEL)) / 2 - 1.5
        _plate(made, name, LABEL, (left, top + LINE * down), id, "link" if id else "ink")


def _plate(made: Board, text: str, look: Look, at: tuple[float, float], id: str, colour: str) -> None:
    """Words on a white plate, so that no pattern runs through them; with the id of a risk it leads to it."""
    words = tuple(placed(text, look, colour, 0.6, 1.5))
    card = b.Card(words, look.size + 1.8)
    wide = sum(one.width for one in words) + 3.0
    made.box(*at, wide, look.size + 1.8, card, id=id, title=text, kind="risk", fill="paper", named="none")


def _wide(text: str, look: Look) -> float:
    return fonts.natural_width(fonts.printable(text), look.face, look.size)


def _key(made: Board, scale: Scale) -> None:
    """What zones, letters and levels mean, below the matrices."""
    signs, x = zones.letters(scale), AXIS
    for zone in scale.zones:
        text = f"{zone.name} (score {zone.least:g} and more)" if zone.rank else zone.name
        if x > AXIS and x + 24 + _wide(text, LEVEL) > made.wide:
            x, made.y = AXIS, made.y + 13.0
        zones.ground(made, x, made.y, 18.0, 9.5, zone)
        _plate(made, signs[zone.name], LETTER, (x + 5.5, made.y + 0.7), "", "ink")
        x += (
            23.0
            + made.text(fitted(text, LEVEL, made.wide - AXIS - 24), LEVEL, "ink", x + 22.0, made.y)
            + 16.0
        )
    made.y += 14.0
    levels = scale.levels.get(OVERALL) or next(iter(scale.levels.values()), ())
    for title, named in (
        (
            "Likelihood (upwards)",
            [(band.level, f"{band.name} {band.least:g}–{band.most:g} %") for band in scale.bands],
        ),
        ("Impact (to the right)", [(level.level, level.name) for level in levels]),
    ):
        words = f"{title}: {' · '.join(f'{level} {name}' for level, name in named)}"
        made.text(fitted(words, LEVEL, made.wide - AXIS), LEVEL, "muted", AXIS, made.y)
        made.y += 10.0


def described(data: PlanData, ids: Sequence[str], most: int = 40) -> str:
    """What the heat map shows, in words: for each matrix the risks of each zone, the gravest zone first."""
    scale = scale_of(data)
    told = []
    for which in SCORES:
        found: dict[str, list[str]] = {}
        for (likelihood, impact), members in matrix.cells(data, ids, which).items():
            zone = scale.zone(scale.score(likelihood, impact))
            found.setdefault(zone.name if zone else "no zone", []).extend(members)
        parts = []
        for name in [*(zone.name for zone in reversed(scale.zones)), "no zone"]:
            members = found.get(name, [])
            rows = [row for id in members[:most] if (row := data.get("risk", id)) is not None]
            if rows:
                keys = ", ".join(data.key(row) or data.title(row) for row in rows)
                parts.append(f"{name} {len(members)} ({keys}{', …' if len(members) > most else ''})")
        told.append(f"{WHAT[which]}: {'; '.join(parts) or 'none judged'}.")
    return "Heat map of likelihood and impact. " + " ".join(told)

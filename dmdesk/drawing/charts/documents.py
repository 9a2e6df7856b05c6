"""The document tree: documents by level below one another, each tree in a column with its branches indented.

A document of another level than the one above it stands among its own level and is referred to where it hangs.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import trees
from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts.board import GAP, Board, Card, Sign, Writer
from dmdesk.drawing.sheet import Drawing
from dmdesk.drawing.tree import Options
from dmdesk.model import Document, PlanDocument

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

NATURAL = 720.0
COLUMN = 104.0
INDENT = 10.0
DEEPEST = 4
NEAR = 6.0
LEVELS = {
    "project": "Project", "subsystem": "Subsystem", "technical note": "Technical notes", "other": "Other",
    "": "No level given",
}  # fmt: skip
SIGNS = (
    Sign("document"),
    Sign("this plan", "group", "group"),
    Sign("not written", "leaf", "missing"),
    Sign("stands elsewhere", "leaf", "repeated"),
)


class _Spot(NamedTuple):
    row: Document
    indent: int
    card: Card
    again: bool


def documents(data: PlanData, options: Options) -> Drawing:
    """The document tree of a plan that has documents."""
    made = b.board(options, NATURAL, SIGNS)
    count, wide = b.columns(made.wide, COLUMN)
    rows, children = data.all(Document), data.children_ids("document")
    plan = data.plan()
    handle = plan.handle if isinstance(plan, PlanDocument) else ""
    for level, title in LEVELS.items():
        tops = [row for row in _in_order(rows, children) if row.level == level and _stands_alone(rows, row)]
        if tops:
            blocks = [_block(rows, children, top, wide, handle) for top in tops]
            _band(
                made,
                f"{title} · {len([one for block in blocks for one in block if not one.again])}",
                blocks,
                count,
                wide,
                handle,
            )
    return b.drawing(made, options, "Document tree", SIGNS)


def described(data: PlanData) -> str:
    """What the tree shows, in words."""
    rows = data.all(Document).values()
    missing = [row.key for row in rows if row.state == "not written"]
    counts = [(sum(row.level == level for row in rows), name.lower()) for level, name in LEVELS.items()]
    levels = ", ".join(f"{name}: {count}" for count, name in counts if count)
    unwritten = f" Not written: {', '.join(missing)}." if missing else ""
    return f"Document tree of {len(rows)} document{'s'[: len(rows) != 1]} by level ({levels}).{unwritten}"


def _in_order(rows: dict[str, Document], children: dict[str, list[str]]) -> list[Document]:
    return [rows[id] for _, id in trees.walk(children)]


def _stands_alone(rows: dict[str, Document], row: Document) -> bool:
    """Whether a document begins a column: nothing is above it, or something of another level."""
    above = rows.get(row.parent)
    return above is None or above.level != row.level or _in_cycle(rows, row)


def _in_cycle(rows: dict[str, Document], row: Document) -> bool:
    return any(row.id in cycle[:1] for cycle in trees.cycles(rows, "parent"))


def _block(
    rows: dict[str, Document], children: dict[str, list[str]], top: Document, wide: float, handle: str
) -> list[_Spot]:
    """A document and those below it; ones of another level only as a reference."""
    found, stack = [], [(top.id, 0)]
    while stack:
        id, depth = stack.pop()
        row, indent = rows[id], min(depth, DEEPEST)
        again = row.level != top.level
        room = wide - indent * INDENT
        above = rows.get(top.parent) if row is top else None
        found.append(
            _Spot(row, indent, _again(row, room) if again else _card(row, room, above, handle), again)
        )
        if not again:
            stack.extend((child, depth + 1) for child in reversed(children.get(id, ())))
    return found


def _link(row: Document) -> str:
    address = row.url.strip().replace(" ", "%20")
    return f"{address} #document-{row.id}".strip()


def _again(row: Document, wide: float, more: str = "") -> Card:
    out = Writer(wide, y=3.0)
    out.line(f"{row.key or row.name}{more}", b.NAME, "link", link=_link(row))
    return Card(tuple(out.words), out.y + 3.0)


def _card(row: Document, wide: float, above: Document | None, handle: str) -> Card:
    """What stands in the box of a document: handle, kind, title, state."""
    out = Writer(wide)
    unwritten = row.state == "not written"
    out.line(row.key or "no handle", b.NAME, "missing" if unwritten else "link", link=_link(row))
    out.beside(row.kind, b.NOTE, "muted")
    out.line(row.name, b.TEXT, most=4)
    if unwritten:
        out.line("not written", b.NAME, "missing")
    elif row.state in ("draft", "out of date", "obsolete"):
        out.line(row.state, b.NOTE, "muted")
    if above is not None:
        out.line(f"below {above.key or above.name}", b.NOTE, "muted")
    return out.card()


def _band(made: Board, title: str, blocks: list[list[_Spot]], count: int, wide: float, handle: str) -> None:
    """The trees of a level, in columns of about the same height."""
    rest = [part for block in blocks for part in _chunks(block, made.full - 40, wide)]
    while rest:
        if not made.fits(33 + _high(rest[0]) + 10):
            made.turn()
        b.heading(made, title)
        room = made.high - made.y
        taken = _fill(rest, count, room)
        high = _balanced(taken, count, room)
        bottom = made.y
        for at, column in enumerate(_columns(taken, high)):
            y = made.y
            for block in column:
                _put(made, block, at * (wide + GAP), y, wide, handle)
                y += _high(block) + GAP
            bottom = max(bottom, y - GAP)
        made.y = bottom
        rest = rest[len(taken) :]
        title = title if title.endswith("(continued)") else f"{title} (continued)"


def _high(block: list[_Spot]) -> float:
    return sum(spot.card.high + NEAR for spot in block) - NEAR


def _chunks(block: list[_Spot], most: float, wide: float) -> list[list[_Spot]]:
    """A tree in parts that fit on a page; each but the first begins with those above that it goes on below."""
    parts: list[list[_Spot]] = [[]]
    used = 0.0
    above: list[_Spot] = []
    for spot in block:
        del above[spot.indent :]
        if parts[-1] and used + spot.card.high > most:
            parts.append([_continued(one, wide) for one in above])
            used = sum(one.card.high + NEAR for one in parts[-1])
        above.append(spot)
        parts[-1].append(spot)
        used += spot.card.high + NEAR
    return parts


def _continued(spot: _Spot, wide: float) -> _Spot:
    card = _again(spot.row, wide - spot.indent * INDENT, " (continued)")
    return spot._replace(card=card, again=True)


def _columns(blocks: list[list[_Spot]], high: float) -> list[list[list[_Spot]]]:
    """The trees in columns no higher than this."""
    found: list[list[list[_Spot]]] = [[]]
    used = 0.0
    for block in blocks:
        if found[-1] and used + _high(block) > high + 0.01:
            found.append([])
            used = 0.0
        found[-1].append(block)
        used += _high(block) + GAP
    return found


def _fill(blocks: list[list[_Spot]], count: int, room: float) -> list[list[_Spot]]:
    """As many trees, from the first, as fit into so many columns; the first one fits."""
    blocks = [blocks[0], *takewhile(lambda block: _high(block) <= room, blocks[1:])]
    low, high = 1, len(blocks)
    while low < high:
        middle = (low + high + 1) // 2
        if len(_columns(blocks[:middle], room)) <= count:
            low = middle
        else:
            high = middle - 1
    return blocks[:low]


def _balanced(blocks: list[list[_Spot]], count: int, room: float) -> float:
    """The least height at which the trees still fit into so many columns."""
    low, high = max(map(_high, blocks)), min(room, sum(_high(block) + GAP for block in blocks))
    while high - low > 2:
        middle = (low + high) / 2
        if len(_columns(blocks, middle)) <= count:
            high = middle
        else:
            low = middle
    return max(low, high)


def _put(made: Board, block: list[_Spot], x: float, y: float, wide: float, handle: str) -> None:
    stems: dict[int, tuple[float, str]] = {}
    for spot in block:
        row, left = spot.row, x + spot.indent * INDENT
        if spot.indent:
            start, above = stems[spot.indent - 1]
            stem, middle = left - INDENT / 2, y + 8.0
            made.line(((stem, start), (stem, middle), (left, middle)), ends=(above, row.id))
        own = bool(handle) and row.key == handle
        named = (
            "repeated"
            if spot.again
            else "missing"
            if row.state == "not written"
            else "group"
            if own
            else "leaf"
        )
        made.box(
            left, y, wide - spot.indent * INDENT, spot.card.high, spot.card, kind="document", id=row.id,
            title=f"{row.key}: {row.name}", named=named, repeated=spot.again, fill="group" if own else "leaf",
        )  # fmt: skip
        y += spot.card.high
        stems[spot.indent] = (y, row.id)
        y += NEAR

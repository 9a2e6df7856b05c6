"""The organisation chart: who reports to whom, the teams of each institution, and the groups.

Each role stands above those that report to it, which wrap into rows; nothing shrinks, the chart takes more pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts import people
from dmdesk.drawing.charts.board import GAP, Board, Card, Sign, Writer
from dmdesk.drawing.charts.people import Crew, Post
from dmdesk.drawing.sheet import Drawing
from dmdesk.drawing.tree import Options
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look
from dmdesk.values import record

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

NATURAL = 720.0
COLUMN = 104.0
HEAD = 150.0
INDENT = 10.0
DEEPEST = 4
"""Levels that are indented below a column's head."""
DROP = 16.0
"""Between a role and the row of those that report to it, where lines run."""
TRUNK = 8.0
"""Room at the left edge for the line that joins further rows."""
OUTSIDE = 18.0
NEAR = 6.0
"""Between boxes of a column."""
PAD_TEAM = 4.0
TITLE = 17.0
MOST_HOLDERS = 8
SIGNS = (
    Sign("role"),
    Sign("scientist", "science ground", "science"),
    Sign("lead institution", "group", "group"),
    Sign("vacant: the plan names nobody", "leaf", "vacant"),
)


def organisation(data: PlanData, options: Options) -> Drawing:
    """The organisation chart of a plan that has at least a role, a team or a group."""
    signs = SIGNS
    made = b.board(options, NATURAL, signs)
    _roles(made, people.posts(data), people.lines_of_report(data))
    _teams(made, data)
    _groups(made, people.groups(data))
    return b.drawing(made, options, "Organisation chart", signs)


def described(data: PlanData) -> str:
    """What the chart shows, in words."""
    posts = people.posts(data)
    tops = [posts[id].name for id in people.lines_of_report(data).get("", ()) if id in posts]
    vacant = sum(not _filled(post) for post in posts.values())
    words = [f"{len(posts)} role{'s'[: len(posts) != 1]}"]
    if vacant:
        words.append(f"{vacant} of them vacant")
    teams = [(len(data.rows("team")), "team"), (len(data.rows("group")), "group")]
    words += [f"{count} {name}{'s'[: count != 1]}" for count, name in teams if count]
    head = f"; at the head {', '.join(tops[:3])}" if tops else ""
    return f"Organisation chart: {', '.join(words)}{head}."


# -- roles


def _filled(post: Post) -> bool:
    return any(one.capacity != "deputy" for one in post.holders)


def _role_card(post: Post, wide: float, *, again: bool = False) -> Card:
    """What stands in the box of a role: name, holders, deputies, or that it is vacant."""
    out = Writer(wide)
    out.line(post.name, b.NAME, most=3)
    if again:
        return out.card()
    for holder in post.holders[:MOST_HOLDERS]:
        prefix = {"deputy": "Deputy: ", "acting": "Acting: "}.get(holder.capacity, "")
        out.line(f"{prefix}{holder.name}", b.TEXT, most=2)
        out.line(holder.scope, b.SMALL, "muted", most=2, indent=5)
    if len(post.holders) > MOST_HOLDERS:
        out.line(f"+ {len(post.holders) - MOST_HOLDERS} more", b.NOTE, "muted")
    if not _filled(post):
        out.line("vacant", b.NOTE, "missing")
    return out.card()


def _role_look(post: Post, *, again: bool = False) -> dict[str, Any]:
    named = "repeated" if again else " ".join(["science"] * post.science + ["vacant"] * (not _filled(post)))
    return {
        "kind": "role", "id": post.id, "title": post.name, "named": named or "leaf", "repeated": again,
        "fill": "science ground" if post.science else "leaf",
    }  # fmt: skip


class _Spot(NamedTuple):
    post: Post
    level: int
    card: Card
    again: bool = False


def _roles(made: Board, posts: dict[str, Post], below: dict[str, list[str]]) -> None:
    """A head for each role that reports to none, with its rows; those without any share rows of their own."""
    tops = [posts[id] for id in below.get("", ()) if id in posts]
    for top in tops:
        if below.get(top.id):
            _panel(made, top, posts, below)
    alone = [top for top in tops if not below.get(top.id)]
    if alone:
        b.heading(made, "Other roles" if len(alone) < len(tops) else "Roles")
        count, wide = b.columns(made.wide, COLUMN)
        _shelf(made, [(_role_card(post, wide), _role_look(post)) for post in alone], count, wide)


def _shelf(made: Board, cards: Sequence[tuple[Card, dict[str, Any]]], count: int, wide: float) -> None:
    """Boxes beside each other in rows."""
    for start in range(0, len(cards), count):
        row = cards[start : start + count]
        high = max(card.high for card, _ in row)
        if not made.fits(high):
            made.turn()
        for place, (card, look) in enumerate(row):
            made.box(place * (wide + GAP), made.y, wide, high, card, **look)
        made.y += high + GAP


@record
class _Panel:
    """A role with the rows of those that report to it, joined by a trunk at the left edge of each page."""

    made: Board
    top: Post
    wide: float
    bottom: float = 0.0
    bus: float = 0.0
    """How far down the head and the last bus are."""

    def head(self, *, again: bool) -> None:
        """The head's own box, or the one that repeats it on a further page."""
        made, wide = self.made, min(HEAD, self.made.wide)
        card = _role_card(self.top, wide, again=again)
        middle = made.wide / 2
        if self.top.outside and not again:
            made.centred(
                fitted(f"reports to {self.top.outside}", b.NOTE, made.wide), b.NOTE, "muted", middle, made.y
            )
            made.line(((middle, made.y + 10.5), (middle, made.y + OUTSIDE)), "dashed")
            made.y += OUTSIDE
        made.box(middle - wide / 2, made.y, wide, card.high, card, **_role_look(self.top, again=again))
        made.y += card.high
        self.bottom, self.bus = made.y, 0.0

    def row(self, columns: Sequence[Sequence[_Spot]], shift: float = 0.0) -> None:
        """One row of columns below a bus, which the head or the trunk leads to."""
        made, middle = self.made, self.made.wide / 2
        bus = made.y + DROP / 2
        lefts = [TRUNK + shift + place * (self.wide + GAP) for place in range(len(columns))]
        drops = [left + self.wide / 2 for left in lefts]
        if self.bus:
            made.line(((middle, self.bus), (0.0, self.bus), (0.0, bus), (max(drops), bus)))
        else:
            made.line(((middle, self.bottom), (middle, bus)))
            made.line(((min(middle, *drops), bus), (max(middle, *drops), bus)))
            self.bus = bus
        made.y += DROP
        for left, drop, column in zip(lefts, drops, columns, strict=True):
            made.line(((drop, bus), (drop, made.y)), ends=(self.top.id, column[0].post.id))
            self.column(column, left)
        made.y += max(map(_column_high, columns))

    def column(self, column: Sequence[_Spot], x: float) -> None:
        """A role with those below it, indented."""
        made, y = self.made, self.made.y
        stems: dict[int, tuple[float, str]] = {}
        for spot in column:
            left = x + spot.level * INDENT
            if spot.level:
                start, above = stems[spot.level - 1]
                stem, middle = left - INDENT / 2, y + 9.0
                made.line(((stem, start), (stem, middle), (left, middle)), ends=(above, spot.post.id))
            wide = self.wide - spot.level * INDENT
            made.box(left, y, wide, spot.card.high, spot.card, **_role_look(spot.post, again=spot.again))
            y += spot.card.high
            stems[spot.level] = (y, spot.post.id)
            y += NEAR


def _column_high(column: Sequence[_Spot]) -> float:
    return sum(spot.card.high + NEAR for spot in column) - NEAR


def _panel(made: Board, top: Post, posts: dict[str, Post], below: dict[str, list[str]]) -> None:
    count, wide = b.columns(made.wide - TRUNK, COLUMN)
    panel = _Panel(made, top, wide)
    head = _role_card(top, HEAD).high + (OUTSIDE if top.outside else 0)
    most = made.full - max(head, _role_card(top, HEAD, again=True).high) - DROP
    columns = [
        part for child in below[top.id] for part in _parted(_descent(posts, below, child, wide), most, wide)
    ]
    rows = [columns[at : at + count] for at in range(0, len(columns), count)]
    if not made.fresh:
        made.y += 10
    if not made.fits(head + DROP + max(map(_column_high, rows[0]))):
        made.turn()
    panel.head(again=False)
    for place, row in enumerate(rows):
        if place and not made.fits(DROP + max(map(_column_high, row))):
            made.turn()
            panel.head(again=True)
        alone = len(rows) == 1
        panel.row(row, (made.wide - len(row) * (wide + GAP) + GAP) / 2 - TRUNK if alone else 0.0)
    made.y += GAP


def _descent(posts: dict[str, Post], below: dict[str, list[str]], id: str, wide: float) -> list[_Spot]:
    """A role and all below it, each with its level, parents first."""
    found, stack = [], [(id, 0)]
    while stack:
        at, level = stack.pop()
        shown = min(level, DEEPEST)
        found.append(_Spot(posts[at], shown, _role_card(posts[at], wide - shown * INDENT)))
        stack.extend((child, level + 1) for child in reversed(below.get(at, ())))
    return found


def _parted(column: list[_Spot], most: float, wide: float) -> list[list[_Spot]]:
    """A column in parts no higher than a page has room for; each further one begins with its head again."""
    parts: list[list[_Spot]] = [[]]
    used = 0.0
    for spot in column:
        step = spot.card.high + NEAR
        if parts[-1] and used + step > most:
            head = column[0]
            again = _Spot(head.post, 0, _role_card(head.post, wide, again=True), True)
            parts.append([again])
            used = again.card.high + NEAR
            held = {0}
        elif not parts[-1]:
            held = set()
        level = spot.level
        while level and level - 1 not in held:
            level -= 1
        held = {one for one in held if one < level} | {level}
        parts[-1].append(spot._replace(level=level))
        used += step
    return parts


# -- teams


def _chip(name: str, what: str, wide: float) -> Card:
    out = Writer(wide, pad=4.0, y=2.5)
    out.line(what, Look("italic", 6.5), "muted")
    out.line(name or "vacant", b.TEXT if name else b.NOTE, "ink" if name else "missing", most=2)
    return Card(tuple(out.words), out.y + 2.5)


class _Team(NamedTuple):
    crew: Crew
    name: Card
    manager: Card
    lead: Card | None
    rest: Card | None

    @property
    def high(self) -> float:
        """The height of the team's box."""
        parts = [one.high + 3 for one in (self.manager, self.lead) if one]
        return self.name.high + sum(parts) + (self.rest.high if self.rest else 2.0)


def _team(crew: Crew, wide: float) -> _Team:
    out = Writer(wide)
    out.line(crew.name, b.NAME, most=3, link=f"#team-{crew.id}")
    out.line("  ".join(crew.codes), b.CODE, "muted")
    name = Card(tuple(out.words), out.y + 2)
    inner = wide - 2 * PAD_TEAM
    lead = _chip(crew.lead[0], "Science or engineering lead", inner) if crew.lead[0] else None
    tail = Writer(wide, y=1.0)
    if crew.owners:
        tail.line("Product owners: " + ", ".join(crew.owners), b.SMALL, "ink", most=4)
    if crew.members:
        tail.line("Members: " + ", ".join(crew.members), b.SMALL, "muted", most=5)
    rest = Card(tuple(tail.words), tail.y + 3) if tail.words else None
    return _Team(crew, name, _chip(crew.manager[0], "Manager", inner), lead, rest)


def _teams(made: Board, data: PlanData) -> None:
    """A frame for each institution with its teams, lead institutions first."""
    crews = people.crews(data)
    if not crews:
        return
    b.heading(made, "Teams by institution" if set(crews) != {""} else "Teams")
    rows: list[Any] = data.in_order("institution")
    places = [row for row in rows if row.id in crews and row.lead]
    places += [row for row in rows if row.id in crews and not row.lead]
    frames = [(row.name, row.id, row.lead, crews[row.id]) for row in places]
    if "" in crews:
        frames.append(("No institution", "", False, crews[""]))
    count, wide = b.columns(made.wide, COLUMN + 2, GAP)
    _frames(made, frames, count, wide)


def _frames(made: Board, frames: list[tuple[str, str, bool, list[Crew]]], count: int, wide: float) -> None:
    """Frames beside each other where they fit, each as many columns wide as it has teams."""
    line: list[tuple[str, str, bool, list[Crew]]] = []
    used = 0
    pieces = [
        (title if not at else f"{title} (continued)", id, lead, crews[at : at + count])
        for title, id, lead, crews in frames
        for at in range(0, len(crews), count)
    ]
    for piece in pieces:
        if used + len(piece[3]) > count:
            _frame_row(made, line, wide)
            line, used = [], 0
        line.append(piece)
        used += len(piece[3])
    _frame_row(made, line, wide)


def _frame_row(made: Board, line: list[tuple[str, str, bool, list[Crew]]], wide: float) -> None:
    inner = wide - 8
    teams = [[_team(crew, inner) for crew in crews] for _, _, _, crews in line]
    high = max((team.high for row in teams for team in row), default=0.0)
    if not teams:
        return
    if not made.fits(TITLE + high + 6):
        made.turn()
    x = 0.0
    for (title, id, lead, crews), row in zip(line, teams, strict=True):
        across = len(crews) * (wide + GAP) - GAP
        out = Writer(across, pad=6.0)
        out.line(title, Look("bold", 7.5), "strong", link=f"#institution-{id}" if id else "")
        made.box(
            x, made.y, across, TITLE + high + 6, Card(tuple(out.words), 0), kind="institution", id=id, title=title,
            named="group" if lead else "frame", fill="group" if lead else "ground", under=True,
        )  # fmt: skip
        for place, team in enumerate(row):
            _put_team(made, team, x + 4 + place * (wide + GAP), made.y + TITLE, inner, high)
        x += across + GAP
    made.y += TITLE + high + 6 + GAP


def _put_team(made: Board, team: _Team, x: float, y: float, wide: float, high: float) -> None:
    crew = team.crew
    words = team.name.words
    if team.rest:
        down = team.high - team.rest.high
        words += tuple(one._replace(baseline=one.baseline + down) for one in team.rest.words)
    made.box(x, y, wide, high, Card(words, high), kind="team", id=crew.id, title=crew.name, under=True)
    y += team.name.high
    inner = wide - 2 * PAD_TEAM
    for card, (name, id), science in ((team.manager, crew.manager, False), (team.lead, crew.lead, True)):
        if card:
            named = "science" if science else "leaf" if name else "vacant"
            made.box(
                x + PAD_TEAM, y, inner, card.high, card, kind="person" if id else "", id=id, title=name,
                named=named, fill="science ground" if science else "group" if name else "leaf",
            )  # fmt: skip
            y += card.high + 3


# -- groups


def _groups(made: Board, groups: list[people.Board]) -> None:
    """A box for each group with its chairs and members."""
    if not groups:
        return
    b.heading(made, "Groups and boards")
    count, wide = b.columns(made.wide, 145.0)
    cards = []
    for group in groups:
        out = Writer(wide)
        title = group.name or group.key or "unnamed group"
        out.line(f"{title} ({group.key})" if group.key and group.key != title else title, b.NAME, most=3)
        for chair in group.chairs:
            out.line(chair, b.TEXT, most=2)
        if group.members:
            out.line("Members: " + ", ".join(group.members), b.SMALL, "muted", most=4)
        if group.reports:
            out.line(f"reports to {group.reports}", b.NOTE, "muted", most=2)
        look = {"kind": "group", "id": group.id, "title": title, "fill": "ground", "named": "group"}
        cards.append((out.card(), look))
    if not made.fits(max(card.high for card, _ in cards[:count])):
        made.turn()
    _shelf(made, cards, count, wide)

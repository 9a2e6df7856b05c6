"""Tables of a register: open risks below their headlines, what is done about them, what has happened and was drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from dmdesk.kinds import Entity, kind_of
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Block, Grid, Inlines, Run
from dmdesk.manuscript.parts import register
from dmdesk.manuscript.words import blank, joined, linked, named
from dmdesk.model import Response, Risk, RiskAction
from dmdesk.model.risks import REALISED
from dmdesk.risks import money
from dmdesk.risks.exposure import drawn

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

E = TypeVar("E")
Column = tuple[str, float, str, Callable[[E], Inlines]]
"""The head of a column, its share of the width, how it is aligned, and what it says."""


def table(
    caption: str, rows: Sequence[E], columns: Iterable[Column[E]], *, about: Sequence[Entity] = ()
) -> Grid:
    """A table without the columns that say nothing of any row; ``about`` are the rows whose entries it holds."""
    made = [(head, share, side, [say(one) for one in rows]) for head, share, side, say in columns]
    kept = [one for one in made if any(one[3])] or made[:1]
    return Grid(
        tuple((Run(head, strong=True),) for head, *_ in kept),
        tuple(zip(*(cells for *_, cells in kept), strict=True)),
        tuple(side for _, _, side, _ in kept),
        (Run(caption),),
        tuple(share for _, share, _, _ in kept),
        tuple((kind_of(one).name, one.id) for one in about),
    )


def steps(data: PlanData, rows: Iterable[Risk]) -> Iterator[Block]:
    """The responses to some risks with their steps."""
    lines: list[tuple[Risk, Response | None, RiskAction | None]] = []
    for one in rows:
        for plan, several in register.responses_of(data, one.id):
            lines += [(one, plan, step) for step in several] or [(one, plan, None)]

    def of(
        say: Callable[[RiskAction], Inlines],
    ) -> Callable[[tuple[Risk, Response | None, RiskAction | None]], Inlines]:
        return lambda line: say(line[2]) if line[2] is not None else ()

    if lines:
        yield table(
            "Responses and their steps",
            lines,
            (
                ("Risk", 1.2, "left", lambda line: register.ident(line[0])),
                ("Response", 3.2, "left", lambda line: register.response(data, line[1])),
                ("Step", 2.6, "left", of(lambda one: (Run(one.name),))),
                ("Who", 1.5, "left", of(lambda one: joined(linked(data, "person", [one.owner])))),
                ("Due", 1.2, "left", of(lambda one: joined(blank(one.due)))),
                ("State", 1.1, "left", of(lambda one: (Run(register.state_of(one)),))),
            ),
        )


def realised_actions(data: PlanData, rows: Iterable[Risk]) -> Iterator[Block]:
    """What is done because some risks have happened."""
    lines = [(one, each) for one in rows for each in register.actions_of(data, one.id) if each.on_realisation]
    if lines:
        yield table(
            "What is done about realised risks",
            lines,
            (
                ("Risk", 1.2, "left", lambda line: register.ident(line[0])),
                ("Action", 4.2, "left", lambda line: (Run(line[1].name),)),
                ("Who", 1.6, "left", lambda line: joined(linked(data, "person", [line[1].owner]))),
                ("Due", 1.2, "left", lambda line: joined(blank(line[1].due))),
                ("State", 1.2, "left", lambda line: (Run(register.state_of(line[1])),)),
                ("Cost", 1.2, "right", lambda line: _amount(data, line[1].cost)),
            ),
        )


def realised(data: PlanData) -> Iterator[Block]:
    """The risks that have happened: when, what was concluded and what was drawn; then what is done about them."""
    rows = register.in_state(data, REALISED)
    if rows:
        yield table("Realised risks", rows, _closed_columns(data), about=rows)
        yield from realised_actions(data, rows)


def closed(data: PlanData) -> Iterator[Block]:
    """The risks that were retired or deprecated, with what was concluded."""
    rows = register.in_state(data, *register.CLOSED)
    if rows:
        yield table("Retired and deprecated risks", rows, _closed_columns(data), about=rows)


def _closed_columns(data: PlanData) -> Sequence[Column[Risk]]:
    return (
        ("Risk", 3.6, "left", register.called),
        ("State", 1.1, "left", lambda one: (Run(one.state),)),
        ("On", 1.2, "left", lambda one: joined(blank(register.closing(data, one)[0]))),
        ("Conclusion", 3.8, "left", lambda one: register.closing(data, one)[1]),
        ("Owner", 1.6, "left", lambda one: register.owner(data, one)),
        ("Drawn", 1.3, "right", lambda one: _amount(data, drawn(data, one.id) or None)),
    )


def draws(data: PlanData, risk: str = "") -> Iterator[Block]:
    """What was drawn from contingency, by day, and what that comes to."""
    rows = register.draws_of(data, risk)
    if not rows:
        return
    yield table(
        f"Drawn from contingency: {money.words(data, drawn(data, risk))}",
        rows,
        (
            ("Day", 1.2, "left", lambda one: (Run(one.date),)),
            ("Risk", 3.6, "left", lambda one: _risk(data, one.risk)),
            ("Change", 1.2, "left", lambda one: (Run(one.change, code=True),) if one.change else ()),
            ("For", 3.4, "left", lambda one: prose.inline(" ".join(one.note.split()))),
            ("Amount", 1.4, "right", lambda one: _amount(data, one.amount)),
        ),
    )


def _risk(data: PlanData, link: str) -> Inlines:
    one = data.get("risk", link)
    return register.called(one) if isinstance(one, Risk) else named(data, "risk", link)


def _amount(data: PlanData, amount: int | None) -> Inlines:
    return (Run(money.words(data, amount)),) if amount is not None else ()


def register_table(data: PlanData, sort: str) -> Iterator[Block]:
    """The open threats or opportunities as a plain table, for outputs that set no better one."""
    rows = register.arranged(data, register.opened(data, sort))

    def name(placed: register.Placed) -> Inlines:
        deep = (Run("– " * min(placed.depth, 6)),) if placed.depth else ()
        return (
            *deep,
            *register.ident(placed.risk),
            Run(f"\n{placed.risk.name}", strong=placed.risk.headline),
        )

    if rows:
        yield table(
            f"{register.SORTS[sort]}, the worst first below each headline",
            rows,
            (
                ("Risk", 2.6, "left", name),
                ("If … then …", 4.0, "left", lambda one: register.statement(data, one.risk)),
                ("Owner", 1.6, "left", lambda one: register.owner(data, one.risk)),
                ("Score", 1.8, "left", lambda one: register.score(data, one.risk)),
                ("EMV", 1.5, "right", lambda one: register.emv(data, one.risk)),
                ("Retire by", 1.5, "left", lambda one: register.retire_by(data, one.risk)),
            ),
            about=[one.risk for one in rows],
        )

"""The long tables of the risk register: open risks below their headlines, and what is done about each of them.

They lie on their side like the product list: a statement, its levels, its money and its days are read in one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.manuscript.blocks import Run
from dmdesk.manuscript.parts import register
from dmdesk.manuscript.words import blank, joined, linked
from dmdesk.model import Risk, RiskAction
from dmdesk.report import refer
from dmdesk.report.parts import Cell, Row, Table, head_rules
from dmdesk.report.styles import CELL, CELL_HEAD
from dmdesk.risks import money
from dmdesk.risks.book import scored
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import LINK, MUTED, TINT, Span, Style

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Inlines
    from dmdesk.reading import PlanData
    from dmdesk.report.setting import Setter

INDENT, DEEPEST = 8.0, 5
REGISTER = {
    "Risk": 138.0, "If … then …": 206.0, "Owner, state": 82.0, "Score": 90.0, "EMV": 56.0, "Retire, review": 76.0,
}  # fmt: skip
STEPS = {"Response and steps": 246.0, "Who": 98.0, "Due": 58.0, "State": 84.0, "Cost": 56.0, "Effect": 106.0}
SMALL = 8.0


def open_risks(data: PlanData, setter: Setter, sort: str) -> Iterator[Row]:
    """The open threats or opportunities, each with its entry; headlines stand out, what is below them is indented."""
    table = Table(tuple(REGISTER.values()), _head)
    path: list[str] = []
    for one in register.arranged(data, register.opened(data, sort)):
        del path[one.depth :]
        yield _entry(data, setter, table, one, tuple(path))
        path.append(one.risk.key or one.risk.name)


def _entry(
    data: PlanData, setter: Setter, table: Table, placed: register.Placed, path: tuple[str, ...]
) -> Row:
    one = placed.risk
    stands_out = one.headline or placed.group
    name = [
        _link(one.key or "no ID", more(one), face="code"),
        CELL.span(f"\n{one.name}", face="bold" if stands_out else "regular"),
    ]
    said = _spans(setter, register.statement(data, one))
    concerns = _spans(setter, register.relations(data, one, all=False), small=True)
    states = [one.state or "candidate", *(["existential"] if one.existential else [])]
    owner = _spans(setter, register.owner(data, one))
    where = joined(linked(data, "institution", [one.department]))
    emv = _spans(setter, register.emv(data, one))
    delay = scored(data, one.id).slip
    slip = [CELL.span(f"\n{delay:.1f} months", colour=MUTED)] if delay else []
    days = _spans(setter, register.retire_by(data, one))
    review = register.review_by(data, one)
    cells = [
        Cell(name, CELL, indent=INDENT * min(placed.depth, DEEPEST), head=True),
        Cell([*said, *_below(said, concerns)], CELL),
        Cell(
            [*owner, CELL.span(f"\n{', '.join(states)}"), *_below(owner, _spans(setter, where, small=True))],
            CELL,
        ),
        Cell(_spans(setter, register.score(data, one)), CELL),
        Cell([*emv, *slip], CELL.but(align="right")),
        Cell(
            [*days, *_below(days, _spans(setter, (*_run("review "), *review), small=True) if review else [])],
            CELL,
        ),
    ]
    return Row(
        cells,
        table=table,
        path=path,
        keep=placed.group,
        tint=TINT if stands_out else "",
        anchors=(refer.anchor(one),),
    )


def _head(following: Row, continued: bool) -> list[Row]:
    return _heads(REGISTER, following, continued)


def _heads(columns: dict[str, float], following: Row, continued: bool) -> list[Row]:
    """The head of a table; on later pages also below which headline, or of which risk, the page goes on."""
    cells = [Cell((CELL_HEAD.span(title),), _head_style(title)) for title in columns]
    heads = [Row(cells, table=following.table, rules=head_rules())]
    if continued and following.path:
        words = CELL.span(f"continued: {' › '.join(following.path)}", face="italic", colour=MUTED)
        heads.append(Row([Cell((words,), CELL, span=len(columns))], table=following.table))
    return heads


def _head_style(title: str) -> Style:
    return CELL_HEAD.but(align="right") if title in ("EMV", "Cost") else CELL_HEAD


# -- what is done


def more(one: Risk) -> str:
    """The anchor of what is done about a risk."""
    return safe(f"risk-more-{one.id}")


def responses(data: PlanData, setter: Setter, rows: Sequence[Risk]) -> Iterator[Row]:
    """The responses to some risks with their steps: a row for the risk, for each response, and for each step."""
    table = Table(tuple(STEPS.values()), lambda following, continued: _heads(STEPS, following, continued))
    for one in rows:
        found = register.responses_of(data, one.id)
        if not found:
            continue
        path = (f"{one.key} {one.name}".strip(),)
        own = scored(data, one.id)
        aim = " → ".join(filter(None, (register.level(own.current), register.level(own.target))))
        title = [
            _link(one.key or "no ID", refer.anchor(one), face="code bold"),
            CELL.span(f"  {one.name}", face="bold"),
            CELL.span(f"   {aim}" if aim else "", colour=MUTED),
        ]
        yield Row(
            [Cell(title, CELL, span=len(STEPS), head=True)],
            table=table,
            tint=TINT,
            keep=True,
            anchors=(more(one),),
        )
        for plan, steps in found:
            words = _spans(setter, register.response(data, plan))
            cell = Cell(words, CELL, indent=INDENT, span=len(STEPS))
            yield Row([cell], table=table, path=path, keep=bool(steps))
            for step in steps:
                yield _step(data, setter, table, step, path)


def _step(data: PlanData, setter: Setter, table: Table, one: RiskAction, path: tuple[str, ...]) -> Row:
    cost = money.words(data, one.cost) if one.cost is not None else ""
    who, when = joined(linked(data, "person", [one.owner])), joined(blank(one.due))
    texts = [_run(one.name), who, when, _run(register.state_of(one)), _run(cost), _run(register.effect(one))]
    cells = [Cell(_spans(setter, words), CELL) for words in texts]
    cells[0].indent = 2 * INDENT
    cells[4].style = CELL.but(align="right")
    return Row(cells, table=table, path=path)


# -- words


def _run(text: str) -> Inlines:
    return (Run(text),) if text else ()


def _spans(setter: Setter, words: Inlines, *, small: bool = False) -> list[Span]:
    """Words in the style of a cell; small ones stand back."""
    found = setter.spans(words, CELL)
    if not small:
        return found
    return [
        Span(span.text, span.look._replace(size=SMALL, colour=span.look.colour if span.look.link else MUTED))
        for span in found
    ]


def _below(above: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Words on a line of their own."""
    return [CELL.span("\n" if above else ""), *spans] if spans else []


def _link(text: str, anchor: str, **look: object) -> Span:
    return CELL.span(text, colour=LINK, link=f"#{anchor}", **look)

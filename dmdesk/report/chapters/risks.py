"""The risk register: what it may cost, where its risks stand, what weighs most; then all of it, and what is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from dmdesk.manuscript.blocks import Block
from dmdesk.manuscript.parts import register, risks
from dmdesk.model.risks import OPPORTUNITY, THREAT
from dmdesk.report.chapters import chapter
from dmdesk.report.parts import Part, Text, heading, paragraph
from dmdesk.report.risks import figures, tables
from dmdesk.report.setting import Numbers, Setter
from dmdesk.report.styles import BODY, CAPTION, LABEL, WIDE
from dmdesk.report.styles import heading as heading_style
from dmdesk.risks.book import is_open
from dmdesk.typeset.anchors import safe

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

TEXT = BODY.but(look=BODY.look._replace(size=9.96), leading=14.5, after=9.0, align="left")


@chapter("risks", "Risk register", order=45, landscape=True, needs="risk", numbered=True)
def risk_register(data: PlanData, numbers: Numbers | None = None) -> Iterator[Part]:
    """The whole register of a plan."""
    if not data.rows("risk"):
        yield paragraph("This plan has no risks yet.", LABEL)
        return
    setter = Setter(data, "risks", style=TEXT, numbers=numbers or Numbers(), width=WIDE)
    numbered = (f"R{number}" for number in count(1))
    yield from _overview(data, setter, numbered)
    for sort, title in register.SORTS.items():
        yield from _open(data, setter, sort, title)
    yield from _responses(data, setter)
    for title, blocks in risks.past(data):
        yield from _titled(setter, title, blocks)


def _overview(data: PlanData, setter: Setter, numbered: Iterator[str]) -> Iterator[Part]:
    """What a board looks at first: the sum and its spread, the heat map, and what weighs most."""
    yield from _titled(setter, "Exposure", [*risks.summary(data), *risks.by_axis(data)])
    found, _ = risks.contingency(data)
    if found:
        yield _heading("Confidence and drivers")
        yield from figures.curve(data, found, next(numbered))
        yield from figures.tornado(data, found, next(numbered))
    yield from _titled(setter, "What weighs most", risks.top_risks(data, None))
    for sort, title in register.SORTS.items():
        rows = register.opened(data, sort)
        if register.judgeable(data, rows):
            yield _heading(f"Heat map of {title.lower()}")
            yield from figures.heat_map(data, rows, title, next(numbered))


def _open(data: PlanData, setter: Setter, sort: str, title: str) -> Iterator[Part]:
    rows = [*tables.open_risks(data, setter, sort)]
    if not rows:
        return
    yield _heading(title)
    yield paragraph(register.legend(data), LABEL, keep=True)
    yield setter.numbers.caption([CAPTION.span(f"{title}, the worst first below each headline")])
    yield from _ended(rows)


def _responses(data: PlanData, setter: Setter) -> Iterator[Part]:
    rows = [
        one.risk
        for sort in (THREAT, OPPORTUNITY)
        for one in register.arranged(data, register.opened(data, sort))
        if is_open(one.risk)
    ]
    found = [*tables.responses(data, setter, rows)]
    if found:
        yield _heading("Responses")
        yield setter.numbers.caption([CAPTION.span("Responses to open risks, with their steps")])
        yield from _ended(found)


def _titled(setter: Setter, title: str, blocks: Iterable[Block]) -> Iterator[Part]:
    """Blocks below a heading; nothing where there are none."""
    found = [*blocks]
    if found:
        yield _heading(title)
        yield from setter.parts(found)


def _heading(title: str) -> Text:
    return heading(2, "", title, safe(f"risks-{title.lower().replace(' ', '-')}"), heading_style(2))


def _ended(rows: Sequence[Part]) -> Iterator[Part]:
    """The rows of a table, with white space after the last."""
    rows[-1].after = TEXT.after
    yield from rows

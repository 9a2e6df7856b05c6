"""The parts of a risk in the inspector: what follows in words, and rows that are edited and added beside it."""

import pytest
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.plan import preview
from tests.core.risks.register import plan, risk, row, score
from ui.context import Context
from ui.risks import partlines
from ui.risks.parts import RiskParts
from ui.risks.partsheet import PartSheet
from ui.risks.plane import Box
from ui.risks.sparkline import Dated, spots

COSTS = {"cost_min": 5_000_000, "cost_likely": 7_500_000, "cost_max": 20_000_000}


@pytest.fixture
def parts(ctx: Context, qtbot: QtBot) -> RiskParts:
    rows = [
        risk("a", condition="<b>staff</b> leave", consequence="it slips", **COSTS),
        score("a", 4, 4, "2017-01-01", "initial"),
        score("a", 3, 4, "2017-04-01"),
        row("response", "p", risk="a", name="Train others", strategy="mitigate", order="1"),
        row("action", "s", risk="a", response="p", name="Name deputies", due="2017-02-01", order="1"),
        row("move", "m", risk="a", date="2017-01-01", state="active", reason="Agreed"),
        row("draw", "d", risk="a", date="2017-05-01", amount=1000, change="LCR-1"),
    ]
    ctx.step("Risk", [c.add(one) for one in rows])
    ctx.step("Currency", [c.put(ctx.data.plan(), {"currency": "$"})])
    made = RiskParts(ctx)
    qtbot.addWidget(made)
    made.show_risk(ctx.data.get("risk", "a"))
    return made


def test_money_is_worked_out_in_words(parts: RiskParts) -> None:
    assert parts.money.text().split("\n") == [
        "If it happens it costs $9,166,667 (PERT mean of 5,000,000 / 7,500,000 / 20,000,000).",
        "EMV: 50 % × $9,166,667 = $4,583,333, from the contingency.",
        "$1,000 were drawn from contingency.",
    ]


def test_the_statement_shows_what_was_typed_as_plain_text(parts: RiskParts) -> None:
    assert parts.statement.text() == "<b>If</b> &lt;b&gt;staff&lt;/b&gt; leave <b>then</b> it slips"


def test_steps_stand_below_their_response_and_overdue_ones_say_so(parts: RiskParts) -> None:
    words = [f"{line.words} | {line.aside}" for line in parts.parts.lines]
    assert words[:3] == [
        "Responses and their steps | ", "Train others | mitigate", "↳ Name deputies | overdue 2017-02-01",
    ]  # fmt: skip
    assert "new → active: Agreed | 2017-01-01" in words
    assert "current: 19 moderate (3 × 4) | 2017-04-01" in words
    assert "1,000 LCR-1 | 2017-05-01" in words


def test_the_matrix_names_the_way_of_the_risk(parts: RiskParts) -> None:
    assert parts.map.trail == ("a", ((4, 4), (3, 4)), None)
    assert parts.chip.words == "19 moderate"


@pytest.mark.parametrize("kind", ["response", "action", "draw"])
def test_a_part_is_added_and_edited_on_a_sheet(
    parts: RiskParts, ctx: Context, kind: str, qtbot: QtBot
) -> None:
    before = len(ctx.data.rows(kind))
    parts.add(kind)
    added = [one for one in ctx.data.rows(kind).values() if one.id not in ("p", "s", "d")]
    assert (len(added), before) == (1, 1)
    assert added[0].risk == "a"
    ctx.undo()
    assert len(ctx.data.rows(kind)) == 1


def test_a_part_that_is_deleted_closes_its_sheet(parts: RiskParts, ctx: Context, qtbot: QtBot) -> None:
    sheet = PartSheet(ctx, "action", "s")
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.doomed.click()
    assert ctx.data.get("action", "s") is None
    assert not sheet.isVisible()


def test_a_risk_without_anything_says_so(ctx: Context, qtbot: QtBot) -> None:
    ctx.step("Risk", [c.add(risk("b"))])
    made = RiskParts(ctx)
    qtbot.addWidget(made)
    made.show_risk(ctx.data.get("risk", "b"))
    assert [line.words for line in made.parts.lines] == ["No responses, actions or scores yet."]
    assert made.history.text() == "Not scored yet."
    made.grab()


def test_an_opportunity_gains(ctx: Context) -> None:
    data = preview(
        plan(), [c.add(risk("o", kind="opportunity", **COSTS)), c.add(score("o", 3, 2, "2017-01-01"))]
    )
    said = partlines.money(data, data.get("risk", "o"))
    assert said[0].startswith("If it happens it gains 9,166,667 (")


def test_scores_stand_by_their_days_or_evenly_where_days_are_missing() -> None:
    box = Box(0, 0, 100, 50)
    days = [Dated("2017-01-01", 10, None), Dated("2017-01-11", 20, None), Dated("2017-01-21", 5, None)]
    assert spots(days, 20, box) == [(0, 25), (50, 0), (100, 37.5)]
    assert [x for x, _ in spots([days[0], Dated("", 1, None), days[1]], 20, box)] == [0, 50, 100]
    assert spots([Dated("", 25, None)], 20, box) == [(0, 0)]

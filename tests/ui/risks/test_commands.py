"""What people do with risks in the window: new ones, scores, moves, copies; each one step that undo takes back."""

import pytest
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.risks.book import scored
from dmdesk.risks.due import today
from dmdesk.risks.states import moves_of
from dmdesk.types import BadValue
from tests.ui.answers import Answers
from tests.ui.small_plan import row
from ui.actions import actions, perform
from ui.context import Context
from ui.form import Form
from ui.risks.moving import MoveSheet, set_state
from ui.risks.scoring import ScoreSheet


@pytest.fixture
def risks(ctx: Context) -> Context:
    """A context whose plan has an active threat with scores, and a candidate."""
    ctx.step(
        "Risks",
        [
            c.add(row("risk", "a", key="DM-T-001", name="Staff leave", kind="threat", state="active")),
            c.add(row("risk", "b", key="DM-T-002", name="Disks fail", kind="threat", state="candidate")),
            c.add(row("score", "ai", risk="a", sort="initial", date="2017-01-01", likelihood=4, overall=4)),
            c.add(
                row(
                    "score",
                    "ac",
                    risk="a",
                    sort="current",
                    date="2017-04-01",
                    likelihood=3,
                    overall=4,
                    cost=2,
                )
            ),
            c.add(row("response", "p", risk="a", name="Train others", state="active", order="1")),
        ],
    )
    return ctx


def at(ctx: Context, id: str) -> None:
    ctx.page_kind = "risk"
    ctx.set_rows("risk", [id])
    ctx.select("risk", id)


def run(ctx: Context, name: str) -> None:
    perform(actions()[name], ctx)


@pytest.mark.parametrize(
    ("name", "key", "sort"), [("threat", "DM-T-003", "threat"), ("opportunity", "DM-O-001", "opportunity")]
)
def test_a_new_risk_is_a_candidate_with_the_next_id_entered_today(
    risks: Context, name: str, key: str, sort: str
) -> None:
    run(risks, f"risk.new-{name}")
    made = risks.data.find("risk", key)
    assert (made.kind, made.state, made.entered, made.name) == (sort, "candidate", today(), f"New {sort}")


def test_adding_a_row_on_the_page_of_risks_makes_such_a_candidate_beside_the_current_one(
    risks: Context,
) -> None:
    at(risks, "a")
    run(risks, "row.add")
    made = risks.data.find("risk", "DM-T-003")
    assert (made.state, made.entered, made.parent) == ("candidate", today(), "")


def test_adding_a_row_at_a_headline_puts_it_below(risks: Context) -> None:
    risks.step("Headline", [c.put(risks.data.get("risk", "a"), {"headline": True})])
    at(risks, "a")
    run(risks, "row.add")
    assert risks.data.find("risk", "DM-T-003").parent == "a"


def test_a_clone_is_a_new_candidate_with_the_present_score_as_its_initial_one(risks: Context) -> None:
    at(risks, "a")
    run(risks, "risk.clone")
    made = risks.data.find("risk", "DM-T-003")
    own = scored(risks.data, made.id)
    assert (made.name, made.state, made.entered) == ("Staff leave (copy)", "candidate", today())
    assert own.initial is not None and own.initial.score == scored(risks.data, "a").score
    assert own.history == ()
    copies = [one for one in risks.data.in_order("response") if one.risk == made.id]
    assert [(one.name, one.state) for one in copies] == [("Train others", "proposed")]
    risks.undo()
    assert risks.data.find("risk", "DM-T-003") is None


def test_a_move_that_wants_a_reason_waits_for_it_and_is_kept(risks: Context, qtbot: QtBot) -> None:
    sheet = MoveSheet(risks, [risks.data.get("risk", "a")], "retired")
    qtbot.addWidget(sheet)
    sheet.accept()
    assert "Say why" in sheet.wrong.text()
    assert risks.data.get("risk", "a").state == "active"
    sheet.reason.set_value("The milestone was met")
    sheet.accept()
    risk = risks.data.get("risk", "a")
    move = moves_of(risks.data, "a")[-1]
    assert (risk.state, risk.conclusion) == ("retired", "The milestone was met")
    assert (move.before, move.state, move.date, move.reason) == (
        "active",
        "retired",
        today(),
        "The milestone was met",
    )


def test_the_sheet_offers_only_states_that_all_may_move_to(risks: Context, qtbot: QtBot) -> None:
    sheet = MoveSheet(risks, [risks.data.get("risk", id) for id in ("a", "b")])
    qtbot.addWidget(sheet)
    assert list(sheet.states) == ["deprecated"]


def test_a_state_chosen_in_the_form_is_a_move_that_is_kept(risks: Context, qtbot: QtBot) -> None:
    form = Form(risks, "risk")
    qtbot.addWidget(form)
    form.load([risks.data.get("risk", "b")])
    held = form.places["state"].editor
    held.box.setCurrentIndex(held.box.findData("active"))
    held.done.emit()
    assert risks.data.get("risk", "b").state == "active"
    assert [move.state for move in moves_of(risks.data, "b")] == ["active"]


def test_a_state_that_may_not_be_chosen_is_refused_in_words_and_nothing_changes(
    risks: Context, qtbot: QtBot
) -> None:
    form = Form(risks, "risk")
    qtbot.addWidget(form)
    form.load([risks.data.get("risk", "b")])
    place = form.places["state"]
    place.editor.box.setCurrentIndex(place.editor.box.findData("retired"))
    place.editor.done.emit()
    assert place.words.text() == "“DM-T-002” is candidate and can become active or deprecated."
    assert risks.data.get("risk", "b").state == "candidate"
    assert place.editor.value() == "candidate"


def test_emptying_the_state_is_refused_too(risks: Context) -> None:
    with pytest.raises(BadValue):
        set_state(risks, [risks.data.get("risk", "b")], "")


def test_a_score_is_dated_and_the_one_before_it_kept(risks: Context, qtbot: QtBot) -> None:
    sheet = ScoreSheet(risks, risks.data.get("risk", "a"))
    qtbot.addWidget(sheet)
    assert sheet.chips["current"].words == "19 moderate"
    box = sheet.boxes["likelihood", "current"]
    box.setCurrentIndex(box.findData(5))
    box = sheet.boxes["performance", "current"]
    box.setCurrentIndex(box.findData(2))
    assert sheet.chips["current"].words == "23 high"
    sheet.accept()
    history = scored(risks.data, "a").history
    assert [(one.date, one.score) for one in history] == [("2017-04-01", 19), (today(), 23)]
    assert history[-1].row.further == ("performance: 2",)
    assert history[-1].row.cost == 2
    risks.undo()
    assert len(scored(risks.data, "a").history) == 1


def test_a_sheet_in_which_nothing_was_chosen_changes_nothing(risks: Context, qtbot: QtBot) -> None:
    sheet = ScoreSheet(risks, risks.data.get("risk", "a"))
    qtbot.addWidget(sheet)
    assert sheet.changes() == []


def test_a_scale_and_the_usual_categories_come_in_one_step(ctx: Context, answers: Answers) -> None:
    answers.place = 1
    run(ctx, "risk.usual")
    assert [scale.key for scale in ctx.data.in_order("scale")] == ["nasa"]
    assert len(ctx.data.rows("category")) == 28
    ctx.undo()
    assert not ctx.data.rows("scale") and not ctx.data.rows("category")


def test_filling_down_a_state_keeps_a_move_for_each_risk(risks: Context) -> None:
    from ui.commands.cells import _put

    _put(risks, [risks.data.get("risk", id) for id in ("a", "b")], {"state": "deprecated"}, "Set state")
    assert [moves_of(risks.data, id)[-1].state for id in ("a", "b")] == ["deprecated", "deprecated"]
    risks.undo()
    assert [moves_of(risks.data, id) for id in ("a", "b")] == [[], []]


def test_duplicating_a_risk_gives_it_an_id_of_the_pattern(risks: Context) -> None:
    at(risks, "a")
    run(risks, "row.duplicate")
    assert risks.data.find("risk", "DM-T-003").name == "Staff leave (copy)"


def test_a_risk_bubbles_up_to_the_headline_it_would_raise_in_one_step(ctx: Context) -> None:
    from dmdesk.kinds import kinds
    from tests.core.risks.register import risk, score

    top = kinds()["category"].make({"key": "tt", "name": "Top"}, "tt")
    rows = [top, risk("hh", headline=True, category="tt"), risk("low", category="tt"), score("low", 4, 4)]
    ctx.step("Add", [c.add(one) for one in rows])
    ctx.select("risk", "low")
    perform(actions()["risk.bubble"], ctx)
    assert ctx.data.get("risk", "low").parent == "hh"
    assert ctx.plan.history(limit=1)[0].title == "Bubble up low"

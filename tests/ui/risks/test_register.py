"""The page of the register: columns, sorting, views, filters, and what it offers when it is empty."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.filters import saved
from dmdesk.kinds import kinds
from tests.core.risks.register import risk, row, score
from ui.context import Context
from ui.risks.register import VIEWS, RegisterPage
from ui.theme import theme
from ui.views import make_page
from ui.window import Window


def columns_of(page: RegisterPage) -> dict[str, int]:
    return {name: at for at, name in enumerate(page.model.columns)}


@pytest.fixture
def page(ctx: Context, qtbot: QtBot) -> RegisterPage:
    rows = [
        risk("H", headline=True, name="Headline"),
        risk("A", parent="H", name="Low one", cost_likely=9_000_000, category="k2", cycle="S17"),
        risk(
            "B",
            parent="H",
            name="High one",
            cost_likely=12_000,
            retire_by="2017-01-01",
            category="k1",
            cycle="F17",
        ),
        risk("C", name="Without a score " + "very " * 300, owner="?nobody", products=("?lost",)),
        risk("D", state="retired", kind="opportunity", name="Gone"),
        row("category", "k1", key="technical", name="Technical"),
        row("category", "k2", key="technical.scope", name="Scope", parent="k1"),
        score("A", 1, 2, "2017-01-01", "initial"),
        score("A", 2, 2, "2017-04-01"),
        score("B", 5, 5, "2017-01-01", "initial"),
        score("B", 4, 5, "2017-05-01"),
        score("B", 2, 2, "2017-05-01", "target"),
        score("D", 3, 3, "2017-05-01"),
    ]
    ctx.step("Risks", [c.add(one) for one in rows])
    made = make_page(ctx, "risk")
    assert isinstance(made, RegisterPage)
    qtbot.addWidget(made)
    made.turn("table")
    made.resize(900, 600)
    made.show()
    return made


def cell(page: RegisterPage, id: str, column: str) -> str:
    return page.model.cell(page.model.row_of(id), columns_of(page)[column]).text


def test_scores_stand_with_their_level_and_a_headline_has_that_of_its_worst_child(page: RegisterPage) -> None:
    assert cell(page, "B", "+score") == "24 high"
    assert cell(page, "H", "+score") == "24 high"
    assert cell(page, "A", "+trend") == "↑ raised"
    assert cell(page, "B", "+trend") == "↓ lowered"
    assert cell(page, "C", "+score") == cell(page, "C", "+emv") == ""


def test_every_computed_field_is_a_column(page: RegisterPage) -> None:
    assert {"+score", "+level", "+emv", "+retires", "+review_due", "+drawn", "+open"} <= set(
        page.model.columns
    )
    assert page.model.is_number(columns_of(page)["+emv"])


def test_an_overdue_day_is_marked_and_says_why(page: RegisterPage) -> None:
    found = page.model.cell(page.model.row_of("B"), columns_of(page)["+retires"])
    assert (found.text, found.mark) == ("2017-01-01", "overdue")
    assert "passed" in found.tip


def test_sorting_by_an_amount_counts_and_keeps_children_below_their_headline(page: RegisterPage) -> None:
    page.model.sort_by(((columns_of(page)["+emv"], False),))
    assert page.model.shown == ["C", "D", "H", "B", "A"] or page.model.shown.index(
        "B"
    ) < page.model.shown.index("A")
    page.model.sort_by(((columns_of(page)["+emv"], True),))
    assert page.model.shown.index("H") + 1 == page.model.shown.index("A") < page.model.shown.index("B")
    page.model.sort_by(())
    assert page.model.shown == ["C", "D", "H", "A", "B"] or page.model.shown[-2:] == ["A", "B"]


def test_a_new_score_puts_a_sorted_register_into_another_order(page: RegisterPage, ctx: Context) -> None:
    page.model.sort_by(((columns_of(page)["+score"], True),))
    assert page.model.shown.index("B") < page.model.shown.index("A")
    ctx.step("Score", [c.add(score("B", 1, 1, "2017-06-01"))])
    assert page.model.shown.index("A") < page.model.shown.index("B")


def test_a_new_score_lets_a_filter_find_others(page: RegisterPage, ctx: Context) -> None:
    page.filter.setText("level:high -is:group headline:no")
    page.filter.setText("score>=20")
    assert "B" in page.listed() and "A" not in page.listed()
    ctx.step("Score", [c.add(score("A", 5, 5, "2017-06-01"))])
    assert "A" in page.listed()


def test_views_show_open_risks_and_with_a_filter_those_that_fit(page: RegisterPage) -> None:
    assert sorted(page.listed()) == ["A", "B", "C", "H"]
    page.filter.setText("state:retired")
    assert page.listed() == ["D"]


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "table"])
def test_every_view_is_drawn_and_follows_the_filter(page: RegisterPage, name: str, qtbot: QtBot) -> None:
    page.turn(name)
    view = page.view
    assert view is not None
    qtbot.waitUntil(lambda: not view._stale)
    page.grab()
    page.filter.setText("nothing of the kind")
    qtbot.waitUntil(lambda: not view._stale)
    page.grab()


def test_a_cell_of_the_matrix_lists_its_risks_and_narrows_the_table(page: RegisterPage, qtbot: QtBot) -> None:
    page.turn("matrix")
    view = page.views["matrix"]
    qtbot.waitUntil(lambda: not view._stale)
    view.maps["current"].picked.emit(4, 5)
    assert [line.id for line in view.risks.lines] == ["B"]
    assert view.heading_label.text() == "4 × 5 · high · 1 risk"
    view.narrower.click()
    assert page.view is None
    assert page.listed() == ["B"] or "B" in page.listed()


def test_a_headline_that_takes_the_level_of_a_child_stands_in_no_cell_of_its_own(
    page: RegisterPage, qtbot: QtBot
) -> None:
    page.turn("matrix")
    view = page.views["matrix"]
    qtbot.waitUntil(lambda: not view._stale)
    assert dict(view.maps["current"].cells) == {(2, 2): ["A"], (4, 5): ["B"]}


def test_categories_are_counted_by_level_and_narrow_the_table(page: RegisterPage, qtbot: QtBot) -> None:
    page.turn("categories")
    view = page.views["categories"]
    qtbot.waitUntil(lambda: not view._stale)
    said = [bar.said for bar in view.bars.bars]
    assert said == ["Technical: 1 high, 1 low", "Scope: 1 low", "No category: 1 no score"]
    view.bars.picked.emit(view.bars.bars[1].key)
    assert [id for id in page.listed() if id != "H"] == ["A"]


def test_the_exposure_is_worked_out_beside_the_window(page: RegisterPage, qtbot: QtBot) -> None:
    page.turn("top")
    view = page.views["top"]
    qtbot.waitUntil(lambda: view.found is not None, timeout=20_000)
    assert view.curve.marks[-1].name == "Σ P×I"
    assert "Σ P×I" in view.said.text() and "P80" in view.said.text()
    assert [bar.key for bar in view.top.bars][:2] == ["B", "A"]


def test_amounts_that_cannot_be_counted_are_said_in_place_of_the_curve(
    page: RegisterPage, ctx: Context, qtbot: QtBot
) -> None:
    page.turn("top")
    view = page.views["top"]
    qtbot.waitUntil(lambda: view.found is not None, timeout=20_000)
    ctx.step("Too much", [c.put(ctx.data.get("risk", "B"), {"cost_likely": 10**13, "occurrences": 1000})])
    view.later()
    qtbot.waitUntil(lambda: "too large" in view.said.text(), timeout=20_000)
    ctx.undo()
    view.later()
    qtbot.waitUntil(lambda: "P80" in view.said.text(), timeout=20_000)


def test_the_timeline_marks_what_is_overdue(page: RegisterPage, qtbot: QtBot) -> None:
    page.turn("timeline")
    view = page.views["timeline"]
    qtbot.waitUntil(lambda: not view._stale)
    assert [(one.id, one.overdue) for one in view.schedule.risks] == [("B", True)]
    assert "overdue" in view.schedule.accessibleDescription()


def test_an_empty_register_offers_a_first_risk_and_a_scale(ctx: Context, qtbot: QtBot) -> None:
    ctx.page_kind = "risk"
    page = make_page(ctx, "risk")
    qtbot.addWidget(page)
    page.show()
    assert page.remedy.isVisible() and page.usual.isVisible() and not page.tabs.isVisible()
    page.usual.click()
    assert ctx.data.rows("scale") and ctx.data.rows("category")
    page.remedy.click()
    (made,) = ctx.data.rows("risk").values()
    assert made.key == "DM-T-001"
    qtbot.waitUntil(page.tabs.isVisible)


def test_ready_filters_are_offered_for_cycles_and_the_highest_level(page: RegisterPage, ctx: Context) -> None:
    found = dict(saved(kinds()["risk"], ctx.data))
    assert found["High"] == "level:high"
    assert (found["Cycle F17"], found["Cycle S17"]) == ("cycle=F17", "cycle=S17")
    assert {"Mine", "Candidates", "Due for review", "Overdue"} <= found.keys()
    for text in found.values():
        page.filter.setText(text)
        assert page.filter.wrong == ""


def test_the_view_in_front_is_remembered_and_a_new_risk_turns_to_the_table(
    window: Window, ctx: Context, qtbot: QtBot
) -> None:
    from ui.actions import actions, perform

    perform(actions()["risk.new-threat"], ctx)
    window.pages["risk"].turn("trend")
    perform(actions()["risk.new-opportunity"], ctx)
    assert window.pages["risk"].view is None


def test_no_page_of_risks_is_loaded_at_the_start(call: Callable[[str], str]) -> None:
    start = "import sys, ui.app, ui.commands, ui.window"
    program = f"{start}; print([m for m in sys.modules if 'risks' in m and m != 'ui.commands.risks'])"
    assert call(program) == "['dmdesk.model.risks']"


@pytest.fixture
def call() -> Callable[[str], str]:
    import subprocess
    import sys

    def run(program: str) -> str:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    return run


def test_the_id_of_a_risk_below_another_is_never_cut(page: RegisterPage, ctx: Context) -> None:
    ctx.step(
        "Name", [c.put(ctx.data.rows("risk")[id], {"key": f"DM-T-00{at}"}) for at, id in enumerate("HABCD")]
    )
    page.resize(640, 600)
    grid, at = page.grid, page.model.row_of("A")
    assert page.model.depth(at) == 1
    letters = QFontMetrics(theme().font("mono")).horizontalAdvance("DM-T-001")
    sign, edge = theme().space(3.5 + 1), theme().space(1.5) + 1
    assert grid.columnWidth(0) >= grid.itemDelegate().lead(at) + letters + sign + edge

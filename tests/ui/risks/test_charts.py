"""Where bars, days and steps stand, and what charts say in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdesk.risks.course import Standing
from dmdesk.risks.ready import READY
from ui import theme
from ui.risks.charts.axis import short, span, steps
from ui.risks.charts.bars import Bar, Bars, Layout, Span
from ui.risks.charts.columns import Columns, quarter
from ui.risks.charts.curve import Curve, Mark
from ui.risks.charts.schedule import Days, Flag, Retiring, Schedule
from ui.risks.plane import Box

ZONES = READY["rubin"].zones


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (3, 3, [3]),
        (-5, 5, [-4, -2, 0, 2, 4]),
    ],
)
def test_steps_are_round(low: float, high: float, wanted: list[float]) -> None:
    assert steps(low, high) == wanted


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0"), (950, "950"), (12_000, "12 k"), (999_960, "1 M"), (3_400_000, "3.4 M"), (-175_000, "-175 k")],
)
def test_amounts_are_written_short(amount: float, words: str) -> None:
    assert short(amount) == words


def test_a_span_has_room_even_where_there_is_nothing() -> None:
    assert span([]) == (0, 1)
    assert span([5, -2]) == (-2, 5)
    assert span([5, 5], zero=False) == (5, 6)


def test_bars_stand_by_their_amounts() -> None:
    place = Layout(4, Box(100, 0, 200, 80), -10, 10)
    assert (place.x(-10), place.x(0), place.x(10)) == (100, 200, 300)
    assert (place.at(0), place.at(79), place.at(90)) == (0, 3, -1)
    assert place.line(2) == Box(100, 40, 200, 20)


def test_bars_are_walked_and_picked_by_keys_and_said_in_words(qapp: QApplication, qtbot: QtBot) -> None:
    theme.start(qapp)
    bars = Bars("Top")
    qtbot.addWidget(bars)
    bars.show_bars(
        [Bar("A", (Span(0, 5, ZONES[0]),), "5", "A: 5", "a"), Bar("B", (Span(0, -3),), "", "B: -3", "b")]
    )
    bars.show()
    picked: list[str] = []
    bars.picked.connect(picked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_Space):
        qtbot.keyClick(bars, key)
    assert picked == ["b", "a"]
    assert bars.accessibleDescription() == "A: 5"
    bars.grab()
    bars.show_bars([])
    assert bars.accessibleDescription() == "Nothing to show"
    bars.grab()


def test_columns_say_what_they_show(qapp: QApplication, qtbot: QtBot) -> None:
    theme.start(qapp)
    columns = Columns()
    qtbot.addWidget(columns)
    columns.show_course([Standing("2017-09-30", (2, 0, 1), 1, 30)], ZONES)
    assert columns.accessibleDescription() == "2017 Q3: 2 low, 1 high, 1 without a score, sum of scores 30"
    columns.grab()
    columns.show_course([], ZONES)
    columns.grab()


def test_quarters_are_named() -> None:
    assert [quarter(day) for day in ("2017-03-31", "2017-04-01", "2017-12-31")] == [
        "2017 Q1",
        "2017 Q2",
        "2017 Q4",
    ]


def test_a_curve_says_its_marks_and_is_drawn_where_all_amounts_are_one(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.start(qapp)
    curve = Curve()
    qtbot.addWidget(curve)
    curve.show_curve([(5, 0), (5, 100)], [Mark("P80", 5, 80), Mark("Σ P×I", 5, None)])
    assert curve.accessibleDescription() == "P80 5, Σ P×I 5"
    curve.grab()


def test_days_stand_in_order_with_room_at_both_ends() -> None:
    days = Days.over(["2017-01-01", "2019-01-01"], "2018-01-01", 0, 100)
    assert 0 < days.x("2017-01-01") < days.x("2018-01-01") < days.x("2019-01-01") < 100
    assert 1 <= len(days.ticks(4)) <= 4
    assert [words for _, words in days.ticks(4)] == ["2017", "2018", "2019"]


def test_days_far_apart_are_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    theme.start(qapp)
    schedule = Schedule()
    qtbot.addWidget(schedule)
    risks = [
        Retiring("a", "A", "0001-01-01", None, True, "A: overdue"),
        Retiring("b", "B", "9999-12-31", None, False, "B"),
    ]
    schedule.show_risks(risks, [Flag("M", "2017-01-01")], "2017-06-01")
    schedule.show()
    picked: list[str] = []
    schedule.picked.connect(picked.append)
    qtbot.keyClick(schedule, Qt.Key.Key_End)
    qtbot.keyClick(schedule, Qt.Key.Key_Return)
    assert picked == ["b"]
    schedule.grab()

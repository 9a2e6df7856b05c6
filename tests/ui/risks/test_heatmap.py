"""The heat map: cells by mouse and keys, words for those who do not see it, zones told without colour."""

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdesk.risks.ready import READY
from dmdesk.risks.scale import Scale, Zone
from tests.ui.test_theme import contrast
from ui import theme
from ui.risks import tints
from ui.risks.heatmap import IDS, HeatMap
from ui.risks.plane import Box, Lattice, fitting

RUBIN = READY["rubin"]


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot) -> HeatMap:
    theme.start(qapp)
    made = HeatMap()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_cells(RUBIN, {(4, 4): ["DM-T-001", "DM-T-002"], (1, 1): ["DM-T-003"]})
    made.show()
    return made


def middle(shown: HeatMap, at: tuple[int, int]) -> QPoint:
    x, y = shown.lattice().cell(at).middle
    return QPoint(int(x), int(y))


def test_a_click_on_a_cell_picks_it_and_a_second_one_lets_it_go(shown: HeatMap, qtbot: QtBot) -> None:
    picked: list[tuple[int, int]] = []
    shown.picked.connect(lambda *at: picked.append(at))
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle(shown, (4, 4)))
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=middle(shown, (4, 4)))
    assert picked == [(4, 4), (0, 0)]


def test_cells_are_walked_and_picked_by_keys_and_the_edge_holds(shown: HeatMap, qtbot: QtBot) -> None:
    picked: list[tuple[int, int]] = []
    shown.picked.connect(lambda *at: picked.append(at))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(shown, key)
    assert picked == [(4, 4)]
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert picked == [(4, 4), (0, 0)]


def test_the_cell_under_the_cursor_is_said_in_words(shown: HeatMap, qtbot: QtBot) -> None:
    shown.choose((4, 4))
    words = "Likelihood 4 Likely, impact 4 Damaging; high, score 22; 2 risks: DM-T-001, DM-T-002"
    assert shown.accessibleDescription() == words


def test_the_trail_of_a_risk_is_said_in_words(shown: HeatMap) -> None:
    shown.show_trail("DM-T-001", [(5, 5), (4, 4)], (2, 2))
    said = "DM-T-001: likelihood 5 impact 5, then likelihood 4 impact 4, to come to likelihood 2 impact 2"
    assert said in shown.accessibleDescription()
    shown.grab()


def test_where_risks_went_from_a_cell_is_said_in_words(shown: HeatMap) -> None:
    shown.show_arrows({((4, 4), (2, 4)): 3, ((1, 1), (2, 2)): 1})
    shown.choose((4, 4))
    assert shown.accessibleDescription().endswith("DM-T-002. 3 went to likelihood 2 impact 4")


def test_cells_outside_the_scale_do_no_harm(shown: HeatMap) -> None:
    shown.show_trail("X", [(9, 9), (4, 4)], (0, 7))
    shown.show_arrows({((9, 9), (1, 1)): 2, ((4, 4), (1, 1)): 1})
    shown.grab()


@pytest.mark.parametrize("side", [3, 9])
def test_scales_of_other_sizes_are_drawn(shown: HeatMap, side: int) -> None:
    table = tuple(tuple(float(row * one) for one in range(1, side + 1)) for row in range(1, side + 1))
    bands = tuple(type(RUBIN.bands[0])(n, f"Band {n}", n, n, n) for n in range(1, side + 1))
    levels = tuple(type(RUBIN.levels["cost"][0])(n, f"Level {n}") for n in range(1, side + 1))
    shown.show_names(IDS)
    shown.show_cells(
        Scale("x", "X", "", "table", bands, {"overall": levels}, table, RUBIN.zones), {(side, side): ["A"]}
    )
    assert shown.lattice().cell((side, side)).right <= shown.width()
    assert "1 risk: A" in shown.accessibleDescription()
    shown.grab()


def test_a_scale_without_cells_is_said_to_have_none(shown: HeatMap) -> None:
    shown.show_cells(Scale("x", "X", "", "table", (), {}, (), ()), {})
    assert shown.accessibleDescription() == "This scale has no cells"
    shown.grab()


def test_five_thousand_risks_are_counted_and_named_as_far_as_there_is_room(shown: HeatMap) -> None:
    rnd = random.Random(1)
    cells: dict[tuple[int, int], list[str]] = {}
    for n in range(5000):
        cells.setdefault((rnd.randint(1, 5), rnd.randint(1, 5)), []).append(f"DM-T-{n:04d}")
    shown.show_cells(RUBIN, cells)
    shown.grab()
    shown.show_names(IDS)
    shown.grab()
    assert f"and {len(cells[5, 5]) - 12} more" in shown.accessibleDescription()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_has_aa_contrast_on_every_zone(
    qapp: QApplication, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = theme.Theme(name)
    monkeypatch.setattr(tints, "theme", lambda: look)
    glaring = [
        Zone("x", 0, colour, "none") for colour in ("#ffff00", "#ff0000", "#000000", "#ffffff", "", "red?")
    ]
    zones = [*glaring, *(zone for scale in READY.values() for zone in scale.zones)]
    found = {zone.colour: contrast(look.color("text"), tints.wash(zone)) for zone in zones}
    assert min(found.values()) >= 4.5, found


def test_zones_have_letters_of_their_own() -> None:
    zones = [Zone(name, 0, "", "", at) for at, name in enumerate(("low", "light", "L", "!"))]
    assert tints.letters(zones) == {"low": "L", "light": "I", "L": "3", "!": "4"}


def test_a_cell_is_found_where_it_is_painted() -> None:
    grid = Lattice(3, 5, Box(10, 20, 500, 300))
    for at in [(1, 1), (3, 5), (2, 4)]:
        assert grid.at(*grid.cell(at).middle) == at
    assert grid.at(5, 30) is None
    assert grid.cell((3, 1)).top < grid.cell((1, 1)).top


@pytest.mark.parametrize(
    ("lines", "room", "wanted"),
    [(3, 30, (3, False)), (4, 30, (2, True)), (2, 5, (0, False)), (0, 5, (0, False))],
)
def test_lines_that_do_not_fit_are_counted(lines: int, room: float, wanted: tuple[int, bool]) -> None:
    assert fitting(lines, room, 10) == wanted


def test_the_colours_of_a_mix_lie_between() -> None:
    assert tints.mixed(QColor("#000000"), QColor("#ffffff"), 0.5).name() == "#808080"

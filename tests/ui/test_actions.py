"""Every action, seen from all sides: menu, shortcut, words, and that it can be run without harm."""

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from dmdesk.errors import PlanError
from tests.ui.answers import Answers
from ui.actions import Action, actions, perform
from ui.context import Context
from ui.menus import BAR
from ui.window import Window

LEAVES = {"file.quit", "help.log", "help.keys"}
"""Actions that end the program, start another or wait in a dialog of their own; tested elsewhere."""


def test_no_two_actions_share_a_shortcut() -> None:
    taken: dict[str, str] = {}
    for entry in actions():
        for key in QKeySequence.listFromString(entry.key) if entry.key else ():
            assert not key.isEmpty(), entry.name
            assert key.toString() not in taken, (entry.name, taken[key.toString()])
            taken[key.toString()] = entry.name
    assert len(taken) > 20


def test_every_action_says_what_it_does() -> None:
    assert [entry.name for entry in actions() if not (entry.label and entry.help)] == []


def test_menus_stand_on_the_bar(window: Window) -> None:
    shown = [act.text().replace("&", "") for act in window.menuBar().actions()]
    assert shown == list(BAR)
    wanted = {entry.menu.partition("/")[0] for entry in actions() if entry.menu}
    assert wanted <= set(BAR)


@pytest.mark.parametrize("name", [name for name in actions().names() if name not in LEAVES])
def test_an_action_runs_in_a_window_without_breaking_anything(
    name: str, window: Window, answers: Answers, qtbot: QtBot
) -> None:
    answers.yes, answers.place = False, None
    window.go("product", "HEADER")
    perform(actions()[name], window.ctx)
    qtbot.wait(1)
    window.navigation.setFocus()
    qtbot.wait(1)
    if window.ctx.plan and window.ctx.plan.path.stem == "small":
        while window.ctx.plan.undoable:
            window.ctx.plan.undo()
        window.ctx.plan.redo()
        assert window.ctx.data.get("product", "HEADER") is not None


@pytest.mark.parametrize("name", ["edit.undo", "file.copy", "file.print", "file.export", "problem.fix"])
def test_an_action_that_needs_a_plan_does_nothing_without_one(
    name: str, empty: Context, answers: Answers
) -> None:
    perform(actions()[name], empty)
    assert (answers.told, answers.asked) == ([], [])


def test_what_goes_wrong_in_an_action_is_told_as_its_sentence(ctx: Context, answers: Answers) -> None:
    def fail(_: Context) -> None:
        raise PlanError("The disk is full; free some space.")

    perform(Action("test", "Test", fail), ctx)
    assert answers.told == ["The disk is full; free some space."]


def test_undo_names_the_step_it_takes_back(ctx: Context) -> None:
    assert actions()["edit.undo"].text(ctx) == "Undo “Fill”"
    assert actions()["edit.redo"].text(ctx) == "Redo"
    ctx.undo()
    assert actions()["edit.redo"].text(ctx) == "Redo “Fill”"

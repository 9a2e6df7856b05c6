"""The page of scales on a plan with a few risks that are judged by Rubin's scale."""

import pytest

from dmdesk import changes as c
from dmdesk.risks.ready import adopted
from tests.core.risks.register import risk, score
from ui.changesheet import _open

SCORES = {"a": (5, 5), "b": (3, 1), "c": (5, 1)}


@pytest.fixture
def register(ctx):
    """The plan: it uses a scale of its own, and three open risks have scores."""
    ctx.step("Adopt a scale", adopted(ctx.data, "rubin"))
    rows = [risk(id) for id in SCORES] + [score(id, *levels) for id, levels in SCORES.items()]
    ctx.step("Add risks", [c.add(row) for row in rows])
    return ctx


@pytest.fixture
def page(register, window, qtbot):
    """The page, in front and with the focus."""
    window.resize(1200, 800)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("scale")
    found = window.stack.currentWidget()
    yield found
    found.editor.give_up()
    for sheet in list(_open):
        sheet.reject()


@pytest.fixture
def sheet(qtbot):
    """Waits for the sheet that was opened, and gives it."""

    def wait():
        qtbot.waitUntil(lambda: bool(_open))
        return next(iter(_open))

    return wait

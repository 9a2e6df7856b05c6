"""A window on the small plan, with somebody who answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import small_plan
from tests.ui.answers import Answers
from ui import theme
from ui.context import Context
from ui.window import Window


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["dmdesk"]


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def empty(qapp: QApplication, answers: Answers) -> Iterator[Context]:
    """A context without a plan."""
    theme.start(qapp)
    ctx = Context(answers)
    yield ctx
    ctx.blockSignals(True)
    ctx.tasks.stop()
    ctx.close()
    ctx.deleteLater()


@pytest.fixture
def ctx(empty: Context, tmp_path: Path) -> Context:
    """A context with the small plan."""
    small_plan.make(tmp_path).close()
    empty.open(tmp_path / "small.dmplan")
    return empty


@pytest.fixture
def window(ctx: Context, qtbot: QtBot) -> Window:
    """The window on the small plan, painted, with its checks done."""
    made = Window(ctx)
    qtbot.addWidget(made)
    with qtbot.waitSignal(ctx.found, timeout=10_000):
        made.show()
    return made

"""A window on a plan that can be released, and one that has a baseline already."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dmdesk import releasing
from tests.core import releasing as small
from ui.baselines import window as windows
from ui.baselines.looking import looks
from ui.baselines.page import BaselinesPage
from ui.context import Context
from ui.window import Window


@pytest.fixture
def ctx(empty: Context, tmp_path: Path) -> Context:
    """A context on a plan in whose way nothing stands."""
    small.made(tmp_path / "plan.dmplan").close()
    empty.open(tmp_path / "plan.dmplan")
    return empty


@pytest.fixture
def sealed(ctx: Context) -> Context:
    """The same after 3.0 was released, printed but not exported, and three steps were made."""
    plan = ctx.plan
    ahead = releasing.prepare(plan.data, [], small.wish(rfc="rfc358"))
    releasing.finish(plan, ahead, releasing.print_of(ahead))
    small.rename(plan, "A")
    small.rename(plan, "B")
    return ctx


@pytest.fixture
def window(ctx: Context, qtbot: QtBot) -> Iterator[Window]:
    """The window, painted, with its checks done."""
    made = Window(ctx)
    qtbot.addWidget(made)
    with qtbot.waitSignal(ctx.found, timeout=10_000):
        made.show()
    yield made
    for one in list(windows._open):
        one.close()


@pytest.fixture
def page(sealed: Context, window: Window, qtbot: QtBot) -> BaselinesPage:
    """The page, with all that it looks for found."""
    window.go("baselines")
    made = window.stack.currentWidget()
    assert isinstance(made, BaselinesPage)
    qtbot.waitUntil(lambda: bool(looks(sealed).sizes))
    return made

"""The sheet of a release, open over a window on a plan that can be released."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.core import releasing as small
from ui import changesheet
from ui.context import Context
from ui.releasing import sheet as sheets
from ui.releasing.sheet import ReleaseSheet


@pytest.fixture
def ctx(empty: Context, tmp_path: Path) -> Context:
    """A context on a plan in whose way nothing stands, after some work under a change request."""
    with small.made(tmp_path / "plan.dmplan") as plan:
        small.rename(plan, "A", rfc="rfc358")
        small.rename(plan, "B")
    empty.open(tmp_path / "plan.dmplan")
    sheets._begun.clear()
    return empty


@pytest.fixture(autouse=True)
def no_sheet_is_left() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    for one in list(changesheet._open):
        one.reject()


@pytest.fixture
def sheet(ctx: Context, qtbot: QtBot) -> ReleaseSheet:
    """The sheet, with what stands in the way known."""
    return opened(ctx, qtbot)


def opened(ctx: Context, qtbot: QtBot) -> ReleaseSheet:
    """Open the sheet and wait for its checks."""
    sheets.ask(ctx)
    (made,) = changesheet._open
    assert isinstance(made, ReleaseSheet)
    qtbot.waitUntil(lambda: made.obstacles.groups is not None, timeout=10_000)
    return made

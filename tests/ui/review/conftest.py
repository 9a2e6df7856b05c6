"""A context on a small register, and the meeting of a review that runs on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dmdesk.changes import add
from dmdesk.model import Reviewed, RiskReview
from dmdesk.risks import reviewing
from tests.core.risks import meeting as register
from ui.context import Context
from ui.review.meeting import Meeting
from ui.theme import themes


@pytest.fixture
def ctx(empty: Context, tmp_path: Path) -> Context:
    """Four open risks: A is overdue, B below the headline H, C a candidate; D is retired."""
    plan: Any = register.file(tmp_path)
    plan.close()
    empty.open(tmp_path / "risks.dmplan")
    return empty


@pytest.fixture
def held(ctx: Context, qtbot: QtBot) -> Iterator[Meeting]:
    """The meeting of a review of all four, at its first risk."""
    deed = reviewing.start(ctx.data, register.DAY, ("ann",))
    ctx.step(deed.title, deed.changes, deed.why)
    made = Meeting(ctx, deed.about)
    made.resize(1240, 740)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    yield made
    close(made)
    themes().enlarge(1)


def close(made: Meeting) -> None:
    """Leave the meeting, unless that was done."""
    import shiboken6

    if shiboken6.isValid(made) and made.isVisible():
        made.close()


def review_of(ctx: Context) -> RiskReview:
    """The one review."""
    (row,) = ctx.data.rows("review").values()
    assert isinstance(row, RiskReview)
    return row


def item(ctx: Context, risk: str) -> Reviewed:
    """The item of a risk."""
    return next(one for one in reviewing.agenda(ctx.data, review_of(ctx).id) if one.risk == risk)


def more_rows(ctx: Context, *rows: Any) -> None:
    """Add rows to the plan."""
    ctx.step("More", [add(row) for row in rows])

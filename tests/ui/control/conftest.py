"""A window on a small plan under change control, at a moment that stands still."""

from datetime import datetime
from pathlib import Path

import pytest

from dmdesk import changes as c
from dmdesk.plan import Plan
from tests.core.control import requested
from tests.core.control.requested import at, row
from ui.context import Context
from ui.control import deeds

MONDAY_NIGHT = "2017-07-04 00:00"
"""Six hours after the request was proposed."""


class Moment:
    """The moment that the window believes it is."""

    def __init__(self) -> None:
        self.now = at(MONDAY_NIGHT)

    def __call__(self) -> datetime:
        return self.now

    def be(self, text: str) -> None:
        self.now = at(text)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    made = Moment()
    monkeypatch.setattr(deeds, "now", made)
    return made


@pytest.fixture
def ctx(empty: Context, tmp_path: Path, moment: Moment) -> Context:
    """A context with a released plan of three products, a board of three and a request whose clock runs."""
    data = requested.plan(
        requested.request(),
        row("product", "ARC", key="ARC", name="Archive", order="010"),
        row("product", "DAC", key="DAC", name="Access", order="020"),
        row("section", "INTRO", key="intro", title="Introduction", order="010", body="Words."),
    )
    path = tmp_path / "controlled.dmplan"
    with Plan.create(path, data) as plan:
        plan.step(
            "Release", [c.add(row("revision", "R1", version="1.0", date="2017-07-01", description="First"))]
        )
    empty.open(path)
    return empty

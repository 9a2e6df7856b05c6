"""The small plan, sealed as 3.0, with some changes since."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.baselines import Terms
from dmdesk.plan import Plan
from tests.ui import small_plan
from ui import settings
from ui.compare.keeping import Keeping
from ui.compare.page import ComparePage
from ui.context import Context
from ui.window import Window


def edit(plan: Plan) -> None:
    """Rename and move a product, renumber a WBS element, write in a section, add a milestone, drop a document."""
    rows = plan.data.rows
    plan.step("Rename", [c.put(rows("product")["HEADER"], {"name": "Header Maker"})], "They asked for it")
    plan.step("Move", [c.put(rows("product")["ARC"], {"parent": "DM"})])
    plan.step("Renumber", [c.put(rows("wbs")["w10"], {"key": "1.02C.03.11"})])
    plan.step("Write", [c.put(rows("section")["s1"], {"body": "Some *words* stand here now."})])
    plan.step("Add", [c.add(small_plan.row("milestone", "m3", key="LDM-503-3", name="Rehearsal", level="2"))])
    plan.step("Drop", c.drop_all(plan.data, [rows("document")["d2"]]))


CHANGES = 6


@pytest.fixture
def sealed(ctx: Context, qtbot: QtBot) -> Context:
    """A context with the sealed plan, which is as it was sealed."""
    assert ctx.plan is not None
    ctx.plan.seal(Terms("3.0", "2017-07-10", "The first"))
    return ctx


@pytest.fixture
def kept(sealed: Context, qtbot: QtBot) -> Context:
    """The sealed plan; what differs from it is known."""
    keeping = Keeping(sealed)
    with qtbot.waitSignal(sealed.compared, timeout=10_000):
        keeping.start()
    return sealed


@pytest.fixture
def window(sealed: Context, qtbot: QtBot) -> Window:
    """A window on the sealed plan with changes since, which are known."""
    assert sealed.plan is not None
    edit(sealed.plan)
    made = Window(sealed)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: sealed.since is not None and sealed.checked, timeout=10_000)
    return made


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ComparePage:
    """The page that compares 3.0 with the working plan."""
    settings.put("compare.beside", False)
    window.go("compare", "3.0")
    found = window.pages["compare"]
    assert isinstance(found, ComparePage)
    qtbot.waitUntil(lambda: found.found is not None, timeout=10_000)
    return found


def other_file(folder: Path) -> Path:
    """Another plan file: the small plan with its changes, made by somebody else."""
    with small_plan.make(folder) as plan:
        edit(plan)
        return plan.path

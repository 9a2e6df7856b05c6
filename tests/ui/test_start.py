"""The start: what the first picture of the window waits for, and what must not be among it."""

import os
import subprocess
import sys

from tests.house.tree import ROOT
from tests.ui import small_plan
from ui.actions import actions
from ui.commands import _IN_ORDER

PROGRAM = """
import os, sys
import dmdesk.plan
import ui.app
ui.app.painted = lambda times: (print(*sys.modules, sep="\\n"), sys.stdout.flush(), os._exit(0))
ui.app.main(["dmdesk", sys.argv[1], "--page", "product"])
"""

LATER = (
    "html", "tomllib", "dmdesk.baselines", "dmdesk.canon",
    "dmdesk.checks", "dmdesk.control", "dmdesk.drawing", "dmdesk.exchange", "dmdesk.filters", "dmdesk.manuscript",
    "dmdesk.pictures", "dmdesk.report", "dmdesk.typeset", "sqlalchemy", "alembic", "reportlab", "pypdfium2", "PIL",
    "ui.acceptsheet", "ui.changesheet", "ui.control",
    "ui.datasheet", "ui.dialogs", "ui.editors", "ui.findingbox", "ui.form",
    "ui.handover", "ui.inspector", "ui.linkeditor", "ui.palette", "ui.pictureeditor", "ui.preview", "ui.printing",
    "ui.printview", "ui.proseeditor", "ui.views.drawing", "ui.history", "ui.views.matrix", "ui.views.overview",
    "ui.commands.cells", "ui.commands.file", "ui.commands.mending", "ui.commands.rows", "ui.commands.baselines",
    "ui.baselines", "ui.releasing", "dmdesk.baselines", "dmdesk.releasing",
)  # fmt: skip
"""What a page of rows does without until it has been seen."""


def test_the_first_picture_of_the_window_waits_for_nothing_it_does_not_show(tmp_path):
    small_plan.make(tmp_path).close()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "small.dmplan")],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "ui.views.grid" in loaded, "the page of products was not shown"
    assert sorted(loaded & set(LATER)) == []


def test_actions_stand_in_the_order_of_the_menus_whichever_was_needed_first():
    modules = [entry.run.__module__ for entry in actions()]
    assert modules == sorted(modules, key=_IN_ORDER.index)


def test_pyside_is_told_not_to_read_the_sources_of_the_window():
    program = "import ui, shibokensupport.feature as f; f._mod_uses_pyside.__module__ == 'ui' or exit(1)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0, "PySide has changed how it looks for its switches; see ui/__init__.py"

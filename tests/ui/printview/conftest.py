"""A preview of the small plan, printed and drawn."""

import pytest
from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.printview.page import PrintPage
from ui.views import make_page


def settled(page: PrintPage, qtbot: QtBot) -> None:
    """Wait until what is seen is the newest print."""
    qtbot.waitUntil(lambda: page.settled, timeout=20_000)


@pytest.fixture
def page(ctx: Context, qtbot: QtBot) -> PrintPage:
    made = make_page(ctx, "printview")
    assert isinstance(made, PrintPage)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.shown()
    settled(made, qtbot)
    return made

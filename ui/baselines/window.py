"""A window of its own on a baseline: the whole plan as it was sealed, to be read, while the working plan stays open.

Its rows lie in a passing file. What would open another plan there is handed to the window that it came from.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dmdesk import opening
from dmdesk.plan import SUFFIX, Plan
from dmdesk.reading import PlanData
from dmdesk.store import Baseline
from ui.context import Asks, Context
from ui.theme import icon, theme
from ui.window import Window

_open: set[BaselineWindow] = set()


class Reading(Context):
    """A context on a baseline; ``home`` is the one of the working plan."""

    def __init__(self, home: Context, one: Baseline, ask: Asks | None) -> None:
        super().__init__(ask)
        self.home = home
        self.sealed = one

    def open(self, path: Path | str, *, read_only: bool = False) -> None:
        """Open a plan where the working plan is."""
        self.home.open(path, read_only=read_only)


class BaselineWindow(Window):
    """The window. ``Back to the working plan`` and Ctrl+W close it; it closes with the working plan's."""

    def __init__(self, ctx: Reading, above: Window | None) -> None:
        self.back = QPushButton("Back to the working plan")
        super().__init__(ctx)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._above = above
        home = ctx.home
        home.leaving.connect(self.close)
        home.opened.connect(self.close)
        if above is not None:
            step = theme().space(6)
            self.resize(above.size())
            self.move(above.pos().x() + step, above.pos().y() + step)

    def _arrange(self) -> None:
        super()._arrange()
        self.back.setIcon(icon("chevron-left"))
        self.back.clicked.connect(self.close)
        holder = self.banner.parentWidget()
        body = holder.layout() if holder else None
        assert isinstance(body, QVBoxLayout)
        at = body.indexOf(self.banner)
        self.strip = QWidget()
        self.strip.setObjectName("Banner")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner.setObjectName("BannerWords")
        row = QHBoxLayout(self.strip)
        edge = theme().space(1)
        row.setContentsMargins(0, edge, theme().space(4), edge)
        row.addWidget(self.banner, 1)
        row.addWidget(self.back)
        body.insertWidget(at, self.strip)

    def _opened(self) -> None:
        if self.ctx.plan is None:
            QTimer.singleShot(0, self, self.close)
            return
        super()._opened()

    def _panes(self) -> list[QWidget]:
        return [self.strip, *super()._panes()]

    def _forget_not(self) -> None:
        """The places of the working plan's window are the ones to remember."""

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        _open.discard(self)
        if self.ctx.plan is not None:
            self.ctx.blockSignals(True)
            self.ctx.close()
        if self._above is not None and self._above.isVisible():
            self._above.activateWindow()


def passing(data: PlanData, name: str) -> Path:
    """A passing plan file with the rows of a baseline. Takes its time; runs in a task.

    Raises:
        PlanError: it cannot be written, as on a full disk.
    """
    from dmdesk import schema

    made = Path(tempfile.mkdtemp(prefix=opening.PASSING)) / f"{name}{SUFFIX}"
    try:
        schema.create(made, data)
    except BaseException:
        opening.forget(made)
        raise
    return made


def opened(home: Context, one: Baseline, file: Path) -> BaselineWindow | None:
    """Open the window on a passing file; None when the working plan was closed meanwhile."""
    if home.plan is None:
        opening.forget(file)
        return None
    plan = Plan.open(file, read_only=True)
    plan.path = home.plan.path
    day = one.at[:10]
    plan.read_only = (
        f"Baseline {one.version} of “{plan.path.name}”, read only: the plan as it was sealed on {day}."
    )
    ctx = Reading(home, one, home._ask)
    ctx.page_kind = (
        home.page_kind if home.page_kind not in ("", "baselines", "compare", "history") else "overview"
    )
    ctx.take(plan)
    above = next((window for window in _windows() if window.ctx is home), None)
    window = BaselineWindow(ctx, above)
    _open.add(window)
    window.show()
    return window


def found(home: Context, one: Baseline) -> BaselineWindow | None:
    """The window that is open on a baseline already."""
    return next(
        (w for w in _open if isinstance(w.ctx, Reading) and (w.ctx.home, w.ctx.sealed) == (home, one)), None
    )


def _windows() -> list[Window]:
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]

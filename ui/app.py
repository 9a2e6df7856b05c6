"""The application: wires look, plan and window together; the only place that does.

What the first page does not need is imported later, and the checks run after the first paint.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from dmdesk.errors import PlanError
from ui import log, settings
from ui import theme as themes
from ui.context import Context
from ui.garbage import Collector
from ui.window import Window

TIMES = "DMDESK_START_TIMES"
"""Environment variable: "1" prints when what was ready at the start, "quit" also ends after the first paint."""


def painted(times: dict[str, float]) -> None:
    """After the first paint: collect garbage from now on, and tell the times when they are asked for."""
    times["painted"] = time.time()
    gc.freeze()
    Collector(QApplication.instance())
    if os.environ.get(TIMES):
        report_times(times)
    if os.environ.get(TIMES) == "quit":
        sys.stderr.flush()
        os._exit(0)


def report_times(times: dict[str, float]) -> None:
    """Print the moments of the start, in seconds since the process began, and the memory used at its peak."""
    began = process_began(times["main"])
    for name, moment in times.items():
        print(f"{name} {moment - began:.3f}", file=sys.stderr)
    if sys.platform != "win32":
        import resource

        print(f"peak_mb {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}", file=sys.stderr)


def process_began(otherwise: float) -> float:
    """When this process was started, in seconds of the epoch; ``otherwise`` where the system does not say."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
        return time.time() - up + ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return otherwise


def application(arguments: list[str]) -> QApplication:
    """The Qt application with our name and look."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments)
    app.setApplicationName("dmdesk")
    app.setApplicationDisplayName("dmdesk")
    app.setDesktopFileName("dmdesk")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    themes.start(app)
    return app


def first_plan(ctx: Context, file: str) -> None:
    """Open the file asked for, or the last plan; otherwise the window says welcome."""
    recent = settings.recent()
    path = Path(file) if file else recent[0] if recent and recent[0].exists() else None
    if path is None:
        return
    try:
        ctx.open(path)
        settings.opened(path)
    except PlanError:
        from ui.commands.file import open_path

        QTimer.singleShot(0, ctx, lambda: open_path(ctx, path))


def main(arguments: list[str]) -> int:
    """Run the application: ``main.py [FILE] [--page NAME]``; returns the exit code."""
    times = {"main": time.time()}
    names = [word for word in arguments[1:] if word != "--page"]
    page = names.pop() if "--page" in arguments and names else ""
    app = application(arguments[:1])
    ctx = Context()
    log.catch_everything(ctx.report_soon)
    times["application"] = time.time()
    first_plan(ctx, names[0] if names else "")
    times["plan"] = time.time()
    ctx.page_kind = page
    window = Window(ctx)
    times["window"] = time.time()
    window.painted.connect(lambda: painted(times))
    window.show()
    return app.exec()

"""Pictures of every page, light and dark, large and small, drawn without a display.

Run ``python docs/make_screenshots.py [PLAN] [--only PAGE …]``; the pictures go to docs/screenshots. Without a plan
file the sample plan is built in a passing folder, with a little history so that there is something to see.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
SIZES = {"large": (1486, 900), "small": (960, 600)}
ROWS = {"product": "HEADER", "wbs": "1.02C.04", "role": "DMPM", "section": "risk-management"}
"""The row that is current in a page's picture, by key; the first one elsewhere."""


def prepared(folder: Path) -> Path:
    """The sample plan with some history."""
    from dmdesk import changes as c
    from dmdesk.exchange import text
    from dmdesk.kinds import kinds
    from dmdesk.plan import Plan

    path = folder / "ldm-294.dmplan"
    text.build(ROOT / "sample_db" / "ldm-294", path)
    with Plan.open(path) as plan:
        products, milestones = plan.data.in_order("product"), plan.data.in_order("milestone")
        plan.step("Rename product", [c.put(products[5], {"name": "EFD Transformation"})], "RFC-341")
        plan.step(
            "Set forecast of 2 milestones",
            [c.put(row, {"forecast": "2018-01-31"}) for row in milestones[3:5]],
        )
        new = kinds()["milestone"].make({"key": "LDM-503-99", "name": "Operations rehearsal 4", "level": "2"})
        plan.step("Add milestone", [c.add(new)], "Asked for by the operations team")
        plan.step("Delete product", c.drop_all(plan.data, products[-1:]))
        plan.undo()
        plan.step("Set baseline date", [c.put(plan.data.rows("milestone")[new.id], {"due": "2021-11-30"})])
    return path


def settle(seconds: float) -> None:
    """Let the window do what it has to."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)


def take(path: Path, only: list[str]) -> None:
    """Take the pictures."""
    from ui import app as application
    from ui.context import Context
    from ui.navigation import places
    from ui.theme import themes
    from ui.window import Window

    application.application(sys.argv[:1])
    ctx = Context()
    ctx.open(path)
    window = Window(ctx)
    window.show()
    while not ctx.checked:
        settle(0.05)
    names = [place.name for place in places() if not only or place.name in only]
    for theme in ("light", "dark"):
        themes().choose(theme)
        for size, (wide, high) in SIZES.items():
            window.resize(wide, high)
            for name in names:
                row = ctx.data.find(name, ROWS.get(name, "")) if name in ROWS else None
                window.go(name, row.id if row else "")
                settle(0.15)
                window.grab().save(str(TARGET / f"{name}-{theme}-{size}.png"))
            if not only:
                palette(window, f"palette-{theme}-{size}")
    ctx.tasks.stop()
    ctx.close()


def palette(window: object, name: str) -> None:
    """The palette over the products page."""
    from ui.window import Window

    assert isinstance(window, Window)
    window.go("product")
    window.ctx.wanted.emit("palette")
    assert window.palette_over is not None
    window.palette_over.field.setText("data acc")
    settle(0.1)
    window.grab().save(str(TARGET / f"{name}.png"))
    window.palette_over.close_up()


def main(arguments: list[str]) -> None:
    """Take the pictures of the plan named, or of the sample."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    only = arguments[arguments.index("--only") + 1 :] if "--only" in arguments else []
    files = [word for word in arguments if word != "--only" and word not in only]
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in (
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "APPDATA",
            "LOCALAPPDATA",
        ):
            os.environ[variable] = str(folder / "user")
        os.environ["DMDESK_USER"] = "wom"
        take(Path(files[0]) if files else prepared(folder), only)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])

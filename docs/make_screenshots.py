"""Pictures of the window, drawn without a display: every page to look through, or the few of the user guide.

Run ``python docs/make_screenshots.py [PLAN] [--only PAGE …]`` for every page, light and dark, large and small, in
build/screenshots; ``--docs`` makes the few small ones in docs/screenshots. Without a plan file the sample plan is
built in a passing folder, with a little history so that there is something to see.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.window import Window

ROOT = Path(__file__).resolve().parents[1]
EVERY = ROOT / "build" / "screenshots"
GUIDE = ROOT / "docs" / "screenshots"
SIZES = {"large": (1486, 900), "small": (960, 600)}
ROWS = {
    "product": "HEADER",
    "wbs": "1.02C.04",
    "role": "DMPM",
    "section": "risk-management",
    "risk": "DM-T-003",
    "rfc": "RFC-358",
}
"""The row that is current in a page's picture, by key; the first one elsewhere."""

PAGES = {"palette": "product", "risks": "risk", "risk-matrix": "risk", "risk-top": "risk", "risk-categories": "risk",
         "risk-trend": "risk", "risk-timeline": "risk"}  # fmt: skip
"""Pictures that are called otherwise than the page they show."""
SCORES = 2
"""The tab of the scale editor that its picture shows: the matrix."""

USER_FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA")
PICTURES = (
    ("products-light", "light", "product"),
    ("sections-light", "light", "section"),
    ("rfc-light", "light", "rfc"),
    ("history-light", "light", "history"),
    ("overview-light", "light", "overview"),
    ("preview-light", "light", "printview"),
    ("risk-review-light", "light", "risk-review"),
    ("products-dark", "dark", "product"),
    ("risks-light", "light", "risks"),
    ("compare-light", "light", "compare"),
)
"""The pictures of the user guide: name, theme, and page."""
MOST = 250_000
"""Bytes that a picture of the user guide may take."""


def prepared(folder: Path) -> Path:
    """The sample plan with some history."""
    from dmdesk import changes as c
    from dmdesk.exchange import sample
    from dmdesk.kinds import kinds
    from dmdesk.plan import Plan

    path = folder / "ldm-294.dmplan"
    sample.build(path)
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


def window_on(path: Path) -> Window:
    """The window on a plan, with its checks done."""
    from ui import app as application
    from ui.context import Context
    from ui.window import Window

    application.application(sys.argv[:1])
    ctx = Context()
    ctx.open(path)
    window = Window(ctx)
    window.show()
    while not ctx.checked:
        settle(0.05)
    return window


def show(window: Window, page: str) -> None:
    """Bring a page to the front with its row, or the palette over the products."""
    name = PAGES.get(page, page)
    row = window.ctx.data.find(name, ROWS[name]) if name in ROWS else None
    if page == "printview":
        show_print(window)
        return
    window.go(name, row.id if row else "")
    if page == "compare":
        comparing: Any = window.stack.currentWidget()
        while comparing.found is None:
            settle(0.05)
    if name == "risk":
        shown: Any = window.stack.currentWidget()
        shown.turn(page.partition("-")[2] or "table")
        settle(1)
    if page == "scale":
        scales: Any = window.stack.currentWidget()
        scales.editor.tabs.setCurrentIndex(SCORES)
    if page == "history" and window.ctx.plan is not None:
        steps = window.ctx.plan.history()
        window.go("history", next((str(step.id) for step in steps if "wording" in step.title), ""))
    if page == "palette":
        window.ctx.wanted.emit("palette")
        assert window.palette_over is not None
        window.palette_over.field.setText("data acc")
    settle(0.3)


def show_print(window: Window) -> None:
    """Bring the preview to the front, at a row and with its place in the inspector."""
    header = window.ctx.data.find("product", ROWS["product"])
    if header is not None:
        window.ctx.select("product", header.id)
        window.go("printview", f"product:{header.id}")
    else:
        window.go("printview")
    page: Any = window.stack.currentWidget()
    while not page.settled:
        settle(0.05)
    settle(0.3)


def reviewed(window: Window) -> QWidget:
    """The meeting of a review on the plan, some risks on, with a judgement and a note at the present one."""
    from dmdesk.risks import deeds, reviewing
    from ui.review.meeting import Meeting, factor_for
    from ui.theme import themes

    ctx = window.ctx
    if reviewing.running(ctx.data) is None:
        people = [row.id for row in ctx.data.in_order("person")[:2]]
        deed = reviewing.start(ctx.data, "2017-12-18", people, ["A guest of the Camera"])
        ctx.step(deed.title, deed.changes, deed.why)
    review = reviewing.running(ctx.data)
    assert review is not None
    themes().enlarge(factor_for(window.width(), window.height()))
    meeting = Meeting(ctx, review.id)
    meeting.resize(window.size())
    for _ in range(3 - reviewing.progress(ctx.data, review).done):
        meeting.press("next")
    meeting.session.do(deeds.rate, {"likelihood": 3})
    meeting.session.do(deeds.note, "Deputies are named in two teams. Look again when the third has one.")
    meeting.show()
    settle(0.5)
    return meeting


def releasing(window: Window, at: int) -> Any:
    """The sheet of a release at one of its steps, counted from 0."""
    from ui.releasing.sheet import ReleaseSheet

    sheet = ReleaseSheet(window.ctx)
    sheet.obstacles.reason.setText("The board wants it out today; both are known")
    sheet.show()
    sheet.turn(at)
    settle(1)
    return sheet


def taken(window: Window, page: str, target: Path) -> None:
    """Take the picture of a page, of the meeting, or of the sheet of a release."""
    if page == "risk-review":
        meeting = reviewed(window)
        meeting.grab().save(str(target))
        meeting.close()
        return
    if page.startswith("release-"):
        sheet = releasing(window, int(page[-1]))
        sheet.grab().save(str(target))
        sheet.reject()
        return
    show(window, page)
    window.grab().save(str(target))
    hide_palette(window)


def hide_palette(window: Window) -> None:
    """Close the palette again."""
    if window.palette_over is not None:
        window.palette_over.close_up()


def every(window: Window, only: list[str]) -> None:
    """Every page, or those named, in both themes and sizes."""
    from ui.navigation import places
    from ui.theme import themes

    EVERY.mkdir(parents=True, exist_ok=True)
    names = [place.name for place in places() if place.name != "risk"]
    names += [*PAGES, "risk-review", *(f"release-{at}" for at in range(4))]
    for theme in ("light", "dark"):
        themes().choose(theme)
        for size, (wide, high) in SIZES.items():
            window.resize(wide, high)
            for name in [name for name in names if not only or name in only]:
                taken(window, name, EVERY / f"{name}-{theme}-{size}.png")


def guide(window: Window) -> None:
    """The pictures of the user guide."""
    from ui.theme import themes

    GUIDE.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZES["large"])
    for name, theme, page in PICTURES:
        themes().choose(theme)
        target = GUIDE / f"{name}.png"
        taken(window, page, target)
        shrink(target)


def shrink(path: Path) -> None:
    """Write a picture with a palette of 256 colours, which a window hardly exceeds."""
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    if path.stat().st_size > MOST:
        raise SystemExit(f"{path.name} takes {path.stat().st_size:,} bytes; at most {MOST:,} are wanted.")


def main(arguments: list[str]) -> None:
    """Take the pictures of the plan named, or of the sample."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    only = arguments[arguments.index("--only") + 1 :] if "--only" in arguments else []
    files = [word for word in arguments if not word.startswith("--") and word not in only]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in USER_FOLDERS:
            os.environ[variable] = str(folder / "user")
        os.environ["DMDESK_USER"] = "wom"
        window = window_on(Path(files[0]) if files else prepared(folder))
        guide(window) if "--docs" in arguments else every(window, only)
        window.ctx.tasks.stop()
        window.ctx.close()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])

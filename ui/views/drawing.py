"""Drawings of the plan: chosen, looked at, clicked through and saved as SVG, PDF or PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk import drawing, trees
from dmdesk.drawing.charts.choosing import FIGURE, READS, WHATS, missing
from dmdesk.drawing.tree import FITS, Options
from dmdesk.errors import PlanError
from dmdesk.model import Figure
from dmdesk.plan import Event
from dmdesk.typeset.anchors import safe
from dmdesk.values import replace
from ui import settings
from ui.canvas import STEP, Canvas
from ui.chips import Flow
from ui.context import Context
from ui.labels import plain
from ui.theme import icon, theme, themes
from ui.views.head import head
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.drawing.sheet import Drawing
    from ui.tasks import Task

PAUSE = 60
"""Milliseconds after a step until the tree is drawn anew."""
TREE = "tree"
SHAPES = {"mixed": "Columns", "left": "Root at the left", "top": "Root at the top"}
DEPTHS = (None, 1, 2, 3, 4, 5)
PAPERS = {FITS: "One sheet", "a4": "A4", "a3": "A3", "letter": "Letter", "tabloid": "Tabloid"}
MARKS = {"wbs": "WBS codes", "repositories": "Repositories", "managers": "Colour by manager",
         "landscape": "Paper on its side"}  # fmt: skip
INDENT = "\u2003"
CM = 2.54 / 72


class DrawingPage(QWidget):
    """The drawing with what can be chosen about it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.title = "Drawings"
        self.options = remembered()
        self.made: Drawing | None = None
        self._asked = 0
        self._stale = True
        self.canvas = Canvas()
        self.setFocusProxy(self.canvas)
        self._build()
        self._connect()

    # -- arrangement

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, self.summary = head(self.title, below=2, apart=1)
        for name, tip, run in (
            ("zoom-out", "Smaller (-)", lambda: self.canvas.zoom_by(1 / STEP)),
            ("zoom-in", "Larger (+)", lambda: self.canvas.zoom_by(STEP)),
            ("fit-width", "Show all (0)", self.canvas.fit),
        ):
            tool = _tool(name, tip)
            tool.clicked.connect(run)
            top.addWidget(tool)
        self.exporter = _tool("export", "Save the drawing as a file")
        self.exporter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.exporter.setMenu(self._forms())
        top.addWidget(self.exporter)
        column.addLayout(top)
        column.addWidget(self._choices())
        self.below = QStackedLayout()
        column.addLayout(self.below, 1)  # before its widgets, which would be windows for a moment
        self.below.addWidget(self.canvas)
        self.nothing = plain("", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.below.addWidget(self.nothing)

    def _forms(self) -> QMenu:
        menu = QMenu(self)
        for suffix in drawing.SUFFIXES:
            form = suffix[1:].upper()
            menu.addAction(f"Save as {form}…").triggered.connect(lambda _=False, form=form: self.save(form))
        return menu

    def _choices(self) -> QWidget:
        look, made = theme(), QWidget()
        flow = Flow(made)
        flow.setContentsMargins(look.space(4.5), 0, look.space(4), look.space(3))
        self.what = _combo("What is drawn", WHATS.values())
        self.what.setMinimumContentsLength(22)
        self.shape = _combo("Shape", SHAPES.values())
        self.shape.setCurrentIndex(list(SHAPES).index(self.options.shape))
        self.root = _combo("Below which product", ["Whole tree"])
        self.levels = _combo("Levels", ["All levels", *(f"{n} level{'s'[: n > 1]}" for n in DEPTHS[1:] if n)])
        self.levels.setCurrentIndex(DEPTHS.index(self.options.depth))
        self.paper = _combo("Paper", PAPERS.values())
        self.paper.setCurrentIndex(list(PAPERS).index(self.options.paper))
        self.shows = QToolButton()
        self.shows.setText("Show")
        self.shows.setIcon(icon("chevron-down"))
        self.shows.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.shows.setAccessibleName("What boxes show")
        self.shows.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.shows.setMenu(self._marks())
        rest = QWidget()
        rest.setFixedSize(1, 1)
        parts: tuple[QWidget, ...] = (
            self.what, self.shape, self.root, self.levels, self.paper, self.shows, rest,
        )  # fmt: skip
        for at, part in enumerate(parts):
            flow.insert(at, part)
        return made

    def _marks(self) -> QMenu:
        menu = QMenu(self)
        self.marks: dict[str, QAction] = {}
        for name, words in MARKS.items():
            made = self.marks[name] = menu.addAction(words)
            made.setCheckable(True)
            made.setChecked(getattr(self.options, name))
            made.toggled.connect(self._chosen)
        return menu

    # -- what happens

    def _connect(self) -> None:
        for combo in (self.what, self.shape, self.levels, self.paper, self.root):
            combo.activated.connect(self._chosen)
        self.canvas.picked.connect(self._picked)
        self.canvas.opened.connect(self._opened)
        self.ctx.changed.connect(self._heard)
        self.ctx.selected.connect(self._selected)
        themes().changed.connect(self._rethemed)
        self._waiting = QTimer(self, singleShot=True, interval=PAUSE)
        self._waiting.timeout.connect(self.refresh)

    def _picked(self, kind: str, id: str) -> None:
        self.ctx.select(kind, id)

    def _opened(self, kind: str, id: str) -> None:
        self.ctx.show(kind, id)

    def _selected(self, kind: str, id: str) -> None:
        self.canvas.mark(id if any(box.kind == kind for box in self.canvas.sheets.boxes_of(id)) else "")

    def _rethemed(self) -> None:
        self.canvas.retheme()

    def _heard(self, event: Event) -> None:
        shown = {"figure", *(name.partition(".")[0] for name in READS.get(self.options.what, ()))}
        if any(change.kind in shown for change in event.changes):
            self._stale = True
            if self.isVisible():
                self._waiting.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _chosen(self, *_: Any) -> None:
        """Draw what is now chosen, looked at from its beginning."""
        self.options = Options(
            what=self.what.currentData() or TREE,
            below=self.root.currentData() or "",
            shape=list(SHAPES)[self.shape.currentIndex()],
            depth=DEPTHS[self.levels.currentIndex()],
            paper=list(PAPERS)[self.paper.currentIndex()],
            landscape=self.marks["landscape"].isChecked(),
            wbs=self.marks["wbs"].isChecked(),
            repositories=self.marks["repositories"].isChecked(),
            managers=self.marks["managers"].isChecked(),
        )
        settings.put("drawing", {name: getattr(self.options, name) for name in ("shape", "paper", *MARKS)})
        self.canvas.start_afresh()
        self.refresh()

    # -- drawing

    def refresh(self) -> None:
        """Draw the tree as it is now, in the background; only the last drawing that was asked for is shown."""
        self._waiting.stop()
        self._stale = False
        self._offer_figures()
        self._offer_roots()
        tree = self.options.what == TREE
        for part in (self.shape, self.root, self.levels):
            part.setVisible(tree)
        for name, mark in self.marks.items():
            mark.setVisible(tree or name == "landscape")
        if self.options.below not in self.ctx.data.rows("product"):
            self.options = replace(self.options, below="")
        self._asked += 1
        told = missing(self.ctx.data, self.options.what) if self.options.what in WHATS else ""
        if told:
            self._show(None, told)
            return
        number, options, data = self._asked, self.options, self.ctx.data.copy()

        def work(_: Task) -> tuple[int, Drawing | None, str]:
            try:
                return number, drawing.drawn(data, options), ""
            except PlanError as error:
                return number, None, str(error)

        self.ctx.tasks.run("Drawing", work, self._drawn, quiet=True)

    def _drawn(self, result: tuple[int, Drawing | None, str]) -> None:
        import shiboken6

        number, made, told = result
        if shiboken6.isValid(self) and number == self._asked:
            self._show(made, told)

    def _offer_figures(self) -> None:
        """What can be drawn: the parts of the plan, and its figures of blocks."""
        offered = [
            *WHATS.items(),
            *(
                (f"{FIGURE}{row.key}", f"Figure: {row.caption or row.key}"[:70])
                for row in self.ctx.data.in_order("figure")
                if isinstance(row, Figure) and row.drawing == "blocks" and row.key
            ),
        ]
        if [(self.what.itemData(at), self.what.itemText(at)) for at in range(self.what.count())] != offered:
            self.what.clear()
            for what, words in offered:
                self.what.addItem(words, what)
        at = self.what.findData(self.options.what)
        if at < 0:
            self.options = replace(self.options, what=TREE)
        self.what.setCurrentIndex(max(at, 0))

    def _show(self, made: Drawing | None, told: str = "") -> None:
        self.made = made
        self.nothing.setText(told)
        self.exporter.setEnabled(made is not None)
        self.below.setCurrentIndex(0 if made else 1)
        first = self.canvas.sheets.drawing is None
        self.canvas.take(made)
        if made is not None and self.isVisible() and QApplication.focusWidget() is None:
            self.canvas.setFocus()
        kind, id = self.ctx.current
        self._selected(kind, id)
        if first and self.canvas.sheets.current:
            self.canvas.mark(id, reveal=True)
        self.canvas.setAccessibleName(f"Drawing: {made.title}" if made else "Drawing")
        self.summary.setText(_summary(made) if made else "")

    def _offer_roots(self) -> None:
        """The products that have others below them, in the tree's order."""
        data = self.ctx.data
        children = data.children_ids("product")
        groups = [(level, id) for level, id in trees.walk(children) if children.get(id)]
        held = [self.root.itemData(at) for at in range(1, self.root.count())]
        names = [f"{INDENT * level}{data.title(data.rows('product')[id])[:60]}" for level, id in groups]
        if held == [id for _, id in groups] and names == [
            self.root.itemText(at) for at in range(1, len(held) + 1)
        ]:
            return
        self.root.clear()
        self.root.addItem("Whole tree", "")
        for name, (_, id) in zip(names, groups, strict=True):
            self.root.addItem(name, id)
        self.root.setCurrentIndex(max(0, self.root.findData(self.options.below)))

    # -- saving

    def save(self, form: str) -> None:
        """Save the drawing that is shown, in the form SVG, PDF or PNG."""
        made, plan = self.made, self.ctx.plan
        if made is None or plan is None:
            return
        suffix = f".{form.lower()}"
        start = plan.path.with_name(f"{plan.path.stem} {self._file_words()}{suffix}")
        path = self.ctx.ask.save_file(f"Save the drawing as {form}", start, f"{form} (*{suffix})")
        if path is None:
            return
        out = path if path.suffix.lower() == suffix else Path(f"{path}{suffix}")
        day = str(getattr(self.ctx.data.plan(), "date", ""))

        def work(_: Task) -> list[Path]:
            return drawing.write(made, out, day)

        self.ctx.tasks.run("Saving the drawing", work, self._saved)

    def _file_words(self) -> str:
        what = self.options.what
        return WHATS[what].lower() if what in WHATS else safe(what.removeprefix(FIGURE))

    def _saved(self, files: list[Path]) -> None:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        self.ctx.said.emit(f"The drawing was saved as “{files[0].name}”{more}.")

    # -- what the window asks for

    def shown(self) -> None:
        """The page came to the front: the window stays about the product it was about."""
        self.ctx.set_rows("", [])
        kind, id = self.ctx.current
        if not self.canvas.sheets.boxes_of(id) and kind != "product":
            self.ctx.select("product", "")
        self._selected(*self.ctx.current)

    def reveal(self, id: str) -> None:
        """Mark a product, in the product tree, and bring it into view."""
        if self.options.what != TREE:
            self.options = replace(self.options, what=TREE)
            self.refresh()
        self.ctx.select("product", id)
        self.canvas.mark(id, reveal=True)

    def focus_filter(self) -> None:
        """There is no filter; begin with what is drawn."""
        self.what.setFocus()


def remembered() -> Options:
    """The options chosen last, as far as they still make sense."""
    held = settings.get("drawing", {})
    shape, paper = held.get("shape"), held.get("paper")
    return Options(
        shape=shape if shape in SHAPES else "mixed",
        paper=paper if paper in PAPERS else FITS,
        landscape=held.get("landscape") is True,
        wbs=held.get("wbs") is True,
        repositories=held.get("repositories") is True,
        managers=held.get("managers") is True,
    )


_NAMES = {
    "product": ("product", "products"), "role": ("role", "roles"), "team": ("team", "teams"),
    "group": ("group", "groups"), "document": ("document", "documents"), "milestone": ("milestone", "milestones"),
}  # fmt: skip
"""What the rows of a drawing are called when they are counted."""


def _summary(made: Drawing) -> str:
    rows = {(box.kind, box.id) for box in made.boxes if box.id}
    counts = {kind: sum(one == kind for one, _ in rows) for kind, _ in rows}
    said = [counted(count, *_NAMES[kind]) for kind, count in sorted(counts.items()) if kind in _NAMES]
    pages = counted(len(made.pages), "page", "pages")
    return f"{' · '.join([*said, pages])} of {made.width * CM:.0f} × {made.height * CM:.0f} cm"


def _combo(name: str, words: Any) -> QComboBox:
    made = QComboBox()
    made.addItems(list(words))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _tool(name: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setIconSize(QSize(theme().icon_size, theme().icon_size))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made

"""The overview: what the plan is, what it holds, what is open and what happened last; and the welcome without a plan.

Everything on it leads somewhere; nothing on it needs to be looked after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dmdesk import store
from dmdesk.kinds import kinds
from ui.actions import actions, perform
from ui.context import Context
from ui.labels import plain
from ui.navigation import icon_of
from ui.theme import icon, theme
from ui.times import when
from ui.topbar import state_words

RECENT = 8
TILES = (
    "product", "wbs", "milestone", "requirement", "trace", "document", "interface", "person", "role", "group",
    "section", "acronym",
)  # fmt: skip


class Tile(QAbstractButton):
    """A number with what it counts; a click shows the page."""

    def __init__(self, kind: str, go: Callable[[], None]) -> None:
        super().__init__()
        self._icon: QIcon = icon(icon_of(kind), "text.muted")
        self._label = kinds()[kind].plural
        self._number = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(go)

    def count(self, number: int) -> None:
        """Show how many there are."""
        self._number = f"{number:,}".replace(",", "\u202f")
        self.setAccessibleName(f"{self._label}: {number}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().space(36), theme().space(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        lively = self.underMouse() or self.isDown()
        painter.setPen(look.color("focus" if self.hasFocus() else "line.strong" if lively else "line"))
        painter.setBrush(look.color("bg.hover" if lively else "bg.tile"))
        painter.drawRoundedRect(frame, look.space(2), look.space(2))
        inner = self.rect().adjusted(look.space(4), look.space(3), -look.space(4), -look.space(3))
        side = look.icon_size
        self._icon.paint(painter, QRect(inner.right() - side, inner.top(), side, side))
        painter.setFont(look.font("big"))
        painter.setPen(look.color("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._number)
        painter.setFont(look.font())
        painter.setPen(look.color("text.muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._label)


class Line(QAbstractButton):
    """A line that leads somewhere: icon, words, and a quiet remark at the right."""

    def __init__(
        self, picture: QIcon, words: str, remark: str, go: Callable[[], None], struck: bool = False
    ) -> None:
        super().__init__()
        self._icon, self._words, self._remark, self._struck = picture, words, remark, struck
        self.setAccessibleName(f"{words}, {remark}")
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(go)

    def sizeHint(self) -> QSize:
        return QSize(theme().space(50), theme().space(7.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(look.color("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.hover"))
            painter.drawRoundedRect(
                self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.space(1), look.space(1)
            )
        side = look.icon_size
        inner = self.rect().adjusted(look.space(2), 0, -look.space(2), 0)
        self._icon.paint(painter, QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._remark)
        wide = QFontMetrics(look.font("small")).horizontalAdvance(self._remark)
        words = inner.adjusted(side + look.space(2.5), 0, -wide - look.space(3), 0)
        font = look.font()
        font.setStrikeOut(self._struck)
        painter.setFont(font)
        painter.setPen(look.color("text.muted" if self._struck else "text"))
        fitting = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle, fitting)


class _Lines(QWidget):
    """A heading and lines below it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(plain(heading, font="strong"))
        self._column.addSpacing(theme().space(1.5))
        self._column.addStretch(1)
        self._shown: list[QWidget] = []

    def fill(self, widgets: list[QWidget]) -> None:
        """Show these lines in place of the present ones."""
        for old in self._shown:
            self._column.removeWidget(old)
            old.deleteLater()
        self._shown = widgets
        for at, widget in enumerate(widgets):
            self._column.insertWidget(2 + at, widget)


class Overview(QScrollArea):
    """The first page of a plan."""

    title = "Overview"
    page_actions: tuple[str, ...] = ()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("Overview")
        self.setAccessibleName("Overview")
        self._handle = plain("", "muted", "mono")
        self._title = plain("", font="big")
        self._title.setWordWrap(True)
        self._state = plain("", "draft", "small")
        self._facts = plain("", "muted")
        self._abstract = plain("")
        self._abstract.setWordWrap(True)
        self._tiles = {kind: Tile(kind, self._goer(kind)) for kind in TILES if kind in kinds()}
        self._grid = QGridLayout()
        self._problems = _Lines("Open problems")
        self._steps = _Lines("Recent changes")
        self._arrange()
        ctx.changed.connect(self.renew)
        ctx.found.connect(self._count_problems)
        self.renew()
        self._count_problems()

    def _goer(self, kind: str, id: str = "") -> Callable[[], None]:
        return lambda: self._ctx.show(kind, id)

    def _arrange(self) -> None:
        space = theme().space
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(space(8), space(7), space(8), space(8))
        column.setSpacing(space(1.5))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        for part in (self._handle, self._state, self._facts):
            head.addWidget(part)
        head.addStretch(1)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addSpacing(space(2))
        self._abstract.setMaximumWidth(space(210))
        column.addWidget(self._abstract)
        column.addSpacing(space(5))
        self._grid.setSpacing(space(3))
        column.addLayout(self._grid)
        column.addSpacing(space(7))
        lists = QHBoxLayout()
        lists.setSpacing(space(10))
        lists.addWidget(self._problems, 1)
        lists.addWidget(self._steps, 1)
        column.addLayout(lists)
        column.addStretch(1)
        self.setWidget(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() - theme().space(16)
        columns = 6 if room > theme().space(6 * 36) else 4 if room > theme().space(4 * 36) else 3
        if self._grid.columnCount() == columns and self._grid.count():
            return
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
        for at in range(12):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def renew(self) -> None:
        """Show the plan as it is now."""
        row, data = self._ctx.data.plan(), self._ctx.data
        self._handle.setText(getattr(row, "handle", ""))
        self._title.setText(getattr(row, "title", "") or "Unnamed plan")
        words, role = state_words(row)
        self._state.setText(words)
        self._state.setProperty("role", role)
        revised = getattr(row, "date", "")
        facts = [f"Revised {revised}" if revised else "", ", ".join(getattr(row, "authors", ()))]
        self._facts.setText("   ·   ".join(fact for fact in facts if fact))
        self._abstract.setText(getattr(row, "abstract", ""))
        self._abstract.setVisible(bool(self._abstract.text()))
        for kind, tile in self._tiles.items():
            tile.count(len(data.rows(kind)))
        self._fill_steps()

    def _fill_steps(self) -> None:
        steps = self._ctx.plan.history(RECENT) if self._ctx.plan else []
        lines: list[QWidget] = [
            Line(
                icon("change" if step.state == store.DONE else "undo", "text.muted"),
                step.title + ("" if step.state == store.DONE else f" ({step.state})"),
                f"{step.who}, {when(step.at)}",
                self._goer("history", str(step.id)),
                step.state != store.DONE,
            )
            for step in steps
        ]
        self._steps.fill(lines or [plain("Nothing has been changed yet.", "muted")])

    def _count_problems(self, *_: object) -> None:
        counts = Counter((finding.kind, finding.level) for finding in self._ctx.findings)
        lines: list[QWidget] = []
        for kind in kinds():
            errors, warnings = counts[kind.name, "error"], counts[kind.name, "warning"]
            if errors or warnings:
                shape = ("error", "text.error") if errors else ("warning", "text.warning")
                remark = [
                    f"{n} {word}{'s' if n > 1 else ''}"
                    for n, word in ((errors, "error"), (warnings, "warning"))
                    if n
                ]
                lines.append(Line(icon(*shape), kind.plural, " · ".join(remark), self._first_of(kind.name)))
        self._problems.fill(lines or [plain("None." if self._ctx.checked else "Checking…", "muted")])

    def _first_of(self, kind: str) -> Callable[[], None]:
        """Go to the first row of the kind with a problem."""

        def go() -> None:
            first = next((f for f in self._ctx.findings if f.kind == kind and f.level != "note"), None)
            self._ctx.show(kind, first.id if first else "")

        return go


class Welcome(QWidget):
    """What is shown while no plan is open: the few ways to begin."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme().space(2.5))
        column.addStretch(2)
        for label in (
            plain("A whole project management plan on your desk", font="big"),
            plain(
                "Open a plan, look around in the sample, or begin a new one. Everything is saved as you go.",
                "muted",
            ),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(theme().space(4))
        row = QHBoxLayout()
        row.setSpacing(theme().space(3))
        row.addStretch(1)
        for name in ("file.open", "file.sample", "file.new"):
            row.addWidget(self._button(ctx, name))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def _button(self, ctx: Context, name: str) -> QPushButton:
        act = actions()[name]
        button = QPushButton(act.label)
        button.setIcon(icon(act.icon, "text.on-accent" if name == "file.open" else "icon"))
        button.setProperty("primary", name == "file.open")
        button.clicked.connect(lambda: perform(act, ctx))
        return button

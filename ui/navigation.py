"""Navigation: every page of the plan, in groups, with how much there is of each.

The list of pages stands here once; the window, the palette, the Go menu and the screenshots read it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdesk.kinds import kinds
from dmdesk.values import frozen
from ui.context import Context
from ui.theme import icon, theme

Index = QModelIndex | QPersistentModelIndex


@frozen
class Place:
    """A page one can go to: the name of a kind or matrix, or of a page that is neither, such as "overview"."""

    name: str
    label: str
    icon: str
    group: str


_GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("Plan", (("overview", "Overview", "overview"), ("plan", "Document", "document"), ("section", "", "section"),
              ("figure", "", "figure"), ("revision", "", "revision"), ("baselines", "Baselines", "baseline"),
              ("history", "History", "history"), ("compare", "Compare", "compare"),
              ("printview", "Preview", "preview"))),
    ("Structure", (("product", "", "product"), ("drawing", "Drawings", "tree"), ("wbs", "", "wbs"),
                   ("milestone", "", "milestone"), ("repository", "Repositories", "repository"),
                   ("document", "", "documents"), ("interface", "", "interface"),
                   ("product-wbs", "Product × WBS", "matrix"), ("obs", "OBS grid", "matrix"))),
    ("People", (("institution", "", "institution"), ("person", "", "person"), ("role", "", "role"),
                ("appointment", "", "appointment"), ("team", "", "team"), ("group", "", "group"),
                ("membership", "", "membership"), ("meeting", "", "meeting"))),
    ("Risks", (("risk", "", "risk"), ("response", "", "decision"), ("action", "Actions", "action"),
               ("draw", "Draws", "budget"), ("review", "Reviews", "meeting"), ("scale", "Scales", "matrix"),
               ("category", "Categories", "tag"))),
    ("Change control", (("rfc", "", "change"), ("docket", "", "meeting"), ("objection", "", "comment"),
                        ("boardaction", "Board actions", "action"))),
    ("Requirements", (("requirement", "", "requirement"), ("trace", "", "trace"))),
    ("Reference", (("reference", "", "reference"), ("acronym", "", "acronym"), ("acceptance", "", "check"))),
)  # fmt: skip


def places() -> list[Place]:
    """Every page, in order; a kind that no group names stands at the end, so that none is out of reach."""
    found = []
    for group, entries in _GROUPS:
        for name, label, picture in entries:
            if label or name in kinds():
                found.append(Place(name, label or kinds()[name].plural, picture, group))
    named = {place.name for place in found}
    found += [Place(kind.name, kind.plural, "list", "More") for kind in kinds() if kind.name not in named]
    return found


def icon_of(kind: str) -> str:
    """The name of a kind's icon."""
    return next((picture for _, entries in _GROUPS for name, _, picture in entries if name == kind), "list")


class _Rows(QAbstractListModel):
    """Group headings (str) and places, one a row."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.rows: list[str | Place] = []
        self._counts: dict[str, int] = {}
        self._problems: Counter[tuple[str, str]] = Counter()
        ctx.found.connect(self._found)
        ctx.opened.connect(lambda: self._found([]))
        group = ""
        for place in places():
            if place.group != group:
                group = place.group
                self.rows.append(group)
            self.rows.append(place)
        self._icons = {row.name: icon(row.icon) for row in self.rows if isinstance(row, Place)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Place):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.label
        if isinstance(row, str):
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[row.name]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            count = self.count(row)
            name = f"{row.label} ({count})" if count else row.label
            return name + self._problems_in_words(row)
        return None

    def _found(self, findings: list[Any]) -> None:
        problems = Counter((finding.kind, finding.level) for finding in findings)
        if problems != self._problems:
            self._problems = problems
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def worst(self, place: Place) -> str:
        """The worst level of the problems of a page's rows: "error", "warning" or ""; notes do not count."""
        return next((level for level in ("error", "warning") if self._problems[place.name, level]), "")

    def _problems_in_words(self, place: Place) -> str:
        counts = [(self._problems[place.name, level], level) for level in ("error", "warning")]
        words = ", ".join(f"{count} {level}{'s' * (count > 1)}" for count, level in counts if count)
        return f": {words}" if words else ""

    def count(self, place: Place) -> str:
        """How many rows there are, "" where that says nothing."""
        number = self._counts.get(place.name, 0)
        return f"{number:,}".replace(",", "\u202f") if number and place.name != "plan" else ""

    def recount(self) -> None:
        """Read the counts again."""
        counts = self._ctx.data.counts() if self._ctx.plan else {}
        if counts != self._counts:
            self._counts = counts
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))


class _Painter(QStyledItemDelegate):
    """Headings small and quiet, places with an icon and their count at the right edge."""

    narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(Qt.ItemDataRole.UserRole), str)
        high = theme().space(3 if self.narrow else 7) if heading else theme().space(7)
        return QSize(theme().space(10), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if isinstance(row, str):
            self._heading(painter, option.rect, row, first=index.row() == 0)
        else:
            self._place(painter, option, index, row)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, words: str, first: bool) -> None:
        look = theme()
        if self.narrow:
            if not first:
                painter.setPen(look.color("line.strong"))
                middle = rect.center().y()
                painter.drawLine(rect.left() + look.space(3), middle, rect.right() - look.space(3), middle)
            return
        painter.setFont(look.font("heading"))
        painter.setPen(look.color("text.muted"))
        words_at = rect.adjusted(look.space(4), 0, 0, -look.space(1))
        painter.drawText(words_at, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words.upper())

    def _place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, place: Place) -> None:
        look = theme()
        rect = option.rect.adjusted(look.space(2), 1, -look.space(2), -1)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = current and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(look.color("focus") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.nav.current" if current else "bg.pressed"))
            painter.drawRoundedRect(
                rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.space(1.5), look.space(1.5)
            )
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("focus"))
            painter.drawRoundedRect(
                rect.left(), rect.top() + look.space(1.25), 3, rect.height() - look.space(2.5), 1.5, 1.5
            )
        side = look.icon_size
        left = rect.center().x() - side // 2 + 1 if self.narrow else rect.left() + look.space(2.5)
        picture: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        box = QRect(left, rect.center().y() - side // 2 + 1, side, side)
        picture.paint(painter, box)
        worst = index.model().worst(place)  # type: ignore[attr-defined]
        if worst:
            self._dot(painter, box, worst, "bg.nav.current" if current else "bg.nav")
        if not self.narrow:
            count = index.model().count(place)  # type: ignore[attr-defined]
            words = rect.adjusted(look.space(2.5) + side + look.space(2.5), 0, -look.space(2.5), 0)
            painter.setFont(look.font("strong" if current else "ui"))
            painter.setPen(look.color("text"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, place.label)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.muted"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _dot(self, painter: QPainter, box: QRect, level: str, behind: str) -> None:
        """A dot at the icon's corner, set off from it by a ring of what is behind."""
        look = theme()
        size = look.space(2)
        painter.setPen(Qt.PenStyle.NoPen)
        for grown, role in ((1, behind), (0, f"text.{level}")):
            painter.setBrush(look.color(role))
            at = QRect(box.right() - size // 2 - 1, box.top() - size // 2 + 1, size, size)
            painter.drawEllipse(at.adjusted(-grown, -grown, grown, grown))


class Navigation(QListView):
    """The list of pages. ``picked`` tells which one is wanted."""

    picked = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("Navigation")
        self.setAccessibleName("Pages of the plan")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Rows(ctx, self)
        self._painter = _Painter(self)
        self._marking = False
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.selectionModel().currentChanged.connect(self._moved)
        self.set_narrow(False)

    def recount(self) -> None:
        """Show the counts as they are now."""
        self._model.recount()

    def mark(self, name: str) -> None:
        """Show which page is in front."""
        for at, row in enumerate(self._model.rows):
            if isinstance(row, Place) and row.name == name:
                self._marking = True
                self.setCurrentIndex(self._model.index(at))
                self._marking = False

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons and words."""
        self._painter.narrow = narrow
        self.setFixedWidth(theme().space(13) if narrow else theme().space(52))
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.scheduleDelayedItemsLayout()

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._painter.narrow

    def _moved(self, current: Index, _: Index) -> None:
        row = current.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Place) and not self._marking:
            self.picked.emit(row.name)

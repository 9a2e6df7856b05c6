"""Details of the current version: all that was said when it was sealed, its sums, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk.store import Baseline
from ui.actions import actions, perform
from ui.baselines import words
from ui.baselines.looking import DAMAGED, SOUND, Looks
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.theme import icon, theme

BUTTONS = ("baseline.open", "baseline.compare", "baseline.print")
OF_THE_DRAFT = ("baseline.release", "baseline.compare")
ORDER = ("baseline.release", *BUTTONS)
LABELS = {
    "baseline.open": "Open", "baseline.compare": "Compare with the draft", "baseline.print": "Print…",
    "baseline.release": "Release…",
}  # fmt: skip
"""What buttons say, where the menus name what it is done with."""


class Fact(QWidget):
    """A value of the details: words that can be selected, with a button that copies them where that is wanted."""

    def __init__(
        self, name: str, *, mono: bool = False, copy: Callable[[str, str], None] | None = None
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(1))
        self.name = plain(name, "muted")
        self.value = plain("", font="mono" if mono else "")
        self.value.setWordWrap(True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.value.setAccessibleName(name)
        row.addWidget(self.value, 0 if copy else 1)
        self.copy = QToolButton(self)
        self.copy.setHidden(copy is None)
        if copy is not None:
            self.copy.setIcon(icon("copy", "text.muted"))
            self.copy.setFixedSize(theme().space(7), theme().space(6.5))
            self.copy.setToolTip(f"Copy the {name}")
            self.copy.setAccessibleName(f"Copy the {name}")
            self.copy.clicked.connect(lambda: copy(name, self.value.text()))
            row.addWidget(self.copy)
            row.addStretch(1)

    def say(self, text: str, role: str = "") -> None:
        """Show a value; nothing hides the line."""
        self.value.setText(text)
        if self.value.property("role") != role:
            self.value.setProperty("role", role)
            self.value.style().unpolish(self.value)
            self.value.style().polish(self.value)
        for part in (self.name, self):
            part.setVisible(bool(text))


class Details(QWidget):
    """The details of a baseline, or of the draft."""

    def __init__(self, ctx: Context, looks: Looks) -> None:
        super().__init__()
        self.ctx, self.looks = ctx, looks
        self.one: Baseline | None = None
        self.title = plain("", font="title")
        self.about = plain("", "muted")
        self.about.setMinimumWidth(1)
        self.buttons = {name: self._button(name) for name in ORDER}
        self.more = QToolButton()
        self.more.setIcon(icon("more"))
        self.more.setToolTip("More that can be done with it")
        self.more.setAccessibleName("More that can be done with it")
        self.facts = {
            "wrong": Fact("What is wrong"), "description": Fact("Description"), "owner": Fact("Owner"),
            "approval": Fact("Approved by"), "items": Fact("Items"),
            "sha256": Fact("SHA-256 of the text", mono=True, copy=self._copy),
            "pdf": Fact("SHA-256 of the PDF", mono=True, copy=self._copy), "exported": Fact("PDF"),
            "accepted": Fact("Accepted when sealed"),
        }  # fmt: skip
        self._arrange()
        looks.changed.connect(self.renew)

    def _button(self, name: str) -> QPushButton:
        entry = actions()[name]
        made = QPushButton(f" {LABELS[name]}")
        made.setAccessibleName(LABELS[name])
        made.setToolTip(entry.help)
        if entry.icon:
            made.setIcon(icon(entry.icon))
        made.clicked.connect(lambda: perform(entry, self.ctx))
        return made

    def _arrange(self) -> None:
        look = theme()
        head = QHBoxLayout()
        head.setContentsMargins(look.space(4.5), look.space(3), look.space(4), look.space(2))
        head.setSpacing(look.space(2))
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        head.addWidget(self.more)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(look.space(4.5), 0, look.space(4), look.space(4))
        grid.setHorizontalSpacing(look.space(4))
        grid.setVerticalSpacing(look.space(1.5))
        grid.setColumnStretch(1, 1)
        for at, fact in enumerate(self.facts.values()):
            middle = fact.copy.isVisibleTo(fact)
            side = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
            grid.addWidget(fact.name, at, 0, side)
            grid.addWidget(fact, at, 1)
        self.said = self._words()
        grid.addWidget(self.said, len(self.facts), 0, 1, 2)
        grid.setRowStretch(len(self.facts) + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        copies = (self.facts[name].copy for name in ("sha256", "pdf"))
        in_order(*self.buttons.values(), self.more, *copies)

    def _words(self) -> QLabel:
        made = plain("")
        made.setWordWrap(True)
        return made

    def _copy(self, name: str, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.ctx.said.emit(f"The {name} was copied.")

    def show_version(self, one: Baseline | None) -> None:
        """Show a baseline, or the draft for None."""
        self.one = one
        self.renew()

    def renew(self) -> None:
        """Show what is known by now."""
        one = self.one
        wanted = BUTTONS if one else OF_THE_DRAFT
        for name, button in self.buttons.items():
            button.setVisible(name in wanted)
            button.setEnabled(actions()[name].when(self.ctx))
        known = self.ctx.baselines()
        compare = f"Compare with {known[-1].version}" if known and one is None else LABELS["baseline.compare"]
        self.buttons["baseline.compare"].setText(f" {compare}")
        self.buttons["baseline.compare"].setAccessibleName(compare)
        self.more.setVisible(one is not None)
        self.said.setVisible(one is None)
        if one is None:
            self._draft()
        else:
            self._sealed(one)

    def _draft(self) -> None:
        version = getattr(self.ctx.data.plan(), "version", "")
        self.title.setText("Draft")
        self.about.setText(f"after {version}" if version else "")
        for fact in self.facts.values():
            fact.say("")
        said = words.draft(self.ctx, self.looks.since)
        kinds = zip(self.looks.since or (), ("added", "changed", "deleted"), strict=False)
        counts = ", ".join(f"{number:,} {name}" for number, name in kinds if number)
        self.said.setText(
            f"{said[0].upper()}{said[1:]}{f' ({counts})' if counts else ''}. A release seals the plan as it then is "
            "under a version of its own, prints it without the draft marks, and begins the next draft."
        )

    def _sealed(self, one: Baseline) -> None:
        state = self.looks.state(one)
        self.title.setText(one.version)
        self.about.setText(f"{one.date} · sealed {words.sealed_when(one)} by {one.who}")
        size = self.looks.sizes.get(one.seal)
        reason, *found = one.accepted.splitlines() or [""]
        accepted = [reason, *found[:20], *([f"… and {len(found) - 20:,} more"] if len(found) > 20 else [])]
        told = {
            "description": one.description, "owner": one.owner, "approval": words.approval(self.ctx.data, one),
            "items": f"{size:,}" if size is not None else "", "sha256": one.sha256, "pdf": one.pdf,
            "exported": _exported(one), "accepted": "\n".join(accepted),
        }  # fmt: skip
        for name, text in told.items():
            self.facts[name].say(text)
        wrong = "\n".join(self.looks.told(one)) if state == DAMAGED else ""
        verified = "It was proven to be what was sealed." if self.looks.verdict and state == SOUND else ""
        self.facts["wrong"].name.setText("What is wrong" if wrong else "Verified")
        self.facts["wrong"].say(wrong or verified, "error" if wrong else "ok")


def _exported(one: Baseline) -> str:
    if one.exported:
        return f"First put into a file on {one.exported[:10]}; the release is final."
    if one.pdf:
        return "Not in a file yet; until it is, undo can take the release back."
    return "Not printed yet."

"""The last step: what the release will do, in order, where its PDF goes, and until when it can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from dmdesk.releasing import Wish
from ui.context import Context
from ui.labels import plain
from ui.printing import making
from ui.releasing.stage import Stage, say
from ui.theme import icon, theme

NOW = "With its PDF in a file, the release is final: others may have it, so undo no longer takes it back."
LATER = "The release can be undone until its PDF is put into a file, which the page of baselines does at any time."
DONE, DOING, TO_DO = ("check", "text.ok"), ("chevron-right", "text.accent"), ("more", "text.muted")


class Deeds(QWidget):
    """What the release does, in order, each with a sign for what is done of it."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme().space(2))
        self.grid.setVerticalSpacing(theme().space(1))
        self.grid.setColumnStretch(1, 1)
        self.signs: list[QLabel] = []
        self.words: list[QLabel] = []

    def show_deeds(self, deeds: list[str]) -> None:
        """Name them; the same number each time."""
        while len(self.words) < len(deeds):
            at = len(self.words)
            self.signs.append(QLabel())
            self.words.append(plain(""))
            self.words[at].setWordWrap(True)
            self.grid.addWidget(self.signs[at], at, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(self.words[at], at, 1)
        for label, words in zip(self.words, deeds, strict=True):
            label.setText(words)
        self.at(-1)

    def at(self, place: int) -> None:
        """The deed under way; those before it are done. -1: none is."""
        side = theme().icon_size
        for number, sign in enumerate(self.signs):
            shape = TO_DO if place < number else DOING if place == number else DONE
            sign.setPixmap(icon(*shape).pixmap(side, side))


class SealingStage(Stage):
    """Everything at a glance before it is done."""

    title = "Print and seal"

    def __init__(self, ctx: Context, wish: Wish) -> None:
        super().__init__()
        self._ctx = ctx
        self._chosen: Path | None = None
        self._proposed = ""
        self.deeds = Deeds()
        self.now = QRadioButton("Put the PDF into a file now")
        self.later = QRadioButton("Seal it, and put the PDF into a file later")
        self.now.setChecked(True)
        self.file = QLineEdit()
        self.file.setAccessibleName("PDF file")
        self.choose = QPushButton("Choose…")
        self.choose.setAutoDefault(False)
        self.wrong = self.note("", "error")
        self.paper = QComboBox()
        self.paper.addItems(list(making.PAPERS.values()))
        self.paper.setAccessibleName("Paper")
        self.paper.setCurrentIndex(list(making.PAPERS).index(making.paper()))
        self._arrange()
        self.now.toggled.connect(self._look)
        self.file.textChanged.connect(self._look)
        self.choose.clicked.connect(self._choose)

    def _arrange(self) -> None:
        look = theme()
        self.body = QWidget()
        form = QFormLayout(self.body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(look.space(2))
        form.setHorizontalSpacing(look.space(4))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        row = QHBoxLayout()
        row.setSpacing(look.space(1.5))
        row.addWidget(self.file, 1)
        row.addWidget(self.choose)
        form.addRow("PDF", _alone(self.now))
        form.addRow("", row)
        form.addRow("", self.wrong)
        form.addRow("", self.note(NOW))
        form.addRow("", _alone(self.later))
        form.addRow("", self.note(LATER))
        form.addRow("Paper", _alone(self.paper))
        self.column.addWidget(self.deeds)
        self.column.addSpacing(look.space(2))
        self.column.addWidget(self.body)
        self.column.addStretch(1)

    def begin(self, wish: Wish, proposed: Path) -> None:
        """Show what will be done for what was typed in the other steps."""
        request = self._ctx.data.get("rfc", wish.rfc) if wish.rfc else None
        words = self._ctx.data.key(request) if request is not None else wish.rfc
        by = f", approved by {words}" if words else ""
        self.deeds.show_deeds([
            f"The change record gets its entry: {wish.version}, {wish.date}, {wish.description}",
            f"The draft mark goes off; the plan is version {wish.version} of {wish.date}{by}",
            "It is printed, without draft marks",
            "The whole plan and the SHA-256 of its PDF are sealed; nothing changes them afterwards",
            f"The draft mark goes on again: the next draft, after {wish.version}",
        ])  # fmt: skip
        if self.file.text() == self._proposed:
            self._proposed = str(proposed)
            self.file.setText(self._proposed)
        self._look()

    def _choose(self) -> None:
        path = self._ctx.ask.save_file("The PDF of the release", self.path, "PDF (*.pdf)")
        if path is not None:
            self._chosen = path if path.suffix else path.with_suffix(".pdf")
            self.file.setText(str(self._chosen))

    def _look(self, *_: object) -> None:
        now = self.now.isChecked()
        for part in (self.file, self.choose):
            part.setEnabled(now)
        say(self.wrong, "")
        self.edited.emit()

    @property
    def path(self) -> Path:
        """The file that the PDF goes into."""
        path = Path(self.file.text().strip()).expanduser()
        return path if path.suffix else path.with_suffix(".pdf")

    @property
    def out(self) -> Path | None:
        """The same, None where it is to stay in the plan for now."""
        return self.path if self.now.isChecked() else None

    def agreed(self) -> bool:
        """Whether the PDF can be put where it is to go, as far as one can know, and replace what is there."""
        out = self.out
        if out is None:
            return True
        why = why_not(out)
        say(self.wrong, why)
        if why:
            return False
        known = out == self._chosen or not out.exists()
        return known or self._ctx.ask.confirm(f"Replace “{out.name}”?", "Replace")

    def ready(self) -> bool:
        return not self.now.isChecked() or bool(self.file.text().strip())

    def typed(self) -> dict[str, str]:
        return {"paper": list(making.PAPERS)[self.paper.currentIndex()]}

    def shown(self) -> None:
        (self.now if self.now.isChecked() else self.later).setFocus()


def _alone(field: QWidget) -> QHBoxLayout:
    """A field no wider than its words."""
    row = QHBoxLayout()
    row.addWidget(field)
    row.addStretch(1)
    return row


def why_not(out: Path) -> str:
    """Why a file cannot be put there, found out before anything is sealed; "" where it can."""
    if out.is_dir():
        return f"“{out}” is a folder; name a file in it."
    if not out.parent.is_dir():
        return f"There is no folder “{out.parent}”; choose another place."
    try:
        with tempfile.TemporaryFile(dir=out.parent):
            return ""
    except OSError as error:
        why = error.strerror or "it is not allowed"
        return f"Nothing can be written into “{out.parent}” ({why}); choose another place."

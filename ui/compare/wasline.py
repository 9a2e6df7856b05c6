"""A line that says what something was in the last baseline, with a small button that takes it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dmdesk.comparing import Pick
from dmdesk.kinds import Entity, Field, kind_of
from ui.compare.reverting import revert_to_baseline
from ui.context import Context
from ui.labels import Cut
from ui.models import moves
from ui.models.since import Was
from ui.theme import theme


class WasLine(QWidget):
    """What a field of a row was, or with no field what became of the row."""

    def __init__(self, ctx: Context, field: Field | None = None) -> None:
        super().__init__()
        self._ctx, self._field = ctx, field
        self._row: Entity | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme().space(2))
        self.words = Cut("", "info", "small", self)
        self.revert = QPushButton("Revert")
        self.revert.setFont(theme().font("small"))
        self.revert.setProperty("link", True)
        self.revert.setCursor(Qt.CursorShape.PointingHandCursor)
        self.revert.clicked.connect(self._revert)
        self._line.addWidget(self.words, 1)
        self._line.addWidget(self.revert)

    def tell(self, row: Entity, was: Was) -> None:
        """Say what became of a row, or of its field."""
        from ui.words import tip

        self._row = row
        told = was.sentence.replace("\n", " · ")
        self.words.setText(told)
        self.words.setToolTip(tip(was.sentence, lines=True))
        self.revert.setVisible(self._ctx.writable)
        what = self._field.label if self._field is not None else moves.short(self._ctx.data.title(row), 30)
        self.revert.setAccessibleName(f"Revert {what}: {told}")
        self.revert.setToolTip(f"Show what taking back {what} would change")

    def _revert(self) -> None:
        since = self._ctx.since
        if self._row is None or since is None:
            return
        name = moves.short(self._ctx.data.title(self._row))
        what = f"{self._field.label} of {name}" if self._field is not None else name
        field = self._field.name if self._field is not None else ""
        pick = Pick(kind_of(self._row).name, self._row.id, field)
        revert_to_baseline(self._ctx, [pick], f"Revert {what} to {since.version}")

"""The keys of the meeting, each on a button that says it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dmdesk.risks import reviewing
from ui.chips import Flow
from ui.review.session import Session
from ui.theme import theme

K = Qt.Key
BUTTONS: tuple[tuple[str, str, str, tuple[Qt.Key, ...]], ...] = (
    ("back", "Previous", "←", (K.Key_Backspace, K.Key_Left)),
    ("jump", "Go to…", "G", (K.Key_G,)),
    ("action", "Action…", "A", (K.Key_A,)),
    ("escalate", "Escalate…", "E", (K.Key_E,)),
    ("close", "Close…", "R", (K.Key_R,)),
    ("realised", "Realised…", "O", (K.Key_O,)),
    ("skip", "Skip", "S", (K.Key_S,)),
    ("next", "Reviewed, next →", "Space", (K.Key_Space,)),
)
"""Name, label, key as it is said, keys."""
TIPS = {
    "back": "Back to the risk before, which is open again (Left or Backspace)",
    "jump": "Look at another risk by its id (G)",
    "action": "Add an action, or a step of a response (A)",
    "escalate": "Bring it before the owner of its headline, or the board (E)",
    "close": "Retire or deprecate it, or move it to another state (R)",
    "realised": "It has happened (O)",
    "skip": "Put it off to the end of the agenda (S)",
    "next": "Reviewed: on to the next risk (Space; Ctrl+Enter while typing)",
}


class Keys(QWidget):
    """The row of buttons. ``pressed`` tells the name of one."""

    pressed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.buttons: dict[str, QPushButton] = {}
        others = QWidget()
        flow = Flow(others)
        flow.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(others, 1)
        for name, label, key, _ in BUTTONS:
            button = self.buttons[name] = QPushButton(f"{label} ({key})")
            button.setToolTip(TIPS[name])
            button.setProperty("key", name != "next")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("primary", name == "next")
            button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
            if name == "next":
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            else:
                flow.addWidget(button)
        flow.addWidget(QWidget())  # takes what is left of the last line

    def named(self, event: QKeyEvent) -> str:
        """The name of the button whose key this is, "" for none."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return ""
        return next((name for name, _, _, keys in BUTTONS if Qt.Key(event.key()) in keys), "")

    def renew(self) -> None:
        """What can be done now."""
        session, writable = self.session, self.session.ctx.writable
        there, running = session.risk is not None, session.review is not None
        running = running and session.review.state == reviewing.RUNNING  # type: ignore[union-attr]
        self.setVisible(running)
        for name, button in self.buttons.items():
            about = name in ("action", "escalate", "close", "realised")
            button.setEnabled(writable and (there or not about))
        item = session.item
        if item is not None:
            self.buttons["back"].setEnabled(reviewing.before(session.ctx.data, item) is not None)
        self.setAccessibleName(f"Keys of the review, {theme().name}")

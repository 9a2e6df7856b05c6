"""The floor for starting: a window with nothing in it, painted once; then the process ends at once, as ours does."""

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Painted(QObject):
    """Quits after the first paint of the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False


app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1486, 900)
painted = Painted()
window.installEventFilter(painted)
window.show()
app.exec()

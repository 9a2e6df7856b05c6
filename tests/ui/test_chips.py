"""Items one after the other, broken into lines like words."""

from PySide6.QtWidgets import QPushButton, QWidget

from ui.chips import Flow


def test_what_is_hidden_takes_no_room_in_a_line(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow(host)
    flow.setContentsMargins(0, 0, 0, 0)
    hidden, shown, last = QPushButton("One"), QPushButton("Two"), QWidget()
    for part in (hidden, shown, last):
        flow.addWidget(part)
    host.resize(600, 40)
    host.show()
    qtbot.waitUntil(lambda: shown.x() > hidden.width())
    hidden.hide()
    qtbot.waitUntil(lambda: shown.x() == 0)

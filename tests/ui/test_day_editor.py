"""The editor of a day: typed, or chosen from a calendar behind a small picture at its end."""

from dmdesk.kinds import kinds
from ui.context import Context
from ui.editors import editor


def test_the_picture_of_the_calendar_belongs_to_the_editor_and_goes_when_only_looked_at(ctx: Context, qtbot):
    made = editor(kinds()["milestone"]["due"], ctx, None)
    qtbot.addWidget(made)
    (choose,) = [action for action in made.line.actions() if "calendar" in action.toolTip()]
    assert choose.parent() is made
    made.set_read_only(True)
    assert not choose.isVisible()
    made.set_read_only(False)
    assert choose.isVisible()

"""Before printing: what stands in the way, a click away from its place; with nothing in the way, straight on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.findinglist import ICONS
from ui.theme import theme
from ui.views.lines import HEADING, ROW, Line, Lines
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.checks import Finding


def before(ctx: Context, title: str, then: Callable[[], object]) -> None:
    """Go on with a print, after a look at what stands in its way and only if that is wanted."""
    if ctx.plan is None:
        return
    if ctx.checked:
        _look(ctx, title, ctx.findings, then)
        return
    data = ctx.plan.snapshot()

    def work(_: object) -> list[Finding]:
        from dmdesk import checks

        return checks.run(data)

    ctx.tasks.run("Checking the plan", work, lambda found: _look(ctx, title, found, then))


def _look(ctx: Context, title: str, findings: list[Finding], then: Callable[[], object]) -> None:
    from dmdesk.checks import in_the_way

    groups = in_the_way(findings)
    if groups:
        opened(ObstacleSheet(ctx, title, groups, then))
    else:
        then()


class ObstacleSheet(Sheet):
    """What stands in the way, by group. A line goes to its place and gives up the print; “Print anyway” goes on."""

    def __init__(
        self, ctx: Context, title: str, groups: dict[str, list[Finding]], then: Callable[[], object]
    ) -> None:
        count = sum(map(len, groups.values()))
        things = counted(count, "thing stands", "things stand")
        words = f"{things} in the way of a clean print. A reader would stumble over them; a click goes there."
        super().__init__(title, words, over())
        self._ctx = ctx
        self.lines = Lines("What stands in the way")
        self.lines.setObjectName("Lines")
        self.lines.setMinimumHeight(theme().row * 12)
        self.lines.show_lines(lines(ctx, groups))
        self.lines.picked.connect(self._go)
        self.put(self.lines, "What stands in the way")
        self.yes = self.end("Print anyway", "Back")
        self.accepted.connect(then)
        self.resize(theme().space(190), theme().space(130))

    def _go(self, kind: str, id: str) -> None:
        self.reject()
        self._ctx.show(kind, id)


def lines(ctx: Context, groups: dict[str, list[Finding]]) -> list[Line]:
    """A line for each group, and below it one for each finding."""
    found = []
    for title, findings in groups.items():
        found.append(Line(HEADING, title, aside=f"{len(findings):,}"))
        for finding in findings:
            row = ctx.data.get(finding.kind, finding.id)
            subject = ctx.data.title(row) if row is not None else "deleted meanwhile"
            picture = ICONS[finding.level][0]
            found.append(Line(ROW, f"{subject}: {finding.words}", picture, "", finding.kind, finding.id))
    return found

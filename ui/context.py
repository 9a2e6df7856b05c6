"""The context: the open plan, the current row and the signals that views and commands share.

Views and commands know this object and not each other, so any of them can be built, tested and replaced
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from dmdesk.changes import ADD, Change, add, links_in
from dmdesk.errors import Locked, PlanError
from dmdesk.kinds import Entity, kind_of
from dmdesk.plan import Event, Plan
from dmdesk.reading import PlanData
from dmdesk.store import Baseline
from dmdesk.types import BadValue
from ui.tasks import Tasks

if TYPE_CHECKING:
    from dmdesk.comparing.since import Since

NAME_IT, SORT = "edit title", "sort"
"""Said through ``Context.wanted``: the page in front edits the name of its current row, or sorts by its column."""


class Asks(Protocol):
    """Questions to the person; ``ui.dialogs.Dialogs`` asks them on the screen, tests answer by themselves."""

    def tell(self, sentence: str, title: str = "") -> None:
        """Show a sentence that must be read."""

    def confirm(self, question: str, yes: str, detail: str = "", no: str = "Cancel") -> bool:
        """Whether the person chooses the action named ``yes``; ``detail`` is read first, a line each."""

    def text(self, title: str, label: str, start: str = "") -> str | None:
        """A line of text, or None when the person changes their mind."""

    def choose(self, title: str, label: str, options: list[str], yes: str = "Choose") -> int | None:
        """The place of the chosen option, or None."""

    def open_file(self, title: str, filters: str) -> Path | None:
        """An existing file, or None."""

    def save_file(self, title: str, start: Path, filters: str) -> Path | None:
        """A file to write, or None."""

    def folder(self, title: str) -> Path | None:
        """A folder, or None."""


class Cells(NamedTuple):
    """What is selected on a page, seen as cells.

    ``ids`` and ``columns`` are the selected rows and columns in the order in which they are seen; ``only`` says that a
    rectangle of cells is meant and not whole rows, whose columns are all that are seen. ``below`` are the shown rows
    from the first selected one on, ``right`` the seen columns from the current (of a rectangle: the first) one on;
    ``shown`` and ``seen`` are all of them.
    """

    kind: str
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    only: bool
    below: tuple[str, ...]
    right: tuple[str, ...]
    shown: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class Context(QObject):
    """The open plan and what the window is about; no widgets inside.

    ``findings`` are those of the checks, ``finding`` the current one of them, ``checked`` whether they
    have run; ``panels`` says which panels are wanted, ``tasks`` does work in the background. ``since`` is what differs
    from the last baseline, None while there is none or it is not known yet.
    ``page_kind`` is the kind of the page in front, or the name of one that is no kind's, such as "overview".
    """

    opened = Signal()
    """Another plan, none, or a restored one: rebuild everything."""
    changed = Signal(object)
    """A ``plan.Event`` after a step, undo or redo."""
    selected = Signal(str, str)
    """(kind, id) of the current row; id is "" for none."""
    go = Signal(str, str)
    """(kind, id): show the kind's page and reveal the row ("" for none)."""
    said = Signal(str)
    """A message for the status bar."""
    found = Signal(object)
    """The list of findings, renewed."""
    working = Signal()
    """Another change request is worked on, or none."""
    compared = Signal()
    """What differs from the last baseline, renewed."""
    wanted = Signal(str)
    """The name of something only the window can do: show the palette, a panel, the sheet of shortcuts …"""
    leaving = Signal()
    """The window is closed, and what hangs on it closes too."""

    def __init__(self, ask: Asks | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self.plan: Plan | None = None
        self.data = PlanData()
        self.page_kind = ""
        self.current: tuple[str, str] = ("", "")
        self.findings: list[Any] = []
        self.finding: Any = None
        self.checked = False
        self.since: Since | None = None
        self.panels: dict[str, bool] = {}
        self.refused = ""
        """Why the plan's lock refused the last step that it refused."""
        self.sealed: Baseline | None = None
        """The baseline that this window shows for reading; None where it shows a plan to work on."""
        self.version = ""
        """The version of the sealed one that is current on the page of baselines."""
        self.unlisted = ""
        """Why the baselines cannot be listed, or ""."""
        self._baselines: list[Baseline] | None = None
        self.tasks = Tasks(self, self.report, self.said.emit)
        self._unborn: dict[str, Entity] = {}
        self._unread: set[str] = set()
        self._rows: tuple[str, tuple[str, ...]] = ("", ())
        self._cells: tuple[str, Callable[[], Cells]] | None = None

    @property
    def ask(self) -> Asks:
        """Who asks the person; dialogs on the screen unless another was given."""
        if self._ask is None:
            from ui.dialogs import Dialogs

            self._ask = Dialogs()
        return self._ask

    # -- the plan

    def open(self, path: Path | str, *, read_only: bool = False) -> None:
        """Open a plan in place of the present one, which stays open when that fails.

        Raises:
            PlanError: the file cannot be opened.
        """
        if self.plan and Path(path).resolve() == self.plan.path.resolve():
            return
        if Path(path).suffix.lower() == ".pdf":
            from dmdesk.exchange import carried

            self.take(carried.opened(Path(path)))
            return
        self.take(Plan.open(path, read_only=read_only))

    def take(self, plan: Plan) -> None:
        """Work on an opened plan from now on."""
        self._let_go()
        self.plan = plan
        self.data = plan.data
        plan.listen(self._heard)
        self.opened.emit()

    def close(self) -> None:
        """Close the plan; everything is on the disk already."""
        self._let_go()
        self.data = PlanData()
        self.opened.emit()

    def _let_go(self) -> None:
        if self.plan:
            self.plan.close()
        self.plan = None
        self.current = ("", "")
        self._unborn = {}
        self._rows = ("", ())
        self._cells = None
        self.findings = []
        self.finding = None
        self.checked = False
        self.version = ""
        self._baselines = None
        self.since = None

    def _heard(self, event: Event) -> None:
        self._baselines = None
        if event.how == "restore" and self.plan:
            self.data = self.plan.data
            self.opened.emit()
        else:
            self.changed.emit(event)

    def baselines(self) -> list[Baseline]:
        """The sealed versions of the open plan, oldest first; the file is asked once after each step.

        None where the file is damaged where they lie; ``unlisted`` says so then.
        """
        if self._baselines is None:
            self.unlisted = ""
            try:
                self._baselines = self.plan.baselines() if self.plan else []
            except PlanError as error:
                self._baselines, self.unlisted = [], str(error)
        return self._baselines

    def noted(self) -> None:
        """Tell that something was noted of a baseline, which is no step."""
        self._heard(Event(None, (), "note"))

    @property
    def writable(self) -> bool:
        """Whether there is a plan that may be changed."""
        return self.plan is not None and not self.plan.read_only

    # -- writing

    def step(self, title: str, changes: Iterable[Change], why: str = "", rfc: str | None = None) -> bool:
        """Make the changes as one step; False, after one sentence to the person, when they cannot be made.

        ``rfc``: the id of the change request it is made under, the one that is worked on if none is given. Where a lock
        is in the way, the person is offered a way out, and the changes are made again.
        """
        if self.plan is None:
            return False
        try:
            wanted = self._with_new(changes)
            while not self._made(self.plan, title, wanted, why, rfc):
                from ui.control.locked import way_out

                if not way_out(self):
                    return False
            if self.plan.unprotected:
                self.said.emit(self.plan.unprotected)
        except (PlanError, BadValue) as error:
            self.report(error)
            return False
        return True

    def _made(self, plan: Plan, title: str, changes: list[Change], why: str, rfc: str | None) -> bool:
        """Make a step; False if the plan's lock keeps it from being made."""
        try:
            plan.step(title, changes, why, rfc)
        except Locked as error:
            self.refused = str(error)
            return False
        return True

    def is_new(self, row: Entity) -> bool:
        """Whether the row was added today, so that nobody knows it by another name."""
        told = self.plan.history_of(row) if self.plan else []
        return (
            bool(told)
            and told[-1][1].op == ADD
            and told[-1][0].at[:10] == datetime.now(UTC).date().isoformat()
        )

    def will_add(self, row: Entity) -> None:
        """Add a row that is not in the plan yet with the first step that links to it; without one it never is."""
        self._unborn[row.id] = row

    def unborn(self, id: str) -> Entity | None:
        """A row that waits for the first step that links to it."""
        return self._unborn.get(id)

    def _with_new(self, changes: Iterable[Change]) -> list[Change]:
        """The changes, and before them those that add the rows they are the first to link to."""
        wanted = list(changes)
        if not self._unborn:
            return wanted
        linked = {id for change in wanted for _, _, id in links_in(change)} & self._unborn.keys()
        return [*(add(self._unborn[id]) for id in linked if not self._is_there(id)), *wanted]

    def _is_there(self, id: str) -> bool:
        row = self._unborn[id]
        return self.data.get(kind_of(row).name, id) is not None

    def undo(self) -> None:
        """Take the last step back."""
        self._travel("undo", "Undid")

    def redo(self) -> None:
        """Make the last undone step again."""
        self._travel("redo", "Redid")

    def _travel(self, way: str, done: str) -> None:
        if self.plan is None:
            return
        try:
            step = getattr(self.plan, way)()
        except PlanError as error:
            self.report(error)
            return
        self.said.emit(f"{done} “{step.title}”" if step else f"There is nothing to {way}.")

    def report(self, error: Exception | str) -> None:
        """Show an error as its sentence."""
        self.ask.tell(str(error))

    def report_soon(self, sentence: str) -> None:
        """Show a sentence as soon as Qt is not in the midst of something; once, until it was read."""
        if sentence in self._unread:
            return
        self._unread.add(sentence)
        QTimer.singleShot(0, self, lambda: self._read(sentence))

    def _read(self, sentence: str) -> None:
        try:
            self.report(sentence)
        finally:
            self._unread.discard(sentence)

    # -- where we are

    def select(self, kind: str, id: str) -> None:
        """Make a row the current one ("" for none)."""
        if (kind, id) != self.current:
            self.current = (kind, id)
            self.selected.emit(kind, id)

    def show(self, kind: str, id: str = "") -> None:
        """Show the page of a kind and reveal a row on it."""
        self.go.emit(kind, id)

    def set_rows(self, kind: str, ids: Iterable[str]) -> None:
        """Note which rows are selected on the page in front."""
        self._rows = (kind, tuple(ids))

    def rows(self) -> list[Entity]:
        """The selected rows that are still in the plan, in the order of the page."""
        kind, ids = self._rows
        found = (self.data.get(kind, id) for id in ids) if kind else ()
        return [row for row in found if row is not None]

    def set_cells(self, kind: str, ask: Callable[[], Cells]) -> None:
        """Note who knows which cells are selected on the page of a kind, which came to the front."""
        self._cells = (kind, ask)

    def cells(self) -> Cells | None:
        """The selected cells of the page in front; None where it has none."""
        return self._cells[1]() if self._cells and self._cells[0] == self.page_kind else None

    def row(self) -> Entity | None:
        """The current row."""
        kind, id = self.current
        return self.data.get(kind, id) if kind and id else None

    def differing(self, kind: str, version: str) -> set[str] | None:
        """The ids of the rows of a kind that are not as they were sealed as a version; None if there is none."""
        from dmdesk import baselines
        from dmdesk.comparing import since

        if self.plan is None or not self.baselines():
            return None
        try:
            one = baselines.named(self.baselines(), version, "")
        except PlanError:
            return None
        if self.since is not None and self.since.version == one.version:
            return self.since.ids(kind)
        return since.differing(self.plan.at(one.version), self.data, kind)

    def found_now(self, findings: list[Any]) -> None:
        """Renew the findings."""
        self.findings = findings
        self.checked = self.plan is not None
        self.found.emit(findings)

"""One open plan: the only door for writing, undo and redo, listeners and snapshots.

A step is validated on the rows in memory, written in one transaction, and only then put in place and told to
listeners; so whatever goes wrong, the file, the memory and the screen show the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from dmdesk import backups, folders, opening, store
from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.compactedplan import CompactedPlan
from dmdesk.errors import Locked, PlanError
from dmdesk.guard import Guard
from dmdesk.kinds import Entity
from dmdesk.outcome import outcome, preview, prove
from dmdesk.pastplan import PastPlan
from dmdesk.reading import PlanData
from dmdesk.sealedplan import SealedPlan, now
from dmdesk.store import Step
from dmdesk.takeback import without
from dmdesk.values import frozen

__all__ = ["SUFFIX", "Event", "Plan", "outcome", "preview"]

SUFFIX = ".dmplan"


@frozen
class Event:
    """What listeners are told: the step, what it did to which rows now, and how ("step", "undo", "redo",
    "assign", "compact", "restore").

    After a restore ``changes`` is empty and everything must be read again.
    """

    step: Step | None
    changes: tuple[Change, ...]
    how: str


Listener = Callable[[Event], None]


class Plan(SealedPlan, PastPlan, CompactedPlan):
    """An open plan file. Use it from one thread; hand ``snapshot()`` to others."""

    def __init__(
        self, path: Path, file: store.Store, guard: Guard | None, read_only: str, notice: str = ""
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.notice = notice
        self.data = PlanData(file.rows)
        self._store = file
        self._guard = guard
        self._listeners: list[Listener] = []
        self._backed_up: date | None = None
        self.unprotected = ""
        """"" or a sentence that says why there is no backup of today."""
        self.working_on = ""
        """The id of the change request that steps are made under from now on, or ""."""
        self._told: tuple[str, str] | None = None
        self._undo = file.last_done()
        self._redo = file.first_undone()
        self._at = {}

    # -- opening and closing

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Plan:
        """Open a plan file; upgrade an older one after a copy was made beside it.

        ``read_only`` of the result is "" or a sentence that says why nothing can be written;
        ``notice`` is "" or a sentence about what was done to open it.

        Raises:
            PlanError: there is no such plan, it is damaged, or newer than this program.
        """
        path = Path(path)
        revision = store.inspect(path)
        guard, why, notice = None, "This plan was opened for reading only.", ""
        if not read_only:
            guard = Guard(path)
            why = opening.why_read_only(path, guard)
        try:
            source = path
            if revision != store.SCHEMA:
                source, notice = opening.upgraded(path.resolve(), revision, bool(why))
                if guard:  # its lock lies on the file that was replaced
                    guard.release()
                    guard = Guard(path)
                    why = opening.why_read_only(path, guard)
            file = store.Store(source, read_only=bool(why))
            return cls(path, file, guard, why or opening.why_unsound(file), notice)
        except BaseException:
            if guard:
                guard.release()
            raise

    @classmethod
    def create(cls, path: Path | str, data: PlanData | None = None) -> Plan:
        """Make a plan file, empty or with the given rows to start from, and open it.

        Raises:
            PlanError: the file is there already or cannot be written.
        """
        from dmdesk import schema

        schema.create(Path(path), data)
        return cls.open(path)

    def close(self) -> None:
        """Close the file and let others write it."""
        self._store.close()
        if self._guard:
            self._guard.release()
        if self._store.path.parent.name.startswith(opening.PASSING):
            opening.forget(self._store.path)

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing

    def step(
        self, title: str, changes: Iterable[Change], why: str = "", rfc: str | None = None
    ) -> Step | None:
        """Make the changes as one step: all of them, in one transaction, undone together; None if nothing changes.

        ``rfc``: the id of the change request it is made under, the one that is worked on if none is given.

        Raises:
            Conflict: an old value no longer stands.
            Locked: the plan was baselined, and its lock keeps it from being changed like that.
            PlanError: the plan cannot be written, or would not hold together; nothing was changed.
        """
        changes = [change for change in changes if change.op != c.SET or change.fields]
        return self._made(title, changes, why, rfc) if changes else None

    def _made(
        self, title: str, changes: list[Change], why: str, rfc: str | None,
        also: Callable[[Step], None] | None = None, *, free: bool = False,
    ) -> Step:  # fmt: skip
        """The changes made as one step; ``also`` writes what belongs to it in the same transaction."""
        self._writable()
        under = self._under(rfc)
        if not free:
            self._refuse_locked(changes, under)
        after = self._outcome(changes, strict=True)
        self._back_up_today()
        with self._store.transaction():
            for change in changes:
                self._store.write(change)
            at, who = self._told or (now(), folders.user())
            step = self._store.log(at, who, title, why, changes, under)
            if also:
                also(step)
        self._undo, self._redo = step, None
        self._put_in_place(after, Event(step, tuple(changes), "step"))
        return step

    @contextmanager
    def told(self, at: str, who: str) -> Iterator[None]:
        """Steps made inside are noted as made at that time (UTC) by that person, and ask for no backup.

        For a history that comes as text, made again on a file that is not in use yet.
        """
        self._told, backed_up, self._backed_up = (at, who), self._backed_up, date.today()
        try:
            yield
        finally:
            self._told, self._backed_up = None, backed_up

    def undo(self) -> Step | None:
        """Take the last step back; None if there is none.

        Raises:
            PlanError: the step was made before the file was upgraded, or the plan cannot be written.
        """
        step = self._undo
        return self._travel(step, store.UNDONE, "undo") if step else None

    def redo(self) -> Step | None:
        """Make the last undone step again; None if there is none."""
        step = self._redo
        return self._travel(step, store.DONE, "redo") if step else None

    def take_back(
        self, steps: Iterable[Step], only: Callable[[Change], bool] | None = None, title: str = "",
        rfc: str | None = None, along: Iterable[Change] = (),
    ) -> Step | None:  # fmt: skip
        """Take steps of the past back as one new step, or the changes of theirs that ``only`` lets through.

        What was done since stays. None if nothing changes, because all of it was taken back already. Where all of them
        were made under the change request ``rfc``, no lock keeps them from being taken back under it, whatever its
        state: what was rejected must be able to go. ``along``: changes of other rows that are made in the same step.

        Raises:
            PlanError: a later step builds on one of them, or one of them does not stand; nothing was changed.
        """
        self._writable()
        steps = list(steps)
        changes = [*self.taking_back(steps, only), *along]
        reasons = {step.why for step in steps}
        words = f"“{steps[0].title}”" if len(steps) == 1 else f"{len(steps)} steps"
        why = reasons.pop() if len(reasons) == 1 else ""
        free = bool(rfc) and {step.rfc for step in steps} == {rfc}
        title = title or f"Take back {words}"
        return self._made(title, changes, why, rfc, free=free) if changes else None

    def taking_back(
        self, steps: Iterable[Step], only: Callable[[Change], bool] | None = None
    ) -> list[Change]:
        """What ``take_back`` would change; it raises the same, but for a plan that is read only."""
        steps = list(steps)
        self.refuse_released(steps, sealed_ones=True)
        return without(self.data, self._store, steps, only)

    def _renewed(self) -> None:
        self._undo, self._redo = self._store.last_done(), self._store.first_undone()
        self._tell(Event(None, (), "compact"))

    def _travel(self, step: Step, state: str, how: str) -> Step:
        self._writable()
        if step.schema != store.SCHEMA:
            raise PlanError(
                f"“{step.title}” was made before this file was upgraded; it can be seen but not undone."
            )
        if state == store.UNDONE:
            self.refuse_released([step])
        changes = self._store.changes_of(step.id)
        if state == store.UNDONE:
            changes = c.inverse(changes)
        after = self._outcome(changes, strict=False)
        self._back_up_today()
        with self._store.transaction():
            for change in changes:
                self._store.write(change)
            self._store.mark(step, state)
        self._undo, self._redo = self._store.last_done(), self._store.first_undone()
        self._put_in_place(after, Event(step, tuple(changes), how))
        return step

    @property
    def undoable(self) -> Step | None:
        """The step that undo would take back."""
        return self._undo

    @property
    def redoable(self) -> Step | None:
        """The step that redo would make again."""
        return self._redo

    def _refuse_locked(self, changes: Iterable[Change], rfc: str) -> None:
        if getattr(self.data.plan(), "change_lock", "") in ("", "off"):
            return
        from dmdesk.control.lock import locked  # only plans that have a lock wait for it

        if why := locked(self.data, changes, rfc, sealed=bool(self.baselines())):
            raise Locked(why)

    def _under(self, rfc: str | None) -> str:
        wanted = self.working_on if rfc is None else rfc
        return wanted if self.data.get("rfc", wanted) is not None else ""

    def assign(self, steps: Iterable[Step], rfc: str) -> None:
        """Note under which change request ("" for none) steps of the past were made; their changes stay as they are.

        Raises:
            PlanError: there is no such change request, or the plan cannot be written.
        """
        self._writable()
        if rfc and self.data.get("rfc", rfc) is None:
            raise PlanError("This change request is no longer in the plan; choose another.")
        steps = tuple(steps)
        self._back_up_today()
        with self._store.transaction():
            self._store.assign(steps, rfc)
        self._undo, self._redo = self._store.last_done(), self._store.first_undone()
        self._tell(Event(None, (), "assign"))

    def _outcome(self, changes: list[Change], *, strict: bool) -> dict[tuple[str, str], Entity | None]:
        """The rows after the changes. Undo and redo lead to states that held together, so they skip the proof."""
        after = outcome(self.data, changes)
        if strict:
            prove(self.data, changes, after)
        return after

    def _put_in_place(self, after: Mapping[tuple[str, str], Entity | None], event: Event) -> None:
        for (kind, id), row in after.items():
            self.data.replace(kind, id, row)
        self._tell(event)

    def _tell(self, event: Event) -> None:
        failed: Exception | None = None
        for listener in list(self._listeners):
            try:
                listener(event)
            except Exception as error:
                failed = failed or error
        if failed:
            raise failed

    # -- listening and reading

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after every step, undo, redo and restore; the result ends that."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def snapshot(self) -> PlanData:
        """The plan as it is now, for background work."""
        return self.data.copy()

    # -- copies

    def save_copy(self, target: Path | str) -> None:
        """Copy the whole plan with its history to another file.

        Raises:
            PlanError: the target is this file, is open elsewhere or cannot be written.
        """
        target = Path(target)
        if target.resolve() == self.path.resolve():
            raise PlanError("A copy cannot replace the open plan itself; choose another name.")
        if target.is_file() and (holder := opening.holder(target)):
            raise PlanError(f"“{target.name}” is open for writing elsewhere ({holder}); choose another name.")
        self._store.copy(target)

    def _back_up_today(self) -> None:
        """Make the day's backup. Where it cannot be written people can still work, and ``unprotected`` says so."""
        today = date.today()
        if self._backed_up == today:
            return
        self._backed_up = today
        try:
            backups.make(self.path, today)
            self.unprotected = ""
        except PlanError as error:
            self.unprotected = f"Today's backup could not be made, but changes are saved. {error}"

    def restore(self, name: str = "") -> Path:
        """Make the plan what a backup holds; what it was is kept as another backup, for good where baselines go.

        Raises:
            PlanError: there is no such backup, it cannot be read, or the plan cannot be written.
        """
        self._writable()
        backup = backups.named(self.path, name)
        if store.inspect(backup) != store.SCHEMA:
            raise PlanError(
                f"The backup “{backup.stem}” is of an older schema; open it by itself to upgrade it."
            )
        if self.lost_in(backup):
            backups.keep_for_good(self.path, date.today(), backups.RESTORING)
        else:
            backups.keep_present(self.path, date.today())
        self._store.replace_with(backup)
        self.data = PlanData(self._store.rows)
        self._undo, self._redo = self._store.last_done(), self._store.first_undone()
        self._tell(Event(None, (), "restore"))
        return backup

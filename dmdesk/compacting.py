"""Compacting: removing the oldest steps of the history for good, so that the file gets smaller.

What a plan is does not change by it; what goes is the way it came about, which is why a copy of the whole file is kept
first, and why nothing is removed where that cannot be written.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from dmdesk import backups, folders
from dmdesk.errors import PlanError
from dmdesk.store import Baseline, Compaction, Extent, Store, copy_file
from dmdesk.values import frozen

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@frozen
class Boundary:
    """Up to and with which step the history is removed; ``version``: the baseline that this step sealed, or ""."""

    step: int
    version: str


@frozen
class Sizes:
    """The size of the plan file in bytes, before and after."""

    before: int
    after: int


@frozen
class Done:
    """What was removed, the copy that was kept, and the sizes; ``unshrunk``: "" or why the file is still as large."""

    compaction: Compaction
    backup: Path
    sizes: Sizes
    unshrunk: str


def boundary(file: Store, words: str) -> Boundary:
    """The step that is meant by a version, by a day (all steps before it), or by the number of a step; the last
    baseline for "".

    Raises:
        PlanError: nothing is meant by it, or there is nothing to remove.
    """
    sealed = file.baselines()
    if not words and not sealed:
        raise PlanError(
            "There is no baseline to compact the history up to; name a step or a day up to which it is to go."
        )
    version = next((one for one in sealed if one.version == words), None) if words else sealed[-1]
    if version is not None:
        return Boundary(version.step, version.version)
    outline = file.outline()
    if _DAY.fullmatch(words):
        start = _midnight(words)
        step = next((id for id, at, _ in outline if at < start), 0)
        if not step:
            raise PlanError(f"The history has no step before {words}; nothing was removed.")
        return Boundary(step, "")
    number = words.removeprefix("step ").strip()
    if number.isascii() and number.isdigit() and any(id == int(number) for id, _, _ in outline):
        return Boundary(int(number), _sealed_by(sealed, int(number)))
    known = (
        f"its baselines are {', '.join(one.version for one in sealed)}" if sealed else "it has no baseline"
    )
    raise PlanError(
        f"“{words}” is no baseline, no day such as 2017-06-30 and no step of this plan; {known}, and its history "
        "lists the steps."
    )


def _midnight(day: str) -> str:
    """When a day begins here, in UTC as steps have it."""
    try:
        start = datetime.combine(date.fromisoformat(day), datetime.min.time()).astimezone()
    except ValueError:
        raise PlanError(f"“{day}” is no day; write it as 2017-06-30.") from None
    return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _sealed_by(sealed: Sequence[Baseline], step: int) -> str:
    return next((one.version for one in sealed if one.step == step), "")


def caution(sealed: Sequence[Baseline], upto: Boundary) -> str:
    """What is lost beside old values where steps go that were made since the last baseline; "" where none do."""
    if not sealed or upto.step <= sealed[-1].step:
        return ""
    last = sealed[-1].version
    return (
        f"Steps since {last} go as well: the change record from {last} can then no longer say who made a change, "
        "when and why."
    )


def extent(file: Store, upto: Boundary) -> Extent:
    """How much would go.

    Raises:
        PlanError: nothing would, or steps would that redo may still make again.
    """
    found = file.extent(upto.step)
    if not found.steps:
        raise PlanError("There is nothing to remove: the history begins after that already.")
    if found.undone:
        raise PlanError(
            "Steps that are undone would go, and redo could not make them again; choose a step before them."
        )
    return found


def sizes(path: Path, upto: Boundary) -> Sizes:
    """How large the file is and how large it would be, found out on a passing copy; may run in any thread.

    Raises:
        PlanError: the file cannot be read, or the copy not be written.
    """
    with tempfile.TemporaryDirectory(prefix="dmdesk-") as folder:
        copy = Path(folder) / "copy.dmplan"
        copy_file(path, copy)
        before = copy.stat().st_size
        with closing(Store(copy, read_only=False)) as file:
            with file.transaction():
                file.remove_until(upto.step, "", "", "")
            file.shrink()
        return Sizes(before, copy.stat().st_size)


def compact(path: Path, file: Store, upto: Boundary) -> Done:
    """Remove the history up to a step, after the whole file was copied to the backups.

    The removal is one transaction; giving back the room comes after it, and where that fails nothing is lost.

    Raises:
        PlanError: there is nothing to remove, the copy or the plan cannot be written; nothing was removed.
    """
    extent(file, upto)
    try:
        kept = backups.keep_for_good(path, date.today())
    except PlanError as error:
        raise PlanError(
            f"The history was not compacted, because no copy of it could be kept. {error}"
        ) from None
    before = path.stat().st_size
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with file.transaction():
        made = file.remove_until(upto.step, moment, folders.user(), upto.version)
    unshrunk = ""
    try:
        file.shrink()
    except PlanError:
        unshrunk = "The file is as large as before, because it could not be written anew; compacting again will do it."
    return Done(made, kept, Sizes(before, path.stat().st_size), unshrunk)


def in_words(size: int) -> str:
    """A size as people say it: “8.3 MB”, “412 kB”."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(round(size / 1000), 1):,} kB"

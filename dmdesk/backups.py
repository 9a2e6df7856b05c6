"""Backups: a copy of a plan before its first change of a day, the last ten kept, out of the user's way."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from dmdesk import folders, store
from dmdesk.errors import PlanError
from dmdesk.trees import natural

KEPT = 10

COMPACTING, RESTORING = "before compacting", "before restoring"
FOR_GOOD = (COMPACTING, RESTORING)
"""How the names of copies end that are kept until a person deletes them, since nothing else holds what they do."""


def folder(path: Path) -> Path:
    """Where the backups of a plan file lie."""
    return folders.data() / "backups" / folders.of_plan(path)


def found(path: Path) -> list[Path]:
    """The backups of a plan file, newest first."""
    return sorted(folder(path).glob("*.dmplan"), key=lambda backup: natural(backup.stem), reverse=True)


def make(path: Path, today: date) -> Path:
    """Copy the plan file as the day's backup unless there is one, and let go of all but the last ten.

    Raises:
        PlanError: the copy cannot be written.
    """
    target = folder(path) / f"{today.isoformat()}.dmplan"
    if not target.exists():
        store.copy_file(path, target)
        passing = [one for one in found(path) if not any(why in one.stem for why in FOR_GOOD)]
        for old in passing[KEPT:]:
            with suppress(OSError):
                old.unlink()
    return target


def keep_present(path: Path, today: date) -> Path:
    """Copy the plan file as an extra backup of the day, beside the one that was made before its first change."""
    number = 1
    while (target := folder(path) / f"{today.isoformat()}-{number}.dmplan").exists():
        number += 1
    store.copy_file(path, target)
    return target


def keep_for_good(path: Path, today: date, why: str = COMPACTING) -> Path:
    """Copy the plan file as a backup that is not let go of when newer ones are made; ``why`` is one of ``FOR_GOOD``.

    Raises:
        PlanError: the copy cannot be written.
    """
    number, name = 1, f"{today.isoformat()} {why}"
    while (target := folder(path) / f"{name}{f' {number}' if number > 1 else ''}.dmplan").exists():
        number += 1
    store.copy_file(path, target)
    return target


def named(path: Path, name: str) -> Path:
    """The backup of that name (``2017-06-30``), or of that path, or the newest for "".

    Raises:
        PlanError: there is none.
    """
    backups = found(path)
    if not name and backups:
        return backups[0]
    for backup in backups:
        if name in (backup.stem, backup.name, str(backup)):
            return backup
    if name and Path(name).is_file():
        return Path(name)
    known = ", ".join(backup.stem for backup in backups) or "none yet"
    wanted = f"no backup “{name}” of" if name else "no backup of"
    raise PlanError(f"There is {wanted} “{path.name}”; there are: {known}.")

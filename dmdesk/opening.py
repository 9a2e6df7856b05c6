"""Opening: who may write a plan file, and how one of an older schema becomes one of ours.

Apart from Plan because it happens once, before there is a plan.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dmdesk import store
from dmdesk.errors import PlanError
from dmdesk.guard import Guard

PASSING = "dmdesk-passing-"
"""How the folders begin in which older plans are upgraded that cannot be written where they lie."""


def why_read_only(path: Path, guard: Guard) -> str:
    """Why nothing can be written, as a sentence, or ""; the guard is let go when it is of no use."""
    if guard.holder:
        return (
            f"“{path.name}” is open for writing elsewhere: {guard.holder}. It can be read here, not changed."
        )
    if not _can_write(path.resolve()):
        guard.release()
        why = f"“{path.name}” lies where you cannot write; it can be read, not changed."
        return f"{why} Save a copy elsewhere to edit it."
    return ""


def why_unsound(file: store.Store) -> str:
    """Why nothing can be written into a file that cannot be read where its baselines lie, as a sentence, or ""."""
    try:
        file.baselines()
    except PlanError:
        return (
            f"“{file.path.name}” is damaged where its baselines lie, so it can be read, not changed; restore a backup, "
            "or make a new plan of it."
        )
    return ""


def _can_write(path: Path) -> bool:
    """Whether both the file and the journal beside it can be written."""
    try:
        with path.open("r+b"):
            pass
        probe = path.parent / f".dmdesk-{os.getpid()}.probe"
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        probe.unlink()
        return True
    except OSError:
        return False


def holder(path: Path) -> str:
    """Who has another file open for writing; "" for nobody."""
    with suppress(OSError):
        guard = Guard(path)
        guard.release()
        return guard.holder
    return ""


def upgraded(path: Path, revision: str, read_only: bool) -> tuple[Path, str]:
    """Upgrade the file after a copy of it was made beside it; where it may not be written, upgrade a passing copy."""
    from dmdesk import schema

    if read_only:
        import tempfile

        passing = Path(tempfile.mkdtemp(prefix=PASSING)) / path.name
        store.copy_file(path, passing)
        schema.upgrade(passing)
        return passing, ""
    kept = _free(path.with_name(f"{path.stem} (schema {revision}){path.suffix}"))
    store.copy_file(path, kept)
    try:
        schema.upgrade(path)
    except PlanError:
        kept.unlink(missing_ok=True)
        raise
    notice = f"“{path.name}” was upgraded for this version of dmdesk; the old file is kept as “{kept.name}”."
    return path, notice


def _free(path: Path) -> Path:
    """The path, or with a number behind its name the first that no file has."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free


def forget(passing: Path) -> None:
    """Remove a passing copy of an older plan."""
    import shutil

    shutil.rmtree(passing.parent, ignore_errors=True)

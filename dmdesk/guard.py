"""Who may write a plan file: one program at a time, told apart by a lock the system drops with the program."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from dmdesk import folders


class Guard:
    """The right to write a plan file. ``holder`` says who has it instead; "" when we do.

    The lock lies on the plan file itself, so it holds between users and ends with the process, however that ends.
    Who holds it is noted in the user's data folder and believed only while the lock is held.
    """

    def __init__(self, path: Path) -> None:
        self._note = folders.data() / "open" / f"{folders.of_plan(path)}.json"
        self._file: Any = _opened(path)
        self.holder = ""
        if _lock(self._file):
            self._write_note()
        else:
            self._file.close()
            self._file = None
            self.holder = self._read_note()

    def release(self) -> None:
        """Let others write."""
        if self._file is not None:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            _unlock(self._file)
            self._file.close()
            self._file = None

    def _write_note(self) -> None:
        facts = {
            "user": folders.user(),
            "host": os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", ""),
            "pid": os.getpid(),
            "since": datetime.now().strftime("%Y-%m-%d %H:%M"),
        }
        with suppress(OSError):
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(json.dumps(facts), "utf-8")

    def _read_note(self) -> str:
        try:
            facts = json.loads(self._note.read_text("utf-8"))
            return f"{facts['user']} on {facts['host']} (process {facts['pid']}, since {facts['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another user or program"


def _opened(path: Path) -> Any:
    """The file, for writing where that is allowed, since network file systems lock only what may be written."""
    try:
        return path.open("r+b")
    except OSError:
        return path.open("rb")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: Any) -> bool:
        """Lock one byte far behind the data, where SQLite's own locks do not reach."""
        file.seek(0x7FFF0000)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: Any) -> None:
        file.seek(0x7FFF0000)
        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: Any) -> bool:
        """Lock the file in the way that does not meet SQLite's own locks on it.

        A file system that knows no locks keeps nobody from writing; each step still proves its old values.
        """
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _unlock(file: Any) -> None:
        """Unlock for forked processes too, which share the lock until they end."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

"""Settings: what the window remembers between two starts, in the user's settings file.

Every value is written when it changes and read when it is needed, so two windows never work with stale copies.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray

from dmdesk import folders

RECENT = 10


def get(name: str, default: Any = None) -> Any:
    """A remembered value; one of another type than the default counts as none."""
    value = folders.settings().get(name, default)
    return value if default is None or isinstance(value, type(default)) else default


def put(name: str, value: Any) -> None:
    """Remember a value that JSON can hold."""
    held = folders.settings()
    if held.get(name) != value:
        folders.save_settings({**held, name: value})


def put_all(values: dict[str, Any]) -> None:
    """Remember several values at once."""
    folders.save_settings({**folders.settings(), **values})


def state(name: str) -> QByteArray:
    """A remembered widget state; empty when there is none."""
    return QByteArray.fromBase64(get(name, "").encode("ascii", "ignore"))


def packed(state: QByteArray) -> str:
    """A widget's state as text."""
    return bytes(state.toBase64().data()).decode("ascii")


def recent() -> list[Path]:
    """The plans opened last, newest first."""
    found = get("recent", [])
    return [Path(name) for name in found if isinstance(name, str) and name]


def opened(path: Path) -> None:
    """Note that a plan was opened."""
    names = [str(path.resolve()), *(str(other) for other in recent())]
    put("recent", list(dict.fromkeys(names))[:RECENT])


def folder() -> Path:
    """Where file dialogs begin: the folder used last, or the person's documents."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    wanted = (Path(name) for name in (get("folder", ""), documents) if name)
    return next((path for path in wanted if path.is_dir()), Path.home())


def used(path: Path) -> Path:
    """Note where a chosen file lies, or a chosen folder; returns the path."""
    put("folder", str(path if path.is_dir() else path.parent))
    return path


def forget(path: Path) -> None:
    """Take a plan that is gone off the list."""
    put("recent", [str(other) for other in recent() if other != path])

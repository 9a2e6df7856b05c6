"""The whole plan as sorted text: TOML, one file per kind in a folder, or all kinds in one file.

Made for version control: the same plan gives the same bytes, links are written as keys, and a row's id is
written only where it does not follow from its key. Reading and writing are inverse, byte for byte (``canon.py``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from dmdesk.canon import BY_ID, Entry, dumps, listed, loads, made, parsed
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData

__all__ = ["BY_ID", "build", "dumps", "loads", "read", "write"]


def write(data: PlanData, path: Path) -> list[Path]:
    """Write the plan to a folder, or to one file when the path ends in ``.toml``; returns the files written.

    In a folder, files of kinds that have no rows are removed; other files are left alone.

    Raises:
        PlanError: the folder or file cannot be written.
    """
    if path.suffix == ".toml":
        return [_replace(path, dumps(data, kinds()))]
    texts = {kind.name: dumps(data, (kind,)) for kind in kinds() if data.rows(kind.name)}
    written = [_replace(path / f"{name}.toml", text) for name, text in texts.items()]
    for kind in kinds():
        if kind.name not in texts:
            _remove(path / f"{kind.name}.toml")
    return written


def read(path: Path, like: PlanData | None = None) -> PlanData:
    """The plan that a folder or file of text describes.

    ``like``: entries without an id take the id of the row with the same key in this plan, so that both can be compared.

    Raises:
        PlanError: something is missing, twice there, misspelt or in a circle; the message names file and entry.
    """
    return made(list(_entries(path)), like)


def build(source: Path, target: Path) -> None:
    """Make a plan file from text.

    Raises:
        PlanError: the text has a mistake, or the file cannot be written; nothing is left behind.
    """
    from dmdesk import schema

    schema.create(target, read(source))


def _entries(path: Path) -> Iterator[Entry]:
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    if not files:
        raise PlanError(f"“{path}” holds no plan as text; it should be a .toml file or a folder of them.")
    for file in files:
        yield from listed(file.name, _tables(file))


def _tables(file: Path) -> dict[str, Any]:
    try:
        return parsed(file.name, file.read_text("utf-8-sig"))
    except OSError as error:
        raise PlanError(f"“{file}” cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise PlanError(f"{file.name} is not UTF-8 text; save it as UTF-8.") from None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanError(f"“{path}” cannot be removed ({error.strerror}); remove it yourself.") from None


def _replace(path: Path, text: str) -> Path:
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, "utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise PlanError(f"“{path}” cannot be written ({error.strerror}); choose another place.") from None
    return path

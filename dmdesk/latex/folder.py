"""The folder: all files put in place together, or none; what others keep there is left alone.

A list of what was written lies among the files, so that the next export knows which it may replace or take away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from dmdesk.errors import PlanError

LIST = ".dmdesk-tex"
"""The file that names those we wrote, one a line."""


def foreign(folder: Path) -> bool:
    """Whether the folder holds anything although dmdesk did not write it."""
    try:
        return folder.is_dir() and not (folder / LIST).is_file() and any(folder.iterdir())
    except OSError as error:
        raise PlanError(f"“{folder}” cannot be read ({error.strerror}); choose another folder.") from None


def write(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write the files into the folder; files of an earlier export that are no longer made are removed.

    Raises:
        PlanError: the folder holds what dmdesk did not write, and ``force`` is not set; or something cannot be
            written, and then all is as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise PlanError(f"“{folder}” is a file; name a folder for the LaTeX.")
    if not force and foreign(folder):
        raise PlanError(
            f"“{folder}” holds files that dmdesk did not write; choose an empty folder, or have those of the same name "
            "replaced (--force)."
        )
    listed = "".join(f"{name}\n" for name in sorted(files)).encode()
    shown, folder = folder, folder.resolve()
    new = not folder.exists()
    beside = folder.parent if new else folder
    made = beside / f".dmdesk-tex.{os.getpid()}.part"
    try:
        _fill(made / "new", {**files, LIST: listed})
        if new:
            (made / "new").replace(folder)
        else:
            _swap(folder, made, sorted([*files, LIST]), _earlier(folder) - set(files))
    except OSError as error:
        why = error.strerror or "it is not allowed"
        raise PlanError(
            f"“{shown}” could not be written ({why}); nothing there was changed. Choose another folder."
        ) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _earlier(folder: Path) -> set[str]:
    """The files of an earlier export; names that lead out of the folder are not believed."""
    try:
        names = (folder / LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    paths = {name: PurePosixPath(name) for name in names if name}
    return {
        name
        for name, path in paths.items()
        if not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    }


def _swap(folder: Path, made: Path, names: list[str], gone: set[str]) -> None:
    """Put the new files in place and the old ones aside; where that fails, put the old ones back."""
    placed: list[str] = []
    kept: list[str] = []
    try:
        for name in (*names, *sorted(gone)):
            if (folder / name).is_file():
                (made / "old" / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).replace(made / "old" / name)
                kept.append(name)
            if name in gone:
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (made / "new" / name).replace(folder / name)
            placed.append(name)
    except OSError:
        for name in placed:
            with suppress(OSError):
                (folder / name).unlink()
        for name in kept:
            with suppress(OSError):
                (made / "old" / name).replace(folder / name)
        raise

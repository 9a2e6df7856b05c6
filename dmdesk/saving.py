"""Saving: files are put in place whole or not at all, so that a full disk never leaves half of one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dmdesk.errors import PlanError

_PLAN = b"SQLite format 3\x00"
"""How every plan file begins."""


def spare(out: Path) -> None:
    """See to it that what is made of plans is never put in the place of one, nor of what is no file.

    Raises:
        PlanError: there is a plan, a folder or a device under that name.
    """
    if out.is_dir() or not out.name:
        raise PlanError(f"“{out}” is a folder; say what the file in it is called.")
    if out.exists() and not out.is_file():
        raise PlanError(f"“{out.name}” is no file, and nothing is put in its place; choose another name.")
    with suppress(OSError), out.open("rb") as file:
        if file.read(len(_PLAN)) == _PLAN:
            raise PlanError(
                f"“{out.name}” is a plan file, which nothing is written over; choose another name."
            )


def put_in_place(out: Path, content: bytes) -> None:
    """Put the file in place, whole or not at all; never over a plan.

    Raises:
        PlanError: it cannot be written there; what was there before is as it was.
    """
    spare(out)
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(out)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        if isinstance(error, FileNotFoundError) and not out.parent.exists():
            raise PlanError(
                f"“{out.name}” could not be written: there is no folder “{out.parent}”; make it or choose another."
            ) from None
        why = error.strerror or "it is not allowed"
        raise PlanError(
            f"“{out.name}” could not be written ({why}); close it where it is open, or choose another place."
        ) from None
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise

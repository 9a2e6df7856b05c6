"""What the tests of the core share: a plan on a real file, and a disk that says no even to the superuser."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dmdesk.plan import Plan
from tests.core import rows


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """An empty plan, open for writing."""
    with Plan.open(rows.empty_file(tmp_path / "plan.dmplan")) as opened:
        yield opened


@pytest.fixture
def small() -> Any:
    """A few rows that hang together: two products, a team, a requirement with its trace."""
    return rows.small()


@pytest.fixture
def unwritable() -> Callable[[Path], Any]:
    """A context in which nothing in a folder can be written, added or removed."""

    @contextmanager
    def closed(folder: Path) -> Iterator[None]:
        files = [folder, *folder.iterdir()]
        modes = [path.stat().st_mode for path in files]
        for path in files:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            with _without_privileges():
                yield
        finally:
            for path, mode in zip(files, modes, strict=True):
                path.chmod(mode)

    return closed


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Rights(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inherited", ctypes.c_uint32),
    ]


_OVERRIDES = 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: to read and write whatever the modes say


@contextmanager
def _without_privileges() -> Iterator[None]:
    """The superuser of Linux obeys file modes while these two capabilities are put aside; others always do."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, rights = _Header(0x20080522, 0), (_Rights * 2)()

    def call(name: str) -> None:
        if getattr(libc, name)(ctypes.byref(header), rights):
            raise OSError(ctypes.get_errno(), name)

    call("capget")
    before = rights[0].effective
    rights[0].effective = before & ~_OVERRIDES
    call("capset")
    try:
        yield
    finally:
        rights[0].effective = before
        call("capset")

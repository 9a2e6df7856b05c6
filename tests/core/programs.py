"""Other programs that the tests start: real processes with the same plan, some of which are cut off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

OPENS_AND_WAITS = """
from dmdesk.plan import Plan
plan = Plan.open(path)
print(plan.read_only or "writable", flush=True)
sys.stdin.read()
"""

DIES_IN_A_STEP = """
from dmdesk import changes as c, store
from dmdesk.plan import Plan
if spilled:  # pages of the half-done step are in the file already, so that it must be rolled back
    from dmdesk.store import files
    connect = files.connect
    def small_cache(path, *, read_only):
        connection = connect(path, read_only=read_only)
        connection.execute("PRAGMA cache_size = 5")
        return connection
    files.connect = small_cache
log = store.Store.log
def die(self, *step):
    log(self, *step)
    os.kill(os.getpid(), signal.SIGKILL)
store.Store.log = die
plan = Plan.open(path)
plan.step("Cut off", [c.put(row, {"note": "half done " * 400}) for row in plan.data.rows("product").values()])
"""


def start(program: str, path: Path, **names: object) -> subprocess.Popen[str]:
    """Start a Python program with ``path`` and other names set."""
    given = "".join(f"{name} = {value!r}\n" for name, value in {"path": str(path), **names}.items())
    return subprocess.Popen(
        [sys.executable, "-c", f"import os, signal, sys\n{given}{program}"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(program: str, path: Path, **names: object) -> tuple[int, str]:
    """Run a program to its end: its exit code and what it printed."""
    process = start(program, path, **names)
    out, err = process.communicate(timeout=60)
    return process.returncode, (out + err).strip()

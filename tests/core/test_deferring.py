import subprocess
import sys
from pathlib import Path

import pytest

from dmdesk.deferring import DEFERRED
from tests.house.tree import ROOT

PRINTING = """
import sys, types
from dmdesk.__main__ import main
from dmdesk.deferring import DEFERRED
assert main() == 0
waiting = [name for name in DEFERRED if name in sys.modules and type(sys.modules[name]) is not types.ModuleType]
print("waiting:", *sorted(waiting))
import PIL.Image
print("made:", PIL.Image.new("L", (2, 1)).size, type(PIL.Image) is types.ModuleType)
"""


def run(program: str, *words: object) -> str:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip


def test_a_print_imports_what_is_deferred_and_looks_into_none_of_it(tmp_path: Path):
    said = run(PRINTING, "print", "sample_db/ldm-294", tmp_path / "out.pdf").splitlines()
    assert said[-2].split() == ["waiting:", *sorted(DEFERRED)]
    assert said[-1] == "made: (2, 1) True"


@pytest.mark.parametrize("name", ["no.such.module", "_struct"])
def test_what_is_missing_or_is_no_plain_module_is_found_as_ever(name: str):
    program = f"""
import importlib, sys
from dmdesk import deferring
deferring.DEFERRED = {{{name!r}}}
deferring.defer()
deferring.defer()
sys.modules.pop({name!r}, None)
try:
    print(type(importlib.import_module({name!r})).__name__)
except ModuleNotFoundError as error:
    print(error)
"""
    assert run(program).strip() in ("module", "No module named 'no'")


def test_only_commands_defer():
    assert (
        run("import sys, dmdesk.cli, PIL.Image; print(type(sys.modules['PIL.Image']))").strip()
        == "<class 'module'>"
    )

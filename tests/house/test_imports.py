"""Who may import whom: the contracts stand in pyproject.toml, this runs them."""

import subprocess
import sys

from tests.house.tree import ROOT


def test_import_contracts_are_kept():
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

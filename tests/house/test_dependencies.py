"""The lock files: complete, without addresses, and with a Qt that survives on every supported Python."""

import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]

REPRODUCER = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for _ in range(20_000):
    label.setText("x")
print("alive")
"""


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


def wanted(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[=<>~!;\s]", line)[0].lower() for line in lines if line and line[0] not in "#-"}


def test_calling_qt_many_times_does_not_end_the_process():
    done = subprocess.run([sys.executable, "-c", REPRODUCER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-500:]


@pytest.mark.parametrize("lock", LOCKS)
def test_qt_is_pinned_to_the_release_that_survives_on_python_3_11(lock):
    assert pins(lock)["pyside6-essentials"] == pins(lock)["shiboken6"] == "6.11.3"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|--index|--find-links|--extra| @ ", text)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry


def test_what_is_asked_for_is_locked_and_the_two_locks_agree():
    run, dev = (pins(lock) for lock in LOCKS)
    assert wanted("requirements.in") <= run.keys()
    assert wanted("requirements-dev.in") <= dev.keys()
    assert run.items() <= dev.items()

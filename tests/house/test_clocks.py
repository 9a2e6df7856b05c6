"""Speed is measured by `make bench`, where the machine's own floors stand beside it, never by a test."""

import re

from tests.house.tree import ROOT, name, sources

CLOCKS = re.compile(r"\b(?:perf_counter|process_time|thread_time)\b")


def test_no_test_holds_a_clock_against_the_program():
    timed = [
        name(path)
        for path in sources("tests")
        if ROOT / "tests" / "bench" not in path.parents
        and path.name != "test_clocks.py"
        and CLOCKS.search(path.read_text(encoding="utf-8"))
    ]
    assert timed == []

"""Small on every scale: files of at most 400 lines, functions of at most 60.

A function that truly reads better long is named here with its reason; so far there is none.
"""

from tests.house.tree import functions, name, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
ALLOWED: dict[str, str] = {}


def test_no_file_is_too_long():
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources("dmdesk", "ui")
    }
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    found = {}
    for path in sources("dmdesk", "ui"):
        for node in functions(path):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                found[f"{name(path)}:{node.name}"] = lines
    assert found.keys() == ALLOWED.keys(), found

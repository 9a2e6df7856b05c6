"""What may not stand in any file of the project: package registries, and paths of somebody's machine."""

import re

from tests.house.tree import name, project_files

# Written in halves so that this file passes its own test.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
    "npmjs" + ".org",
    "npmjs" + ".com",
]
FORBIDDEN = re.compile(
    "|".join(map(re.escape, REGISTRIES)) + r"|(?<![\w.:/-])/(?:home|Users|root|work)/\w", re.IGNORECASE
)
LARGEST = 5_000_000


def test_no_file_names_a_package_registry_or_a_path_of_a_machine():
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if hit := FORBIDDEN.search(line):
                found.append(f"{name(path)}:{number}: {hit[0]}")
    assert not found, "\n".join(found)


def test_no_file_is_larger_than_five_megabytes():
    assert [name(path) for path in project_files() if path.stat().st_size > LARGEST] == []


def test_no_plan_file_is_part_of_the_project():
    assert [name(path) for path in project_files() if path.suffix == ".dmplan"] == []

"""The user guide: its table of keys is the program's, its pictures and pages are there and small."""

import re

import pytest

from docs.make_keys import GUIDE, renewed

MOST = 250_000


def guide() -> str:
    return GUIDE.read_text("utf-8")


def test_the_table_of_keys_is_that_of_the_actions() -> None:
    assert guide() == renewed(guide()), "run python docs/make_keys.py"


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+?)\)", guide()))
def test_what_the_guide_links_to_is_there(target: str) -> None:
    assert (GUIDE.parent / target).is_file()


def test_every_link_within_the_guide_leads_to_a_heading() -> None:
    headings = re.findall(r"^## (.+)$", guide(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", guide())) <= anchors


def test_the_pictures_are_few_small_and_used() -> None:
    pictures = sorted((GUIDE.parent / "screenshots").iterdir())
    readme = (GUIDE.parents[1] / "README.md").read_text("utf-8")
    assert len(pictures) <= 10
    for picture in pictures:
        assert picture.stat().st_size <= MOST, picture.name
        assert picture.name in guide() + readme, picture.name

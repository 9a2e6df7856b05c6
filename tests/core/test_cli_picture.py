"""The command that takes pictures in, on a real file; and that nothing the command line prints is a picture's bytes."""

import json
from pathlib import Path

import pytest

from dmdesk import changes as c
from dmdesk import cli, pictures
from dmdesk.plan import Plan
from tests.core import rows
from tests.core.checks.plans import row
from tests.core.pictures import encoded


@pytest.fixture
def dm(tmp_path, capsys, monkeypatch):
    """The program, beside a plan with a figure and a picture for a logo; it gives what is printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logo.png").write_bytes(encoded("PNG", size=(200, 100)))
    (tmp_path / "words.png").write_bytes(b"Only words.")
    with Plan.open(rows.empty_file(tmp_path / "dm.dmplan")) as plan:
        plan.step("Begin", [c.add(row("plan", "LDM-1")), c.add(row("figure", "f", caption="A figure"))])

    def run(*words, code=0):
        capsys.readouterr()
        assert cli.main(list(words)) == code
        printed = capsys.readouterr()
        return printed.err if code == 2 else printed.out

    return run


def held(kind):
    (found,) = rows.on_disk(Path("dm.dmplan"))[kind].values()
    return found


def test_a_logo_is_taken_into_the_plan_shown_in_words_and_taken_away_again(dm):
    said = dm("picture", "dm.dmplan", "plan", "LDM-1", "logo.png", "--why", "We have one now")
    assert "Logo: (nothing) → PNG picture, 200 × 100," in said
    assert pictures.facts(held("plan").logo).wide == 200
    Path("logo.png").unlink()
    assert "PNG picture, 200 × 100, " in dm("picture", "dm.dmplan", "plan", "LDM-1", "--remove")
    assert held("plan").logo == ""
    dm("undo", "dm.dmplan")
    assert held("plan").logo


def test_a_figure_that_says_nothing_else_becomes_a_picture_with_its_picture(dm):
    dm("picture", "dm.dmplan", "figure", "f", "logo.png")
    assert held("figure").drawing == "picture"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "LDM-1", "words.png"), "“words.png” is no picture; choose a PNG or JPEG."),
        (("plan", "LDM-1", "none.png"), "“none.png” is not there; choose a PNG or JPEG picture."),
        (("plan", "LDM-1"), "Give either the file of a picture or “--remove”."),
        (("plan", "LDM-1", "logo.png", "--remove"), "Give either the file of a picture or “--remove”."),
        (("product", "DM", "logo.png"), "A product has no picture; plan and figure have."),
    ],
)
def test_mistakes_are_said_in_a_sentence_and_change_nothing(dm, words, said):
    before = Path("dm.dmplan").read_bytes()
    assert dm("picture", "dm.dmplan", *words, code=2) == f"dmdesk: {said}\n"
    assert Path("dm.dmplan").read_bytes() == before


def test_a_value_that_is_typed_is_never_taken_as_a_path(dm):
    said = dm("set", "dm.dmplan", "plan", "LDM-1", "logo=logo.png", code=2)
    assert said == "dmdesk: Logo: a picture is not typed; “dmdesk picture” takes one in from its file.\n"
    assert held("plan").logo == ""


def test_an_empty_value_takes_a_picture_away(dm):
    dm("picture", "dm.dmplan", "figure", "f", "logo.png")
    dm("set", "dm.dmplan", "figure", "f", "picture=")
    assert held("figure").picture == ""


def test_nothing_that_is_printed_holds_the_bytes_of_a_picture(dm):
    dm("picture", "dm.dmplan", "figure", "f", "logo.png")
    secret = held("figure").picture.split("\n")[1][:40]
    for words in (
        ["list", "dm.dmplan", "figure"], ["list", "dm.dmplan", "figure", "--json"],
        ["list", "dm.dmplan", "figure", "--csv"], ["history", "dm.dmplan"], ["history", "dm.dmplan", "--json"],
        ["check", "dm.dmplan"],
    ):  # fmt: skip
        assert secret not in dm(*words)
    dm("export", "dm.dmplan", "text")
    assert secret in Path("text/figure.toml").read_text("utf-8")
    dm("picture", "dm.dmplan", "figure", "f", "--remove")
    assert "PNG picture, 200 × 100," in (said := dm("diff", "dm.dmplan", "text", code=1))
    assert secret not in said
    assert secret not in json.dumps(json.loads(dm("diff", "dm.dmplan", "text", "--json", code=1)))

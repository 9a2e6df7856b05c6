"""``dmdesk draw`` as people meet it."""

import subprocess
import sys

import pypdfium2 as pdfium
import pytest

from dmdesk import cli
from tests.house.tree import ROOT

SAMPLE = str(ROOT / "sample_db" / "ldm-294")


def draw(out, *words) -> int:
    return cli.main(["draw", SAMPLE, str(out), *map(str, words)])


def test_draw_writes_each_form_and_says_what_it_drew(tmp_path, capsys):
    for name in ("a.svg", "a.pdf", "a.png"):
        assert draw(tmp_path / name, "--depth", 3) == 0
        assert capsys.readouterr().out == f"Drew 191 products on 1 page to “{tmp_path / name}”.\n"
        assert (tmp_path / name).stat().st_size > 10_000


def test_draw_takes_every_option(tmp_path, capsys):
    options = (
        "--below L1 --shape mixed --depth 2 --paper A3 --landscape --pages 2 --wbs --repositories --managers"
    )
    assert draw(tmp_path / "a.pdf", *options.split()) == 0
    page = pdfium.PdfDocument((tmp_path / "a.pdf").read_bytes())[0]
    shown = page.get_textpage().get_text_range()
    assert page.get_width() == pytest.approx(1190.55, abs=0.1)
    for words in ("Level 1 System", "Archiver", "ctrl_iip", "1.02C.04.02", "Joel Plutchak"):
        assert words in shown


def test_draw_says_when_so_few_pages_would_be_too_small_to_read(tmp_path, capsys):
    assert draw(tmp_path / "a.pdf", "--paper", "letter", "--pages", 1) == 0
    assert capsys.readouterr().out.endswith("On 1 page the text would be smaller than 6 points.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--below", "NOSUCH"], "There is no product “NOSUCH”"),
        (["--pages", "2"], "need a --paper"),
        (["--paper", "napkin"], "napkin"),
        (["--shape", "round"], "round"),
        (["--depth", "-1"], "--depth"),
        (["--dpi", "1e9"], "whole number from 10 to 1200"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(tmp_path, capsys, words, said):
    assert draw(tmp_path / "a.svg", *words) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_form_is_asked_for_before_anything_is_read(tmp_path, capsys):
    assert cli.main(["draw", str(tmp_path / "none.dmplan"), str(tmp_path / "a.docx")]) == 2
    assert "should end in .svg, .pdf or .png" in capsys.readouterr().err


def test_drawing_svg_loads_no_pdf_canvas(tmp_path):
    asked = f"draw {SAMPLE} {tmp_path / 'a.svg'} --depth 3"
    code = (
        "import sys, dmdesk.cli as c; c.main(sys.argv[1:]); print('reportlab.pdfgen.canvas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *asked.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"

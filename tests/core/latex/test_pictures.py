"""Figures that are pictures: each a file of its own in the folder, with caption and words, or a frame with words."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from dmdesk import latex, pictures
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, changed, kinds
from dmdesk.latex.document import document
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.latex.source import made
from tests.core.latex.test_escaping import HOSTILE
from tests.core.pictures import encoded

PNG = pictures.taken(encoded("PNG", size=(312, 100), dpi=(96, 96)), "it")
JPEG = pictures.taken(encoded("JPEG", size=(3000, 100)), "it")


def figure(id: str, key: str = "", **values: object) -> Entity:
    return kinds()["figure"].make(
        {"key": key or id, "caption": f"Caption of {id}", "drawing": "picture", **values}, id
    )


def plan(*figures: Entity) -> PlanData:
    return PlanData.of(figures)


def files(data: PlanData) -> dict[str, bytes]:
    """The files of the figures."""
    found = document(data, lambda done, words: None).files
    return {name: content for name, content in found.items() if name.startswith("figures/")}


def test_pictures_go_along_as_they_are_with_caption_and_alternative_text() -> None:
    data = plan(figure("a", picture=PNG, alternative="Boxes, and [arrows]."), figure("b", picture=JPEG))
    assert files(data) == {"figures/a.png": pictures.content(PNG), "figures/b.jpg": pictures.content(JPEG)}
    source = made(data)
    assert source.wrong == []
    text = source.files["generated/figures.tex"]
    assert re.findall(r"\\includegraphics\[(width=[^,]*),[^%]*%\n.*\]\{(.*)\}", text) == [
        (r"width=0.500\linewidth", "figures/a.png"),
        (r"width=\linewidth", "figures/b.jpg"),
    ]
    assert "alt={Boxes, and {[}arrows{]}.}" in text
    assert r"\caption{Caption of a}\label{figure:a}" in text
    assert r"\dmframe" not in text


def test_a_class_that_knows_no_alternative_text_takes_it_all_the_same() -> None:
    preamble = made(plan()).files["generated/preamble.tex"]
    assert r"\@ifundefined{KV@Gin@alt}{\define@key{Gin}{alt}{}}{}" in preamble


def test_figures_of_one_name_or_of_a_strange_one_are_files_of_their_own() -> None:
    keys = ["Logo", "logo", "LOGO!", "logo-2", "../../etc/passwd", "con", "", "Ünï", "a" * 300]
    data = plan(*(changed(figure(f"f{at}", picture=PNG), {"key": key}) for at, key in enumerate(keys)))
    found = files(data)
    assert len(found) == len({name.casefold() for name in found}) == len(keys)
    assert all(re.fullmatch(r"figures/[a-z0-9][a-z0-9-]{0,60}\.png", name) for name in found)
    assert not {"figures/con.png"} & found.keys()
    assert made(data).wrong == []


@pytest.mark.parametrize(
    "held", [PNG[:-1], PNG[: len(PNG) // 2], pictures.text("image/jpeg", b"\xff\xd8\xff"), "nonsense"]
)
def test_a_broken_picture_and_one_that_is_not_there_are_frames_with_words(held: str) -> None:
    broken = changed(figure("a", alternative="Boxes with arrows."), {"picture": held})
    data = plan(broken, figure("b", alternative="Nothing yet."))
    assert files(data) == {}
    text = made(data).files["generated/figures.tex"]
    assert r"\dmframe{Boxes with arrows.}" in text
    assert r"\dmframe{Nothing yet.}" in text


def test_a_picture_that_is_kept_while_the_figure_is_drawn_from_the_plan_stays_behind() -> None:
    one = kinds()["product"].make({"key": "P", "name": "Product"}, "p")
    data = plan(figure("a", drawing="product tree", picture=PNG), one)
    assert files(data).keys() == {"figures/a.pdf"}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_for_a_picture_are_sound_source(words: str) -> None:
    found = made(plan(figure("a", key=f"k{words}", picture=PNG, alternative=words, caption=f"c{words}")))
    assert found.wrong == []


def test_a_folder_has_all_pictures_or_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latex.build(plan(figure("a", picture=PNG)), tmp_path / "tex")
    assert Image.open(io.BytesIO((tmp_path / "tex/figures/a.png").read_bytes())).size == (312, 100)
    latex.build(plan(figure("a", picture=JPEG)), tmp_path / "tex")
    assert rows.listed(tmp_path / "tex" / "figures") == ["a.jpg"]
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.suffix == ".png":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PlanError, match="No space left on device"):
        latex.build(plan(figure("b", picture=PNG)), tmp_path / "tex")
    assert rows.listed(tmp_path / "tex" / "figures") == ["a.jpg"]

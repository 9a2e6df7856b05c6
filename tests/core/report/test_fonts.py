import pytest
from reportlab.pdfbase.ttfonts import TTFont

from dmdesk.errors import PlanError
from dmdesk.typeset import bidi, fonts
from dmdesk.typeset.faces import Font
from dmdesk.typeset.fonts import FOLDER


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Abc éß Жук Ωμέγα", "OpenSans-Regular"),
        ("שלום", "OpenSans-Regular"),
        ("مرحبا", "DejaVuSans-Regular"),
        ("देव", "FallbackScripts-Regular"),
        ("产品", "FallbackCJK-Regular"),
    ],
)
def test_each_script_is_set_in_the_first_font_that_has_it(text, font):
    assert {name for name, run in fonts.runs(text, "regular")} == {font}


def test_a_text_is_parted_into_runs_by_font_and_nothing_is_lost():
    runs = fonts.runs("Plan 产品 №1 שלום.", "bold")
    assert "".join(run for _, run in runs) == "Plan 产品 №1 שלום."
    assert [name for name, _ in runs][:2] == ["OpenSans-Bold", "FallbackCJK-Regular"]


def test_invisible_characters_go_and_unknown_ones_are_named():
    assert fonts.printable("a\u200bb\x00c\ufe0f") == "abc"
    assert fonts.printable("\N{ROCKET}\ue000") == "[rocket][U+E000]"
    assert fonts.printable("e\u0301\u2028x\ty") == "é\nx y"


def test_a_width_is_the_sum_of_its_characters():
    assert fonts.measure("ab", "OpenSans-Regular") == pytest.approx(
        fonts.measure("a", "OpenSans-Regular") + fonts.measure("b", "OpenSans-Regular")
    )
    assert fonts.natural_width("a产", "regular", 10) > fonts.natural_width("a", "regular", 10) + 8


def test_a_line_from_right_to_left_is_turned_and_numbers_and_latin_words_are_not():
    assert bidi.turned("שלום") == "םולש"
    assert bidi.turned("(אב)") == "(בא)"
    assert bidi.turned("plain") == "plain"
    assert bidi.order(["שלום", "12", "עולם"], True) == [2, 1, 0]
    assert bidi.order(["the", "שלום", "עולם", "plan"], False) == [0, 2, 1, 3]
    assert bidi.order(["שלום", "one", "two"], True) == [1, 2, 0]


def test_arabic_letters_take_the_forms_of_their_places():
    assert bidi.joined("بب") == "\ufe91\ufe90"
    assert bidi.joined("ببب") == "\ufe91\ufe92\ufe90"
    assert bidi.joined("لا") == "\ufefb"
    assert bidi.joined("اب") == "\ufe8d\ufe8f"


def test_the_direction_of_a_text_is_that_of_its_first_letter():
    assert bidi.leads_from_right("12 שלום abc")
    assert not bidi.leads_from_right("abc שלום")


def test_a_missing_or_damaged_font_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    (tmp_path / "Torn.ttf").write_bytes(b"\0\1\0\0torn")
    (tmp_path / "Cut.ttf").write_bytes((FOLDER / "OpenSans-Regular.ttf").read_bytes()[:10_000])
    for name in ("Missing", "Torn", "Cut"):
        with pytest.raises(
            PlanError, match=rf"^The font “{name}\.ttf” is missing or damaged; it belongs into"
        ):
            fonts.font(name)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.stem)
def test_fonts_hold_what_reportlab_reads_from_them_number_by_number(path):
    font, slow = Font(path.stem, path), TTFont(path.stem, str(path), shapable=False)
    own, other = vars(font.face), vars(slow.face)
    same = {name for name in other if name in own and own[name] == other[name]}
    assert other.keys() - same == {"_pos", "_pdfScale", "glyphToChar"}
    assert vars(font).keys() == vars(slow).keys()
    assert (font.shapable, font._asciiReadable) == (slow.shapable, slow._asciiReadable)
    assert font.face.makeSubset([*range(32, 127), 0xE9]) == slow.face.makeSubset([*range(32, 127), 0xE9])


@pytest.mark.parametrize("face", fonts.FACES)
def test_signs_that_need_no_closer_look_print_as_they_are_in_the_face_itself(face: str) -> None:
    signs = fonts._tame(face)
    assert {"A", "é", "–", "“", "\xa0"} <= signs
    for sign in signs:
        assert fonts.printable(sign) == sign
        assert fonts.runs(sign, face) == [(fonts.FACES[face], sign)]


@pytest.mark.parametrize(
    "text", ["a\u00adb", "a\u200eb", "a\u2028b", "שלום", "产品", "e\u0301", "a\nb", "a\tb"]
)
def test_texts_that_something_has_to_be_done_about_are_looked_at_closely(text: str) -> None:
    assert not fonts.tame(text, "regular")


def test_codes_that_never_stand_for_a_letter_are_named():
    assert fonts.printable("a\uffffb\ufdd0\U0001ffff") == "a[U+FFFF]b[U+FDD0][U+1FFFF]"

"""Escaping: whatever is typed is printed, and nothing of it is a command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.latex import escaping
from tests.core import rows
from tests.core.latex.source import Source, printed

HOSTILE = (
    "\\input{/etc/passwd}", "\\write18{rm -rf ~}", "$x$", "50 % off", "a_b", "~", "^", "&", "#1", "{", "}", "}}{{",
    "^^M", "^^5cinput", "\\end{document}", "\\", "[[x]]", "\\\\[2em]", "*", "`", "''", "--", "---", "\"", "<<",
    "a\u200bb", "\u202eabc\u202c", "שלום", "😀", "\ud800", "山田", "% \n \\input x", "\x00", "|", "?`", "!`",
    "\r\\input x", "\u2028",
    "\x00a\x01b\x03c\x02", "\\begin{verbatim}", "{{products}}", "e\u0301", "\ufdd0",
)  # fmt: skip
texts = st.lists(st.sampled_from(HOSTILE) | rows.any_text, max_size=6).map("".join)


def shown(text: str) -> str:
    """What should be printed of a text: invisible signs are gone, white space is white space."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if sign.isspace() and sign not in "\x1c\x1d\x1e\x1f":
            kept.append(" ")
        elif category == "Cs":
            kept.append("\ufffd")
        elif category not in ("Cc", "Cf"):
            kept.append({"\u2011": "-"}.get(sign, sign))
    return " ".join("".join(kept).split())


@given(texts)
def test_any_text_is_printed_as_it_was_typed(text: str) -> None:
    for symbol in escaping._SYMBOLS:
        text = text.replace(symbol, "")
    text = text.replace("\u2011", "-").replace("\xad", "").replace("\u2009", " ")
    assert " ".join(printed(escaping.text(text)).split()) == shown(text)


@given(texts)
def test_any_text_is_sound_source_wherever_it_stands(text: str) -> None:
    source = (
        f"\\section{{{escaping.text(text)}}}\n\\texttt{{{escaping.code(text)}}}\n"
        f"% {escaping.comment(text)}\n{escaping.wrapped(escaping.text(text))}\n"
    )
    assert Source({"a.tex": source.encode()}, "a").wrong == []


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("https://ls.st/LDM-294", "https://ls.st/LDM-294"),
        ("http://a.b/c d?e=1&f=%41#g_h~", r"http://a.b/c\%20d?e=1\&f=\%41\#g\_h\%7E"),
        ("https://a.b/}\\input{x}", r"https://a.b/\%7D\%5Cinput\%7Bx\%7D"),
        ("https://a.b/100%", r"https://a.b/100\%25"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("run:ls", ""), ("https://a\nb", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_and_of_mail_are_links(link: str, made: str) -> None:
    assert escaping.address(link) == made


def test_two_hyphens_and_two_quotes_stay_two() -> None:
    assert escaping.text("a--b ''c''") == "a-{}-b '{}'c'{}'"


def test_no_line_of_source_is_longer_than_tex_reads() -> None:
    for text in ("word " * 60_000, "x" * 300_000, "_" * 300_000):
        lines = escaping.wrapped(escaping.text(text)).split("\n")
        assert max(map(len, lines)) < 100_000


def test_names_of_files_are_small_letters_digits_and_hyphens() -> None:
    assert escaping.slug("Élan & ../../etc/passwd", "x") == "elan-etc-passwd"
    assert escaping.slug("山田", "section") == "section"

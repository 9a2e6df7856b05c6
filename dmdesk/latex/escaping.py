r"""Escaping: any text as LaTeX that prints it, whatever was typed.

Signs that mean something to TeX are named. Letters of Latin scripts are written as they are, signs of mathematics as
commands, and all others as ``\dmsign{1F600}``, which prints them where the font has them and their number where not,
so that nothing vanishes and no invisible sign turns the source around.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

LONGEST_WORD = 80
"""After so many signs without a space a line may end, of print and of source: TeX takes none of any length."""
SCHEMES = ("http://", "https://", "mailto:")

_ASCII = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", "[": "{[}", "]": "{]}", "*": "{*}", "\n": " ", "\t": " ",
    "\r": " ",
}  # fmt: skip
_SYMBOLS = {
    "→": "rightarrow", "←": "leftarrow", "↑": "uparrow", "↓": "downarrow", "↔": "leftrightarrow", "⇒": "Rightarrow",
    "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∞": "infty", "∅": "emptyset", "∈": "in",
    "×": "times", "÷": "div", "±": "pm", "−": "-", "·": "cdot", "∼": "sim", "√": "surd", "∑": "sum", "∝": "propto",
    "∗": "ast", "¬": "neg", "∂": "partial", "∆": "Delta", "µ": "mu", "μ": "mu",
}  # fmt: skip
_SPACES = {
    "\xa0": "~", "\u202f": "~", "\u2009": r"\,", "\u200b": r"\allowbreak{}", "\xad": r"\-", "\u2011": r"\mbox{-}",
    "\u2028": " ", "\u2029": " ", "\x85": " ", "\x0b": " ", "\x0c": " ", "\ufffd": r"\dmsign{FFFD}",
}  # fmt: skip
_PLAIN = set("–—‘’“”„…•†‡€™¡¿§¶©®°£«»")
_PAIRS = re.compile(r"([-',])(?=\1)")
_CODE = re.compile(r"[/._:-]+(?=[^\s/._:-])")
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_KEPT_IN_ADDRESSES = "/:?=+,;@!()'.-_&#%"


class _Signs(dict[int, str]):
    """What each sign is written as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _sign(chr(code))
        return made


def _sign(sign: str) -> str:
    if sign in _ASCII:
        return _ASCII[sign]
    if sign in _SPACES:
        return _SPACES[sign]
    if sign in _SYMBOLS:
        name = _SYMBOLS[sign]
        return rf"\ensuremath{{{name if name == '-' else chr(92) + name}}}"
    category = unicodedata.category(sign)
    if category in ("Cc", "Cf"):
        return ""
    if " " <= sign <= "~" or sign in _PLAIN or ("\xc0" <= sign <= "\u017e" and category in ("Ll", "Lu")):
        return sign
    if category == "Zs":
        return " "
    return r"\dmsign{FFFD}" if category == "Cs" else rf"\dmsign{{{ord(sign):04X}}}"


_SIGNS = _Signs()


@lru_cache(maxsize=20_000)
def text(words: str) -> str:
    """Words as LaTeX that prints them; line breaks are spaces."""
    if len(words) > LONGEST_WORD and _LONG.search(words):
        return "\\allowbreak{}%\n".join(
            map(_text, _LONG.sub(lambda found: f"{found[0]}\x00", words).split("\x00"))
        )
    return _text(words)


def _text(words: str) -> str:
    return _PAIRS.sub(r"\1{}", unicodedata.normalize("NFC", words).translate(_SIGNS))


@lru_cache(maxsize=20_000)
def code(words: str) -> str:
    """Words of code for ``\\texttt``: quotes stay straight, and lines may end after the signs that part names."""
    parts = _CODE.sub(lambda found: f"{found[0]}\u200b", words).split("'")
    return r"\textquotesingle{}".join(map(text, parts))


def lines_of_code(words: str) -> list[str]:
    """The lines of a piece of code, every space of them kept."""
    found = []
    for line in words.replace("\t", "    ").split("\n"):
        parts = line.rstrip().split(" ")
        found.append(r"\ ".join(map(code, parts)) or r"\strut")
    return found


def address(link: str) -> str:
    r"""An address as ``\href`` takes it, or "" for one that nobody should be led to."""
    link = link.strip()
    if not link.lower().startswith(SCHEMES) or any(
        unicodedata.category(sign) in ("Cc", "Cs") for sign in link
    ):
        return ""
    safe = quote(link, safe=_KEPT_IN_ADDRESSES)
    safe = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", safe).replace("~", "%7E")
    return re.sub(r"([%#&_])", r"\\\1", safe)


def comment(words: str) -> str:
    """Words for one line of a comment."""
    shown = "".join(sign if sign.isprintable() else " " for sign in words)
    return " ".join(shown.encode("ascii", "backslashreplace").decode().split())


def slug(words: str, otherwise: str, longest: int = 40) -> str:
    """Words as part of a file's name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made[:longest].rstrip("-") or otherwise


def wrapped(source: str, width: int = 110) -> str:
    """Source of one paragraph in lines of about a width; TeX reads the end of a line as a space."""
    if len(source) <= width:
        return source
    lines: list[str] = []
    line: list[str] = []
    length = 0
    for word in source.split(" "):
        if word and length + len(word) > width and line:
            lines.append(" ".join(line))
            line, length = [], 0
        if word:
            line.append(word)
            length += len(word) + 1
    return "\n".join([*lines, " ".join(line)])

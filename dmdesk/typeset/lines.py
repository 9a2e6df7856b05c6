"""Line breaking: spans of text to lines, with widths of words looked up instead of measured again.

This is where printing spends its time, so words are small tuples that are made once for equal text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from dmdesk.typeset import bidi, fonts
from dmdesk.typeset.hyphens import FIRST, hyphenator
from dmdesk.typeset.looks import Look, Span

_TOKENS = re.compile(r"([^ \t\n]*)([ \t]+|\n|\Z)")
"""Words, each with what ends it; nothing ends the last one of a text."""
_CJK = "\u1100-\u115f\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_SENSIBLE = re.compile(r"[^/_\-.@:,;=&?–—]*[/_\-.@:,;=&?–—]+|[^/_\-.@:,;=&?–—]+")
_CAMEL = re.compile(r"[A-Z]*[^A-Z]+|[A-Z]+")


class Piece(NamedTuple):
    """Text in one font and look."""

    font: str
    text: str
    look: Look


class Word(NamedTuple):
    """Pieces that stay together on a line; ``space`` is the width of the space that follows, 0 for none."""

    pieces: tuple[Piece, ...]
    width: float
    space: float


class Line(NamedTuple):
    """One line: its pieces with their spaces, natural width, number of spaces, and whether it ends a paragraph.

    ``parted``: the next line begins with another word, so a space belongs between the two when they are read out.
    ``plain``: no part of it is a link or has a line of its own.
    """

    pieces: tuple[Piece, ...]
    width: float
    spaces: int
    last: bool
    from_right: bool = False
    parted: bool = False
    plain: bool = True


_piece = partial(tuple.__new__, Piece)
_made_word = partial(tuple.__new__, Word)
_made_line = partial(tuple.__new__, Line)
"""Made without the constructors that are written in Python: a print has tens of thousands of them."""

BREAK = Word((), 0.0, 0.0)
_KEPT_WORDS, _KEPT_LOOKS = 20_000, 2_000
_broken: dict[tuple[tuple[Span, ...], float, bool], list[Line]] = {}
_KEPT_TEXTS = 30_000
SLACK = 0.01
"""Points by which a line may be wider than it should be, since sums of widths are not exact."""
SOFT = "\u00ad"
"""The hyphen that is only there because a line ends: whoever copies or reads out the word goes on without it."""
LOOSE = 0.4
"""How much spaces may be stretched, in units of the font size, before a word is hyphenated instead."""


class _Known(dict[str, Word]):
    """The words in one look by their text, each made when it is first met, with a space after them or without."""

    def __init__(self, look: Look, space: float) -> None:
        super().__init__()
        self._look, self._space = look, space
        self._font = fonts.FACES[look.face]
        self._widths = fonts.widths(self._font)

    def __missing__(self, text: str) -> Word:
        if len(self) > _KEPT_WORDS:
            self.clear()
        look = self._look
        if text.isascii():
            piece = _piece((self._font, text, look))
            found = _made_word(((piece,), look.size * self._widths[text], self._space))
        else:
            pieces = tuple([Piece(name, run, look) for name, run in fonts.runs(text, look.face)])
            width = look.size * sum([fonts.widths(name)[run] for name, run, _ in pieces])
            found = Word(pieces, width, self._space)
        self[text] = found
        return found


@lru_cache(maxsize=_KEPT_LOOKS)
def _known(look: Look) -> tuple[_Known, _Known]:
    """The words in a look without a space, and those with one."""
    return _Known(look, 0.0), _Known(look, _space(look))


def _word(text: str, look: Look, spaced: bool) -> Word:
    return _known(look)[spaced][text]


def _space(look: Look) -> float:
    return look.size * fonts.widths(fonts.FACES[look.face])[" "]


@cache
def _ideographs() -> re.Pattern[str]:
    """Made for the first word that may hold some: it takes longer than a page."""
    return re.compile(rf"[{_CJK}]|[^{_CJK}]+")


def _apart(token: str) -> list[str]:
    """The ideographs of a word, each by itself, and what stands between."""
    plain = max(token) < "\u2e80" and not any("\u1100" <= char <= "\u115f" for char in token)
    return [token] if plain else _ideographs().findall(token)


def words(spans: Iterable[Span]) -> list[Word]:
    """The words of the spans; spans that meet without a space between make one word."""
    found: list[Word] = []
    open_word = False
    for text, look in spans:
        add = _add if fonts.tame(text, look.face) else _add_any
        open_word = add(found, text, look, open_word)
    return found


def _add(found: list[Word], text: str, look: Look, open_word: bool) -> bool:
    """Add the words of a text that needs no closer look; whether another span may go on with the last one."""
    tokens = text.split(" ")
    if not tokens[0] and len(tokens) > 1:
        _end(found, look, open_word)
        open_word = False
    last = tokens.pop()
    bare, spaced = _known(look)
    made = [spaced[token] for token in tokens if token]
    if last:
        made.append(bare[last])
    if open_word and made:
        _append(found, made.pop(0), True)
    found += made
    return last != "" or (open_word and not tokens)


def _end(found: list[Word], look: Look, open_word: bool) -> None:
    """Let a space follow the last word."""
    if open_word and not found[-1].space:
        found[-1] = found[-1]._replace(space=_space(look))


def _add_any(found: list[Word], text: str, look: Look, open_word: bool) -> bool:
    """The same for any text: with line breaks, several spaces, signs of other scripts."""
    for token, end in _TOKENS.findall(fonts.printable(text)):
        spaced = end != "" and end != "\n"
        if token:
            parts = [token] if token.isascii() else _apart(token)
            for part in parts[:-1]:
                _append(found, _word(part, look, False), open_word)
                open_word = False
            _append(found, _word(parts[-1], look, spaced), open_word)
        elif spaced:
            _end(found, look, open_word)
        if end == "\n":
            found.append(BREAK)
        open_word = not end and (open_word or token != "")
    return open_word


def _append(found: list[Word], word: Word, glued: bool) -> None:
    if glued and found and not found[-1].space:
        before = found[-1]
        word = Word(before.pieces + word.pieces, before.width + word.width, word.space)
        found[-1] = word
    else:
        found.append(word)


def broken(spans: Sequence[Span], width: float, *, hyphenate: bool = False) -> list[Line]:
    """The spans as lines no wider than ``width`` points; at least one line.

    ``hyphenate``: words may be hyphenated where a line would have to be stretched too much otherwise. Equal texts are
    broken once: a plan that is printed again after an edit is mostly the same texts.
    """
    key = (tuple(spans), width, hyphenate)
    found = _broken.get(key)
    if found is None:
        if len(_broken) > _KEPT_TEXTS:
            _broken.clear()
        line = _fitting(*spans[0], width + SLACK) if len(spans) == 1 else None
        found = _broken[key] = [line] if line else _break(spans, width, hyphenate)
    return found


def _fitting(text: str, look: Look, limit: float) -> Line | None:
    """The line of a text that fits on one as it is, as most do; None where it must be broken or looked at closely."""
    if not (text.isascii() and text.isprintable()) or text.strip(" ") != text or not text or "  " in text:
        return None
    font = fonts.FACES[look.face]
    width = look.size * fonts.measure(text, font)
    if width > limit:
        return None
    plain = not (look.link or look.line)
    return _made_line(((_piece((font, text, look)),), width, text.count(" "), True, False, False, plain))


def _break(spans: Sequence[Span], width: float, hyphenate: bool) -> list[Line]:
    text = "".join([span.text for span in spans])
    turn = not text.isascii() and bool(bidi.RTL.search(text))
    from_right = turn and bidi.leads_from_right(text)
    lines: list[Line] = []
    line: list[Word] = []
    used = 0.0
    limit = width + SLACK
    waiting = words(spans)[::-1]
    while waiting:
        word = waiting.pop()
        if word is BREAK:
            lines.append(_line(line, True, turn, from_right)._replace(parted=True))
            line, used = [], 0.0
        elif used + word.width <= limit:
            line.append(word)
            used += word.width + word.space
        elif parts := _parts(word, width) or (hyphenate and line and _hyphenated(word, line, width - used)):
            waiting.extend(reversed(parts))
        else:
            if line:
                lines.append(_line(line, False, turn, from_right))
            line, used = [word], word.width + word.space
    if line or not lines:
        lines.append(_line(line, True, turn, from_right))
    return lines


def _line(line: list[Word], last: bool, turn: bool, from_right: bool) -> Line:
    if not line:
        return Line((), 0.0, 0, last, from_right)
    parted = not last and line[-1].space > 0
    if turn:
        line = _turned(line, from_right)
    pieces: list[Piece] = []
    texts: list[str] = []
    font, _, look = line[0].pieces[0]
    width, spaces = 0.0, 0
    final = len(line) - 1
    for at, (own, wide, space) in enumerate(line):
        for name, text, how in own:
            if (how is not look and how != look) or name != font:
                pieces.append(_piece((font, "".join(texts), look)))
                texts, font, look = [], name, how
            texts.append(text)
        if space and at != final:
            width += wide + space
            texts.append(" ")
            spaces += 1
        else:
            width += wide
    pieces.append(_piece((font, "".join(texts), look)))
    plain = True
    for _, text, look in pieces:
        if not text.isascii():  # fonts write both kinds of space as one, and both grow
            spaces += text.count("\xa0")
        if look.link or look.line:
            plain = False
    return _made_line((tuple(pieces), width, spaces, last, from_right, parted, plain))


def _turned(line: list[Word], from_right: bool) -> list[Word]:
    texts = ["".join(piece.text for piece in word.pieces) for word in line]
    placed = []
    for at in bidi.order(texts, from_right):
        word = line[at]
        if bidi.RTL.search(texts[at]):
            spans = [Span(bidi.turned(piece.text), piece.look) for piece in reversed(word.pieces)]
            pieces = tuple(piece for text, look in spans for piece in _word(text, look, False).pieces)
            word = Word(pieces, sum(_width(piece) for piece in pieces), word.space)
        placed.append(word._replace(space=word.space or (line[at - 1].space if at else 0.0)))
    return placed


def _width(piece: Piece) -> float:
    return piece.look.size * fonts.measure(piece.text, piece.font)


def _hyphenated(word: Word, line: list[Word], room: float) -> list[Word]:
    """A word in two parts, the first with a hyphen and within ``room``, where the line would be loose without."""
    if len(word.pieces) != 1:
        return []
    piece = word.pieces[0]
    spaces = sum(1 for before in line if before.space) - 1
    if room + line[-1].space <= max(spaces, 1) * LOOSE * piece.look.size:
        return []
    hyphen = SOFT if fonts.has(piece.look.face, SOFT) else "-"
    if _word(f"{piece.text[:FIRST]}{hyphen}", piece.look, False).width > room:
        return []
    for at in reversed(_syllables(piece.text)):
        first = _word(f"{piece.text[:at]}{hyphen}", piece.look, False)
        if first.width <= room:
            return [first, _word(piece.text[at:], piece.look, word.space > 0)]
    return []


@lru_cache(maxsize=20_000)
def _syllables(text: str) -> tuple[int, ...]:
    """Where a word of the print's language may be hyphenated; none in codes, names with capitals and short words."""
    core = re.fullmatch(r"(\W*)([A-Za-z]?[a-z]{5,})(\W*)", text)
    if not core:
        return ()
    return tuple(core.start(2) + at for at in hyphenator().positions(core[2]))


def _parts(word: Word, width: float) -> list[Word]:
    """A word that is wider than a whole line, cut after punctuation, before capitals, or where it must be."""
    if word.width <= width + 0.01:
        return []
    texts = [(text, piece.look) for piece in word.pieces for text in _SENSIBLE.findall(piece.text)]
    parts: list[Word] = []
    for text, look in texts:
        parts += _cut(text, look, width)
    if len(parts) < 2:
        return []
    parts[-1] = parts[-1]._replace(space=word.space)
    return parts


def _cut(text: str, look: Look, width: float) -> list[Word]:
    whole = _word(text, look, False)
    if whole.width <= width:
        return [whole]
    pieces = _CAMEL.findall(text)
    if len(pieces) > 1:
        return [part for piece in pieces for part in _cut(piece, look, width)]
    parts, start, used = [], 0, 0.0
    for at, char in enumerate(text):
        step = fonts.natural_width(char, look.face, look.size)
        if used + step > width and at > start:
            parts.append(_word(text[start:at], look, False))
            start, used = at, 0.0
        used += step
    return [*parts, _word(text[start:], look, False)]


@lru_cache(maxsize=1_000)
def fitted(text: str, look: Look, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``width``."""
    text = fonts.printable(text).replace("\n", " ")
    if fonts.natural_width(text, look.face, look.size) <= width:
        return text
    room, shown = width - fonts.natural_width("…", look.face, look.size), ""
    for char in text:
        room -= fonts.natural_width(char, look.face, look.size)
        if room < 0:
            break
        shown += char
    return f"{shown.rstrip()}…"

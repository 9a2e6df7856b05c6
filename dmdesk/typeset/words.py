"""Words: texts of any script broken word by word, with widths looked up instead of measured again.

Scripts that are written from right to left or without spaces, signs that other fonts stand in for, and words wider than
a line are seen to here; what needs none of that is broken by ``lines`` as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from dmdesk.typeset import bidi, fonts, hyphens
from dmdesk.typeset.looks import Look, Span
from dmdesk.typeset.pieces import SLACK, Line, Piece, loose, made_line, made_piece

_TOKENS = re.compile(r"([^ \t\n]*)([ \t]+|\n|\Z)")
"""Words, each with what ends it; nothing ends the last one of a text."""
_CJK = "\u1100-\u115f\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_SENSIBLE = re.compile(r"[^/_\-.@:,;=&?–—]*[/_\-.@:,;=&?–—]+|[^/_\-.@:,;=&?–—]+")
_CAMEL = re.compile(r"[A-Z]*[^A-Z]+|[A-Z]+")


class Word(NamedTuple):
    """Pieces that stay together on a line; ``gap`` is the space that follows, if any, ``space`` its width."""

    pieces: tuple[Piece, ...]
    width: float
    space: float = 0.0
    gap: Piece | None = None

    def spaced(self, gap: Piece | None) -> Word:
        """The word with a space after it, or without."""
        return Word(self.pieces, self.width, _width(gap) if gap else 0.0, gap)


_made_word = partial(tuple.__new__, Word)
BREAK = Word((), 0.0)
_KEPT_WORDS, _KEPT_LOOKS = 20_000, 2_000


class _Known(dict[str, Word]):
    """The words in one look by their text, each made when it is first met, with a space after them or without."""

    def __init__(self, look: Look, spaced: bool) -> None:
        super().__init__()
        self._look, self._font = look, fonts.FACES[look.face]
        self._widths = fonts.widths(self._font)
        self._gap = _gap(self._font, look) if spaced else None
        self._space = _width(self._gap) if self._gap else 0.0

    def __missing__(self, text: str) -> Word:
        if len(self) > _KEPT_WORDS:
            self.clear()
        look = self._look
        if text.isascii():
            piece = made_piece((self._font, text, look))
            found = _made_word(((piece,), look.size * self._widths[text], self._space, self._gap))
        else:
            pieces = tuple([Piece(name, run, look) for name, run in fonts.runs(text, look.face)])
            shown = bidi.joined(text) if bidi.RTL.search(text) else text
            found = Word(pieces, fonts.natural_width(shown, look.face, look.size))
            found = found.spaced(_gap(pieces[-1].font, look)) if self._gap else found
        self[text] = found
        return found


@lru_cache(maxsize=_KEPT_LOOKS)
def _known(look: Look) -> tuple[_Known, _Known]:
    """The words in a look without a space, and those with one."""
    return _Known(look, False), _Known(look, True)


@lru_cache(maxsize=_KEPT_LOOKS)
def _gap(font: str, look: Look) -> Piece:
    return Piece(font, " ", look)


def _word(text: str, look: Look, spaced: bool) -> Word:
    return _known(look)[spaced][text]


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
        for token, end in _TOKENS.findall(fonts.printable(text)):
            spaced = end != "" and end != "\n"
            if token:
                parts = [token] if token.isascii() else _apart(token)
                for part in parts[:-1]:
                    _append(found, _word(part, look, False), open_word)
                    open_word = False
                _append(found, _word(parts[-1], look, spaced), open_word)
            elif spaced and open_word and not found[-1].space:
                font, _, last = found[-1].pieces[-1]
                found[-1] = found[-1].spaced(
                    _gap(font, last) if last.rise else _gap(fonts.FACES[look.face], look)
                )
            if end == "\n":
                found.append(BREAK)
            open_word = not end and (open_word or token != "")
    return found


def _append(found: list[Word], word: Word, glued: bool) -> None:
    if glued and found and not found[-1].space:
        before = found[-1]
        word = Word(before.pieces + word.pieces, before.width + word.width, word.space, word.gap)
        found[-1] = word
    else:
        found.append(word)


def broken(spans: Sequence[Span], width: float, hyphenate: bool) -> list[Line]:
    """The spans as lines, see ``lines.broken``."""
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
        elif parts := _parts(word, width) or (
            hyphenate and line and _hyphenated(word, line, width - used, not waiting or waiting[-1] is BREAK)
        ):
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
    for at, (own, wide, space, gap) in enumerate(line):
        width += wide
        if gap and at != final:
            own = (*own, gap)
            width += space
            spaces += 1
        for name, text, how in own:
            if (how is not look and how != look) or name != font:
                pieces.append(made_piece((font, "".join(texts), look)))
                texts, font, look = [], name, how
            texts.append(text)
    pieces.append(made_piece((font, "".join(texts), look)))
    plain = True
    for _, text, look in pieces:
        if not text.isascii():  # fonts write both kinds of space as one, and both grow
            spaces += text.count("\xa0")
        if look.link or look.line:
            plain = False
    return made_line((tuple(pieces), width, spaces, last, from_right, parted, plain))


def _turned(line: list[Word], from_right: bool) -> list[Word]:
    """The words in the order in which they are drawn, each with the space that is drawn after it."""
    texts = ["".join(piece.text for piece in word.pieces) for word in line]
    places = bidi.order(texts, from_right)
    gaps = [line[at].gap for at in bidi.between(places, from_right)]
    placed = []
    for at, gap in zip(places, [*gaps, None], strict=True):
        word = line[at]
        if bidi.RTL.search(texts[at]):
            spans = [Span(bidi.turned(piece.text), piece.look) for piece in reversed(word.pieces)]
            pieces = tuple(piece for text, look in spans for piece in _word(text, look, False).pieces)
            word = Word(pieces, sum(_width(piece) for piece in pieces))
        placed.append(word.spaced(gap))
    return placed


def _width(piece: Piece) -> float:
    return piece.look.size * fonts.measure(piece.text, piece.font)


def _hyphenated(word: Word, line: list[Word], room: float, last: bool) -> list[Word]:
    """A word in two parts, the first with a hyphen and within ``room``, where the line would be loose without.

    ``last``: it is the last word of its paragraph.
    """
    if len(word.pieces) != 1:
        return []
    piece = word.pieces[0]
    spaces = sum(1 for before in line if before.space) - 1
    if not loose(room + line[-1].space, spaces, piece.look.size, last):
        return []
    hyphen = hyphens.sign(piece.look.face)
    if _word(f"{piece.text[: hyphens.FIRST]}{hyphen}", piece.look, False).width > room:
        return []
    for at in reversed(hyphens.syllables(piece.text)):
        first = _word(f"{piece.text[:at]}{hyphen}", piece.look, False)
        if first.width <= room:
            rest = _word(piece.text[at:], piece.look, False)
            return [first, rest.spaced(word.gap)]
    return []


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
    parts[-1] = parts[-1].spaced(word.gap)
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

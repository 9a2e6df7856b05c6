"""Line breaking: spans of text to lines.

This is where printing spends its time. Nearly all texts are of signs that their own faces have, read from left to right
and parted at spaces: their words are measured once for all texts, and lines are found among the sums of their widths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from dmdesk.typeset import fonts, hyphens, words
from dmdesk.typeset.looks import Look, Span
from dmdesk.typeset.pieces import SLACK, Line, Piece, loose, made_line, made_piece

_broken: dict[tuple[tuple[Span, ...], float, bool], list[Line]] = {}
_KEPT_TEXTS = 30_000
NARROWEST = 0.4
"""The width of a sign, in units of the font size, below which that of a longer text is not on average."""
GOES_ON = "\xa0\xa0"
"""What stands before the rest of a line of code that takes more than one."""
_EMPTY = Line((), 0.0, 0, True)


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
        found = [line] if line else _cut(spans, width, hyphenate) or words.broken(spans, width, hyphenate)
        _broken[key] = found
    return found


def _fitting(text: str, look: Look, limit: float) -> Line | None:
    """The line of a text that fits on one as it is, as most do; None where it must be broken or looked at closely."""
    face, size, _, link, _, line = look
    if len(text) * size * NARROWEST > limit or not (text.isascii() and text.isprintable()):
        return None
    if not text or text[0] == " " or text[-1] == " " or "  " in text:
        return None
    font = fonts.FACES[face]
    width = size * fonts.measure(text, font)
    if width > limit:
        return None
    piece = made_piece((font, text, look))
    return made_line(((piece,), width, text.count(" "), True, False, False, not (link or line)))


def _cut(spans: Sequence[Span], width: float, hyphenate: bool) -> list[Line] | None:
    """The lines of spans that need no closer look, with words no wider than a line; None for others."""
    lines: list[Line] = []
    run = _Run()
    for text, look in spans:
        if fonts.tame(text, look.face):
            run.add(text, look)
            continue
        first, *others = text.split("\n")
        if not fonts.tame("".join([first, *others]), look.face):
            return None
        run.add(first, look)
        for other in others:
            if not run.fill(lines, width, hyphenate):
                return None
            lines[-1] = lines[-1]._replace(parted=True)
            run = _Run()
            run.add(other, look)
    if (run.words or not lines) and not run.fill(lines, width, hyphenate):
        return None
    return lines


class _Run:
    """A text as words, each with its width and that of the space before it, which is 0 where another look goes on.

    ``parts`` are the words that have one look: the number of the first one, font and look, and whose look the space
    before them has: their own (" "), another one that no words have (a piece), or that of the part before.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.widths: list[float] = []
        self.spaces: list[float] = []
        self.parts: list[tuple[int, str, Look, str, Piece | None]] = []
        self.space = 0.0
        self.gap: Look | None = None

    def add(self, text: str, look: Look) -> None:
        """Add a span."""
        words = [word for word in text.split(" ") if word]
        face, size, *_ = look
        font = fonts.FACES[face]
        known = fonts.widths(font)
        space = size * known[" "]
        parts, before, gap = self.parts, self.space, self.gap
        if not before and text[:1] == " ":
            before, gap = space, look
            # A space that is raised too keeps a note's mark within its line when that is read.
            if parts and parts[-1][2].rise:
                gap = parts[-1][2]
                before = gap.size * fonts.widths(parts[-1][1])[" "]
        if not words:
            self.space, self.gap = before, gap
            return
        self.space, self.gap = (space, look) if text[-1] == " " else (0.0, None)
        widths = [size * width + space for width in map(known.__getitem__, words)]
        widths[0] += before - space
        spaces = [space] * len(words)
        spaces[0] = before
        if not parts or look != parts[-1][2] or (gap and gap != look):
            own, lone = "", None
            if gap and parts and gap is not parts[-1][2]:
                if gap == look:
                    own = " "
                elif gap != parts[-1][2]:
                    lone = Piece(fonts.FACES[gap.face], " ", gap)
            parts.append((len(self.words), font, look, own, lone))
        elif not before:
            words[0] = self.words.pop() + words[0]
            widths[0] += self.widths.pop()
            spaces[0] = self.spaces.pop()
        self.words += words
        self.widths += widths
        self.spaces += spaces

    def fill(self, lines: list[Line], width: float, hyphenate: bool) -> bool:
        """Add the lines of the text; whether no word is wider than one."""
        if not self.words:
            lines.append(_EMPTY)
            return True
        spaces, ends = self.spaces, [*accumulate(self.widths)]
        start, used, whole = 0, spaces[0], ends[-1]
        while whole - used > width + SLACK:
            stop = bisect_right(ends, used + width + SLACK, start)
            while stop > start and not spaces[stop]:
                stop -= 1
            if stop == start:
                return False
            end = ends[stop - 1]
            parts = self._hyphenated(start, stop, used + width - end, width) if hyphenate else ()
            if parts:
                (head, wide), (rest, other) = parts
                self.words[stop] = head
                lines.append(self._line(start, stop + 1, end + spaces[stop] + wide - used, False, False))
                self.words[stop] = rest
                used = ends[stop] - other
            else:
                lines.append(self._line(start, stop, end - used, False, True))
                used = end + spaces[stop]
            start = stop
        lines.append(self._line(start, len(ends), whole - used, True, False))
        return True

    def _line(self, start: int, stop: int, width: float, last: bool, parted: bool) -> Line:
        pieces = []
        plain, spaces, after, end = True, 0, stop, ""
        for first, font, look, own, lone in reversed(self.parts):
            if first >= after:
                continue
            text = " ".join(self.words[max(first, start) : after]) + end
            if own and first > start:
                text = own + text
            spaces += text.count(" ")
            if not text.isascii():  # fonts write both kinds of space as one, and both grow
                spaces += text.count("\xa0")
            _, _, _, link, _, line = look
            if link or line:
                plain = False
            pieces.append(made_piece((font, text, look)))
            if first <= start:
                break
            after, end = first, "" if own or lone or not self.spaces[first] else " "
            if lone:
                pieces.append(lone)
                spaces += 1
                plain = plain and not (lone.look.link or lone.look.line)
        return made_line((tuple(pieces[::-1]), width, spaces, last, False, parted, plain))

    def _hyphenated(self, start: int, at: int, room: float, width: float) -> Sequence[tuple[str, float]]:
        """A word as two parts with their widths, the first with a hyphen; none where the line is not loose without it.

        ``room`` is what the line has left without the space before the word.
        """
        spaces = self.spaces
        if at + 1 < len(spaces) and not spaces[at + 1]:
            return ()
        font, look = next((font, look) for first, font, look, *_ in reversed(self.parts) if first <= at)
        gaps = sum(map(bool, spaces[start + 1 : at]))
        if not loose(room, gaps, look.size, at + 1 == len(spaces)):
            return ()
        room -= spaces[at]
        widths, word, hyphen = fonts.widths(font), self.words[at], hyphens.sign(look.face)
        if look.size * widths[word] > width + SLACK:
            return ()
        if look.size * widths[word[: hyphens.FIRST] + hyphen] <= room:
            for cut in reversed(hyphens.syllables(word)):
                head, rest = word[:cut] + hyphen, word[cut:]
                wide = look.size * widths[head]
                if wide <= room:
                    return (head, wide), (rest, look.size * widths[rest])
        return ()


def listed(text: str, look: Look, width: float) -> list[Line]:
    """The lines of some code: too long ones are cut at the last sign that fits, and what goes on is indented."""
    found: list[Line] = []
    for line in fonts.printable(text).split("\n"):
        for part in _chopped(line, look, width):
            found += broken([Span(part, look)], width)
        found[-1] = found[-1]._replace(parted=True)
    found[-1] = found[-1]._replace(parted=False)
    return found


def _chopped(line: str, look: Look, width: float) -> list[str]:
    if fonts.natural_width(line, look.face, look.size) <= width:
        return [line]
    parts, used = [""], 0.0
    for sign in line:
        wide = fonts.natural_width(sign, look.face, look.size)
        if used + wide > width and parts[-1].strip():
            parts.append(GOES_ON)
            used = fonts.natural_width(GOES_ON, look.face, look.size)
        parts[-1] += sign
        used += wide
    return parts


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

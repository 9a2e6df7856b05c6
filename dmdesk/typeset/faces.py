"""Faces: fonts as ReportLab has them, their tables of characters and glyphs read as wholes.

ReportLab reads such tables number by number; for six fonts that takes as long as laying out ten pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

WINDOWS = 3
"""The platform whose table of characters is read: all our fonts have it, for Unicode."""
SPACE, NO_BREAK = 0x20, 0xA0


class Face(TTFontFace):
    """A face with what ReportLab asks of one; it holds the same as ReportLab's own (OpenType 1.9: cmap, hmtx, loca)."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        """Read the small tables as ReportLab does, and the large ones at once."""
        super().extractInfo(0)
        self.charToGlyph = self._characters()
        self.hmetrics, advances = self._metrics()
        self.defaultWidth = advances[0]
        self.charWidths = {char: advances[glyph] for char, glyph in self.charToGlyph.items()}
        self.glyphPos = self._places()
        self.charToGlyph[NO_BREAK] = self.charToGlyph[SPACE]
        self.charWidths[NO_BREAK] = self.charWidths[SPACE]

    def _numbers(self, form: str, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}{form}", self._ttf_data, at)

    def _characters(self) -> dict[int, int]:
        """The number of the glyph of each character, from the table that holds the most."""
        start = self.get_table_pos("cmap")[0]
        count = self.get_ushort(start + 2)
        rows = struct.iter_unpack(">HHL", self._ttf_data[start + 4 : start + 4 + 8 * count])
        at = start + [offset for platform, _, offset in rows if platform == WINDOWS][-1]
        found: dict[int, int] = {}
        for chars, glyphs in self._runs(at) if self.get_ushort(at) == 12 else self._segments(at):
            found.update(zip(chars, glyphs, strict=True))
        return found

    def _runs(self, at: int) -> Iterator[tuple[range, Iterable[int]]]:
        """Format 12: runs of characters with runs of glyphs."""
        end = at + 16 + 12 * self.get_ulong(at + 12)
        for first, last, glyph in struct.iter_unpack(">LLL", self._ttf_data[at + 16 : end]):
            yield range(first, last + 1), range(glyph, glyph + last + 1 - first)

    def _segments(self, at: int) -> Iterator[tuple[range, Iterable[int]]]:
        """Format 4: runs of characters with runs of glyphs, or with glyphs from a list."""
        count = self.get_ushort(at + 6) // 2
        columns = (
            self._numbers("H", at + start + 2 * count * column, count)
            for column, start in enumerate((14, 16, 16, 16))
        )
        for place, (last, first, step, listed) in enumerate(zip(*columns, strict=True)):
            chars, glyph = range(first, last + 1), (first + step) & 0xFFFF
            if listed:
                own = self._numbers("H", at + 16 + 2 * (3 * count + place) + listed, len(chars))
                yield chars, [glyph and (glyph + step) & 0xFFFF for glyph in own]
            else:
                yield chars, range(glyph, glyph + len(chars))

    def _metrics(self) -> tuple[list[tuple[float, int]], list[float]]:
        """Advance and left side bearing of each glyph, and its width in thousandths of the font's size.

        Glyphs behind those with an advance share the last one, which ReportLab keeps as a width.
        """
        start, own = self.get_table_pos("hmtx")[0], self.get_ushort(self.get_table_pos("hhea")[0] + 34)
        pairs: list[tuple[float, int]] = [*struct.iter_unpack(">HH", self._ttf_data[start : start + 4 * own])]
        widths = [self._pdfScale(advance) for advance, _ in pairs]
        rest = self._numbers("H", start + 4 * own, self.numGlyphs - own)
        pairs += [(widths[-1], bearing) for bearing in rest]
        return pairs, widths + [widths[-1]] * len(rest)

    def _places(self) -> list[int]:
        """Where the outline of each glyph begins, and where the last one ends."""
        start, count = self.get_table_pos("loca")[0], self.numGlyphs + 1
        if self.get_ushort(self.get_table_pos("head")[0] + 50):
            return [*self._numbers("L", start, count)]
        return [2 * half for half in self._numbers("H", start, count)]


class Font(TTFont):
    """A font with such a face."""

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.face = Face(str(path))
        self.encoding = TTEncoding()
        self.state: Any = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = False

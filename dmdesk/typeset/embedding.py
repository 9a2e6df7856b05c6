"""Fonts in the file: cut to the characters used, with their widths and what each code means as text.

ReportLab cuts the fonts; the rest is written here, so that every code in use means a character that can be copied and
searched, of any script, and so that nothing is in the file that a reader of archives would stumble over.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import Any

from dmdesk.typeset.file import File, name, refer, shrunk

SYMBOLIC = 4
_AT_ONCE = 100
"""Codes in one block of a table of meanings: more are not allowed."""
_RANGE = b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
)
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def embedded(file: File, doc: Any, *, again: bool = False) -> bytes:
    """Put all fonts into the file that were drawn with; gives the entries for the dictionary of fonts.

    ``again``: the next document will have the same codes for the same letters.
    """
    found, tags = [], count()
    for font in doc.delayedFonts:
        for subset, codes in enumerate(font.state[doc].subsets):
            label = font.getSubsetInternalName(subset, doc)[1:]
            found.append(name(label) + b" " + refer(_font(file, font.face, codes, next(tags))))
        if not again:
            del font.state[doc]
    return b"".join(found)


def _font(file: File, face: Any, codes: list[int], number: int) -> int:
    """One font of at most 256 codes. ``codes`` says which character each code stands for, 0 for none."""
    called = name(f"{_tag(number)}+{face.name.decode('ascii', 'replace')}")
    length, program = _cut(face, tuple(codes))
    content = file.packed(program, b"/Length1 %d" % length)
    box = b" ".join([b"%d" % round(edge) for edge in face.bbox])
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[%s]/ItalicAngle %s/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV %d/MissingWidth %s/FontFile2 %d 0 R>>"
        % (
            called, face.flags | SYMBOLIC, box, _number(face.italicAngle), round(face.ascent), round(face.descent),
            round(face.capHeight), face.stemV, _number(face.defaultWidth), content,
        )
    )  # fmt: skip
    widths = b" ".join([_number(face.charWidths.get(code, face.defaultWidth)) for code in codes])
    meanings = file.stream(_meanings(face, codes))
    return file.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont%s/FirstChar 0/LastChar %d/Widths[%s]/FontDescriptor %d 0 R"
        b"/ToUnicode %d 0 R>>" % (called, len(codes) - 1, widths, descriptor, meanings)
    )


@lru_cache(maxsize=16)
def _cut(face: Any, codes: tuple[int, ...]) -> tuple[int, bytes]:
    """A font's program cut to some characters: its length, and itself packed; mostly that of the last print."""
    program = face.makeSubset(list(codes))
    program = program if isinstance(program, bytes) else program.encode("latin-1")
    return len(program), shrunk(program)


def _meanings(face: Any, codes: list[int]) -> bytes:
    pairs = [
        b"<%02X> <%s>" % (at, chr(code).encode("utf-16-be").hex().upper().encode())
        for at, code in enumerate(codes)
        if code and code in face.charToGlyph
    ]
    blocks = []
    for at in range(0, len(pairs), _AT_ONCE):
        some = pairs[at : at + _AT_ONCE]
        blocks.append(b"%d beginbfchar\n%s\nendbfchar\n" % (len(some), b"\n".join(some)))
    return _HEAD + _RANGE + b"".join(blocks) + _TAIL


def _tag(number: int) -> str:
    """The six letters that tell a cut font from others of its name."""
    letters = ""
    for _ in range(6):
        number, at = divmod(number, 26)
        letters = chr(ord("A") + at) + letters
    return letters


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()

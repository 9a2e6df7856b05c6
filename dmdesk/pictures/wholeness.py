"""Wholeness: whether a picture is all there, to its last row of pixels, found out without a library.

A text file may have been edited and a download may have broken off, and both often leave a good beginning. Pixels are
unpacked in small pieces and only as many as the picture says it has, so a small file cannot ask for a large memory.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from dmdesk.pictures.heads import PNG, chunks, ended, head, segments

PIECE = 65_536
"""Bytes that are unpacked, or fed, at a time."""
_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""The bits that each way of colouring allows."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Where the passes of an interlaced PNG begin, across and down, and their steps."""
_LAST_FILTER = 4
_SCAN = 0xDA


def whole(content: bytes) -> bool:
    """Whether the bytes are a PNG or JPEG from its beginning to its end."""
    if content.startswith(PNG):
        return _png(content)
    if head(content) is None or not ended(content):
        return False
    return any(marker == _SCAN for marker, _, _ in segments(content))


def _png(content: bytes) -> bool:
    names: list[bytes] = []
    packed: list[tuple[int, int]] = []
    for name, begin, end in chunks(content):
        (said,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(memoryview(content)[begin + 4 : end - 4]) != said:
            return False
        if name != b"IDAT" or names[-1:] != [name]:
            names.append(name)
        if name == b"IDAT":
            packed.append((begin + 8, end - 4))
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND" or names.count(b"IDAT") != 1:
        return False
    wide, high, bits, colour, way, filtering, interlaced = struct.unpack_from(">IIBBBBB", content, 16)
    if bits not in _BITS.get(colour, ()) or way or filtering or interlaced > 1 or not wide or not high:
        return False
    if colour == 3 and b"PLTE" not in names[: names.index(b"IDAT")]:
        return False
    return _unpacks(content, packed, list(_rows(wide, high, bits * _SAMPLES[colour], bool(interlaced))))


def _rows(wide: int, high: int, bits: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """How long the rows of pixels are, in bytes with their filter, and how many there are of that length."""
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(wide - left) // across), -(-(high - top) // down)
        if columns > 0 and rows > 0:
            yield 1 + (columns * bits + 7) // 8, rows


def _unpacks(content: bytes, packed: list[tuple[int, int]], rows: list[tuple[int, int]]) -> bool:
    """Whether the pixels unpack to just these rows, each beginning with a filter that there is."""
    unpacker, at, expected = zlib.decompressobj(), 0, sum(length * count for length, count in rows)
    try:
        for piece in _pieces(content, packed):
            while piece and not unpacker.eof:
                made = unpacker.decompress(piece, min(PIECE, expected + 1 - at))
                if at + len(made) > expected or not _filtered(made, at, rows):
                    return False
                at += len(made)
                piece = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and at == expected


def _pieces(content: bytes, packed: list[tuple[int, int]]) -> Iterator[bytes]:
    for begin, end in packed:
        for at in range(begin, end, PIECE):
            yield content[at : min(at + PIECE, end)]


def _filtered(made: bytes, at: int, rows: list[tuple[int, int]]) -> bool:
    """Whether the rows that begin in this piece, which stands at a place of all that is unpacked, have a filter."""
    begin = 0
    for length, count in rows:
        end = begin + length * count
        first = begin + -(-max(at - begin, 0) // length) * length
        if max(made[first - at : max(end - at, 0) : length], default=0) > _LAST_FILTER:
            return False
        begin = end
    return True

"""The PDF file: numbered objects, packed streams and the table that finds them, written as PDF 1.7.

Written by us because the same objects must give the same bytes on any machine (so nothing is left to the zlib that
Python was built with), and because small objects packed together make a file small and quick to write.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate, chain, count

import deflate

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LEVEL = 4
"""How hard streams are packed, 1 to 12; one higher than this takes half as much time again for one byte in twenty."""
PACKED_TOGETHER = 200
"""Objects in one object stream."""
_ROW = struct.Struct(">BLH")


class File:
    """A file that is written once, object after object; numbers may be given out before their objects are known."""

    def __init__(self) -> None:
        self._out = [HEAD]
        self._at = len(HEAD)
        self._table = bytearray()
        self._place(0, 0, 0, 65535)
        self._waiting: dict[int, bytes] = {}
        self.number: Callable[[], int] = count(1).__next__
        """A number for an object that is put later."""

    def put(self, number: int, body: bytes) -> None:
        """The object of a number."""
        self._waiting[number] = body
        if len(self._waiting) >= PACKED_TOGETHER:
            self._pack()

    def add(self, body: bytes) -> int:
        """Put an object and give its number."""
        number = self.number()
        self.put(number, body)
        return number

    def stream(self, content: bytes, entries: bytes = b"", *, number: int = 0, packed: bool = True) -> int:
        """Put a stream with the given entries in its dictionary, and give its number.

        ``packed=False`` leaves the content as it is: for text that archives look for, and for what is packed already.
        """
        return (
            self.packed(shrunk(content), entries, number)
            if packed
            else self._stream(content, entries, number)
        )

    def packed(self, content: bytes, entries: bytes = b"", number: int = 0) -> int:
        """The same of content that ``shrunk`` has packed."""
        return self._stream(content, entries + b"/Filter/FlateDecode", number)

    def _stream(self, content: bytes, entries: bytes, number: int) -> int:
        number = number or self.number()
        self._place(number, 1, self._at, 0)
        self._write(
            b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content)),
            content,
            b"\nendstream\nendobj\n",
        )
        return number

    def data(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier follows from its content, so equal files have equal ones."""
        self._pack()
        table = self.number()
        self._place(table, 1, self._at, 0)
        digest = hashlib.sha256()
        for chunk in self._out:
            digest.update(chunk)
        name = digest.hexdigest()[:32].encode()
        content = shrunk(self._table)
        self._out.append(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode"
            b"/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (table, table + 1, root, info, name, name, len(content), content, self._at)
        )
        return b"".join(self._out)

    def _pack(self) -> None:
        """Write the objects that wait as one stream."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        number = self.number()
        table, put = self._reaching(max(waiting)), _ROW.pack_into
        for place, one in enumerate(waiting):
            put(table, one * _ROW.size, 2, number, place)
        bodies = waiting.values()
        starts = accumulate([len(body) + 1 for body in bodies], initial=0)
        pairs = chain.from_iterable(zip(waiting, starts, strict=False))
        head = b" ".join([b"%d %d"] * len(waiting)) % tuple(pairs) + b"\n"
        content = head + b"\n".join(bodies)
        self.stream(content, b"/Type/ObjStm/N %d/First %d" % (len(waiting), len(head)), number=number)

    def _place(self, number: int, sort: int, at: int, more: int) -> None:
        """Say in the table where an object is; its row has 7 bytes, and is empty for a number that no object has."""
        _ROW.pack_into(self._reaching(number), number * _ROW.size, sort, at, more)

    def _reaching(self, number: int) -> bytearray:
        """The table, with room for the row of an object."""
        missing = (number + 1) * _ROW.size - len(self._table)
        if missing > 0:
            self._table += bytes(missing)
        return self._table

    def _write(self, *chunks: bytes) -> None:
        self._out += chunks
        self._at += sum(map(len, chunks))


def shrunk(content: bytes | bytearray) -> bytes:
    """Content packed for a stream."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def refer(number: int) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % number


def array(numbers: Iterable[int]) -> bytes:
    """References in brackets."""
    found = tuple(numbers)
    return b"[%s]" % (b" ".join([b"%d 0 R"] * len(found)) % found)


def words(text: str) -> bytes:
    """A text for people, as a string of the file."""
    if text.isascii() and text.isprintable():
        return b"(%s)" % text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("ascii")
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode("ascii")


def name(text: str) -> bytes:
    """A name, its unusual characters written by number."""
    shown = [
        chr(byte) if (byte < 128 and chr(byte).isalnum()) or byte in b"-_.+" else f"#{byte:02X}"
        for byte in text.encode("utf-8", "replace")
    ]
    return b"/" + "".join(shown).encode("ascii")


def moment(day: str) -> bytes:
    """The first moment of a day (ISO 8601) as a date of the file."""
    return b"(D:%s000000+00'00')" % day.replace("-", "").encode("ascii")


def known_day(day: str) -> str:
    """The day as it was given, or the one that stands for none: a file that archives keep must have a date."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return "2000-01-01"


def tree(file: File, leaves: list[tuple[bytes, bytes]], key: bytes, size: int = 64) -> int:
    """A name or number tree of sorted (key, value) pairs; ``key`` is /Names or /Nums. Gives the number of its root."""
    if len(leaves) <= size:
        return file.add(b"<<%s[%s]>>" % (key, b" ".join([b"%s %s" % leaf for leaf in leaves])))
    kids = []
    for at in range(0, len(leaves), size):
        some = leaves[at : at + size]
        kids.append(
            file.add(
                b"<</Limits[%s %s]%s[%s]>>"
                % (some[0][0], some[-1][0], key, b" ".join([b"%s %s" % leaf for leaf in some]))
            )
        )
    return file.add(b"<</Kids%s>>" % array(kids))

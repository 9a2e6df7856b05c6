"""Zip files whose bytes follow from what is in them alone: no clock, no system, and no zlib of the machine's own.

Python's zipfile packs with whatever zlib it was built with, and builds of it pack the same text differently.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import deflate

LEVEL = 6
_VERSION, _PACKED = 20, 8
_DAY = (1 << 5) | 1
"""The first of January 1980, the first day that a zip file can name."""
_HEAD = "HHHHHIII"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file that holds these files, by names in ASCII, in this order."""
    body, directory = bytearray(), bytearray()
    for name, content in files.items():
        known, packed = name.encode("ascii"), bytes(deflate.deflate_compress(content, LEVEL))
        head = struct.pack(
            f"<{_HEAD}", _VERSION, 0, _PACKED, 0, _DAY, zlib.crc32(content), len(packed), len(content)
        )
        directory += b"PK\x01\x02" + struct.pack("<H", _VERSION) + head
        directory += struct.pack("<HHHHHII", len(known), 0, 0, 0, 0, 0, len(body)) + known
        body += b"PK\x03\x04" + head + struct.pack("<HH", len(known), 0) + known + packed
    count = len(files)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)

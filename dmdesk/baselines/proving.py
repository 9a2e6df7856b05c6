"""The arithmetic of seals: what is hashed, in which order, so that any flipped byte of a baseline is found.

Each field has a fingerprint of its own, which names what was changed; the seal covers all of them and the seal of the
baseline before, so that no field and no whole baseline can be exchanged. The print comes later; its mark is its own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping

from dmdesk.errors import PlanError
from dmdesk.store.sealed import PRINTED, SEALED, Stored

LARGEST = 100_000_000
"""Bytes of a text that are unpacked at most; forty times a plan of ten times the sample's size."""

PROVED = tuple(name for name in SEALED if name != "proof")
"""The fields that have a fingerprint."""

_SIGNS = 16


def stored(values: Mapping[str, str | int | bytes]) -> dict[str, tuple[str, bytes]]:
    """Values as SQLite will hold them."""
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: str | int | bytes) -> tuple[str, bytes]:
    if isinstance(value, bytes):
        return "blob", value
    return ("text", value.encode("utf-8")) if isinstance(value, str) else ("integer", b"%d" % value)


def proof(row: Stored) -> str:
    """The fingerprints of the fields, by name."""
    return " ".join(f"{name}:{_digest(row, (name,))[:_SIGNS]}" for name in PROVED)


def seal(row: Stored) -> str:
    """The seal that a row must bear."""
    return _digest(row, SEALED)


def mark(row: Stored) -> str:
    """The mark that the print of a row must bear."""
    return _digest(row, ("seal", *PRINTED))


def _digest(row: Stored, names: Iterable[str]) -> str:
    """SHA-256 over the named fields: name, type, length and bytes of each."""
    sum = hashlib.sha256(b"dmdesk baseline 1\n")
    for name in names:
        sort, held = row[name]
        sum.update(f"{name} {sort} {len(held)}\n".encode())
        sum.update(held)
    return sum.hexdigest()


def sha256(text: bytes) -> str:
    """The SHA-256 of a text or print, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def packed(text: bytes) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text, 9)


def unpacked(held: bytes) -> bytes:
    """A text that was kept.

    Raises:
        PlanError: it cannot be unpacked.
    """
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(held, LARGEST)
    except zlib.error:
        raise PlanError("Its text cannot be unpacked.") from None
    if not unpacker.eof or unpacker.unused_data:
        raise PlanError("Its text is cut short, or something was added to it.")
    return text


def broken(row: Stored) -> list[str]:
    """The fields of a row that are not what was sealed; ``seal`` and ``mark`` where only these are not.

    Every single flipped byte is found, and named by the field that it lies in.
    """
    told = row["seal"] == ("text", seal(row).encode())
    wrong = [] if told else _wrong(row)
    if row["mark"] != ("text", mark(row).encode()) and (told or wrong != ["seal"]):
        wrong.append("mark" if _is_empty(row) else "pdf")
    return wrong


def _wrong(row: Stored) -> list[str]:
    whole = {**row, "proof": ("text", proof(row).encode())}
    if ("text", seal(whole).encode()) == row["seal"]:
        return ["proof"]
    fingerprints = dict(
        one.rpartition(":")[::2] for one in row["proof"][1].decode("utf-8", "replace").split(" ")
    )
    found = [name for name in PROVED if fingerprints.get(name) != _digest(row, (name,))[:_SIGNS]]
    return found or ["seal"]


def _is_empty(row: Stored) -> bool:
    return not any(row[name][1] for name in PRINTED)

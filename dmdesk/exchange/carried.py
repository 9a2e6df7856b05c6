"""The plan that a printed PDF carries: put in when it is printed, read back from the file alone.

Years later the paper may be all that is left; then the file that was printed is the plan too. Files come from anywhere,
so nothing in one is believed: not its sizes, not its names.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import store
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from dmdesk.typeset.enclosing import Enclosed
from dmdesk.typeset.file import shrunk

if TYPE_CHECKING:
    from dmdesk.plan import Plan

SUFFIX = ".pdf"
MEDIA = "application/toml"
LARGEST_FILE = 500_000_000
LARGEST_PLAN = 100_000_000
"""Bytes of a carried plan; forty times a plan of ten times the sample's size."""
_STREAM = re.compile(rb"stream\r?\n")
_STEP = 65_536
_KEY = "DmdeskSchema"
_PASSWORD = 4
"""What PDFium calls a file that wants a password."""


def enclosed(data: PlanData, schema: str = "") -> Enclosed:
    """The plan as the file that a print carries: the text that ``dmdesk export`` writes into one file.

    ``schema``: the one it was sealed under, if not the present.
    """
    handle = re.sub(r"[^A-Za-z0-9._-]+", "-", str(getattr(data.plan(), "handle", ""))).strip("-.")[:80]
    content = text.dumps(data, kinds()).encode("utf-8")
    about = "The plan that this document was printed from, as text"
    return Enclosed(
        f"{handle or 'plan'}.toml", about, MEDIA, shrunk(content), len(content), schema or store.SCHEMA
    )


def read(path: Path, like: PlanData | None = None) -> PlanData:
    """The plan that a printed PDF carries; ``like`` as in ``text.read``.

    Raises:
        PlanError: it carries none, or one that cannot be read; the sentence says why.
    """
    return text.loads(words(path), f"The plan in {path.name}", like)


def opened(path: Path) -> Plan:
    """The plan that a printed PDF carries, open for reading only, in a passing file.

    Raises:
        PlanError: as ``read``.
    """
    import tempfile

    from dmdesk import opening, schema
    from dmdesk.plan import SUFFIX as PLAN
    from dmdesk.plan import Plan

    data = read(path)
    folder = Path(tempfile.mkdtemp(prefix=opening.PASSING))
    passing = folder / f"{path.stem}{PLAN}"
    try:
        schema.create(passing, data)
        plan = Plan.open(passing, read_only=True)
    except BaseException:
        opening.forget(passing)
        raise
    plan.path = path
    plan.read_only = (
        f"This is the plan as printed in “{path.name}”. It can be read, not changed; save a copy to edit it."
    )
    return plan


def words(path: Path) -> str:
    """The text of the plan that a printed PDF carries.

    Raises:
        PlanError: it is no PDF, is damaged or encrypted, carries no plan, or one of a newer dmdesk.
    """
    content = _content(path)
    _refuse_bombs(path, content)
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", 0) == _PASSWORD:
            raise PlanError(
                f"“{path.name}” is encrypted; save it without a password and open that."
            ) from None
        raise PlanError(f"“{path.name}” is damaged and cannot be read as a PDF; get it anew.") from None
    try:
        plan = _attached(path, document)
        return plan.decode("utf-8")
    except (pdfium.PdfiumError, UnicodeDecodeError):
        raise PlanError(f"The plan in “{path.name}” is damaged; get the file anew.") from None
    finally:
        document.close()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PlanError(f"“{path.name}” is too large to be a printed plan.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise PlanError(f"There is no file “{path}”.") from None
    except OSError as error:
        raise PlanError(f"“{path}” cannot be read ({error.strerror}).") from None
    if b"%PDF-" not in content[:1024]:
        raise PlanError(f"“{path.name}” is no PDF; a printed plan would be one.")
    return content


def _attached(path: Path, document: object) -> bytes:
    """The attached plan, of several files the first that is one."""
    import ctypes

    import pypdfium2.raw as raw

    for at in range(raw.FPDFDoc_GetAttachmentCount(document)):
        attachment = raw.FPDFDoc_GetAttachment(document, at)
        schema = _string(attachment, _KEY)
        if not schema:
            continue
        if schema not in store.REVISIONS:
            raise PlanError(
                f"“{path.name}” was printed by a newer dmdesk (its plan is of schema {schema[:20]}); "
                "get the newest dmdesk to read it."
            )
        size = ctypes.c_ulong()
        if not raw.FPDFAttachment_GetFile(attachment, None, 0, size) or size.value > LARGEST_PLAN:
            raise PlanError(f"The plan in “{path.name}” is damaged; get the file anew.")
        buffer = ctypes.create_string_buffer(size.value)
        raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
        return buffer.raw
    raise PlanError(
        f"“{path.name}” carries no plan: it was not printed by dmdesk, or with the plan left out. Ask for a file "
        "that carries it, or for the plan itself."
    )


def _string(attachment: object, key: str) -> str:
    import ctypes

    import pypdfium2.raw as raw

    if not raw.FPDFAttachment_HasKey(attachment, key.encode()):
        return ""
    size = raw.FPDFAttachment_GetStringValue(attachment, key.encode(), None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAttachment_GetStringValue(attachment, key.encode(), buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _refuse_bombs(path: Path, content: bytes) -> None:
    """Refuse a file with a stream that would fill the memory when it is unpacked."""
    for start in _STREAM.finditer(content):
        unpacker, rest, total = zlib.decompressobj(), content[start.end() : start.end() + _STEP], 0
        at = start.end() + len(rest)
        while rest and not unpacker.eof:
            try:
                total += len(unpacker.decompress(rest, _STEP))
            except zlib.error:
                break
            if total > LARGEST_PLAN:
                raise PlanError(f"“{path.name}” unpacks to more than a plan can be; it is not read.")
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = content[at : at + _STEP]
                at += len(rest)

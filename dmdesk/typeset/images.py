"""Pictures of pixels in the file: those that were drawn on the canvas, once each, packed as everything else is."""

from __future__ import annotations

import zlib
from collections.abc import Container
from typing import Any
from weakref import WeakKeyDictionary

from dmdesk.typeset.file import File, name

_kept: WeakKeyDictionary[File, dict[str, int]] = WeakKeyDictionary()


def resources(file: File, canvas: Any) -> bytes:
    """The entry for the resources of the page being drawn, b"" when it has no pictures."""
    doc, known = canvas._doc, _kept.setdefault(file, {})
    found = []
    for one in sorted(set(canvas._formsinuse)):
        label = doc.getXObjectName(one)
        if label not in known:
            known[label] = _image(file, doc, doc.idToObject[label])
        found.append(b"%s %d 0 R" % (name(label), known[label]))
    return b"/XObject<<%s>>" % b"".join(found) if found else b""


def forget(canvas: Any, but: Container[str]) -> None:
    """Let go of all pictures that were drawn, but those of these names."""
    from reportlab.pdfbase.pdfdoc import PDFImageXObject

    known = canvas._doc.idToObject
    gone = [label for label, one in known.items() if isinstance(one, PDFImageXObject) and one.name not in but]
    for label in gone:
        del known[label]


def _image(file: File, doc: Any, image: Any) -> int:
    content, entries = image.streamContent, b""
    packed = "FlateDecode" in image._filters
    if isinstance(content, str):
        content = content.encode("latin-1")
    if packed:
        content = zlib.decompress(content)
    else:
        entries += b"/Filter/DCTDecode"
    mask = getattr(image, "smask", None)
    if mask is not None:
        entries += b"/SMask %d 0 R" % _image(file, doc, doc.idToObject[mask.name])
    space, bits = name(image.colorSpace), image.bitsPerComponent
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d" % (
        image.width, image.height, space, bits,
    )  # fmt: skip
    return file.stream(content, head + entries, packed=packed)

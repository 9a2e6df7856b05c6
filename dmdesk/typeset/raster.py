"""Raster: pictures of pixels on a page; the same picture is in the file once, however often it is drawn.

It makes ReportLab's objects itself, because ReportLab's way reads files and decodes what a PDF can hold as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmdesk.pictures.pixels import Pixels
    from dmdesk.typeset.pen import Pen


def place(pen: Pen, pixels: Pixels, x: float, y: float, wide: float, high: float) -> None:
    """Draw a picture into a box whose upper left corner is (x, y), y downwards from the top of the page."""
    canvas = pen.canvas
    name = canvas._doc.getXObjectName(pixels.name)
    if canvas._doc.idToObject.get(name) is None:
        _add(canvas, name, pixels)
    bottom = canvas._pagesize[1] - y - high
    canvas._code.append(f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {bottom:.2f} cm /{name} Do Q")
    canvas._formsinuse.append(pixels.name)
    canvas._currentPageHasImages = 1


def _add(canvas: object, name: str, pixels: Pixels) -> None:
    from reportlab.pdfbase.pdfdoc import PDFImageXObject

    made = PDFImageXObject(pixels.name)
    made.width, made.height = pixels.wide, pixels.high
    made.bitsPerComponent = 8
    made.colorSpace = "DeviceGray" if pixels.grey else "DeviceRGB"
    made._filters = ("DCTDecode",) if pixels.packed == "jpeg" else ("FlateDecode",)
    made.streamContent = pixels.content
    made.mask = None
    canvas._setXObjects(made)  # type: ignore[attr-defined]
    canvas._doc.Reference(made, name)  # type: ignore[attr-defined]
    canvas._doc.addForm(pixels.name, made)  # type: ignore[attr-defined]

"""A drawing as PNG pictures, one a page, made from the PDF so that they show exactly the same."""

from __future__ import annotations

from io import BytesIO

from dmdesk.drawing.sheet import Drawing
from dmdesk.errors import PlanError

MOST_PIXELS = 120_000_000
"""The largest picture: about what a program may ask for without driving a small machine into its swap."""
_INCH = 72.0


def pictures(pdf: bytes, drawing: Drawing, dpi: int) -> list[bytes]:
    """The pages of the PDF that was made of the drawing, as PNG files.

    Raises:
        PlanError: they would have too many dots.
    """
    import pypdfium2

    wide, high = drawing.width * dpi / _INCH, drawing.height * dpi / _INCH
    if wide * high > MOST_PIXELS:
        fits = int(dpi * (MOST_PIXELS / (wide * high)) ** 0.5)
        raise PlanError(
            f"The picture would have {wide:,.0f} × {high:,.0f} dots, which is too large; "
            f"draw a PDF or SVG, or at most {fits} dots per inch."
        )
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            out = BytesIO()
            page.render(scale=dpi / _INCH).to_pil().save(out, "PNG", dpi=(dpi, dpi))
            found.append(out.getvalue())
    finally:
        document.close()
    return found

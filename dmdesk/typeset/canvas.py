"""The canvas: ReportLab's, collecting what is drawn on a page, one page after another; the file is left to us."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def canvas() -> Any:
    """A canvas; loading ReportLab is put off until the first."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    class Page(Canvas):
        def _make_preamble(self) -> None:
            self._preamble = ""

        def next_page(self) -> None:
            """Forget what was drawn."""
            self._startPage()

    rl_config.useA85 = 0
    return Page(BytesIO(), pageCompression=0, invariant=1)

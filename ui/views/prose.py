"""Prose: the text of a section as Markdown, with what it will look like beside it.

The preview shows HTML that we generate: raw HTML in the text stays text, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmdesk.reading import PlanData

_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_FILLED_IN = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_DISABLED = ("image", "html_block", "html_inline")


def to_html(data: PlanData, text: str) -> str:
    """The text as safe HTML: references as links ``row:kind/id``, what the plan fills in as marked words."""
    from markdown_it import MarkdownIt

    def words(self: Any, tokens: Sequence[Any], at: int, options: Any, env: Any) -> str:
        return _FILLED_IN.sub(
            _filled_in, _REFERENCE.sub(lambda hit: _reference(data, hit), html.escape(tokens[at].content))
        )

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_DISABLED)
    markdown.add_render_rule("text", words)
    return str(markdown.render(text))


def _reference(data: PlanData, hit: re.Match[str]) -> str:
    from dmdesk.kinds import kind_of

    key = html.unescape(hit[1])
    row = data.anywhere(key)
    if row is None:
        return f'<span style="color:{theme().color("text.warning").name()}">[[{hit[1]}]]</span>'
    name = html.escape(data.title(row))
    return f'<a href="row:{html.escape(kind_of(row).name)}/{html.escape(row.id)}">{name}</a>'


def _filled_in(hit: re.Match[str]) -> str:
    look = theme()
    return (
        f'<span style="background-color:{look.color("bg.chip").name()}; color:{look.color("text.chip").name()}">'
        f"&nbsp;{hit[1]}&nbsp;</span>"
    )


class Preview(QTextBrowser):
    """What a text will look like. A click on a reference goes to its row."""

    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Preview")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._clicked)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """Nothing is loaded, from nowhere."""
        return None

    def show_text(self, data: PlanData, text: str) -> None:
        """Show a text, keeping the place."""
        look, place = theme(), self.verticalScrollBar().value()
        self.document().setDefaultStyleSheet(
            f"a {{ color: {look.color('text.link').name()}; text-decoration: none; }}"
            f" code {{ font-family: '{look.font('mono').family()}'; }}"
            f" th, td {{ padding: {look.space(1)}px; }} li {{ margin-bottom: {look.space(0.5)}px; }}"
        )
        self.document().setDefaultFont(look.font())
        self.setCurrentCharFormat(QTextCharFormat())
        self.setHtml(to_html(data, text))
        self.verticalScrollBar().setValue(place)

    def _clicked(self, address: QUrl) -> None:
        if address.scheme() == "row":
            kind, _, id = address.path().partition("/")
            self.picked.emit(kind, id)

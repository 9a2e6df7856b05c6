"""The WBS page: the tree of elements, and below it the products defined at the current one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from dmdesk import trees
from dmdesk.kinds import kinds
from ui.context import Context
from ui.models import cells
from ui.models.derived import icon_name, products_at
from ui.theme import theme
from ui.views.lines import ROW, Line, Lines
from ui.views.page import Page, label


class WbsPage(Page):
    """WBS elements, with the products that the finest match gives each."""

    def __init__(self, ctx: Context, kind: str) -> None:
        self.heading = label("Products defined at this level", "medium")
        self.products = Lines("Products defined at this level")
        super().__init__(ctx, kind)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show_products)
        self.grid.picked.connect(lambda _: self._soon.start())
        self.products.picked.connect(ctx.show)

    def body(self) -> QVBoxLayout:
        look, upper, lower = theme(), QWidget(), QWidget()
        upper.setLayout(self.below)
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, look.space(2.5), 0, look.space(1))
        column.setSpacing(look.space(1))
        self.heading.setContentsMargins(look.space(4.5), 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.products, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 1)
        split.setSizes([500, look.space(44)])
        whole = QVBoxLayout()
        whole.addWidget(split)
        return whole

    def refresh(self) -> None:
        super().refresh()
        self.show_products()

    def show_products(self) -> None:
        """Show the products of the current element, or how many have none."""
        data, id = self.ctx.data, self.grid.current_id()
        element = data.get("wbs", id) if id else None
        found = products_at(data).get(id, []) if element is not None else []
        manager = kinds()["product"]["managers"]
        lines = [
            Line(ROW, data.title(row), icon_name(row, "product"),
                 cells.cell(data, kinds()["product"], row, manager).text, "product", row.id)
            for row in found if data.get("product", row.id) is not None
        ]  # fmt: skip
        self.products.show_lines(lines or [Line("remark", self._none(id))])
        name = data.key(element) if element is not None else ""
        self.heading.setText(f"Products defined at {name}" if name else "Products defined at this level")

    def _none(self, id: str) -> str:
        if not id:
            return "Select an element to see its products."
        below = trees.below(self.ctx.data.children_ids("wbs"), id)
        at = products_at(self.ctx.data)
        number = sum(len(at.get(other, ())) for other in below)
        return f"None here; {number:,} below it." if number else "No product names this element."

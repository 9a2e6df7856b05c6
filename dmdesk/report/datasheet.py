"""The datasheet of a product: everything the plan says of it in one place, with where inherited values come from.

Plain values, so that the inspector shows what the print prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import changes as c
from dmdesk import store, trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.model import Product

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.reading import PlanData
    from dmdesk.store import Step


class Named(NamedTuple):
    """Words for a row of the plan, or ("" for kind and id) for words that name none; ``plain`` ones need not."""

    words: str
    kind: str = ""
    id: str = ""
    plain: bool = False

    @property
    def unresolved(self) -> bool:
        """Whether the words should name something in the plan and do not."""
        return not self.id and not self.plain


class Fact(NamedTuple):
    """A labelled value; ``source`` is the product it is inherited from, None when it is the product's own."""

    label: str
    values: tuple[Named, ...]
    source: Named | None = None


class Datasheet(NamedTuple):
    """All there is to say of a product. ``path`` leads from the topmost product down to its parent."""

    id: str
    key: str
    name: str
    path: tuple[Named, ...]
    description: str
    note: str
    facts: tuple[Fact, ...]
    findings: tuple[str, ...]
    history: tuple[str, ...]


LINKS = ("managers", "owners", "wbs", "teams", "documents", "requirements", "uses")
FROM_ABOVE = ("wbs",)
"""Links that hold for what is below, as the matrix of products and WBS elements says, without being inherited."""
BY_CODE = ("wbs", "document", "requirement")
"""Kinds that are named by their code and their title."""
LATEST = 20
"""Lines of the history that a datasheet has; of the earlier ones it says how many there are."""
LONGEST = 80
"""Characters of an old or new value in a line of the history."""
_DONE = {c.ADD: "added", c.DROP: "removed"}


def datasheet(
    data: PlanData, product: Product, history: Iterable[str] = (), findings: Iterable[str] = ()
) -> Datasheet:
    """The datasheet of a product; ``history`` and ``findings`` are the lines to show of these, which the plan's rows
    do not hold.
    """
    above = [*trees.ancestors(data.rows("product"), product.id)][::-1]
    return Datasheet(
        product.id, product.key, data.title(product), tuple(named(data, row) for row in above), product.description,
        product.note, tuple(fact for fact in _facts(data, product) if fact.values), tuple(findings), tuple(history),
    )  # fmt: skip


def _facts(data: PlanData, product: Product) -> Iterable[Fact]:
    label = {field.name: field.label for field in kinds()["product"].fields}
    yield Fact(label["kind"], _plain([product.kind]))
    for name in LINKS:
        yield _links(data, product, name)
    for name in ("repositories", "jira", "aka"):
        value = getattr(product, name)
        yield Fact(label[name], _plain(value if isinstance(value, tuple) else [value]))
    yield from _backwards(data, product)


def _plain(texts: Sequence[str]) -> tuple[Named, ...]:
    return tuple(Named(text, plain=True) for text in texts if text)


def _links(data: PlanData, product: Product, name: str) -> Fact:
    field = kinds()["product"][name]
    value, source = getattr(product, name), None
    if field.inherits or name in FROM_ABOVE:
        value, source = trees.inherited(data, product, name)
    own = source is None or source.id == product.id
    values = tuple(_link(data, field.target, link) for link in value)
    return Fact(field.label, values, None if own or source is None else named(data, source))


def _link(data: PlanData, kind: str, link: str) -> Named:
    row = data.get(kind, link)
    return named(data, row) if row is not None else Named(t.unresolved(link) or link)


def named(data: PlanData, row: Entity) -> Named:
    """A row as a datasheet names it: by its code and title, or by its title alone."""
    kind = kind_of(row).name
    code, title = data.key(row), data.title(row)
    return Named(f"{code} {title}" if kind in BY_CODE and code not in ("", title) else title, kind, row.id)


def _backwards(data: PlanData, product: Product) -> Iterable[Fact]:
    """What the rest of the plan says of the product: its parts, who uses it, and whatever else names it."""
    parts = tuple(named(data, row) for row in data.children("product").get(product.id, ()))
    found: dict[str, dict[str, Named]] = {}
    for row, field in data.incoming(product.id):
        kind = kind_of(row)
        if kind.name == "product" and field == kind.parent:
            continue
        label = "Used in" if kind.name == "product" else kind.plural
        found.setdefault(label, {})[row.id] = named(data, row)
    yield Fact("Parts", parts)
    for label, rows in found.items():
        yield Fact(label, tuple(rows.values()))


# -- what happened to it


def history(data: PlanData, steps: Iterable[tuple[Step, Change]], most: int = LATEST) -> tuple[str, ...]:
    """What happened to a product, newest first, a line each: the day (UTC, as the file keeps it), who, old → new.

    ``steps`` are those of the product as the plan's history gives them; undone ones say nothing of what is.
    """
    lines = [line for step, change in steps if step.state == store.DONE for line in _told(data, step, change)]
    earlier = len(lines) - most
    more = [f"and {earlier:,} earlier change{'s' if earlier > 1 else ''}"] if earlier > 0 else []
    return (*lines[:most], *more)


def _told(data: PlanData, step: Step, change: Change) -> Iterable[str]:
    start = " ".join(filter(None, (step.at[:10], step.who)))
    kind = kinds()[change.kind]
    if change.op != c.SET:
        yield f"{start}: {_DONE[change.op]} ({brief(step.title)})"
        return
    for name, (old, new) in change.fields.items():
        if name == kind.order:
            yield f"{start}: moved among its siblings"
        else:
            label = kind[name].label if name in kind else name
            yield f"{start}: {label}: {_value(data, kind, name, old)} → {_value(data, kind, name, new)}"


def _value(data: PlanData, kind: Kind, name: str, value: object) -> str:
    """A value on one short line; a field that an older plan had is shown as the history keeps it."""
    field = kind[name] if name in kind else Field(name, name, t.LINE)
    texts = value if isinstance(value, tuple) else (value,)
    if field.target:
        return brief(", ".join(data.link(field.target, link) for link in texts if link)) or "—"
    if field.type.multiline and isinstance(value, tuple):
        return brief(", ".join(texts)) or "—"
    return brief(field.type.show(value) if name in kind else str(value)) or "—"


def brief(text: str) -> str:
    """A text on one line, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"

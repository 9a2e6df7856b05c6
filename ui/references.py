"""References: what ``[[…]]`` in a text may name, offered by any word of a key or title."""

from __future__ import annotations

from dmdesk.kinds import kind_of, kinds
from dmdesk.reading import PlanData
from ui.views.offers import Offer

MOST = 30

_Names = list[tuple[str, str, str]]
"""Of each row: folded key and title, what stands between the brackets, title and kind."""


def offers(data: PlanData, typed: str, start: int, end: int) -> list[Offer]:
    """The references that hold all the typed words, best first: keys that begin so, names that begin so, the rest."""
    words = typed.casefold().split()
    found: list[list[Offer]] = [[], [], []]
    for names, text, help in _names(data):
        if all(word in names for word in words):
            whole = " ".join(words)
            rank = 0 if names.startswith(whole) else 1 if f"\n{whole}" in names else 2
            found[rank].append(Offer(text, help, start, end))
            if len(found[0]) >= MOST:
                break
    return [offer for rank in found for offer in rank][:MOST]


def _names(data: PlanData) -> _Names:
    return data.memo("references", tuple(kinds().names()), lambda: _of(data))


def _of(data: PlanData) -> _Names:
    found: _Names = []
    for kind in kinds():
        if not kind.key or kind.single or kind.name == "acceptance":
            continue
        for row in data.in_order(kind.name):
            key, title = data.key(row), data.title(row)
            if not key or set("[]\n") & set(key):
                continue
            first = data.anywhere(key)
            text = key if first is not None and kind_of(first) is kind else f"{kind.name}:{key}"
            found.append((f"{key}\n{title}".casefold(), text, f"{title} · {kind.label}"))
    return found

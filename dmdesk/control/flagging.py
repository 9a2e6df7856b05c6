"""Flagging: which change requests the board must see before anybody adopts them, and why.

Controlled documents follow from what a request is linked to, so they are certain. The plan's own list is written in
words ("New packages"); that a request is such a one is guessed from its words, shown, and left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dmdesk.model import ChangeRequest, Document, PlanDocument
from dmdesk.reading import PlanData
from dmdesk.values import frozen

CONTROLLED = re.compile(r"(LDM|LSE|LPM)-", re.IGNORECASE)
"""Handles of change-controlled documents (LDM-294, C.3)."""

LEVELS = ("project", "subsystem")
"""Levels of documents that a board controls."""

_FILLING = {
    "a", "all", "always", "an", "and", "any", "change", "dependency", "for", "form", "in", "new", "of", "on", "or",
    "our", "the", "to", "with",
}  # fmt: skip


@frozen
class Reason:
    """Why a request must be flagged, in a clause; ``certain``: it follows from links, not from words alone."""

    words: str
    certain: bool


def reasons(data: PlanData, request: ChangeRequest) -> list[Reason]:
    """Why the board must see a request; none where lazy consensus is enough."""
    return [*certain(data, request), *likely(data, request)]


def certain(data: PlanData, request: ChangeRequest) -> list[Reason]:
    """The reasons that follow from what the request is and is linked to."""
    found = [Reason(f"it changes the controlled document {key}", True) for key in _documents(data, request)]
    if request.sort == "LCR":
        found.insert(0, Reason("an LCR is decided by the board", True))
    return found


def likely(data: PlanData, request: ChangeRequest) -> list[Reason]:
    """The lines of the plan's own list whose words are all in the request."""
    return [Reason(f"it may be one of “{line}”", False) for line in _listed(data, request)]


def must_flag(data: PlanData, request: ChangeRequest) -> bool:
    """Whether it follows for certain that the board must see it."""
    return bool(certain(data, request))


def is_controlled(document: Document) -> bool:
    """Whether a document is change-controlled: by its handle, or by who controls it."""
    return bool(CONTROLLED.match(document.key)) or document.level in LEVELS


def touches_controlled(data: PlanData, request: ChangeRequest) -> bool:
    """Whether a request changes a controlled document, this plan among them."""
    return bool(_documents(data, request))


def _documents(data: PlanData, request: ChangeRequest) -> list[str]:
    """The handles of the controlled documents it changes; who changes sections of this plan changes this plan."""
    rows = (data.get("document", link) for link in request.documents)
    found = [row.key for row in rows if isinstance(row, Document) and is_controlled(row)]
    plan = data.plan()
    if request.sections and isinstance(plan, PlanDocument) and CONTROLLED.match(plan.handle):
        found.append(plan.handle)
    return list(dict.fromkeys(found))


def _listed(data: PlanData, request: ChangeRequest) -> Iterator[str]:
    plan = data.plan()
    lines = plan.flagged if isinstance(plan, PlanDocument) else ()
    text = _stems(f"{request.name} {request.proposal}") if lines else frozenset[str]()
    for line in lines:
        wanted = _stems(line) - _FILLING
        if wanted and wanted <= text:
            yield line


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    """The words of a text without their plural, so that “packages” finds “package”."""
    found = set()
    for word in re.findall(r"[^\W_][\w-]*", text.casefold()):
        word = f"{word[:-3]}y" if word.endswith("ies") else word
        found.add(word[:-1] if word.endswith("s") and not word.endswith("ss") else word)
    return frozenset(found)

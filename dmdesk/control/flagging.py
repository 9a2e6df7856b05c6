"""Flagging: which change requests the board must see before anybody adopts them, and why.

Controlled documents follow from what a request is linked to, so they are certain. The plan's own list is written in
words ("New packages"); that a request is such a one is guessed from its words, shown, and left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    found = [Reason(f"it changes the controlled document {key}", True) for key in _documents(data, request)]
    if request.sort == "LCR":
        found.insert(0, Reason("an LCR is decided by the board", True))
    return [*found, *(Reason(f"it may be one of “{line}”", False) for line in _listed(data, request))]


def must_flag(data: PlanData, request: ChangeRequest) -> bool:
    """Whether it follows for certain that the board must see it."""
    return any(reason.certain for reason in reasons(data, request))


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
    text = _stems(f"{request.name} {request.proposal}")
    for line in plan.flagged if isinstance(plan, PlanDocument) else ():
        wanted = _stems(line) - _FILLING
        if wanted and wanted <= text:
            yield line


def _stems(text: str) -> set[str]:
    """The words of a text without their plural, so that “packages” finds “package”."""
    found = set()
    for word in re.findall(r"[^\W_][\w-]*", text.casefold()):
        word = f"{word[:-3]}y" if word.endswith("ies") else word
        found.add(word[:-1] if word.endswith("s") and not word.endswith("ss") else word)
    return found

"""Checks of what texts cite: references and documents by their handles.

A handle is written like those of the plan's own documents: a prefix they use, a dash and a number (LDM-148).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from dmdesk.changes import add
from dmdesk.checks.finding import NOTE, WARNING, Finding, Fix, check, every_key, of, removed_with
from dmdesk.checks.fixing import CREATE, removal
from dmdesk.checks.fixing import missing as lacking
from dmdesk.checks.prose import REFERENCE, TYPES, references, without_code
from dmdesk.checks.texts import Text, joined, read_of, searched
from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.model import Document, PlanDocument, Reference
from dmdesk.reading import PlanData

_HANDLE = re.compile(r"([A-Z][A-Za-z]+)-[0-9]+")
_WEB = re.compile(r"<[^<>\s]+>|\b(?:https?://|www\.)\S+|\b\S+@\S+")

_CITING = (*every_key(), *(name for kind in kinds() for name in read_of(kind, TYPES)))
"""What citations depend on: the texts of all kinds, and the keys that they may name."""


def cited(data: PlanData) -> dict[str, Entity]:
    """The rows that texts cite as [[key]], by id."""
    rows = (data.anywhere(key.strip()) for key in _keys_cited(data))
    return {row.id: row for row in rows if row is not None}


def _keys_cited(data: PlanData) -> dict[str, tuple[Entity, str]]:
    """The keys in double brackets, each with the first row and field that has it, kind by kind."""
    found: dict[str, tuple[Entity, str]] = {}
    for kind in kinds():
        for row, field, keys in references(data, kind):
            for key in keys:
                found.setdefault(key, (row, field))
    return found


def _handles(data: PlanData) -> frozenset[str]:
    """The prefixes of the handles of this plan: LDM, LSE, DMTN …"""
    keys = [*data.by_key("document"), *data.by_key("reference")]
    return frozenset(match[1] for key in keys if (match := _HANDLE.fullmatch(key)))


def mentioned(data: PlanData, kind: Kind) -> list[tuple[Entity, str, str]]:
    """(row, field, handle) of each handle in the texts of a kind's rows that is not in double brackets."""
    prefixes = data.memo("prefixes", ("document", "reference"), lambda: _handles(data), shape=True)
    if not prefixes or kind.name in ("document", "reference", "acceptance"):
        return []
    any_of = "|".join(sorted(map(re.escape, prefixes), reverse=True))
    pattern = re.compile(rf"(?<![\w./-])(?:{any_of})-[0-9]+(?:-[\w]+)*")
    found = searched(data, "handles", kind, TYPES, partial(_handles_in, pattern), setting=any_of)
    return [(row, field, handle) for row, field, handles in found for handle in handles]


def _handles_in(pattern: re.Pattern[str], texts: Iterable[tuple[str, Text]]) -> dict[str, list[str]]:
    whole = [(id, joined(value)) for id, value in texts]
    if not pattern.search("\n".join([text for _, text in whole])):
        return {}
    found = {
        id: list(dict.fromkeys(pattern.findall(_plain(text)))) for id, text in whole if pattern.search(text)
    }
    return {id: handles for id, handles in found.items() if handles}


def _plain(text: str) -> str:
    """The text without references, code and addresses."""
    return _WEB.sub(" ", REFERENCE.sub(" ", without_code(text)))


@check("prose.handle", WARNING, kinds=_CITING)
def unknown_handle(data: PlanData) -> Iterator[Finding]:
    """The handle of a document in a text that is neither among the plan's documents nor among its references."""
    found: dict[str, list[tuple[Entity, str]]] = {}
    for kind in kinds():
        for row, field, handle in mentioned(data, kind):
            base = "-".join(handle.split("-")[:2])
            if data.anywhere(handle) is None and data.anywhere(base) is None:
                found.setdefault(base, []).append((row, field))
    for handle, places in found.items():
        made = lacking(data, "document", handle, {"key": handle, "name": handle})
        others = f" (in {len(places)} texts)" if len(places) > 1 else ""
        words = f"“{handle}” is neither a document nor a reference of this plan{others}; add it, or correct the handle."
        yield unknown_handle.at(*places[0], words, [Fix(f"Add the document {handle}", (add(made),), CREATE)])


_LINKED = (
    name
    for kind in kinds()
    for field in kind.links
    if field.target == "document"
    for name in of(kind.name, field.name)
)


@check("reference.uncited", NOTE, kinds=(*_CITING, *_LINKED, *removed_with("reference")))
def uncited(data: PlanData) -> Iterator[Finding]:
    """An entry of the reference list that no text cites and whose document no row links to."""
    found = cited(data)
    named = {handle for kind in kinds() for _, _, handle in mentioned(data, kind)}
    for row in data.all(Reference).values():
        if row.id in found or row.document in found or row.key in named:
            continue
        links = [source for source, _ in data.incoming(row.document)] if row.document else []
        if not any(kind_of(source).name not in ("reference", "document") for source in links):
            words = "No text cites this reference and nothing links to its document."
            yield uncited.at(row, "key", words, [removal(data, row, "Remove the reference")])


@check("reference.missing", WARNING, kinds=(*_CITING, "plan.handle", "document", "reference"))
def missing(data: PlanData) -> Iterator[Finding]:
    """A document that a text cites and that is not in the reference list; said at the first text that cites it."""
    own = {row.handle for row in data.all(PlanDocument).values()}
    listed = {row.document for row in data.all(Reference).values()}
    keys = data.by_key("reference")
    documents = data.all(Document)
    first: dict[str, tuple[Entity, str]] = {}
    for key, place in _keys_cited(data).items():
        target = data.anywhere(key.strip())
        if target is not None and target.id in documents:
            first.setdefault(target.id, place)
    for id, (row, field) in first.items():
        document = documents[id]
        if id in listed or document.key in keys or document.key in own:
            continue
        values = {"key": document.key, "name": document.name, "url": document.url, "document": id}
        made = lacking(data, "reference", document.key, values)
        fixes = [Fix(f"Add {document.key} to the references", (add(made),), CREATE)]
        yield missing.at(
            row, field, f"[[{document.key}]] is cited here, but is not in the reference list.", fixes
        )

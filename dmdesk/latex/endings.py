r"""What stands at the end: the works the plan cites and the acronyms it uses.

The works are a list of our own and no ``\bibliography``: that compiles without a run of BibTeX, with any citation
package the class loads, and cites what the plan says rather than what a shared file of entries happens to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.latex import escaping, tables
from dmdesk.manuscript import outline
from dmdesk.manuscript.blocks import Inline, Run
from dmdesk.model import Acronym, Document, Reference

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter

NAMED_AUTHORS = 3
ACRONYM_SHARES = (1.0, 4.0)


def references(setter: Setter) -> Iterator[str]:
    """The works by first author and year, numbered."""
    rows = setter.data.all(Reference)
    if not rows:
        yield "\\emph{This plan cites nothing yet.}"
        return
    lines = [f"\\begin{{dmreferences}}{{[{len(rows)}]}}"]
    for id, number in outline.works(setter.data).items():
        row = rows[id]
        words = setter.words(_entry(setter, row))
        lines.append(escaping.wrapped(f"\\item[{{[{number}]}}] {setter.label(row)}{words}"))
    yield "\n".join([*lines, "\\end{dmreferences}"])


def _entry(setter: Setter, row: Reference) -> tuple[Inline, ...]:
    """Handle, authors, year, title, where it appeared, address; what is not known is left out."""
    document = setter.data.all(Document).get(row.document)
    address = (
        row.url
        or (f"https://doi.org/{row.doi}" if row.doi else "")
        or (document.url if document is not None else "")
    )
    shown = (
        Run(row.key, strong=True, link=address) if row.document else Run(""),
        Run(_authors(row.authors)),
        Run(str(row.year or "")),
        Run(row.name or row.key, emphasis=True),
        Run(row.venue),
        Run(f"doi:{row.doi}" if row.doi else address, code=True, link=address),
    )
    words: list[Inline] = []
    for one in shown:
        if one.text:
            words += [Run(", "), one] if words else [one]
    return tuple(one._replace(text=one.text.replace("\n", " ")) for one in words if isinstance(one, Run))


def _authors(names: Sequence[str]) -> str:
    """The names; of more than three, the first and the sign that there are more."""
    many = len(names) > NAMED_AUTHORS and names[NAMED_AUTHORS] != "et al."
    return ", ".join([*names[:NAMED_AUTHORS], "et al."] if many else names)


def acronyms(setter: Setter) -> Iterator[str]:
    """The acronyms in natural order."""
    rows = sorted(
        setter.data.all(Acronym).values(), key=lambda row: (trees.natural(row.key), row.meaning, row.id)
    )
    if not rows:
        yield "\\emph{This plan explains no acronyms yet.}"
        return
    made = []
    for row in rows:
        note = (Run("\n"), Run(row.note.replace("\n", " "), emphasis=True)) if row.note else ()
        mark = setter.label(row)
        cells = ((Run(row.key, strong=True),), (Run(row.meaning.replace("\n", " ")), *note))
        for parts in tables.split(setter, cells, ACRONYM_SHARES):
            made.append(tables.row([mark + parts[0], *parts[1:]]))
            mark = ""
    yield tables.long(tables.columns(ACRONYM_SHARES), ["Acronym", "Meaning"], made)

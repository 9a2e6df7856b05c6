r"""Setting: blocks as LaTeX.

What LaTeX cannot do is done in another way: lists nested deeper than it allows become indented paragraphs, tables
within lists do not break, footnotes where none may stand are said in brackets. Links wait until everything is set,
since only then it is known which labels there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from dmdesk.kinds import Entity, kind_of
from dmdesk.latex import escaping, tables
from dmdesk.latex.labels import Labels
from dmdesk.manuscript import outline
from dmdesk.manuscript.blocks import (
    Begin,
    Block,
    Call,
    Code,
    Facts,
    Grid,
    Inlines,
    Items,
    Line,
    Paragraph,
    Place,
    Quote,
    Run,
)

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

TEXT, CELL, BARE = "text", "cell", "bare"
"""Where words stand: in a paragraph, in a cell of a table, or in a heading or caption, which take the least."""
DEEPEST = 4
"""Lists within lists; LaTeX stops at four of one sort and six of all."""
LETTERS = 26
BY_KEY = ("requirement", "milestone", "document", "reference", "interface", "acronym", "risk")
"""Kinds that people name by their code and not by their title."""
_WAITING = re.compile("\x00([^\x01]*)\x01([^\x02]*)\x02")
_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")


@dataclass
class Setter:
    """Sets one plan; keeps what has been labelled, which references name nothing, and how deep in lists it is."""

    data: PlanData
    place: Callable[[Setter, Place], Iterator[str]]
    where: str = ""
    labels: Labels = field(init=False)
    labelled: set[str] = field(default_factory=set)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    level: int = 1
    _depth: int = 0
    _numbered: int = 0
    _count: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.labels = Labels(self.data)

    # -- blocks

    def text(self, blocks: Iterable[Block]) -> str:
        """Blocks of one text, with a blank line between; footnotes are its own."""
        self.notes = {}
        return "\n\n".join(filter(None, self.blocks(blocks)))

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Each block as LaTeX."""
        for one in blocks:
            yield from self._block(one)

    def _block(self, one: Block) -> Iterator[str]:
        if isinstance(one, Paragraph):
            words = escaping.wrapped(self.words(one.words, BARE if one.label else TEXT))
            yield f"\\dmlabel{{{words}}}" if one.label else words
        elif isinstance(one, Items):
            yield self._items(one)
        elif isinstance(one, Code):
            yield _code(one)
        elif isinstance(one, Quote):
            yield self._quote(one)
        elif isinstance(one, Line):
            yield r"\par\noindent\rule{\linewidth}{0.4pt}\par"
        elif isinstance(one, Grid):
            yield tables.grid(self, one, breaks=self._depth == 0)
        elif isinstance(one, Facts):
            yield "\n\n".join(
                escaping.wrapped(f"\\dmfact{{{escaping.text(label)}}}{{{self.words(words)}}}")
                for label, words in one.pairs
            )
        elif isinstance(one, Begin):
            row = self.data.get(one.kind, one.id)
            yield self.label(row) if row is not None else ""
        else:
            yield from self.place(self, one)

    def _quote(self, one: Quote) -> str:
        if self._depth >= DEEPEST:
            return "\n\n".join(self.blocks(one.blocks))
        self._depth += 1
        inner = "\n\n".join(filter(None, self.blocks(one.blocks))) or r"\leavevmode"
        self._depth -= 1
        return f"\\begin{{quote}}\n{inner}\n\\end{{quote}}"

    def _items(self, one: Items) -> str:
        if not one.items:
            return ""
        if self._depth >= DEEPEST:
            return self._flat(one)
        numbered = one.start is not None
        name = "enumerate" if numbered else "itemize"
        level = self._numbered
        self._depth += 1
        self._numbered += numbered
        lines = [f"\\begin{{{name}}}"]
        start, last = one.start or 0, (one.start or 0) + len(one.items) - 1
        told = numbered and level > 0 and not (start == 1 and last <= LETTERS)
        if numbered and level == 0 and start != 1:
            lines.append(f"\\setcounter{{{_COUNTERS[level]}}}{{{start - 1}}}")
        for number, blocks in enumerate(one.items, start):
            inner = "\n\n".join(filter(None, self.blocks(blocks)))
            plain = blocks and isinstance(blocks[0], Paragraph) and not blocks[0].label
            lines.append(
                f"\\item{f'[{number}.]' if told else ''} {'' if plain else chr(92) + 'leavevmode '}{inner}"
            )
        self._depth -= 1
        self._numbered -= numbered
        return "\n".join([*lines, f"\\end{{{name}}}"])

    def _flat(self, one: Items) -> str:
        """A list too deep for LaTeX, as paragraphs with their marks."""
        found = []
        for number, blocks in enumerate(one.items, one.start or 0):
            mark = r"\textbullet{}" if one.start is None else f"{number}."
            inner = "\n\n".join(filter(None, self.blocks(blocks)))
            found.append(f"\\par\\hspace*{{1.5em}}{mark}~{inner}")
        return "\n\n".join(found)

    # -- words

    def words(self, words: Inlines, where: str = TEXT) -> str:
        """Words within a line."""
        return "".join(
            self._call(one, where) if isinstance(one, Call) else self._run(one, where) for one in words
        )

    def _run(self, run: Run, where: str) -> str:
        if run.reference:
            return self._marked(run, self.reference(run.reference, run.text))
        if run.lost:
            return self._marked(run, _lost(run.text))
        breaks = r" " if where == BARE else r"\leavevmode\newline{}"
        pieces = [
            escaping.code(piece) if run.code else escaping.text(piece) for piece in run.text.split("\n")
        ]
        made = self._marked(run, breaks.join(pieces))
        if run.row:
            row = self.data.get(*run.row)
            made = self.link(row, made) if row is not None else made
        target = escaping.address(run.link)
        return f"\\href{{{target}}}{{{made}}}" if target and made else made

    def _marked(self, run: Run, made: str) -> str:
        if not made.strip():
            return made
        for name, on in (("texttt", run.code), ("emph", run.emphasis), ("textbf", run.strong)):
            if on:
                made = f"\\{name}{{{made}}}"
        return made

    def _call(self, call: Call, where: str) -> str:
        words = self.words(call.note, BARE)
        if where == BARE or (self._depth and where == CELL):
            return f" ({words})"
        if (call.name, words) in self.notes:
            return f"\\textsuperscript{{\\ref{{{self.notes[call.name, words]}}}}}"
        label = self.notes[call.name, words] = f"note:{next(self._count)}"
        return f"\\footnote{{\\label{{{label}}}{words}}}"

    # -- labels and links

    def label(self, row: Entity) -> str:
        """The label of a row where the plan first speaks of it; nothing afterwards."""
        label = self.labels.of(row)
        return f"\\dmtarget{{{label}}}" if self.first(label) else ""

    def first(self, label: str) -> bool:
        """Whether a label is set for the first time, and note that it is."""
        if label in self.labelled:
            return False
        self.labelled.add(label)
        return True

    def link(self, row: Entity, made: str) -> str:
        """Words that lead to where the plan speaks of a row or, where it does not, to its address."""
        address = escaping.address(str(getattr(row, "url", "")))
        other = f"\\href{{{address}}}{{{made}}}" if address else made
        return waiting(self.labels.of(row), made, other)

    def reference(self, key: str, shown: str = "") -> str:
        """What ``[[key]]`` becomes: a number of a section or figure, or words that lead to what they name."""
        row = self.data.anywhere(key.strip())
        if row is None:
            self.unknown.setdefault(key, []).append(self.where)
            return _lost(f"[[{key}]]")
        kind = kind_of(row).name
        if shown:
            return self.link(row, escaping.text(shown))
        if kind == "section":
            entry = next(one for one in outline.entries(self.data) if one.section.id == row.id)
            word = "Appendix" if entry.appendix else "Section"
            number = entry.number if entry.level > 5 else f"\\ref*{{{self.labels.of(row)}}}"
            return self.link(row, f"{word}~{number}")
        if kind == "figure":
            return self.link(row, f"Figure~\\ref*{{{self.labels.of(row)}}}")
        if kind == "wbs":
            return self.link(row, escaping.text(f"{self.data.key(row)} {self.data.title(row)}"))
        if kind in ("document", "reference"):
            return self._document(row)
        return self.link(row, escaping.text((kind in BY_KEY and self.data.key(row)) or self.data.title(row)))

    def _document(self, row: Entity) -> str:
        """A document or work by its handle, which leads to its address at once or else to where the plan lists it."""
        handle = escaping.text(self.data.key(row) or self.data.title(row))
        address = escaping.address(str(getattr(row, "url", "")))
        return f"\\dmdocument{{{handle}}}{{{address}}}" if address else self.link(row, handle)

    def finished(self, source: str) -> str:
        """Source with its links, now that all labels are known."""
        return _WAITING.sub(self._settled, source)

    def _settled(self, found: re.Match[str]) -> str:
        label, (made, _, other) = found[1], found[2].partition("\x03")
        return f"\\hyperref[{label}]{{{made}}}" if label in self.labelled else other


def waiting(label: str, made: str, other: str) -> str:
    """Words that become a link if there turns out to be that label, and something else if not."""
    return f"\x00{label}\x01{made}\x03{other}\x02"


def _lost(typed: str) -> str:
    """What leads nowhere, as it was typed and marked."""
    return f"\\textcolor{{red}}{{?~{escaping.text(typed)}}}"


def _code(one: Code) -> str:
    if not one.text.strip():
        return ""
    lines = [escaping.wrapped(line) for line in escaping.lines_of_code(one.text)]
    inner = "\\\\\n".join(lines)
    return f"\\begin{{dmcode}}\n{inner}\n\\end{{dmcode}}"

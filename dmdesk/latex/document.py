r"""The document: the plan as a set of files for the class ``lsstdoc``.

One file holds what the class asks for and puts the others in, a file a top section and one for each long table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dmdesk.latex import endings, escaping, figures, products, risks, traces
from dmdesk.latex.preamble import PREAMBLE
from dmdesk.latex.setting import Setter
from dmdesk.manuscript import outline, prose
from dmdesk.manuscript.blocks import Place
from dmdesk.manuscript.outline import Entry
from dmdesk.manuscript.parts import UNFILLED, parts, problem
from dmdesk.model import Figure, PlanDocument, Revision

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData

MARK = "% Written by dmdesk. The next export writes this file again: changes made by hand are lost.\n"
README = (
    "Build with: latexmk -xelatex {main}.tex (needs lsst-texmf; XeLaTeX, since only it prints names in any script).\n"
    "pdfLaTeX works too, but shows signs beyond Latin letters by their number.\n"
    "All files here are made from the plan by “dmdesk tex”, which overwrites them: changes made by hand are lost.\n"
)
HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
ENDINGS: dict[str, tuple[str, str, Callable[[Setter], Iterator[str]]]] = {
    "products": ("product", "generated/products", products.products),
    "wbs": ("wbs", "generated/wbs", products.wbs),
    "risks": ("risk", "generated/risks", risks.risks),
    "trace-down": ("trace", "generated/trace-down", traces.trace_down),
    "trace-up": ("trace", "generated/trace-up", traces.trace_up),
    "references": ("reference", "generated/references", endings.references),
    "acronyms": ("acronym", "acronyms", endings.acronyms),
    "datasheets": ("", "generated/datasheets", products.datasheets),
}
"""Parts with a file of their own: the kind they need, the file, and what sets them.

Where no section asks for one that needs a kind, and the plan has rows of it, it stands at the end.
"""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{at}" for name in ("com", "lpt") for at in range(10))}
_OURS = {"acronyms", "local"}
Tick = Callable[[float, str], None]


class Document(NamedTuple):
    """The files by name, the name of the main one without its ending, and references that name nothing, by where."""

    files: dict[str, bytes]
    main: str
    unknown: dict[str, list[str]]


def document(data: PlanData, tick: Tick) -> Document:
    """The whole plan; ``tick`` is told how far it is, from 0 to 1, and may raise to give up."""
    work = _Work(data, tick)
    work.sections()
    work.rest()
    tick(0.8, "Drawing figures")
    main = _main_name(plan_of(data))
    texts = {f"{main}.tex": work.main(), **work.texts, "generated/preamble.tex": MARK + PREAMBLE}
    files = {name: (work.setter.finished(text).rstrip() + "\n").encode() for name, text in texts.items()}
    files["README.txt"] = README.format(main=main).encode()
    files |= {name: picture.content for name, picture in work.pictures.items()}
    return Document(files, main, work.setter.unknown)


def plan_of(data: PlanData) -> PlanDocument:
    """The plan document; an empty one where the plan has none yet."""
    return next(iter(data.all(PlanDocument).values()), PlanDocument("plan"))


def _main_name(plan: PlanDocument) -> str:
    kept = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in plan.handle
    )
    name = kept.strip(".-")[:60].rstrip(".-") or "plan"
    return f"{name}-plan" if name.casefold().split(".")[0] in _DEVICES | _OURS else name


class _Work:
    """One export: its files so far, and what the main file puts in, in order."""

    def __init__(self, data: PlanData, tick: Tick) -> None:
        self.data = data
        self.tick = tick
        self.setter = Setter(data, self.place)
        self.texts: dict[str, str] = {}
        self.inputs: list[str] = []
        self.files = {
            row.id: figures.file(row, name) for row, name in _figure_names(outline.figures(data)) if row.id
        }
        self.pictures = figures.shown_ones(data, self.files)
        self.drawn = 0
        self._filling = False

    def sections(self) -> None:
        """A file for each top section with all below it."""
        tops = groupby(outline.entries(self.data), lambda entry: entry.number.split(".")[0])
        several = [(number, list(entries)) for number, entries in tops]
        for at, (number, entries) in enumerate(several):
            title = entries[0].section.title
            self.tick(0.6 * at / len(several), title)
            told = number.zfill(2) if number.isdigit() else number
            name = f"sections/{told}-{escaping.slug(title, 'section')}"
            if entries[0].appendix and "\\appendix" not in self.inputs:
                self.inputs.append("\\appendix")
            self.texts[f"{name}.tex"] = MARK + "\n\n".join(map(self.section, entries))
            self.inputs.append(f"\\input{{{name}}}")

    def section(self, entry: Entry) -> str:
        """One section: its heading, its label, its text."""
        setter, one = self.setter, entry.section
        setter.where = f"{'appendix' if entry.appendix else 'section'} {entry.number} {one.title}"
        setter.level = entry.level
        title = escaping.text(one.title)
        label = setter.labels.of(one)
        setter.first(label)
        if entry.level > len(HEADINGS):
            heading = f"\\dmlabel{{{entry.number}\\quad {title}}}\n\\dmtarget{{{label}}}"
        else:
            heading = f"\\{HEADINGS[entry.level - 1]}{{{title}}}\n\\label{{{label}}}"
        if entry.level == 1 and entry.appendix and len(entry.number) > 1:
            heading = f"\\renewcommand{{\\thesection}}{{{entry.number}}}\n{heading}"
        figures_here = [
            self.figure(row.id) for row in outline.figures(self.data) if self._unplaced(row, one.id)
        ]
        return "\n\n".join(filter(None, [heading, setter.text(prose.blocks(one.body)), *figures_here]))

    def _unplaced(self, row: Entity, section: str) -> bool:
        return isinstance(row, Figure) and row.section == section and row.key not in self._placed()

    def _placed(self) -> set[str]:
        found = outline.places(self.data)
        return {one.about for _, one in found if one.name == "figure"}

    def rest(self) -> None:
        """What the plan has and no section asks for: long tables, and figures that stand in no section."""
        here = [
            row.id
            for row in outline.figures(self.data)
            if self.setter.labels.of(row) not in self.setter.labelled
        ]
        names = [
            name
            for name, (kind, _, _) in ENDINGS.items()
            if name not in self.setter.filled and kind and self.data.rows(kind)
        ]
        if (names or here) and "\\appendix" not in self.inputs:
            self.inputs.append("\\appendix")
        letters = sum(entry.appendix and entry.level == 1 for entry in outline.entries(self.data))
        for name in names:
            letters += 1
            title = escaping.text(parts()[name].title)
            number = f"\\renewcommand{{\\thesection}}{{A{letters}}}\n" if letters > 26 else ""
            self.setter.level = 1
            self.setter.where = parts()[name].title
            self.inputs.append(f"{number}\\section{{{title}}}\n{self._input(name)}")
        if here:
            self.texts["generated/figures.tex"] = MARK + "\n\n".join(map(self.figure, here))
            self.inputs.append("\\section{Figures}\n\\input{generated/figures}")

    def place(self, setter: Setter, place: Place) -> Iterator[str]:
        """What stands for a place: a part in words, a figure, or a long table from a file of its own."""
        wrong = problem(self.data, place.name, place.about)
        wrong = wrong or (UNFILLED if self._filling else "")
        if wrong:
            setter.unknown.setdefault(place.typed, []).append(setter.where)
            yield f"\\textcolor{{red}}{{?~{escaping.text(f'{place.typed} ({wrong})')}}}"
            return
        one = parts()[place.name]
        row = self.data.find(one.about, place.about) if place.about else None
        self._filling = True  # what is made of rows may ask for what asks for it again
        try:
            if place.name == "figure" and row is not None:
                yield self.figure(row.id)
            elif one.make is not None:
                yield from setter.blocks(one.make(self.data, row))
            elif place.name in setter.filled:
                yield f"\\emph{{{escaping.text(one.title)}: see above.}}"
            else:
                yield self._input(place.name)
        finally:
            self._filling = False

    def _input(self, name: str) -> str:
        """The command that puts in a part's own file, which is made now."""
        self.setter.filled.add(name)
        _, file, make = ENDINGS[name]
        self.tick(0.6, parts()[name].title)
        if name == "risks":
            self.pictures |= risks.pictures(self.data)
        self.texts[f"{file}.tex"] = MARK + "\n\n".join(filter(None, make(self.setter)))
        return f"\\input{{{file}}}"

    def figure(self, id: str) -> str:
        """A figure; now and then those that wait are put out."""
        file = self.files[id]
        self.drawn += 1
        made = figures.figure(self.setter, self.data.all(Figure)[id], file, self.pictures.get(file))
        return made + "\n\\clearpage" * (self.drawn % figures.IN_A_ROW == 0)

    def main(self) -> str:
        """The main file."""
        plan, inputs = plan_of(self.data), "\n".join(self.inputs)
        front = "\n".join(_front(self.data, plan, self.setter))
        lines = [MARK, "% Build with XeLaTeX: latexmk -xelatex. See README.txt.\n"]
        for key, places in self.setter.unknown.items():
            where = "; ".join(dict.fromkeys(places))
            lines.append(
                f"% Names nothing in the plan: {escaping.comment(key)} (in {escaping.comment(where)})\n"
            )
        lines += [f"\\documentclass[{_options(plan)}]{{lsstdoc}}\n", "\\input{generated/preamble}\n"]
        return "".join(lines) + (
            f"\n{front}\n\n\\begin{{document}}\n\\maketitle\n\n{inputs or '~'}\n\n\\end{{document}}\n"
        )


def _figure_names(rows: Sequence[Entity]) -> Iterator[tuple[Figure, str]]:
    taken: set[str] = set()
    for row in rows:
        assert isinstance(row, Figure)
        stem = name = escaping.slug(row.key, "figure")
        number = 1
        while name in taken or name in _DEVICES:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield row, name


def _options(plan: PlanDocument) -> str:
    """The options of the class: the group by the handle, the draft's marks by the state, and the contents."""
    group = {"LDM": "DM", "DMTN": "DM", "LSE": "SE"}.get(plan.handle.split("-")[0], "")
    return ",".join(filter(None, (group, "lsstdraft" if plan.state == "draft" else "", "toc")))


def _front(data: PlanData, plan: PlanDocument, setter: Setter) -> Iterator[str]:
    """What the class wants to know of the document."""
    text = escaping.text
    short = f"[{text(plan.short_title)}]" if plan.short_title else ""
    yield f"\\title{short}{{{text(plan.title or plan.handle or 'Plan')}}}"
    yield f"\\author{{{text(', '.join(plan.authors))}}}"
    yield f"\\setDocRef{{{text(plan.handle)}}}"
    yield f"\\date{{{text(plan.date)}}}"
    if plan.curator:
        yield f"\\setDocCurator{{{text(data.link('person', plan.curator))}}}"
    if plan.source_location:
        address, words = escaping.address(plan.source_location), escaping.code(plan.source_location)
        shown = f"\\href{{{address}}}{{\\texttt{{{words}}}}}" if address else words
        yield f"\\setDocUpstreamLocation{{{shown}}}"
    if plan.version:
        yield f"\\setDocUpstreamVersion{{{text(plan.version)}}}"
    setter.where = "the abstract"
    abstract = setter.text(prose.blocks(plan.abstract))
    if plan.copyright:
        abstract = "\n\n".join(filter(None, (abstract, text(plan.copyright))))
    yield f"\\setDocAbstract{{%\n{abstract}%\n}}"
    yield "\\setDocChangeRecord{%"
    for row in data.in_order("revision"):
        one = data.all(Revision)[row.id]
        cells = (one.version, one.date, one.description, one.owner)
        yield "\\addtohist" + "".join(f"{{{text(cell)}}}" for cell in cells)
    yield "}"

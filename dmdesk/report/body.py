"""The body: sections with their text and the parts they ask for, then what no section asks for.

It comes as stretches, each of pages that lie one way; within a stretch the text runs on without a break.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.manuscript import outline, prose
from dmdesk.manuscript.blocks import Begin, Place
from dmdesk.manuscript.outline import Entry
from dmdesk.manuscript.parts import parts as generated
from dmdesk.manuscript.parts import problem
from dmdesk.model import Figure
from dmdesk.report import figures, refer
from dmdesk.report.chapters import Chapter
from dmdesk.report.parts import Part, Row, heading
from dmdesk.report.setting import Numbers, Setter, unfilled
from dmdesk.report.styles import CAPTION
from dmdesk.report.styles import heading as heading_style
from dmdesk.values import frozen, record

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report.kept import Kept


@frozen
class Stretch:
    """Parts that run on from page to page, and how the pages lie; ``title`` is what is being laid out."""

    title: str
    parts: Iterable[Part]
    landscape: bool = False


def whole(data: PlanData, chapters: Sequence[Chapter], kept: Kept | None = None) -> Iterator[Stretch]:
    """All sections, appendices on pages of their own, then the chapters that no section asks for as further ones.

    ``kept``: the sections of the print before, for those that are as they were.
    """
    composer = Composer(data, {one.name: one for one in chapters}, kept)
    run: list[Iterator[Part]] = []
    title = ""
    for entry in outline.entries(data):
        lying = composer.lies(entry.section.body)
        if run and (lying or (entry.appendix and entry.level == 1)):
            yield Stretch(title, chain(*run))
            run = []
        title = title if run else entry.section.title
        run.append(composer.section(entry, lying=lying))
        if lying:
            yield Stretch(title, chain(*run), landscape=True)
            run = []
    if run:
        yield Stretch(title, chain(*run))
    numbers = _numbers(data)
    for one in chapters:
        if one.asked or outline.section_with(data, one.name) or (one.needs and not data.rows(one.needs)):
            continue
        yield Stretch(one.title, composer.appended(one, next(numbers)), one.landscape)


def alone(data: PlanData, chapters: Sequence[Chapter]) -> Iterator[Stretch]:
    """Some chapters by themselves; number, title and the text around each are those of the section that asks for it."""
    composer = Composer(data, {one.name: one for one in chapters})
    for place, one in enumerate(chapters, 1):
        entry = outline.section_with(data, one.name)
        parts = composer.section(entry, lying=one.landscape) if entry else composer.appended(one, str(place))
        yield Stretch(one.title, parts, one.landscape)


def _numbers(data: PlanData) -> Iterator[str]:
    """The numbers of what is appended: letters after those of the appendices, or plain where there are no sections."""
    numbers = trees.section_numbers(data)
    if not numbers:
        yield from (str(number) for number in range(1, 1000))
    used = sum(1 for number in numbers.values() if number.isalpha())
    yield from (trees.letters(used + more) for more in range(1, 1000))


@record
class Composer:
    """Makes the parts of sections; counts tables over all of them."""

    data: PlanData
    chapters: dict[str, Chapter]
    kept: Kept | None = None

    def __post_init__(self) -> None:
        self.numbers = Numbers()
        self._filled_in: set[Place] = set()

    def _once(self, name: str, given: Hashable, make: Callable[[], Iterator[Part]]) -> Iterator[Part]:
        """Parts that are made of something given, of what was counted before them, and of the plan."""
        if self.kept is None:
            yield from make()
            return

        def made() -> tuple[list[Part], int, frozenset[Place]]:
            return [*make()], self.numbers.tables, frozenset(self._filled_in)

        before = (given, self.numbers.tables, frozenset(self._filled_in))
        parts, self.numbers.tables, filled_in = self.kept.parts(name, before, made)
        self._filled_in = {*filled_in}
        yield from parts

    def lies(self, text: str) -> bool:
        """Whether a text asks for a chapter that is printed on pages lying on their side."""
        return any(
            one.name in self.chapters and self.chapters[one.name].landscape for one in prose.places(text)
        )

    def section(self, entry: Entry, *, lying: bool = False) -> Iterator[Part]:
        """A section: heading, text, and what it asks for; on pages that lie on their side or not."""
        return self._once(
            f"section {entry.section.id}", (entry, lying), lambda: self._section(entry, lying=lying)
        )

    def _section(self, entry: Entry, *, lying: bool) -> Iterator[Part]:
        section = entry.section
        level = entry.level
        made = heading(level, entry.number, section.title, refer.anchor(section), heading_style(level))
        made.anchors += tuple(
            f"chapter-{one.name}" for one in prose.places(section.body) if one.name in self.chapters
        )
        yield made
        setter = Setter(self.data, section.key or section.id, numbers=self.numbers)
        for block in prose.blocks(section.body):
            if isinstance(block, Place):
                yield from self._filled(block, setter, lying=lying)
            else:
                yield from setter.parts([block])

    def appended(self, one: Chapter, number: str) -> Iterator[Part]:
        """A chapter that no section asks for, below a heading of its own."""
        return self._once(f"chapter {one.name}", number, lambda: self._appended(one, number))

    def _appended(self, one: Chapter, number: str) -> Iterator[Part]:
        yield heading(1, number, one.title, f"chapter-{one.name}", heading_style(1))
        yield from self._chapter(one)

    def _filled(self, place: Place, setter: Setter, *, lying: bool) -> Iterator[Part]:
        """What a place stands for; where it cannot be filled in, the place as typed and why."""
        wrong = problem(self.data, place.name, place.about)
        if wrong:
            yield unfilled(place, wrong)
            return
        part = generated()[place.name]
        row = self.data.find(part.about, place.about) if place.about else None
        if place.name == "figure" and row is not None:
            yield from self._figure(row.id, dict(place.options), lying=lying)
        elif part.make is not None:
            again = place in self._filled_in
            self._filled_in.add(place)
            blocks = part.make(self.data, row)
            yield from setter.parts(one for one in blocks if not (again and isinstance(one, Begin)))
        elif place.name in self.chapters:
            yield from self._chapter(self.chapters[place.name])
        else:
            yield unfilled(place, "this part is not printed here")

    def _figure(self, id: str, options: dict[str, str], *, lying: bool) -> Iterator[Part]:
        figure = self.data.all(Figure)[id]
        depth = int(options["depth"]) if options.get("depth", "").isdecimal() else None
        number = outline.figure_number(self.data, id)
        yield from figures.parts(self.data, figure, number, depth=depth, lying=lying)

    def _chapter(self, one: Chapter) -> Iterator[Part]:
        """The parts of a chapter, its caption above the first row of its table."""
        if one.generated and one.generated.make:
            blocks = one.generated.make(self.data, one.about)
            yield from Setter(self.data, one.name, numbers=self.numbers).parts(blocks)
        elif one.make:
            captioned = not one.caption
            made = one.make(self.data, numbers=self.numbers) if one.numbered else one.make(self.data)
            for part in made:
                if isinstance(part, Row) and not captioned:
                    captioned = True
                    yield self.numbers.caption([CAPTION.span(one.caption)])
                yield part

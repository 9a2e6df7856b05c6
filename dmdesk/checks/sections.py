"""Checks of what sections ask for: parts made from the plan's rows, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dmdesk import pictures
from dmdesk.checks.finding import ERROR, NOTE, WARNING, Finding, Fix, check, check_each, every_key, of
from dmdesk.checks.fixing import CLEAR, setting
from dmdesk.checks.prose import LONG, references, without_code
from dmdesk.checks.texts import read_of
from dmdesk.kinds import Entity, Kind
from dmdesk.manuscript import outline, prose
from dmdesk.manuscript.parts import parts, problem
from dmdesk.model import Figure, PlanDocument, Section
from dmdesk.reading import PlanData

ABOUT = tuple(dict.fromkeys(part.about for part in parts() if part.about))
"""The kinds of rows that parts are about."""

PLACE = "place"
_ASKED = re.compile(r"\{\{[^{}\n]{1,200}\}\}")


@check("section.part", ERROR, kinds=("section", *ABOUT))
def part(data: PlanData) -> Iterator[Finding]:
    """A part such as {{role KEY}} that cannot be filled in, for there is no such part or it names nothing."""
    for entry, place in outline.places(data):
        wrong = problem(data, place.name, place.about)
        if wrong:
            body = "\n".join(line for line in entry.section.body.split("\n") if prose.place(line) != place)
            fixes = [setting(entry.section, f"Take {place.typed} out of the text", CLEAR, body=body)]
            yield part.at(entry.section, "body", f"{place.typed} cannot be filled in: {wrong}.", fixes)


@check("section.part-inline", WARNING, kinds=("section",))
def inline(data: PlanData) -> Iterator[Finding]:
    """A part such as {{products}} within a line of text, where it is printed as typed; it needs a line of its own."""
    for row in data.all(Section).values():
        if "{{" not in row.body:
            continue
        for line in without_code(row.body).split("\n"):
            found = None if prose.place(line) else _ASKED.search(line)
            if found:
                words = (
                    f"{found[0]} stands within a line and is printed as it is; put it on a line of its own."
                )
                yield inline.at(row, "body", words)


@check("figure.no-picture", WARNING, kinds=("figure",))
def no_picture(data: PlanData) -> Iterator[Finding]:
    """A figure that is a picture but has none, so that a frame with its alternative text is printed."""
    for row in data.all(Figure).values():
        if row.drawing == "picture" and not row.picture:
            yield no_picture.at(
                row, "picture", "This figure is a picture and has none; choose one, or draw it from the plan."
            )


@check("picture.broken", WARNING, kinds=(*of("figure", "id", "picture"), *of("plan", "id", "logo")))
def broken(data: PlanData) -> Iterator[Finding]:
    """A picture that is damaged or cut off, so that a frame with words is printed in its place, or no logo."""
    words = "This picture is broken and is not printed; choose it anew."
    for figure in data.all(Figure).values():
        if figure.picture and not pictures.whole(figure.picture):
            yield broken.at(
                figure, "picture", words, [setting(figure, "Remove the picture", CLEAR, picture="")]
            )
    for plan in data.all(PlanDocument).values():
        if plan.logo and not pictures.whole(plan.logo):
            yield broken.at(plan, "logo", words, [setting(plan, "Remove the picture", CLEAR, logo="")])


def _figures_read(kind: Kind) -> tuple[str, ...]:
    own = read_of(kind, LONG)
    return (*own, *every_key(), "section", "figure") if own else ()


@check_each("prose.figure", WARNING, needs=_figures_read)
def unplaced_reference(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A [[reference]] to a figure that no section places with {{figure KEY}}, so that it is marked in print."""
    figures, placed = data.all(Figure), outline.placed(data)
    if len(placed) == len(figures):
        return
    for row, field, keys in references(data, kind):
        for key in keys:
            named = data.anywhere(key.strip())
            if isinstance(named, Figure) and named.id not in placed:
                words = (
                    f"[[{key}]] is a figure that no section prints; write {{{{figure {named.key}}}}} in one."
                )
                yield unplaced_reference.at(row, field, words, _placing(data, named, row))


def _placing(data: PlanData, figure: Figure, reader: Entity) -> Iterator[Fix]:
    """Placing a figure at the end of its own section or, where it has none, of the one that speaks of it."""
    section = data.get("section", figure.section) or reader
    if isinstance(section, Section) and data.find("figure", figure.key) is figure:
        body = f"{section.body.rstrip()}\n\n{{{{figure {figure.key}}}}}".lstrip()
        yield setting(section, f"Place it in “{section.title}”", PLACE, body=body)


@check("figure.unplaced", NOTE, kinds=("section", "figure"))
def unplaced(data: PlanData) -> Iterator[Finding]:
    """A figure that no section places with {{figure KEY}}, so that it is not printed."""
    placed = {place.about for _, place in outline.places(data) if place.name == "figure"}
    for row in data.all(Figure).values():
        if row.key not in placed:
            yield unplaced.at(
                row, "section", f"No section prints this figure; write {{{{figure {row.key}}}}} in one."
            )

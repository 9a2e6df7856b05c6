"""The command that draws the product tree, the organisation, the documents, the milestones, or a figure."""

from __future__ import annotations

import argparse
from pathlib import Path

from dmdesk import drawing
from dmdesk.cli import output
from dmdesk.cli.asking import kind_named, row_named
from dmdesk.cli.command import FILE, arg, command, flag, path
from dmdesk.cli.opening import looked_at
from dmdesk.drawing.charts.choosing import FIGURE, WHATS, figure_named
from dmdesk.drawing.tree import FITS, PAPERS, SHAPES, Options
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData


def _number(least: int, most: int) -> object:
    """A whole number within bounds."""

    def read(words: str) -> int:
        if not words.isascii() or not words.isdigit() or not least <= int(words) <= most:
            raise argparse.ArgumentTypeError(f"“{words}” is not a whole number from {least} to {most}")
        return int(words)

    return read


def _what(words: str) -> str:
    """Something that can be drawn; whether there is such a figure is asked of the plan."""
    if words not in WHATS and not words.startswith(FIGURE):
        raise argparse.ArgumentTypeError(f"“{words}” is none of {', '.join(WHATS)} and figure:KEY")
    return words


@command(
    "draw",
    FILE,
    path("out", "The drawing to write, ending in .svg, .pdf or .png; one that is there is replaced."),
    arg("--what", "tree, organisation, documents, milestones, or figure:KEY for what a figure of the plan shows.",
        type=_what, default="tree", metavar="WHAT"),
    arg("--below", "Draw this product and what is below it; without, the whole tree.", default="", metavar="KEY"),
    arg("--shape", "left, top or mixed: where the root stands; mixed has its children in a row, the rest in columns.",
        choices=SHAPES, default="left", metavar="SHAPE"),
    arg("--depth", "Levels to draw below the root.", type=_number(0, 1000), metavar="N"),
    arg("--paper", "a4, letter, a3, tabloid, or fits: one sheet as large as needed.",
        type=str.lower, choices=(FITS, *PAPERS), default=FITS, metavar="PAPER"),
    flag("--landscape", "Lay the paper on its side."),
    arg("--pages", "Fill so many pages; without, as few as keep the text at 6 points or more.",
        type=_number(1, 1000), default=0, metavar="N"),
    flag("--wbs", "Show WBS codes."),
    flag("--repositories", "Show repositories."),
    flag("--managers", "Colour by manager, with a letter for each and a legend."),
    arg("--dpi", "Dots per inch of a PNG.", type=_number(10, 1200), default=drawing.DPI, metavar="N"),
)  # fmt: skip
def draw(
    file: Path, out: Path, what: str, below: str, shape: str, depth: int | None, paper: str, landscape: bool,
    pages: int, wbs: bool, repositories: bool, managers: bool, dpi: int,
) -> None:  # fmt: skip
    """Draw the product tree, or the part below one product, or another part of the plan, as SVG, PDF or PNG. On a named
    paper text is never smaller than 6 points: what does not fit is continued on further pages, with links.
    """
    drawing.check_name(out)
    if paper == FITS and (pages or landscape):
        raise PlanError(f"--pages and --landscape need a --paper, one of {', '.join(PAPERS)}.")
    asked = {"--below": below, "--depth": depth is not None, "--pages": pages, "--wbs": wbs,
             "--repositories": repositories, "--managers": managers, "--shape": shape != SHAPES[0]}  # fmt: skip
    with looked_at(file) as data:
        tree = what == "tree" or _is_tree(data, what)
        if not tree and (given := [name for name, value in asked.items() if value]):
            raise PlanError(
                f"{', '.join(given)}: only the product tree takes that; leave it out, or draw the tree."
            )
        root = row_named(data, kind_named("product"), below).id if below else ""
        options = Options(root, shape, depth, paper, landscape, pages, wbs, repositories, managers, what)
        made = drawing.drawn(data, options)
        day = str(getattr(data.plan(), "date", ""))
    written = drawing.write(made, out, day, dpi)
    names = f"“{written[0]}”" + (f" to “{written[-1]}”" if len(written) > 1 else "")
    rows = len({box.id for box in made.boxes if box.id and not box.repeated})
    drew = output.number(rows, "product") if tree else f"“{made.title}”"
    output.say(f"Drew {drew} on {output.number(len(made.pages), 'page')} to {names}.")
    if pages and len(made.pages) > pages:
        output.say(f"On {output.number(pages, 'page')} the text would be smaller than 6 points.")


def _is_tree(data: PlanData, what: str) -> bool:
    """Whether it is a figure that shows the product tree."""
    return what.startswith(FIGURE) and figure_named(data, what.removeprefix(FIGURE)).drawing == "product tree"

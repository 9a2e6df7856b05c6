"""The plan as LaTeX for ``lsst-texmf``: the words of the manuscript in the commands of the class ``lsstdoc``.

Those who must hand in LaTeX get the same content as the print; nothing of it is meant to be edited by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dmdesk.reading import PlanData


class Written(NamedTuple):
    """How many files were written, which is the main one, and the references that name nothing, by where."""

    files: int
    main: str
    unknown: dict[str, list[str]]


def build(
    data: PlanData,
    folder: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Written:
    """Write the plan as LaTeX into a folder.

    ``force`` writes into one that holds files of others; these stay, but for those of the same name. ``progress`` is
    told (done, out of, what is being done), and may raise to give up.

    Raises:
        PlanError: the folder holds what dmdesk did not write, or cannot be written; nothing there has changed then.
    """
    from dmdesk.latex import folder as place
    from dmdesk.latex.document import document

    def tick(done: float, words: str) -> None:
        if progress:
            progress(round(100 * done), 100, words)

    made = document(data, tick)
    tick(0.95, "Writing")
    place.write(folder, made.files, force=force)
    return Written(len(made.files), f"{made.main}.tex", made.unknown)

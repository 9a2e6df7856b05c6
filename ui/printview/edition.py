"""Editions: one print after another of a plan that is being worked on, and where things of one are in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ui.printview.pdf import Pdf

if TYPE_CHECKING:
    from dmdesk.report import Place, Printed


class Edition(NamedTuple):
    """A print, open for looking."""

    number: int
    pdf: Pdf
    printed: Printed

    def at(self, page: int, y: float) -> Place | None:
        """What of the plan is printed at a height of a page; what began on an earlier page goes on."""
        return self.printed.at(page, y)


def moved(old: Edition, new: Edition, page: int, y: float) -> tuple[int, float]:
    """Where that which stood at a height of a page stands now: with its row of the plan, else by page."""
    last = len(new.pdf.sizes) - 1
    place = old.at(page, y)
    if place is None:
        return min(page, last), y
    same = [one for one in old.printed.places if (one.kind, one.id) == (place.kind, place.id)]
    now = [one for one in new.printed.places if (one.kind, one.id) == (place.kind, place.id)]
    if not now:
        return min(page, last), y
    there = now[min(same.index(place), len(now) - 1)]
    pages = page - place.page
    return min(there.page + pages, last), y if pages else there.top + y - place.top


def same(old: Edition, new: Edition) -> dict[int, int]:
    """Which page of the old print each page of the new one looks like, where there is one; best of the same number."""
    faces = old.printed.faces
    there = {face: page for page, face in enumerate(faces)}
    return {
        page: page if faces[page : page + 1] == (face,) else there[face]
        for page, face in enumerate(new.printed.faces)
        if face in there
    }

"""Laying out again: the same pages as laying out anew, and the same page objects where nothing changed."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk.report.flow import fill
from dmdesk.report.laying import laid
from dmdesk.report.parts import Row, Text
from tests.core.report.test_flow import lines_of, row, table

BLOCK, OTHER = (100.0, 80.0), (200.0, 60.0)
TABLES = [table(name) for name in "ab"]
NAMES = itertools.count()


def quiet():
    """Nobody gives up."""


def fresh(count, sort):
    """A part that is no other: words, words with a note, a figure that floats, one that lies, or a row of a table."""
    name = f"w{next(NAMES)}"
    match sort:
        case "row" | "other row":
            return row(TABLES[sort == "row"], "\n".join([name] * count))
        case "note":
            note = lines_of(min(count, 3), name, anchors=(name,))
            return lines_of(count, name, notes=(note,))
        case "floats" | "turned":
            return lines_of(min(count, 5), name, floats=True, turned=sort == "turned")
    return lines_of(count, name, keep=sort == "keep")


SORTS = ("words", "words", "words", "keep", "row", "row", "row", "other row", "note", "floats", "turned")
PARTS = st.lists(st.builds(fresh, st.integers(1, 12), st.sampled_from(SORTS)), max_size=30)


@st.composite
def edits(draw):
    """Parts, and what becomes of them in a few edits: each takes some away and puts others there."""
    now = draw(PARTS)
    states = [now]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(now)))
        end = min(len(now), at + draw(st.integers(0, 3)))
        now = [*now[:at], *draw(PARTS)[:3], *now[end:]]
        states.append(now)
    return states


def said(part):
    """What decides how a part looks; heads of tables are made anew for each page."""
    if isinstance(part, Row):
        return part.repeated, ["".join(span.text for span in cell.spans) for cell in part.cells], part.lines()
    return (part.spans, part.lines(100)) if isinstance(part, Text) else type(part)


def seen(pages):
    return [(page.turned, [(y, said(part)) for y, part in page.placed]) for page in pages]


@settings(max_examples=300)
@given(edits())
def test_after_any_edits_pages_are_laid_out_as_if_nothing_had_been_before(states):
    before = None
    for parts in states:
        before = laid(parts, BLOCK, OTHER, quiet, before)
        assert seen(before.pages) == seen(fill(parts, *BLOCK, quiet, OTHER))


def test_pages_before_and_after_the_change_are_the_same_ones():
    parts = [lines_of(4, f"p{n}") for n in range(40)]
    one = laid(parts, BLOCK, OTHER, quiet)
    other = laid([*parts[:20], lines_of(4, "new"), *parts[21:]], BLOCK, OTHER, quiet, one)
    changed = [at for at, (old, new) in enumerate(zip(one.pages, other.pages, strict=True)) if old is not new]
    assert changed == [9, 10]


def test_pages_go_on_as_before_where_a_change_has_run_itself_out():
    parts = [lines_of(4, f"p{n}") for n in range(40)]
    one = laid(parts, BLOCK, OTHER, quiet)
    more = [lines_of(4, "new"), lines_of(4, "newer")]
    other = laid([*parts[:20], *more, *parts[20:]], BLOCK, OTHER, quiet, one)
    assert len(other.pages) == len(one.pages) + 1
    assert other.pages[11:] == one.pages[10:]
    assert all(old is new for old, new in zip(one.pages[10:], other.pages[11:], strict=True))


def test_a_long_table_is_laid_out_again_from_the_row_that_changed():
    rows = [row(TABLES[0], f"r{n}") for n in range(70)]
    one = laid(rows, BLOCK, OTHER, quiet)
    other = laid([*rows[:35], row(TABLES[0], "new"), *rows[36:]], BLOCK, OTHER, quiet, one)
    changed = [at for at, (old, new) in enumerate(zip(one.pages, other.pages, strict=True)) if old is not new]
    assert changed == [5]


def test_the_same_parts_are_the_same_pages():
    parts = [lines_of(4, f"p{n}") for n in range(10)]
    one = laid(parts, BLOCK, OTHER, quiet)
    assert laid(list(parts), BLOCK, OTHER, quiet, one) is one

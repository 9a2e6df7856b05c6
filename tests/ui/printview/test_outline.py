"""The outline of the print: what one had opened and where one was stays from one print to the next."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dmdesk.typeset.navigation import Bookmark
from ui.printview.outline import OPEN_LEVELS, Headings, Outline, Tree, found


def titled(*titles: str) -> Headings:
    """Headings, one a page, a level deeper for each blank before the title."""
    return tuple(
        Bookmark(len(title) - len(title.lstrip()), title.strip(), page, 90.0)
        for page, title in enumerate(titles)
    )


def many(chapters: int = 20, words: str = "Chapter") -> Headings:
    """Twenty chapters with five sections each."""
    return titled(
        *(
            line
            for n in range(chapters)
            for line in (f"{n} {words} {n}", *(f" {n}.{m} Section {n}/{m}" for m in range(5)))
        )
    )


def number(outline: Outline, title: str) -> int:
    return next(n for n, one in enumerate(outline.tree.headings) if one.title.endswith(title))


def shown(outline: Outline) -> str:
    """The heading at the top of what is seen."""
    return str(outline.indexAt(QPoint(0, 0)).data())


@pytest.fixture
def outline(qtbot: QtBot) -> Outline:
    made = Outline()
    qtbot.addWidget(made)
    made.resize(240, 300)
    made.show()
    made.take(many())
    return made


def open_(outline: Outline, title: str) -> None:
    outline.setExpanded(outline.tree.at(number(outline, title)), True)


def is_open(outline: Outline, title: str) -> bool:
    return outline.isExpanded(outline.tree.at(number(outline, title)))


def test_the_tree_is_one_of_levels_and_keeps_the_rules_of_qt(qtbot):
    tree = Tree()
    tester = QAbstractItemModelTester(tree, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tree.renew(titled("One", " 1.1", "  1.1.1", " 1.2", "Two"))
    assert [tree.index(row, 0).data() for row in range(tree.rowCount())] == ["One", "Two"]
    one = tree.index(0, 0)
    assert [tree.index(row, 0, one).data() for row in range(tree.rowCount(one))] == ["1.1", "1.2"]
    assert tree.parent(tree.at(2)).data() == "1.1"
    assert not tree.parent(one).isValid()
    tree.renew(())
    assert tree.rowCount() == 0
    assert tester.model() is tree


def test_short_outlines_are_open_and_long_ones_closed(qtbot, outline):
    assert not is_open(outline, "Chapter 3")
    short = Outline()
    qtbot.addWidget(short)
    headings = titled("A One", " A.1 Two")
    assert len(headings) < OPEN_LEVELS < len(many())
    short.take(headings)
    assert short.isExpanded(short.tree.at(0))


def test_the_same_headings_at_other_places_leave_the_tree_alone(outline, qtbot):
    open_(outline, "Chapter 3")
    before = outline.tree.headings
    with qtbot.assertNotEmitted(outline.tree.modelReset), qtbot.waitSignal(outline.tree.dataChanged):
        outline.take(tuple(one._replace(page=one.page + 2) for one in before))
    with qtbot.waitSignal(outline.picked) as picked:
        outline.clicked.emit(outline.tree.at(number(outline, "Section 3/1")))
    assert picked.args[0] == before[number(outline, "Section 3/1")].page + 2
    assert is_open(outline, "Chapter 3")


@pytest.mark.parametrize("in_it", [False, True])
def test_place_and_openness_stay_when_a_heading_is_renamed_comes_or_goes(outline, qtbot, in_it):
    if in_it:
        outline.setFocus()
    for chapter in (2, 9, 12):
        open_(outline, f"Chapter {chapter}")
    outline.setCurrentIndex(outline.tree.at(number(outline, "Section 12/3")))
    outline.verticalScrollBar().setValue(7)
    top = shown(outline)
    renamed = [*many()]
    renamed[0] = renamed[0]._replace(title="0 Another name")
    outline.take(tuple(renamed))
    assert (shown(outline), outline.currentIndex().data()) == (top, "12.3 Section 12/3")
    longer = (*renamed[:6], *titled("6 New"), *(one._replace(page=one.page + 1) for one in renamed[6:]))
    outline.take(longer)
    assert (shown(outline), outline.currentIndex().data()) == (top, "12.3 Section 12/3")
    outline.take(tuple(renamed))
    assert (shown(outline), outline.currentIndex().data()) == (top, "12.3 Section 12/3")
    assert [n for n in range(20) if is_open(outline, "0 Another name" if not n else f"Chapter {n}")] == [
        2,
        9,
        12,
    ]


def test_other_numbers_before_the_headings_close_nothing(outline):
    open_(outline, "Chapter 9")
    outline.take(
        titled("0 First of all", *(f"{' ' * one.level}{one.title.replace('9', '10', 1)}" for one in many()))
    )
    assert is_open(outline, "Chapter 9")


def test_when_the_current_heading_goes_the_one_before_it_is_current(outline):
    open_(outline, "Chapter 12")
    gone = number(outline, "Section 12/3")
    outline.setCurrentIndex(outline.tree.at(gone))
    outline.take((*many()[:gone], *many()[gone + 1 :]))
    assert outline.currentIndex().data() == "12.2 Section 12/2"


def test_nothing_is_left_of_headings_that_are_shown_no_more(outline):
    def alive() -> int:
        gc.collect()
        kinds_ = (Bookmark, QModelIndex, QAbstractItemModel)
        return sum(isinstance(one, kinds_) for one in gc.get_objects())

    outline.take(many(words="Name"))
    before = alive()
    for turn in range(30):
        outline.take(many(words=f"Name {turn}"))
        outline.expandAll()
        outline.follow(turn, 100.0)
    assert alive() <= before + 5


names = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abcdef")), max_size=12)


@given(names, names)
def test_each_heading_is_found_once_at_most_and_in_the_same_print_as_itself(some, others):
    old, new = (tuple(Bookmark(level, title, 0, 0.0) for level, title in one) for one in (some, others))
    pairs = found(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= was < len(old) and 0 <= now < len(new) for was, now in pairs.items())
    assert found(old, old) == {n: n for n in range(len(old))}

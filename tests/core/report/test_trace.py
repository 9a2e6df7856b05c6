import re
from collections import Counter

import pypdfium2 as pdfium
import pytest

from dmdesk.checks.requirements import untraced
from dmdesk.exchange import text as text_format
from dmdesk.manuscript import tracing
from dmdesk.report import styles
from tests.core.report.pdf import flat, links, outline, plan, printed, row, text, words
from tests.core.report.test_chapters import HOSTILE
from tests.house.tree import ROOT

CODE = re.compile(r"[A-Z]+-REQ-\d+")


@pytest.fixture(scope="module")
def sample():
    return text_format.read(ROOT / "sample_db" / "ldm-294")


@pytest.fixture(scope="module")
def both(sample, tmp_path_factory) -> dict[str, pdfium.PdfDocument]:
    folder = tmp_path_factory.mktemp("trace")
    return {name: printed(folder, sample, only=[name]) for name in ("trace-down", "trace-up")}


def body(page: pdfium.PdfPage):
    """The words of the text block, without the letters of the draft mark behind it."""
    foot = page.get_height() - styles.BOTTOM_MARGIN
    return [word for word in words(page) if 93 < word.top < foot and word.text not in "Draft"]


def pairs(document: pdfium.PdfDocument) -> list[tuple[str, str]]:
    """(left code, right code) of every line of a matrix, by where the words stand."""
    found, left = [], ""
    for page in document:
        lines: dict[int, list] = {}
        for word in sorted(body(page), key=lambda word: (round(word.top), word.left)):
            if CODE.fullmatch(word.text):
                lines.setdefault(round(word.top), []).append(word)
        for _, codes in sorted(lines.items()):
            for word in codes:
                if word.left < 100:
                    left = word.text
                else:
                    found.append((left, word.text))
    return found


def said(document: pdfium.PdfDocument) -> str:
    return " ".join(text(document).replace("\xa0", " ").split())


def family(**more: object):
    """Three levels: C1 follows from B1, which follows from A1; C2 and B2 follow from nothing."""
    documents = {name: row("document", key=f"LSE-{name}", name=f"Level {name}") for name in "ABC"}
    made = {
        name: row(
            "requirement", key=f"{name[0]}-REQ-{name[1]}", name=f"Needs {name}", source=documents[name[0]].id
        )
        for name in ("A1", "B1", "B2", "C1", "C2")
    }
    traces = [
        row("trace", requirement=made[lower].id, parent=made[upper].id, **more)
        for lower, upper in (("C1", "B1"), ("B1", "A1"))
    ]
    return [*documents.values(), *made.values(), *traces]


def test_both_chapters_print_the_pairs_of_the_sample_and_they_are_the_same(sample, both):
    key = {id: sample.key(one) for id, one in sample.rows("requirement").items()}
    wanted = Counter((key[one.requirement], key[one.parent]) for one in sample.rows("trace").values())
    down = Counter(pairs(both["trace-down"]))
    up = Counter((lower, upper) for upper, lower in pairs(both["trace-up"]))
    assert down == up == wanted
    assert down.total() == 220


def test_requirements_stand_in_natural_order_below_their_documents(sample, both):
    lefts = [left for left, _ in pairs(both["trace-up"])]
    ordered = list(dict.fromkeys(lefts))
    assert ordered[:5] == ["LSR-REQ-0025", "LSR-REQ-0026", "LSR-REQ-0040", "LSR-REQ-0049", "LSR-REQ-0075"]
    assert ordered[5:] == sorted(ordered[5:])
    assert len(ordered) == 83


def test_untraced_requirements_are_marked_and_counted_as_the_check_counts_them(sample, both):
    shown = said(both["trace-down"])
    assert "181 requirements of LSE-61, 32 not traced. 220 trace links." in shown
    assert shown.count("∅ not traced") == len(untraced(sample)) == 32
    assert "5 requirements of LSE-29, all traced; 78 requirements of LSE-30, all traced." in said(
        both["trace-up"]
    )


def test_every_page_has_the_head_and_no_word_lies_outside_or_is_too_small(both):
    for document in both.values():
        assert len(document) > 4
        for page in document:
            found = body(page)
            assert {"Requirement", "(LSE-61)"} <= {word.text for word in found}
            for word in found:
                assert styles.LEFT - 1 <= word.left <= word.right <= page.get_width() - styles.LEFT + 1
                assert word.bottom - word.top >= 8.5


def test_each_code_leads_to_its_row_in_the_other_chapter_and_back(tmp_path, sample):
    document = printed(tmp_path, sample, only=["trace-down", "trace-up"])
    heights = {number: body(page) for number, page in enumerate(document)}
    led = Counter()
    for link in (one for one in links(document) if one.to_page >= 0):
        code = next(
            word.text
            for word in heights[link.page]
            if abs(word.left - link.box[0]) < 2 and abs(word.bottom - link.box[3]) < 6
        )
        if CODE.fullmatch(code):
            target = [
                word.text
                for word in heights[link.to_page]
                if 0 < word.top - link.to_y < 14 and word.left < 100
            ]
            assert target == [code]
            assert link.box[0] > 200
            led[code[:3]] += 1
    assert led == {"OSS": 214, "LSR": 6, "DMS": 220}


def test_a_requirement_in_the_middle_stands_in_both_directions_and_leads_to_itself(tmp_path):
    data = plan(*family())
    down, up = (printed(tmp_path, data, only=[name]) for name in ("trace-down", "trace-up"))
    assert pairs(down) == [("B-REQ-1", "A-REQ-1"), ("C-REQ-1", "B-REQ-1")]
    assert pairs(up) == [("A-REQ-1", "B-REQ-1"), ("B-REQ-1", "C-REQ-1")]
    assert "2 requirements of LSE-B, 1 not traced; 2 requirements of LSE-C, 1 not traced." in said(down)
    assert "1 requirement of LSE-A, all traced; 1 requirement of LSE-B, all traced." in said(up)
    joined = printed(tmp_path, data, only=["trace-down", "trace-up"])
    lefts = [link for link in links(joined) if link.box[0] < 100]
    assert sorted(link.to_page for link in lefts) == [0, 1]


def test_a_top_requirement_that_nothing_follows_from_is_marked_going_up(tmp_path):
    rows = family()
    alone = row("requirement", key="A-REQ-9", name="Alone", source=rows[0].id, derived="why going down")
    shown = said(printed(tmp_path, plan(*rows, alone), only=["trace-up"]))
    assert "2 requirements of LSE-A, 1 not traced" in shown
    assert "A-REQ-9 Alone ∅ not traced" in shown
    assert "why going down" not in shown


def test_a_reason_for_standing_alone_and_one_for_a_link_are_printed(tmp_path):
    rows = family(rationale="because it must")
    reason = row("requirement", key="C-REQ-9", name="Own", source=rows[2].id, derived="found by analysis")
    shown = said(printed(tmp_path, plan(*rows, reason), only=["trace-down"]))
    assert "∅ not traced derived: found by analysis" in shown
    assert "3 requirements of LSE-C, 2 not traced (1 of them derived, with the reason)" in shown
    assert shown.count("because it must") == 2


def test_ends_that_name_nothing_are_printed_as_typed_and_marked_in_both_directions(tmp_path):
    rows = family()
    lower = next(one for one in rows if getattr(one, "key", "") == "C-REQ-2")
    stray = row("trace", requirement=lower.id, parent="?X-REQ-77")
    for name in ("trace-down", "trace-up"):
        shown = said(printed(tmp_path, plan(*rows, stray), only=[name]))
        assert "X-REQ-77 ?" in shown
        assert "name no requirement of this plan" in shown
    assert "Not in this plan" in shown


def test_requirements_of_documents_without_links_are_counted(tmp_path):
    apart = [row("requirement", key=f"Z-REQ-{n}", name="Apart") for n in range(3)]
    shown = said(printed(tmp_path, plan(*family(), *apart), only=["trace-down"]))
    assert "3 other requirements of documents without any link: not listed." in shown


def test_a_plan_without_links_has_the_chapters_only_where_they_are_asked_for(tmp_path):
    apart = row("requirement", key="Z-REQ-1", name="Apart")
    words_for_it = "No requirement of this plan traces to another yet."
    assert words_for_it in said(printed(tmp_path, plan(apart), only=["trace-up"]))
    assert "Traceability" not in said(printed(tmp_path, plan(apart)))
    section = row("section", key="up", title="Upwards", body="{{trace-up}}")
    assert said(printed(tmp_path, plan(apart, section))).count(words_for_it) == 1


def many(count: int, lower: int, name: str = "Upper"):
    """``count`` upper requirements, each followed by ``lower`` others."""
    rows = []
    for n in range(count):
        upper = row("requirement", key=f"U-REQ-{n:02}", name=f"{name} {n:02}")
        below = [
            row("requirement", key=f"L-REQ-{n:02}{k:03}", name="Lower", source="?LSE-61")
            for k in range(lower)
        ]
        rows += [upper, *below, *(row("trace", requirement=one.id, parent=upper.id) for one in below)]
    return plan(*rows)


def test_a_group_of_six_lines_is_never_parted(tmp_path):
    document = printed(tmp_path, many(40, 6), only=["trace-up"])
    assert len(document) > 4
    for page in document:
        codes = [word.text for word in body(page) if CODE.fullmatch(word.text)]
        assert len([code for code in codes if code[0] == "L"]) == 6 * len(
            [code for code in codes if code[0] == "U"]
        )
    assert "continued" not in said(document)


def test_a_parted_group_says_on_the_next_page_what_it_belongs_to(tmp_path):
    document = printed(tmp_path, many(7, 23), only=["trace-up"])
    parted = 0
    for before, page in zip(list(document), list(document)[1:], strict=False):
        codes = [word for word in body(page) if CODE.fullmatch(word.text)]
        first = min((word for word in codes if word.left < 100), key=lambda word: word.top)
        assert abs(first.top - min(word.top for word in codes)) < 2
        above = [word.text for word in body(before) if CODE.fullmatch(word.text) and word.left < 100]
        if first.text in above:
            parted += 1
            line = " ".join(word.text for word in body(page) if abs(word.top - first.top) < 3)
            assert "(continued)" in line
            tops = Counter(word.left < 100 for word in codes)
            assert tops[False] >= 2
    assert parted >= 2
    assert len(pairs(document)) == 7 * 23
    assert pairs(document) == [(f"U-REQ-{n:02}", f"L-REQ-{n:02}{k:03}") for n in range(7) for k in range(23)]


def test_groups_higher_than_pages_and_hostile_words_are_printed_whole(tmp_path):
    top = [row("requirement", key=f"U{n}", name=name, source=f"?{name}") for n, name in enumerate(HOSTILE)]
    low = [row("requirement", key=f"L{n}", name=name, derived=name) for n, name in enumerate(HOSTILE)]
    linked = [
        row("trace", requirement=one.id, parent=two.id, rationale=one.name) for one in low[:4] for two in top
    ]
    data = plan(*top, *low, *linked)
    for name in ("trace-down", "trace-up"):
        document = printed(tmp_path, data, only=[name])
        for page in document:
            for word in body(page):
                assert styles.LEFT - 1 <= word.left <= word.right <= page.get_width() - styles.LEFT + 1.5, (
                    word
                )
        shown = flat(text(document))
        for words_of in HOSTILE[:7]:
            assert flat(words_of) in shown
    assert sum(word.text.count("W") for page in document for word in body(page)) >= 10_000


def test_the_whole_print_lists_both_chapters_in_contents_and_bookmarks(tmp_path):
    section = row(
        "section",
        key="trace-down",
        title="Downwards",
        body="Look:\n{{trace-down}}\nand after.",
        appendix=True,
    )
    document = printed(tmp_path, plan(*family(), section))
    marks = [title for _, title, _ in outline(document)]
    titles = ["A Downwards", "D Traceability of requirements to those below them"]
    assert [title for title in marks if title in titles] == titles
    contents = next(page for page in document if "Contents" in page.get_textpage().get_text_range())
    assert "Downwards" in contents.get_textpage().get_text_range()


def test_down_and_up_hold_each_link_once_whatever_the_links(sample):
    for way in (tracing.DOWN, tracing.UP):
        found = tracing.linked(sample, way)
        assert sorted(one.id for ones in found.values() for one in ones) == sorted(sample.rows("trace"))
        assert sorted(id for ids in tracing.by_source(sample, found).values() for id in ids) == sorted(found)


def test_a_code_longer_than_a_page_is_printed_once_and_said_again_in_short(tmp_path):
    upper = row("requirement", key="K" * 3_000, name="Upper")
    lower = [row("requirement", key=f"L-{n}", name=f"Lower {n}") for n in range(60)]
    traces = [row("trace", requirement=one.id, parent=upper.id) for one in lower]
    document = printed(tmp_path, plan(upper, *lower, *traces), only=["trace-up"])
    shown = "".join(page.get_textpage().get_text_range() for page in document)
    assert 3_000 <= shown.count("K") < 3_000 + 130 * len(document)
    assert len(document) < 12

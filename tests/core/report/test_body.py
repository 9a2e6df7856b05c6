import pypdfium2 as pdfium
import pytest

from dmdesk import report
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from tests.core.report.pdf import links, outline, plan, printed, row, text, words


def flat(document: pdfium.PdfDocument) -> str:
    return " ".join(text(document).split())


def section(key: str, body: str = "", **values: object):
    return row("section", key=key, title=f"About {key}", body=body, order=key, **values)


def test_sections_are_printed_in_order_below_each_other_with_their_numbers(tmp_path):
    top = section("a", "First words.")
    below = section("b", "Second words.", parent=top.id)
    last = section("c", "Third words.", appendix=True)
    document = printed(tmp_path, plan(last, below, top))
    marks = [mark for mark in outline(document) if "About" in mark[1]]
    assert [(depth, title) for depth, title, _ in marks] == [
        (0, "1 About a"), (1, "1.1 About b"), (0, "A About c"),
    ]  # fmt: skip
    assert marks[1][2] == marks[0][2] < marks[2][2], "an appendix begins on a page of its own"
    said = flat(document)
    assert said.index("First words.") < said.index("Second words.") < said.index("Third words.")


def test_a_place_is_filled_in_where_it_stands(tmp_path):
    role = row("role", key="PM", name="Manager", responsibilities=["Manage"])
    said = flat(printed(tmp_path, plan(role, section("a", "Before.\n\n{{role PM}}\n\nAfter."))))
    assert "Before. Held by nobody at present Responsibilities • Manage After." in said


def test_a_reference_to_a_role_leads_to_where_it_is_described(tmp_path):
    role = row("role", key="PM", name="Manager", summary="Runs it.")
    document = printed(tmp_path, plan(role, section("a", "See [[PM]]."), section("b", "{{role PM}}")))
    assert "See Manager." in flat(document)
    body = [link for link in links(document) if link.page == 3]
    assert [link.to_page for link in body] == [3]


def test_what_cannot_be_filled_in_is_printed_as_typed_with_the_reason(tmp_path):
    said = flat(printed(tmp_path, plan(section("a", "{{role PM}}\n\n{{sums}}"))))
    assert "? {{role PM}} – it names no role of this plan." in said
    assert "? {{sums}} – there is no such part." in said


def test_what_no_section_asks_for_follows_as_further_appendices(tmp_path):
    milestone = row("requirement", key="R-1", name="Works")
    document = printed(
        tmp_path, plan(milestone, section("a", appendix=True), section("b", "{{wbs}}", appendix=True))
    )
    titles = [title for depth, title, _ in outline(document) if depth == 0]
    assert titles[-4:] == ["A About a", "B About b", "C Product list", "D Requirements by document"]


def test_only_the_pages_of_the_product_list_lie_on_their_side(tmp_path):
    rows = [
        row("product", key="P", name="Thing"),
        section("a", "Text."),
        section("b", "{{products}}"),
        section("c", "End."),
    ]
    document = printed(tmp_path, plan(*rows))
    shapes = ["lying" if page.get_width() > page.get_height() else "standing" for page in document]
    assert shapes[3:6] == ["standing", "lying", "standing"]


def test_tables_of_the_text_are_numbered_captioned_and_listed(tmp_path):
    body = (
        "Table: First sums.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: Second sums.\n\n| c |\n|---|\n| 3 |"
    )
    document = printed(tmp_path, plan(section("a", body)))
    said = flat(document)
    assert "Table 1: First sums. a b 1 2" in said
    assert "Table 2: Second sums. c 3" in said
    assert "List of tables" in said
    assert [title for _, title, _ in outline(document) if title.startswith("Table")] == [
        "Table 1: First sums.", "Table 2: Second sums.", "Table 3: The products, each below the one it is part of",
    ][:2]  # fmt: skip


def test_a_table_as_wide_as_it_likes_stays_within_the_text(tmp_path):
    cells = " | ".join(f"Antidisestablishmentarianism{n}" for n in range(9))
    body = f"| {cells} |\n{'|---' * 9}|\n| {cells} |"
    for page in list(printed(tmp_path, plan(section("a", body))))[3:4]:
        for word in words(page):
            assert 71 <= word.left <= word.right <= 541.5, word


def test_a_draft_can_be_printed_as_final_and_a_baselined_plan_as_draft(tmp_path):
    out = tmp_path / "a.pdf"
    report.build(plan(state="draft"), out, report.Options(draft=False))
    assert "raft" not in text(pdfium.PdfDocument(out.read_bytes()))
    report.build(plan(), out, report.Options(draft=True))
    assert "Draft: not approved" in text(pdfium.PdfDocument(out.read_bytes()))


def test_other_paper_has_other_pages_with_the_same_width_of_text(tmp_path):
    out = tmp_path / "a.pdf"
    rows = [row("product", key="P", name="Thing"), section("a", "Words that fill the line. " * 40)]
    report.build(plan(*rows), out, report.Options(paper="a4"))
    document = pdfium.PdfDocument(out.read_bytes())
    assert {tuple(round(side) for side in sorted(page.get_size())) for page in document} == {(595, 842)}
    edge = (595.28 - 468) / 2
    body = words(document[3])
    assert min(word.left for word in body if word.top > 120) == pytest.approx(edge, abs=1.5)
    assert max(word.right for word in body) <= 595.28 - edge + 1.5
    with pytest.raises(PlanError, match="no paper “b5” to print on; choose from letter, a4"):
        report.make(plan(), report.Options(paper="b5"))


def test_contents_of_a_large_plan_take_four_pages_at_most(tmp_path):
    rows = []
    for n in range(40):
        top = row("section", key=f"s{n}", title=f"Part {n}", order=f"{n:03}")
        rows += [
            top,
            *(row("section", key=f"s{n}.{m}", title=f"Piece {m}", parent=top.id) for m in range(12)),
        ]
    titles = {title: page for depth, title, page in outline(printed(tmp_path, plan(*rows))) if depth == 0}
    assert titles["List of tables" if "List of tables" in titles else "1 Part 0"] - titles["Contents"] <= 4


def test_twelve_levels_of_sections_are_printed(tmp_path):
    rows, above = [], ""
    for depth in range(12):
        rows.append(row("section", key=f"s{depth}", title=f"Level {depth + 1}", parent=above))
        above = rows[-1].id
    assert "1.1.1.1.1.1.1.1.1.1.1.1 Level 12" in flat(printed(tmp_path, plan(*rows)))


def test_sections_that_are_each_within_the_other_are_printed_once(tmp_path):
    one, two = row("section", key="one", title="One"), row("section", key="two", title="Two")
    one.parent, two.parent = two.id, one.id  # type: ignore[attr-defined]
    said = flat(printed(tmp_path, plan(one, two, row("section", key="z", title="Z", body="See [[one]]."))))
    assert "1 Z See Section 2. 2 One 2.1 Two" in said
    assert said.endswith("no WBS elements yet.")


def test_a_description_of_thirty_thousand_words_is_printed_whole(tmp_path):
    product = row("product", key="P", name="Thing", description="word " * 30_000)
    document = printed(tmp_path, plan(product), ["products"])
    assert sum(1 for page in document for word in words(page) if word.text == "word") == 30_000


def test_a_code_longer_than_a_line_is_set_within_the_page(tmp_path):
    element = row("wbs", key="1.02C." + "07." * 60 + "1", name="Deep")
    for page in list(printed(tmp_path, PlanData.of([element])))[1:]:
        for word in words(page):
            assert word.right <= page.get_width() - 70, word

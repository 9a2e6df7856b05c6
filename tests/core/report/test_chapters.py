import pypdfium2 as pdfium
import pytest

from dmdesk import report
from dmdesk.exchange import text as text_format
from dmdesk.report import styles
from tests.core.report.pdf import beyond, flat, links, plan, printed, row, text, words
from tests.house.tree import ROOT


def test_the_product_list_shows_the_tree_by_indents_and_group_rows_and_repeats_its_head(tmp_path):
    top = row("product", key="TOP", name="Topmost")
    rows = [
        row("product", key=f"K{n:03}", name=f"Child{n:03}", parent=top.id, description="d") for n in range(90)
    ]
    document = printed(tmp_path, plan(top, *rows), only=["products"])
    assert len(document) > 2
    for number, page in enumerate(document):
        found = {word.text: word for word in words(page)}
        assert {"WBS", "Product", "Description", "Manager", "Owner", "Packages"} <= found.keys()
        assert ("continued:" in found) == (number > 0)
        child = next(word for name, word in found.items() if name.startswith("Child"))
        assert child.left > found["Product"].left + 7
        assert found["Product"].top < child.top


def test_names_from_right_to_left_keep_the_indent_that_shows_the_tree(tmp_path):
    top = row("product", key="TOP", name="منتج")
    below = row("product", key="LOW_DOWN", name="שלום עולם", parent=top.id)
    low = row("product", key="LOWEST_DOWN", name="deepest", parent=below.id)
    page = printed(tmp_path, plan(top, below, low), only=["products"])[0]
    left = {word.text: word.left for word in words(page)}
    assert left["LOW_DOWN"] == pytest.approx(left["TOP"] + 8)
    assert left["deepest"] == pytest.approx(left["TOP"] + 16)


def test_a_group_does_not_stand_alone_at_the_foot_of_a_page(tmp_path):
    rows = []
    for n in range(60):
        group = row("product", key=f"G{n:02}", name=f"Group{n:02}", order=f"{n:02}")
        rows += [group, row("product", key=f"C{n:02}", name=f"Member{n:02}", parent=group.id)]
    for page in printed(tmp_path, plan(*rows), only=["products"]):
        names = [word.text for word in words(page) if word.text.startswith(("Group", "Member"))]
        assert names[-1].startswith("Member")


def test_inherited_people_are_marked_by_a_sign_and_own_ones_are_not(tmp_path):
    person = row("person", key="w", name="Wilhelmina")
    top = row("product", key="TOP", name="Topmost", managers=[person.id])
    child = row("product", key="SUB", name="Beneath", parent=top.id)
    page = printed(tmp_path, plan(person, top, child), only=["products"])[0]
    found = words(page)
    own, taken = [word for word in found if "Wilhelmina" in word.text]
    arrows = [word for word in found if word.text.startswith("↑") and abs(word.top - taken.top) < 3]
    assert own.top < taken.top
    assert len(arrows) == 1
    assert not [word for word in found if word.text.startswith("↑") and abs(word.top - own.top) < 3]


def test_a_product_without_a_code_shows_the_one_above_as_inherited_and_leads_there(tmp_path):
    element = row("wbs", key="1.02C", name="Construction", dictionary="Builds it.")
    top = row("product", key="DM", name="Top", wbs=[element.id])
    middle = row("product", key="MID", name="Middle", parent=top.id)
    low = row("product", key="LOW", name="Low", parent=middle.id)
    document = printed(tmp_path, plan(element, top, middle, low))
    codes = [word.text for word in words(document[3]) if word.text in ("1.02C", "↑1.02C", "↑")]
    assert "".join(codes[1:]) == "1.02C↑1.02C↑1.02C"  # the first stands in the legend
    assert [link.to_page for link in links(document) if link.page == 3] == [4, 4, 4]


def test_codes_lead_to_the_dictionary_and_products_lead_back_to_the_list(tmp_path):
    element = row("wbs", key="1.02C", name="Construction", dictionary="Builds it.")
    product = row("product", key="ARC", name="Archiver", wbs=[element.id])
    document = printed(tmp_path, plan(element, product))
    listed, dictionary = document[3], document[4]
    code = next(word for word in words(listed) if word.text == "1.02C")
    name = next(word for word in words(dictionary) if word.text == "Archiver")
    there = next(link for link in links(document) if link.page == 3)
    back = next(link for link in links(document) if link.page == 4)
    assert there.box[0] <= code.left + 1
    assert there.box[2] >= code.right - 1
    assert there.to_page == 4
    heading = next(word for word in words(dictionary) if word.text == "1.02C" and word.top > 93)
    assert abs(there.to_y - heading.top) < 15
    assert back.box[0] <= name.left + 1
    assert back.to_page == 3
    assert abs(back.to_y - code.top) < 15


def test_codes_and_people_that_name_nothing_are_marked_and_a_finer_code_leads_to_the_element_above(tmp_path):
    element = row("wbs", key="1.02C", name="Construction")
    finer = row("product", key="A", name="Finer", wbs=["?1.02C.07.04"], managers=["?Don (moving)"])
    homeless = row("product", key="B", name="Homeless", wbs=["?user workspace"])
    document = printed(tmp_path, plan(element, finer, homeless))
    listed = document[3].get_textpage().get_text_range()
    assert "1.02C.07.04 ?" in listed
    assert "user workspace ?" in listed
    assert "Don (moving) ?" in listed.replace("\r\n", " ")
    assert [link.to_page for link in links(document) if link.page == 3] == [4]
    dictionary = document[4].get_textpage().get_text_range()
    unmatched = dictionary.index("Products whose code matches no element")
    assert dictionary.index("Finer") < unmatched < dictionary.index("Homeless")


def test_an_element_prints_who_leads_it_its_text_and_its_references(tmp_path):
    lead = row("institution", key="ncsa", name="Supercomputing Centre")
    element = row(
        "wbs", key="1.0", name="First", institutions=[lead.id], dictionary="See [[1.0.2]] or [[nobody]]."
    )
    below = row("wbs", key="1.0.2", name="Second Thing", parent=element.id)
    document = printed(tmp_path, plan(lead, element, below), only=["wbs"])
    said = text(document).replace("\r\n", " ").replace("\xa0", " ")
    assert "Lead institution: Supercomputing Centre" in said
    assert "Lead institution: ↑ Supercomputing Centre" in said
    assert "See 1.0.2 Second Thing or ? [[nobody]]." in said
    link = next(iter(links(document)))
    phrase = [word for word in words(document[0]) if word.text in ("1.0.2", "Second", "Thing")][:3]
    assert link.box[0] <= phrase[0].left + 1
    assert link.box[2] >= phrase[-1].right - 1


HOSTILE = [
    "<b>bold</b> & <para>",
    "{{products}} {0} %s",
    "Имя продукта",
    "产品名称",
    "한국어 이름",
    "ชื่อ",
    "देव",
    "a_very_long_package/name-without_any.spacesInItAtAll" * 3,
    "W" * 10_000,
    "word " * 2_000,
]


def test_names_print_as_they_were_typed_whatever_they_hold(tmp_path):
    rows = [row("product", key=f"K{n}", name=name) for n, name in enumerate(HOSTILE)]
    rows += [row("wbs", key=f"1.{n}", name=name, dictionary=name) for n, name in enumerate(HOSTILE)]
    document = printed(tmp_path, plan(*rows, title="A <i>plan</i> & more"))
    assert "A <i>plan</i> & more" in text(document)
    listed = "".join(
        word.text
        for page in document
        if page.get_width() > page.get_height()
        for word in words(page)
        if word.left >= 160 and word.right <= 330 and 93 < word.top < 530
    )
    for name in HOSTILE[:-2]:
        assert flat(name) in listed, name
    assert listed.count("W") >= 10_000
    assert listed.count("word") >= 2_000


def test_a_character_that_no_font_has_prints_as_its_name_and_not_as_a_box(tmp_path):
    data = plan(row("product", key="A", name="go \N{ROCKET}\N{VARIATION SELECTOR-16}!"))
    assert "go [rocket]!" in text(printed(tmp_path, data, only=["products"]))


def test_no_word_lies_outside_the_text_block_of_its_page(tmp_path):
    rows = [row("product", key=f"KEY{n}" * 9, name=name, description=name, repositories=[name.replace(" ", "_")])
            for n, name in enumerate(HOSTILE)]  # fmt: skip
    rows += [
        row("wbs", key=f"1.{n}", name=name, dictionary=f"- {name}\n  - `{name}`")
        for n, name in enumerate(HOSTILE)
    ]
    parent = rows[0]
    for n in range(40):
        parent = row("product", key=f"D{n}", name=f"deeper {n}", parent=parent.id)
        rows.append(parent)
    for page in list(printed(tmp_path, plan(*rows, letterhead="L " * 300, short_title="S " * 300)))[1:]:
        wide, high = page.get_size()
        for word in words(page):
            assert word.left >= styles.LEFT - 1, word
            assert word.right <= wide - styles.LEFT + 1.5, word
        body = [word for word in words(page) if 93 - 6 < word.top < high - styles.BOTTOM_MARGIN]
        assert max(word.bottom for word in body) <= high - styles.BOTTOM_MARGIN + 3


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_nothing_of_the_sample_lies_outside_the_text_block_by_a_third_of_a_point(paper):
    made = report.make(text_format.read(ROOT / "sample_db" / "ldm-294"), report.Options(paper=paper))
    document = pdfium.PdfDocument(made.pdf)
    assert len(document) > 100
    for number, page in enumerate(document, 1):
        wide = styles.WIDE if page.get_width() > page.get_height() else styles.WIDTH
        assert beyond(page, wide, 0.3) == [], f"page {number}"


@pytest.mark.parametrize("count", [1, 13, 14, 60])
def test_a_table_of_many_columns_stays_within_the_text_block_and_loses_none(tmp_path, count):
    body = "\n".join(
        "|" + "|".join(cells) + "|"
        for cells in (
            [f"m{n}" for n in range(count)],
            ["---"] * count,
            [f"W{n}" for n in range(count)],
        )
    )
    document = printed(tmp_path, plan(row("section", key="s", title="S", body=f"Table: Wide.\n\n{body}")))
    found = [
        word for page in list(document)[2:] for word in words(page) if 93 < word.top < page.get_height() - 87
    ]
    assert {f"m{n}" for n in range(count)} | {f"W{n}" for n in range(count)} <= {word.text for word in found}
    assert all(word.left >= 72 - 1 and word.right <= 540 + 1 for word in found)
    assert sum(word.text == "m0" for word in found) == (1 if count <= 13 else -(-(count - 1) // 12))

import pytest

from dmdesk.exchange import text as text_format
from dmdesk.kinds import changed
from dmdesk.report import styles
from tests.core.report.pdf import flat, links, plan, printed, row, text, words
from tests.core.report.test_chapters import HOSTILE
from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def sample():
    return text_format.read(ROOT / "sample_db" / "ldm-294")


def said(document) -> str:
    return " ".join(text(document).replace("\xa0", " ").split())


def test_references_are_numbered_by_first_author_and_year(tmp_path):
    cited = [
        row("reference", key="LPM-2", name="Second", authors=["Young, B."], year=2016),
        row("reference", key="b", name="Nobody's", year=2000),
        row("reference", key="LPM-1", name="Third", authors=["Young, B."], year=2017),
        row(
            "reference",
            key="a",
            name="First",
            authors=["Adams, A.", "B, B.", "C, C.", "D, D."],
            venue="Journal, 3",
        ),
    ]
    shown = said(printed(tmp_path, plan(*cited), only=["references"]))
    assert "[1] Adams, A., B, B., C, C., et al., First, Journal, 3" in shown
    assert "[2] Young, B., 2016, Second [3] Young, B., 2017, Third [4] 2000, Nobody's" in shown


def test_texts_refer_to_a_cited_work_by_its_number_in_the_list_and_to_a_document_by_its_handle(tmp_path):
    document = row("document", key="LDM-9", name="Plan")
    cited = [
        row("reference", key="larman2003", name="History", authors=["Larman, C."]),
        row("reference", key="beck1999", name="Change", authors=["Beck, K."]),
        row("reference", key="LDM-9-cited", name="Plan", document=document.id),
    ]
    words = "Agile ([[larman2003]], [[beck1999]], [[LDM-9-cited]] and [Larman](#larman2003))."
    data = plan(document, *cited, row("section", key="s", title="S", body=words))
    data.replace("plan", data.plan().id, changed(data.plan(), {"abstract": "As [[larman2003]] has it."}))
    made = printed(tmp_path, data)
    shown = said(made)
    assert "Agile ([2], [1], LDM-9-cited and Larman)." in shown
    assert "As [2] has it." in shown
    assert "[1] Beck, K., Change [2] Larman, C., History [3] LDM-9-cited, Plan" in shown


def test_where_the_list_of_cited_works_is_not_printed_texts_refer_to_them_by_key(tmp_path):
    cited = row("reference", key="larman2003", name="History")
    group = row("wbs", key="1.02", name="Top", dictionary="Agile, see [[larman2003]].")
    assert "see larman2003." in said(printed(tmp_path, plan(cited, group), only=["wbs"]))
    assert "see [1]." in said(printed(tmp_path, plan(cited, group), only=["wbs", "references"]))


def test_a_handle_leads_to_the_address_and_a_work_with_a_doi_to_its_registry(tmp_path):
    document = row("document", key="LDM-9", name="Plan", url="https://example.org/of the plan")
    own = row("reference", key="LDM-9", name="Plan", document=document.id)
    other = row("reference", key="larman2003", name="History", doi="10.1109/MC.2003.1204375")
    unsafe = row("reference", key="bad", name="Bad", url="javascript:alert(1)")
    made = printed(tmp_path, plan(document, own, other, unsafe), only=["references"])
    assert {link.address for link in links(made)} == {
        "https://example.org/of%20the%20plan",
        "https://doi.org/10.1109/MC.2003.1204375",
    }
    handle = next(word for word in words(made[0]) if word.text.startswith("LDM-9") and word.left < 110)
    first = min((link for link in links(made) if "example" in link.address), key=lambda link: link.box[0])
    assert abs(first.box[0] - handle.left) < 1
    assert "larman2003" not in said(made)


def test_the_sample_prints_its_references_and_acronyms(tmp_path, sample):
    made = printed(tmp_path, sample, only=["references", "acronyms"])
    shown = flat(text(made))
    for one in sample.in_order("reference"):
        assert flat(sample.title(one)) in shown
        assert (one.key in shown) == bool(one.document)
    for one in sample.in_order("acronym"):
        assert flat(one.key + one.meaning) in shown
    assert len({link.address for link in links(made)}) >= 34


def test_acronyms_stand_in_order_in_a_table_whose_head_is_repeated(tmp_path):
    rows = [
        row("acronym", key=f"AC{n}", meaning=f"Meaning {n}", note="Obsolete." if n == 5 else "")
        for n in range(99)
    ]
    used = row("section", key="uses", title="Used", body=", ".join(one.key for one in rows))
    made = printed(tmp_path, plan(*rows, used), only=["acronyms"])
    assert len(made) > 1
    listed = [
        word.text for page in made for word in words(page) if word.text.startswith("AC") and word.left < 80
    ]
    assert [word for word in listed if word != "ACRONYM"] == [f"AC{n}" for n in range(99)]
    assert all({"Acronym", "Meaning"} <= {word.text for word in words(page)} for page in made)
    assert "Meaning 5 Obsolete." in said(made)


def test_interfaces_lead_to_their_documents_and_mark_what_names_nothing(tmp_path):
    document = row("document", key="LSE-68", name="ICD", url="https://example.org/68")
    product = row("product", key="HDR", name="Header client")
    rows = [
        row("interface", key="LSE-68", name="Camera data", counterpart="Camera", document=document.id,
            owner="?Somebody", products=[product.id], summary="Pixels."),
        row("interface", key="LSE-9", name="Other"),
    ]  # fmt: skip
    made = printed(tmp_path, plan(document, product, *rows), only=["interfaces"])
    shown = said(made)
    assert shown.index("LSE-9 Other") < shown.index("LSE-68 Camera data")
    for wanted in ("Somebody ?", "Pixels.", "Products: Header client"):
        assert wanted in shown
    assert [link.address for link in links(made)] == ["https://example.org/68"]


def test_interfaces_are_printed_only_when_named_and_empty_lists_not_at_all(tmp_path):
    interface = row("interface", key="LSE-68", name="Camera data")
    whole = said(printed(tmp_path, plan(interface)))
    for title in ("External interfaces", "References", "Acronyms"):
        assert title not in whole
    assert "This plan has no interfaces yet." in said(printed(tmp_path, plan(), only=["interfaces"]))


def test_hostile_words_stay_whole_and_within_the_text_block(tmp_path):
    rows = [row("acronym", key=name, meaning=name, note=name) for name in HOSTILE]
    rows += [row("interface", key=name, name=name, counterpart=name, owner=f"?{name}") for name in HOSTILE]
    rows += [row("reference", key=name, name=name, authors=[name], venue=name) for name in HOSTILE]
    made = printed(tmp_path, plan(*rows), only=["references", "acronyms", "interfaces"])
    for page in made:
        for word in words(page):
            assert styles.LEFT - 1 <= word.left <= word.right <= page.get_width() - styles.LEFT + 1.5, word
    shown = flat(text(made))
    for name in HOSTILE[:7]:
        assert shown.count(flat(name)) >= 4


def test_only_acronyms_that_the_plan_uses_are_listed_and_unexplained_ones_are_named(tmp_path):
    known = [row("acronym", key="TLA", meaning="Three"), row("acronym", key="OLD", meaning="Unused")]
    text = row("section", key="s", title="Text", body="A TLA and a QQQ.")
    shown = said(printed(tmp_path, plan(*known, text), only=["acronyms"]))
    assert "TLA Three" in shown
    assert "OLD" not in shown
    assert "Used, but not explained here: QQQ" in shown

"""The risk register in print: readable, within its pages, told by more than colour, linked there and back."""

import subprocess
import sys

import pypdfium2 as pdfium
import pytest

from dmdesk import report, trees
from dmdesk.drawing import patterns
from dmdesk.drawing.risks import exposure, heatmap, zones
from dmdesk.drawing.tree import Options
from dmdesk.manuscript.parts import register as said
from dmdesk.plan import preview
from dmdesk.report import styles
from dmdesk.report.risks import figures
from dmdesk.risks.book import scored
from dmdesk.risks.contingency import usual
from dmdesk.risks.ready import READY, adopted
from dmdesk.risks.scale import scale_of
from tests.core.report.pdf import Link, Word, flat, links, outline, plan, printed, text, words
from tests.core.report.register import register, row
from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def data():
    return register()


@pytest.fixture(scope="module", params=["letter", "a4"])
def document(request, data) -> pdfium.PdfDocument:
    made = report.make(data, report.Options(only=("risks",), paper=request.param))
    return pdfium.PdfDocument(made.pdf)


def within(document: pdfium.PdfDocument) -> list[Word]:
    """All words of the text blocks, each held against the edges of its block."""
    found = []
    for page in document:
        wide, high = page.get_size()
        for word in words(page):
            if 93 < word.top < high - 90:
                assert styles.LEFT - 1 <= word.left <= word.right <= wide - styles.LEFT + 1.5, word
                found.append(word)
    return found


def at(document: pdfium.PdfDocument, link: Link) -> str:
    """The words that a link covers."""
    left, top, right, bottom = link.box
    return "".join(
        word.text
        for word in words(document[link.page])
        if left - 1 <= word.left
        and word.right <= right + 1
        and top - 2 <= word.top
        and word.bottom <= bottom + 4
    )


def test_no_word_lies_outside_the_text_block_and_tables_are_set_in_eight_points_or_more(document):
    assert len(within(document)) > 1500
    for page in document:
        if not any(word.text.startswith(("Confidence", "Heat")) for word in words(page)):
            sizes = [word.bottom - word.top for word in words(page) if 93 < word.top < page.get_height() - 90]
            assert min(sizes) >= 8


def test_the_summary_has_the_plain_sum_beside_the_simulation_and_says_how_it_was_made(data, document):
    found = usual(data)
    first = document[0].get_textpage().get_text_range().replace("\r\n", " ")
    amounts = [found.expected, found.outcome.mean, *(found.outcome.at(one) for one in (50, 80, 90)), 120_000]
    assert all(f"${round(amount):,}" in first for amount in amounts)
    assert "10,000 runs (seed 1)" in first


def test_every_open_risk_stands_in_the_table_of_its_sort_and_closed_ones_stand_apart(data, document):
    marks = {title: page for _, title, page in outline(document)}
    whole = [page.get_textpage().get_text_range() for page in document]
    tables = {
        "threat": whole[marks["Threats"] : marks["Opportunities"]],
        "opportunity": whole[marks["Opportunities"] : marks["Responses"]],
    }
    for one in data.in_order("risk"):
        here = [sort for sort, pages in tables.items() if any(one.key in page for page in pages)]
        if one.state in ("active", "candidate"):
            assert one.kind in here, one.key
    past = "".join(whole[marks["What has happened"] :])
    assert all(
        one.key in past for one in data.in_order("risk") if one.state in ("realised", "retired", "deprecated")
    )


def test_risks_stand_below_their_headlines_the_worst_first(data):
    rows = said.arranged(data, said.opened(data, "threat"))
    assert len(rows) == len(said.opened(data, "threat"))
    for siblings in (
        [one for one in rows if one.depth == 0],
        [one for one in rows if one.risk.parent == "r0"],
    ):
        scores = [scored(data, one.risk.id).score or -1 for one in siblings]
        assert scores == sorted(scores, reverse=True)
    places = {one.risk.id: place for place, one in enumerate(rows)}
    for one in rows:
        if one.depth:
            above = next(iter(trees.ancestors(data.rows("risk"), one.risk.id)))
            assert places[above.id] < places[one.risk.id]


def test_a_headline_in_a_cycle_is_printed_once():
    made = register(1, row("risk", "a", key="A", name="A", parent="b", headline=True, kind="threat"),
                    row("risk", "b", key="B", name="B", parent="a", headline=True, kind="threat"))  # fmt: skip
    assert sorted(one.risk.key for one in said.arranged(made, said.opened(made, "threat")))[:2] == ["A", "B"]


def test_an_id_leads_to_its_entry_and_from_there_to_its_responses_and_back(data, document):
    marks = {title: page for _, title, page in outline(document)}
    found = [(at(document, link), link) for link in links(document) if link.to_page >= 0]
    on = lambda title: [(said, link) for said, link in found if link.page == marks[title]]  # noqa: E731
    heat = [link for said, link in on("Heat map of threats") if said.startswith("DM-T-")]
    assert heat
    assert all(marks["Threats"] <= link.to_page < marks["Opportunities"] for link in heat)
    forth = [(said, link) for said, link in on("Threats") if said.startswith("DM-T-")]
    assert forth
    for name, link in forth:
        assert link.to_page >= marks["Responses"]
        back = [other for words, other in found if words == name and other.page == link.to_page]
        assert any(other.to_page == link.page and abs(other.to_y - link.box[1]) < 20 for other in back), name


def test_work_products_and_milestones_lead_to_where_they_are_printed(tmp_path, data):
    document = printed(tmp_path, register(12, row("section", "s", key="s", title="M", body="{{milestones}}")))
    found = {at(document, link) for link in links(document) if link.to_page >= 0}
    assert {"1.02C.06", "LDM-503-6"} <= found
    assert "DistributedDatabase" in {flat(one) for one in found}


def test_scores_are_told_in_words_with_trend_and_aim(document):
    whole = flat(text(document))
    for words_ in ("5×3→20high=", "4×2→13moderate↑", "aim3×2→9low", "asDM-T-015", "overdue"):
        assert words_ in whole, words_


def test_a_plan_without_risks_has_no_such_chapter_and_says_so_when_it_is_named(tmp_path):
    assert "Risk register" not in text(printed(tmp_path, plan()))
    assert "This plan has no risks yet." in text(printed(tmp_path, plan(), only=["risks"]))


def test_the_register_follows_as_an_appendix_or_stands_where_a_section_asks_for_it(tmp_path):
    titles = [title for _, title, _ in outline(printed(tmp_path, register(9)))]
    assert any(title.endswith("Risk register") for title in titles)
    asked = register(9, row("section", "s", key="s", title="Our Risks", body="These are ours.\n\n{{risks}}"))
    titles = [title for _, title, _ in outline(printed(tmp_path, asked))]
    assert not any(title.endswith("Risk register") for title in titles)
    assert "1 Our Risks" in titles


# -- figures


def test_figures_have_words_and_letters_of_six_points_or_more(data):
    found = usual(data)
    options = Options(size=(styles.WIDE, figures.ROOM))
    ids = said.judgeable(data, said.opened(data, "threat"))
    drawn = (
        heatmap.heat_map(data, ids, options),
        exposure.curve(data, found, options),
        exposure.tornado(data, found, options),
    )
    for one in drawn:
        all_words = [*one.pages[0].words, *(words for box in one.boxes for words in box.words)]
        assert all_words
        assert min(words.size for words in all_words) >= 6
        assert all(words.x >= 0 and words.x + words.width <= one.width for words in all_words)
        assert one.used(1) <= one.height


def test_a_cell_names_its_risks_or_counts_them_and_none_is_left_out():
    crowd = [
        row("risk", f"x{at}", key=f"X-{at:03}", name="x", kind="threat", state="active") for at in range(30)
    ]
    scores = [
        row("score", f"y{at}", risk=f"x{at}", sort="current", likelihood=3, overall=3) for at in range(30)
    ]
    data = register(1, *crowd, *scores)
    ids = [one.id for one in crowd]
    made = heatmap.heat_map(data, ids, Options(size=(styles.WIDE, figures.ROOM)))
    named = [box for box in made.boxes if box.id]
    more = next(box.title for box in made.boxes if box.title.endswith("more"))
    assert len(named) + int(more.split()[1]) == 30
    narrow = heatmap.heat_map(data, ids, Options(size=(200.0, figures.ROOM)))
    assert [box.title for box in narrow.boxes if box.title == "30"] == ["30"]


def test_zones_are_told_by_colour_pattern_and_letter(data):
    scale = scale_of(data)
    assert zones.letters(scale) == {"low": "L", "moderate": "M", "high": "H"}
    assert len({zones.pale(zone) for zone in scale.zones}) == 3
    drawn = {zone.mark: len([*patterns.within(zone.mark, 0, 0, 40, 40)]) for zone in scale.zones}
    assert drawn["none"] == 0 < drawn["dots"] != drawn["hatch"] > 0
    for mark in ("dots", "lines", "hatch", "cross"):
        for points in patterns.within(mark, 10.0, 20.0, 40.0, 30.0):
            assert all(10 <= x <= 51 and 20 <= y <= 50 for x, y in points)


def test_zones_that_begin_alike_have_numbers_and_a_colour_nobody_can_draw_is_grey():
    made = register(
        5, row("scale", "sc", key="own", name="Own", rule="table", table=("3 4", "1 2")),
        *(row("band", f"b{at}", scale="sc", level=str(at), name="B", least="0", most="50") for at in (1, 2)),
        *(row("impact", f"i{at}", scale="sc", dimension="overall", level=str(at), name="I") for at in (1, 2)),
        row("zone", "z1", scale="sc", name="medium", least="0", colour="greenish"),
        row("zone", "z2", scale="sc", name="massive", least="3", colour="#123456", mark="solid"), scale="sc",
    )  # fmt: skip
    scale = scale_of(made, "sc")
    assert zones.letters(scale) == {"medium": "1", "massive": "2"}
    assert zones.pale(scale.zones[0]) == zones.NO_COLOUR
    assert report.make(made, report.Options(only=("risks",))).pages >= 2


def test_the_words_of_the_figures_tell_what_they_show(data):
    found = usual(data)
    told = heatmap.described(data, said.judgeable(data, said.opened(data, "threat")))
    assert "Now: high 3 (DM-T-010, DM-T-015, DM-T-025)" in told
    assert f"P80 ${found.outcome.at(80):,.0f}" in exposure.described_curve(data, found)
    assert found.outcome.drivers[0].key in exposure.described_tornado(data, found)


def test_even_ticks_reach_over_all_amounts():
    for amounts in ([0, 0], [-3, 7], [1.2e6, 4.52e6], [5, 5], [0, 1e15], [0.001, 0.002]):
        ticks = exposure.even(amounts)
        assert ticks[0] <= min(amounts) <= max(amounts) <= ticks[-1]
        assert 2 <= len(ticks) <= 8


# -- what may go wrong

HOSTILE = ["<b>bold</b> & {{risks}} %s", "W" * 3_000, "名前 مرحبا " * 80, "\\frac{1}{2} $x$ # ~", ""]


def test_words_print_as_they_were_typed_and_stay_within_the_page_whatever_they_hold(tmp_path):
    rows = [
        row("risk", f"h{at}", key=f"{'K' * (at * 30)}{at}", name=words_, kind="threat", state="active",
            condition=words_, consequence=words_, owner=f"?{words_[:500]}", wbs=(f"?{words_[:200]}",),
            retire_milestone=f"?{words_[:90]}", cost_likely=10**14, parent="?nobody", category="?none")
        for at, words_ in enumerate(HOSTILE)
    ]  # fmt: skip
    scores = [
        row("score", f"hs{at}", risk=f"h{at}", sort="current", likelihood=at, overall=9) for at in range(5)
    ]
    steps = [
        row("action", f"ha{at}", risk=f"h{at}", name=words_, owner="?x", cost=10**14)
        for at, words_ in enumerate(HOSTILE)
    ]
    draws = [row("draw", "hd", risk="?gone", amount=10**15, note=HOSTILE[1], change="C" * 200)]
    document = printed(tmp_path, register(6, *rows, *scores, *steps, *draws), only=["risks"])
    within(document)
    assert "<b>bold</b> & {{risks}} %s" in text(document).replace("\r\n", " ")


def test_amounts_too_large_to_count_are_told_in_a_sentence_and_the_rest_is_printed(tmp_path):
    rows = [
        row("risk", f"h{at}", key=f"H{at}", name="h", kind="threat", state="active", cost_likely=10**15,
            occurrences=900, probability="50") for at in range(3)
    ]  # fmt: skip
    document = printed(tmp_path, register(9, *rows), only=["risks"])
    assert "too large to be counted" in text(document)
    assert "H2" in text(document)


# -- the same everywhere

PRINT = """
import sys
from dmdesk import report
from tests.core.report.register import register
data = register()
print(report.make(data, report.Options(only=("risks",))).sha256)
"""


def test_the_same_plan_is_the_same_bytes_in_every_process_and_after_an_edit_that_is_taken_back(data):
    sums = {
        subprocess.run(
            [sys.executable, "-c", PRINT], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    }
    made = register()
    options = report.Options(only=("risks",))
    first = report.make(made, options).sha256
    old = made.get("risk", "r5")
    made.replace("risk", "r5", row("risk", "r5", key="DM-T-006", name="Other", kind="threat", state="active"))
    assert report.make(made, options).sha256 != first
    made.replace("risk", "r5", old)
    assert report.make(made, options).sha256 == first
    assert sums == {first}


def test_numpy_is_loaded_only_when_there_are_risks_with_figures():
    code = (
        "import sys; from dmdesk import report; from tests.core.report.register import register, row;"
        "from dmdesk.reading import PlanData;"
        "risk = row('risk', 'a', key='A', name='A', kind='threat', state='active');"
        "data = PlanData.of([row('plan', 'plan', title='P'), risk]);"
        "report.make(data, report.Options()); print('numpy' in sys.modules);"
        "report.make(register(9), report.Options()); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("key", sorted(READY))
def test_every_ready_scale_has_a_heat_map_that_fits(key):
    data = register(12)
    data = preview(data, adopted(data, key))
    ids = said.judgeable(data, said.opened(data, "threat"))
    made = heatmap.heat_map(data, ids, Options(size=(styles.WIDE, figures.ROOM)))
    scale = scale_of(data)
    assert sum(box.named == "cell" for box in made.boxes) == 3 * scale.height * scale.width + len(scale.zones)
    assert made.used(1) <= made.height
    assert report.make(data, report.Options(only=("risks",))).pages > 4

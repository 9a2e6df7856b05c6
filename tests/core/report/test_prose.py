from hypothesis import given
from hypothesis import strategies as st

from dmdesk.reading import PlanData
from dmdesk.report import prose, refer, setting
from dmdesk.report.parts import Text
from dmdesk.report.styles import CODE
from dmdesk.typeset.fonts import natural_width
from dmdesk.typeset.lines import listed
from dmdesk.typeset.looks import DRAFT, LINK
from tests.core.report.pdf import plan, row


def parts(markdown: str, data: PlanData | None = None) -> list[Text]:
    return [part for part in prose.parts(data or plan(), markdown, "here") if isinstance(part, Text)]


def words(part: Text) -> str:
    return "".join(span.text for span in part.spans)


def test_a_blank_line_parts_paragraphs_and_a_line_break_does_not():
    assert [words(part) for part in parts("one\ntwo\n\nthree")] == ["one two", "three"]


def test_lists_are_indented_by_depth_and_marked_by_bullets_and_numbers():
    found = parts("- a\n  - b\n    - c\n\n3. d\n4. e\n")
    assert [part.marker.text for part in found if part.marker] == ["•", "–", "∗", "3.", "4."]
    assert [part.indent for part in found] == [27.3, 51.3, 75.3, 27.3, 27.3]


def test_a_second_paragraph_of_an_item_has_no_marker_of_its_own():
    first, second = parts("- one\n\n  more of it\n")
    assert first.marker
    assert second.marker is None
    assert second.indent == first.indent


def test_lists_nested_beyond_reason_stay_on_the_page():
    found = parts("\n".join(f"{'  ' * depth}- level {depth}" for depth in range(40)))
    assert max(part.indent for part in found) <= setting.DEEPEST_INDENT


def test_emphasis_and_code_change_the_face():
    spans = parts("plain *slanted* **heavy** ***both*** `code`")[0].spans
    faces = {span.text: span.look.face for span in spans if span.text.strip()}
    assert faces["slanted"] == "italic"
    assert faces["heavy"] == "bold"
    assert faces["both"] == "bold italic"
    assert faces["code"] == "code"


def test_html_and_braces_are_text():
    assert words(parts("<b>not bold</b> {{nothing}} <script>")[0]) == "<b>not bold</b> {{nothing}} <script>"


def test_headings_within_a_text_have_room_above_and_levels_that_can_be_told_apart():
    found = parts("Text.\n\n# One\n## Two\n### Three\nText.\n\nOne\n===")
    first, second, third, again = found[1], found[2], found[3], found[5]
    looks = [one.spans[0].look for one in (first, second, third)]
    assert len({(look.face, look.size) for look in looks}) == 3
    assert all("bold" in look.face for look in looks)
    assert looks[0].size > looks[1].size == looks[2].size
    assert first.before > second.before > third.before > first.after
    assert all(one.keep for one in (first, second, third))
    assert (again.spans[0].look, again.before) == (looks[0], first.before)


def test_a_link_covers_its_words_and_ends_after_them():
    spans = parts("see [the site](https://example.org/a) now")[0].spans
    assert [(span.text, span.look.link) for span in spans] == [
        ("see ", ""), ("the site", "https://example.org/a"), (" now", ""),
    ]  # fmt: skip


def test_a_reference_shows_its_targets_words_and_an_unknown_one_is_marked():
    section = row("section", key="risks", title="Risk management")
    data = plan(section, row("requirement", key="DMS-REQ-0002", name="A long title"))
    spans = parts("As [[risks]] and [[DMS-REQ-0002]] say, not [[this]].", data)[0].spans
    assert [span.text for span in spans] == [
        "As ", "Section\xa01", " and ", "DMS-REQ-0002", " say, not ", "?\xa0[[this]]", ".",
    ]  # fmt: skip
    assert spans[1].look.link == f"#section-{section.id}"
    assert spans[1].look.colour == LINK


def test_a_reference_to_a_figure_that_nobody_placed_is_marked():
    text = "See [[a]], [[b]] and [this](#b)."
    data = plan(
        row("section", key="s", title="S", body="{{figure a}}"),
        row("figure", key="a"),
        row("figure", key="b"),
    )
    spans = parts(text, data)[0].spans
    assert [span.text for span in spans if span.look.colour == LINK] == ["Figure\xa01"]
    assert [span.text for span in spans if span.look.colour == DRAFT] == ["?\xa0[[b]]", "this ?\xa0[[b]]"]


def test_a_cited_document_is_reached_at_its_address_at_once():
    data = plan(row("document", key="LDM-148", name="Design", url="https://example.org/LDM-148"))
    assert parts("[[LDM-148]]", data)[0].spans[0].look.link.startswith("https://example.org/LDM-148 ")


HANDLES = plan(
    row("document", key="LSE-14", name="Plan", url="https://example.org/14"),
    row("document", key="LSE-14-A", name="Annex", url="https://example.org/a"),
    row("document", key="LDM-1", name="This plan"),
    row("document", key="LSE-15", name="No address"),
)


def test_handles_of_documents_lead_there_without_being_marked():
    text = "As LSE-14, **LSE-15** (LSE-14-A) say.[^1]\n\n- LSE-14\n\n| a |\n|---|\n| LSE-14: x |\n\n[^1]: See LSE-14."
    found = list(prose.parts(HANDLES, text, "here"))
    assert [span.text for span in found[0].spans if span.look.link] == ["LSE-14", "LSE-15", "LSE-14-A", "1"]
    assert words(found[0]) == "As LSE-14, LSE-15 (LSE-14-A) say.1"
    assert found[0].spans[3].look.face == "bold"
    cell = found[2].cells[0].spans
    (note,) = found[0].notes
    for spans in (found[0].spans[1:], found[1].spans, cell, note.spans[3:]):
        assert spans[0].text == "LSE-14"
        assert spans[0].look.link == refer.span(HANDLES, "LSE-14", spans[0].look).look.link
        assert spans[0].look.colour == LINK


def test_what_only_looks_like_a_handle_stays_words():
    for said in (
        "LSE-140, XLSE-14, LSE-14b, LSE-14-B, LSE-14.pdf, pub/LSE-14, LSE-14/x, A-LSE-14, LSE-1 and LDM-1 itself",
        "`LSE-14` and ``see LSE-14``",
        "# Of LSE-14",
    ):
        (part,) = parts(said, HANDLES)
        assert not [span.text for span in part.spans if span.look.link], said


def test_thousands_of_handles_are_found_in_one_go():
    spans = parts(f"{'LSE-14,' * 20_000}{'a-1' * 50_000} LSE-14 and LSE-14", HANDLES)[0].spans
    assert sum(span.text == "LSE-14" for span in spans) == 20_002


def test_links_that_are_marked_stay_what_they_are():
    said = "[LSE-14](https://example.org/x), [see LSE-14](#LSE-15), https://example.org/LSE-14"
    links = [span.look.link for span in parts(said, HANDLES)[0].spans if span.look.link]
    assert links[0] == "https://example.org/x"
    assert links[1].startswith("#document")
    assert links[2:] == ["https://example.org/LSE-14"]


def test_footnotes_are_numbered_as_they_are_called_and_belong_to_their_paragraph():
    found = parts("One[^b] two[^a].\n\nThree[^a], lost[^c].\n\n[^a]: first\n  goes on\n[^b]: *second*")
    assert [words(part) for part in found] == ["One1 two2.", "Three2, lost?\xa0[^c]."]
    assert [words(note) for note in found[0].notes if isinstance(note, Text)] == [
        "1\xa0second",
        "2\xa0first goes on",
    ]
    assert found[1].notes == ()


def test_a_call_of_a_footnote_that_is_nowhere_is_marked_also_in_lists_and_notes():
    found = parts("- **One[^a]**\n- Two[^b]\n\n[^b]: see[^c]")
    notes = [note for part in found for note in part.notes if isinstance(note, Text)]
    marked = [span for part in (*found, *notes) for span in part.spans if span.look.colour == DRAFT]
    assert [span.text for span in marked] == ["?\xa0[^a]", "?\xa0[^c]"]


def test_code_blocks_keep_their_spaces_and_lines():
    assert words(parts("```\na  b\n    c\n```")[0]) == "a\xa0\xa0b\n\xa0\xa0\xa0\xa0c"


def test_a_line_of_code_breaks_at_the_last_sign_that_fits_and_goes_on_indented():
    code = "def f(x):\n    return x  # first, " + "mid-word" * 30 + "\nend"
    (listing,) = parts(f"```\n{code}\n```")
    lines = listing.lines(468)
    shown = ["".join(piece.text for piece in line.pieces).replace("\xa0", " ") for line in lines]
    one = natural_width("x", "code", CODE.look.size)
    fitting = int((468 - listing.indent) / one)
    assert [len(line) for line in shown[1:-2]] == [fitting] * (len(shown) - 3)
    assert [line[:2] for line in shown[2:-1]] == ["  "] * (len(shown) - 3)
    assert "".join([shown[1], *[line[2:] for line in shown[2:-1]]]) == code.split("\n")[1]
    assert (shown[0], shown[-1]) == ("def f(x):", "end")
    assert [line.parted for line in lines] == [True, *[False] * (len(lines) - 3), True, False]


@given(st.text(st.sampled_from("ab ,\t\n\xa0产हिשلمé"), max_size=200), st.floats(60, 300))
def test_code_keeps_within_its_block_whatever_it_holds(code, width):
    lines = listed(code.replace("\t", "    ").replace(" ", "\xa0"), CODE.look, width)
    assert all(line.width <= width + 0.01 for line in lines)
    assert len(lines) >= code.count("\n") + 1


def test_space_follows_the_last_item_of_a_list_as_after_a_paragraph():
    first, last, text = parts("- a\n- b\n\ntext")
    assert first.after < last.after == text.after

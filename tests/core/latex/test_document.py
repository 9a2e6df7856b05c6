"""The document: all of the plan is in it, it is sound source, and hostile or missing words do not change that."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmdesk import types as t
from dmdesk.exchange import text
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.latex.document import document
from dmdesk.manuscript import outline
from dmdesk.manuscript.parts import parts
from dmdesk.model import Figure
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.latex.source import Source, made, printed
from tests.core.latex.test_escaping import HOSTILE
from tests.core.report.register import register
from tests.house.tree import ROOT


def quiet(done: float, words: str) -> None:
    """Told how far the work is, and does nothing."""


def row(kind: str, id: str = "", **values: object) -> Entity:
    return kinds()[kind].make(values, id or None) if id else kinds()[kind].make(values)


def body(*texts: str, more: tuple[Entity, ...] = ()) -> Source:
    """A plan with a section for each text, read back."""
    made_of = [
        row("section", f"s{at}", key=f"s{at}", title=f"S{at}", order=f"{at:03}", body=one)
        for at, one in enumerate(texts)
    ]
    return made(PlanData.of([*made_of, *more]))


@pytest.fixture(scope="module")
def sample() -> PlanData:
    return text.read(ROOT / "sample_db" / "ldm-294")


@pytest.fixture(scope="module")
def source(sample: PlanData) -> Source:
    return made(sample)


# -- the sample


def test_the_sample_is_sound(source: Source) -> None:
    assert source.wrong == []


def test_the_sample_has_all_its_sections_in_order(sample: PlanData, source: Source) -> None:
    main = source.files["LDM-294.tex"]
    files = re.findall(r"\\input\{(sections/[^}]*)\}", main)
    read = "\n".join(source.files[f"{name}.tex"] for name in files)
    found = re.findall(r"^\\(?:sub)*(?:section|paragraph)\{(.*)\}$", read, re.MULTILINE)
    assert [printed(one) for one in found] == [one.section.title for one in outline.entries(sample)]
    assert main.index("\\appendix") < main.index("sections/A-") and main.count("\\appendix") == 1


def test_the_sample_has_all_its_products_elements_and_links(sample: PlanData, source: Source) -> None:
    labels = source.labels
    assert sum(label.startswith("product:") for label in labels) == len(sample.rows("product")) == 214
    assert sum(label.startswith("wbs:") for label in labels) == len(sample.rows("wbs")) >= 84
    assert sum(label.startswith("reference:") for label in labels) == len(sample.rows("reference"))
    assert sum(label.startswith("acronym:") for label in labels) == len(sample.rows("acronym"))
    assert sum(label.startswith("figure:") for label in labels) == 10
    down, up = source.files["generated/trace-down.tex"], source.files["generated/trace-up.tex"]
    assert down.count(r"\hyperref[trace-up:") == up.count(r"\hyperref[trace-down:") == 220
    assert down.count("{not traced}") == 32
    heads = 4
    assert source.rows["generated/products.tex"] >= 214 + heads - 1
    assert source.rows["generated/trace-down.tex"] >= 220 + 32


def test_the_sample_says_what_is_inherited_and_what_names_nothing(source: Source) -> None:
    products = source.files["generated/products.tex"]
    assert r"\ensuremath{\uparrow}~\emph{Mario Jurić}" in " ".join(products.split())
    assert r"~?" in products
    assert r"\begin{landscape}" in products and r"\endfirsthead" in products


def test_the_head_of_the_main_file_says_what_the_class_asks_for(source: Source) -> None:
    main = source.files["LDM-294.tex"]
    assert r"\documentclass[DM,lsstdraft,toc]{lsstdoc}" in main
    for line in (
        r"\title[Data Management Organization and Management]{Data Management Organization and Management}",
        r"\setDocRef{LDM-294}", r"\date{2017-06-30}", r"\setDocCurator{William O'Mullane}",
        r"\setDocUpstreamVersion{3.0}",
    ):  # fmt: skip
        assert line in main
    assert main.count("\\addtohist") == 3
    assert main.index(r"\addtohist{1}{2004-06-23}") < main.index(r"\addtohist{3}{2017-06-29}")


def test_references_lead_where_they_should(source: Source) -> None:
    assert re.search(r"\\hyperref\[section:[^]]*\]\{Section~\\ref\*\{section:", source.text)
    assert re.search(r"\\hyperref\[section:[^]]*\]\{Appendix~\\ref\*\{section:", source.text)
    assert re.search(r"\\hyperref\[figure:[^]]*\]\{Figure~\\ref\*\{figure:", source.text)
    assert r"\dmdocument{LPM-191}{https://ls.st/LPM-191}" in source.text


def test_the_same_plan_gives_the_same_bytes(sample: PlanData) -> None:
    assert document(sample, quiet) == document(sample.copy(), quiet)


def test_every_figure_that_is_drawn_from_the_plan_goes_along_as_a_pdf(sample: PlanData) -> None:
    files = document(sample, quiet).files
    drawn = {name: content for name, content in files.items() if name.endswith(".pdf")}
    own = {name for name in drawn if not name.startswith("generated/risk-")}
    assert own == {f"figures/{one.key}.pdf" for one in sample.all(Figure).values()}
    register = {"curve", "tornado", "threats", "opportunities"}
    assert drawn.keys() - own == {f"generated/risk-{name}.pdf" for name in register}
    put_in = re.findall(
        r"\\includegraphics\[[^]]*\]\{(generated/[^}]*)\}", files["generated/risks.tex"].decode()
    )
    assert sorted(put_in) == sorted(drawn.keys() - own)
    assert all(content.startswith(b"%PDF") for content in drawn.values())


def test_every_part_that_no_form_of_output_may_lack_is_set() -> None:
    from dmdesk.latex.document import ENDINGS

    assert {one.name for one in parts() if one.make is None} == {*ENDINGS, "figure"}


# -- bad input


def test_an_empty_plan_is_a_document() -> None:
    found = made(PlanData())
    assert found.wrong == []
    assert set(found.files) == {"plan.tex", "generated/preamble.tex"}


def test_a_plan_without_sections_has_its_tables_at_the_end() -> None:
    full = rows.full()
    data = PlanData.of(
        one for kind in kinds() if kind.name != "section" for one in full.rows(kind.name).values()
    )
    found = made(data)
    assert found.wrong == []
    main = next(text for name, text in found.files.items() if "/" not in name and "documentclass" in text)
    for name in (
        "generated/products",
        "generated/wbs",
        "generated/trace-down",
        "generated/references",
        "acronyms",
    ):
        assert f"\\input{{{name}}}" in main


def test_a_description_of_thirty_thousand_words_is_all_there_and_breaks_over_pages() -> None:
    words = " ".join(f"word{at}" for at in range(30_000))
    found = made(
        PlanData.of(
            [
                row("product", "p", key="P", name="P", description=words),
                row("section", "s", key="s", title="S", body=words),
            ]
        )
    )
    assert found.wrong == []
    listed = found.files["generated/products.tex"]
    assert re.findall(r"word\d+", listed) == words.split()
    assert found.rows["generated/products.tex"] > 100
    assert max(map(len, found.text.split("\n"))) < 1000


def test_twelve_levels_of_sections_are_all_headings() -> None:
    deep = [
        row(
            "section", f"s{at}", key=f"s{at}", title=f"Level {at}", body="[[s12]] [[s2]]",
            parent=f"s{at - 1}" if at > 1 else "",
        )
        for at in range(1, 13)
    ]  # fmt: skip
    found = made(PlanData.of(deep))
    assert found.wrong == []
    assert r"\subparagraph{Level 5}" in found.text
    assert r"\dmlabel{1.1.1.1.1.1\quad Level 6}" in found.text
    assert r"\hyperref[section:s12]{Section~1.1.1.1.1.1.1.1.1.1.1.1}" in found.text


def test_more_appendices_than_letters_are_numbered_all_the_same() -> None:
    many = [
        row("section", f"s{at}", key=f"s{at}", title="S", order=f"{at:03}", appendix=True) for at in range(30)
    ]
    found = made(PlanData.of(many))
    assert found.wrong == []
    assert r"\renewcommand{\thesection}{AD}" in found.text


def test_a_reference_that_names_nothing_is_marked_and_told() -> None:
    data = PlanData.of(
        [row("section", "s", key="s", title="Risks", body="See [[no-such]] and {{nothing}}.\n\n{{nothing}}")]
    )
    found = document(data, quiet)
    read = Source(found.files, found.main)
    assert read.wrong == []
    assert found.unknown == {"no-such": ["section 1 Risks"], "{{nothing}}": ["section 1 Risks"]}
    assert r"\textcolor{red}{?~{[}{[}no-such{]}{]}}" in read.text
    assert "% Names nothing in the plan: no-such (in section 1 Risks)\n" in read.files["plan.tex"]


def test_what_the_plan_nowhere_speaks_of_is_named_without_a_link() -> None:
    found = body("By [[ann]].", more=(row("person", "p", key="ann", name="Ann Ito"),))
    assert "By Ann Ito." in found.text
    assert found.wrong == []


def test_a_part_that_is_asked_for_twice_is_set_once() -> None:
    found = body("{{acronyms}}", "{{acronyms}}", more=(row("acronym", key="DM", meaning="Data Management"),))
    assert found.wrong == []
    assert found.inputs["acronyms"] == 1
    assert "see above" in found.text


# -- prose


def test_an_address_as_it_is_typed_is_a_link() -> None:
    found = body("See https://a.io/b_c&d (https://b.io).")
    assert found.wrong == []
    main = "".join(found.files.values())
    assert r"\href{https://a.io/b\_c\&d}{https://a.io/b\_c\&d} (\href{https://b.io}{https://b.io})." in main


def test_lists_deeper_than_latex_nests_are_paragraphs_in_the_end() -> None:
    text = "\n".join(f"{'  ' * at}- level {at}" for at in range(10))
    found = body(text)
    assert found.wrong == []
    assert found.text.count(r"\begin{itemize}") == 4
    assert [f"level {at}" in found.text for at in range(10)] == [True] * 10


def test_a_list_begins_with_the_number_it_was_given_and_goes_beyond_the_letters() -> None:
    many = "\n".join(f"   {at}. inner {at}" for at in range(1, 31))
    found = body(f"5. five\n6. six\n\n<!-- -->\n\n1. outer\n{many}\n")
    assert found.wrong == []
    assert r"\setcounter{enumi}{4}" in found.text
    assert r"\item[30.] inner 30" in found.text


def test_code_keeps_its_spaces_and_is_no_command() -> None:
    found = body("```\nif x:\n    \\input{y}  # 100%\n\n\\end{verbatim}\n```")
    assert found.wrong == []
    assert r"\ \ \ \ \textbackslash{}input\{y\}" in found.text
    assert r"\begin{dmcode}" in found.text
    assert r"\textbackslash{}end\{verbatim\}" in found.text


def test_footnotes_stand_where_they_may_and_in_brackets_elsewhere() -> None:
    found = body("Words[^1] and again[^1].\n\n[^1]: A *note* with `code`.")
    assert found.wrong == []
    assert found.text.count(r"\footnote{") == 1
    assert r"\textsuperscript{\ref{note:1}}" in found.text
    inner = body("- | a[^1] |\n  |---|\n  | b[^1] |\n\n[^1]: A note.")
    assert inner.wrong == []
    assert " (A note.)" in inner.text and r"\footnote" not in inner.text


def test_a_call_of_a_footnote_that_is_nowhere_is_marked() -> None:
    found = body("One[^9].")
    assert found.wrong == []
    assert "One\\textcolor{red}{?~{[}\\textasciicircum{}9{]}}." in "".join(found.files.values())


def test_footnotes_of_a_part_are_not_those_of_the_text_around_it() -> None:
    role = row("role", "r", key="PM", name="Manager", summary="Leads[^1].\n\n[^1]: The part's.")
    found = body("Words[^1].\n\n{{role PM}}\n\n[^1]: The text's.", more=(role,))
    assert found.wrong == []
    assert "The part's." in found.text and "The text's." in found.text


def test_a_table_has_its_caption_its_alignment_and_repeats_its_head() -> None:
    found = body("Table: Some *figures*\n\n| a | b |\n|:--|--:|\n| x & y | 1 |\n| [z](javascript:x) | `c` |")
    assert found.wrong == []
    assert r"\caption{Some \emph{figures}}" in found.text
    assert r"\raggedleft" in found.text
    assert found.text.count(r"\textbf{a} & \textbf{b}") == 2
    assert r"x \& y &" in found.text
    assert r"\href" not in found.files["sections/01-s0.tex"]


def test_emphasis_links_breaks_rules_and_quotes_are_set() -> None:
    found = body("**b** *e* [w](https://a.b/c_d) one  \ntwo\n\n---\n\n> said\n\n# Head")
    assert found.wrong == []
    for wanted in (
        r"\textbf{b}", r"\emph{e}", r"\href{https://a.b/c\_d}{w}", r"\newline{}",
        r"\rule{\linewidth}", r"\begin{quote}", r"\dmlabel{\textbf{Head}}",
    ):  # fmt: skip
        assert wanted in found.text, wanted


# -- hostile words


def hostile(words: str) -> PlanData:
    """A plan with two rows of every kind, with these words in every field that takes any."""
    data = rows.full()
    found = PlanData()
    for kind in kinds():
        for one in data.rows(kind.name).values():
            found.replace(kind.name, one.id, _with(kind, one, words))
    asked = [f"{{{{{part.name}}}}}" for part in parts() if not part.single]
    found.replace(
        "section", "all", row("section", "all", key="all", title=words, body="\n\n".join([words, *asked]))
    )
    return found


def _with(kind: Kind, one: Entity, words: str) -> Entity:
    values: dict[str, Any] = dict(zip(rows.names(kind), kind.values(one)[1:], strict=True))
    for field in kind.fields:
        if isinstance(field.type, t.ToMany_) and field.target != kind.name:
            values[field.name] = (*values[field.name], f"?{words}")
        elif isinstance(field.type, t.Many_) and not field.target:
            values[field.name] = (words, words)
        elif (
            field.type.typed
            and not field.target
            and not isinstance(field.type, (t.Many_, t.Count_, t.Number_, t.Flag_, t.Day_, t.Choice_))
        ):
            values[field.name] = words
    return kind.make(values, one.id)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_every_field_of_every_kind_are_only_words(words: str) -> None:
    found = made(hostile(words))
    assert found.wrong == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows.plans(), st.lists(st.sampled_from(HOSTILE) | rows.any_text, max_size=8).map("".join))
def test_any_plan_is_sound_source(data: PlanData, words: str) -> None:
    asked = "\n\n".join([words, *(f"{{{{{part.name}}}}}" for part in parts()), f"- {words}", f"> {words}"])
    data.replace("section", "all", row("section", "all", key="all", title=words, body=asked))
    assert made(data).wrong == []


def test_a_register_has_all_its_risks_as_labels_and_a_section_can_hold_minutes() -> None:
    body = row(
        "section",
        "s",
        key="s",
        title="Minutes",
        body="{{review 2020-02-20}}\n\n{{risk DM-T-005}}\n\n{{top-risks}}",
    )
    source = made(register(25, body))
    assert source.wrong == []
    assert sum(label.startswith("risk:") for label in source.labels) == 25
    told = source.files["generated/risks.tex"]
    assert "\\begin{landscape}" in told and told.index("Threats") < told.index(
        "Opportunities, the worst first"
    )


@pytest.mark.parametrize("words", ["{{roles}}", "{{groups}}", "{{group g}}", "{{role r}}"])
def test_a_text_that_includes_itself_is_told_and_ends(words):
    read = body(
        "{{roles}}\n\n{{groups}}",
        more=(
            row("group", "g", key="g", name="G", summary=words),
            row("role", "r", key="r", name="R", summary=words),
        ),
    )
    assert "it stands where nothing is filled in" in " ".join(read.text.split())

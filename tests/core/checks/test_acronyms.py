import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.checks.acronyms import _words_in, acronyms_in
from tests.core.checks.plans import cured, found, plan, product, row, words

DM = row("acronym", "DM", meaning="Data Management")


def section(body):
    return row("section", "risk", body=body)


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("The CCB meets; CCBs meet.", ("CCB",)),
        ("(EVM), “QC” and DAQ.", ("EVM", "QC", "DAQ")),
        ("LDM-148, CC-IN2P3, T/CAM, R2A2, LaTeX, DocuShare, IAmCaps", ()),
        ("Phase II, part IV, a U.S. site, NASA's own", ()),
        ("`CODE` [[KEY]] {{products}} <https://X.ORG/ABC> someone@SITE.org", ()),
        ("THIS HEADING IS SHOUTED, as one sees", ()),
        ("TBD and TODO", ()),
        (("One QA item", "another"), ("QA",)),
        ("", ()),
    ],
)
def test_what_counts_as_an_acronym_is_decided_narrowly(text, acronyms):
    assert acronyms_in(text) == acronyms


@given(st.text(alphabet="aAbB1/& -é", max_size=12))
def test_words_with_two_capitals_are_taken_from_where_they_begin_to_where_they_end(text):
    whole = re.compile(r"(?<![A-Za-z/&])[A-Za-z/&]*?[A-Z][a-z]*[A-Z][A-Za-z0-9/&]*")
    assert _words_in(text) == set(whole.findall(text))


def test_an_acronym_that_is_in_no_list_is_found_once_with_the_number_of_texts():
    data = plan(DM, section("DM has a QC step."), product("P", note="QC"), product("Q", description="QC, DM"))
    assert words(data, "acronym.undefined") == [
        ("section risk", "“QC” is used here, and by 2 other texts, but is not in the list of acronyms.")
    ]


def test_keys_other_names_initials_and_prefixes_of_handles_need_no_entry():
    known = [
        row("institution", "reuna"), product("ISR"), row("document", "LPM-20"),
        row("person", "omullane", initials="WOM"), row("role", "DMIS", aka=["IS"]),
    ]  # fmt: skip
    assert found(plan(DM, *known, section("REUNA, ISR, LPM, WOM and IS.")), "acronym.undefined") == []


def test_a_plan_without_a_list_of_acronyms_needs_none():
    assert found(plan(section("QC.")), "acronym.undefined") == []


def test_a_meaning_that_a_text_gives_is_added_to_the_list_by_the_fix():
    data = plan(DM, section("The DM change control board (CCB) meets. The CCB decides."))
    (finding,) = found(data, "acronym.undefined")
    assert finding.fix_title == "Add “CCB”: change control board"
    after = cured(data, finding)
    assert after.find("acronym", "CCB").meaning == "change control board"
    assert found(after, "acronym.undefined", "acronym.unused") == []


def test_an_acronym_that_stands_nowhere_is_found_and_removed():
    data = plan(
        section("DM and SUIT/LDM; a T/CAM."), DM, *(row("acronym", key) for key in ("WISE", "LDM", "T/CAM"))
    )
    (finding,) = found(data, "acronym.unused")
    assert (finding.id, finding.words) == ("acronym WISE", "Nothing in this plan uses “WISE”.")
    assert cured(data, finding).find("acronym", "WISE") is None


def test_one_acronym_written_in_two_ways_is_found():
    data = plan(row("acronym", "US", meaning="United States"), row("acronym", "U.S.", meaning="States"))
    assert words(data, "acronym.twice") == [
        ("acronym U.S.", "“U.S.” is defined as “US” too (United States).")
    ]


def test_an_acronym_that_means_something_else_than_the_plans_own_role_is_found():
    roles = [
        row("role", "RM", name="Release Manager"),
        row("role", "DMPM", name="DM Project Manager"),
        row("team", "AP", name="Alert Production"),
        row("team", "DAX", name="Data Archive and Access Services"),
    ]
    data = plan(
        DM,
        *roles,
        row("acronym", "RM", meaning="Reconfiguration Module"),
        row("acronym", "DMPM", meaning="Data Management Project Manager"),
        row("acronym", "AP", meaning="Alerts Production"),
        row("acronym", "DAX", meaning="Data access services"),
    )
    expected = "Here it means “Reconfiguration Module”, but the role RM is the “Release Manager”."
    assert words(data, "acronym.meaning") == [("acronym RM", expected)]
    after = cured(data, found(data, "acronym.meaning")[0])
    assert after.find("acronym", "RM").meaning == "Release Manager"

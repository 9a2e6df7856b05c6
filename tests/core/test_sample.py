"""The sample plan is LDM-294 as it was approved: the numbers of its tables, its trees, and its traces both ways."""

from collections import Counter

import pytest

from dmdesk import trees
from dmdesk import types as t
from dmdesk.exchange import text
from dmdesk.kinds import kind_of
from dmdesk.plan import Plan
from tests.core import rows
from tests.house.tree import ROOT

SAMPLE = ROOT / "sample_db/ldm-294"


@pytest.fixture(scope="module")
def sample():
    return text.read(SAMPLE)


def key_of(data, kind, id):
    return data.key(data.get(kind, id)) if id else ""


def test_building_the_sample_and_writing_it_again_gives_its_files_to_the_byte(tmp_path):
    text.build(SAMPLE, tmp_path / "a.dmplan")
    with Plan.open(tmp_path / "a.dmplan") as plan:
        text.write(plan.data, tmp_path / "text")
    written = {file.name: file.read_bytes() for file in (tmp_path / "text").iterdir()}
    assert written == {file.name: file.read_bytes() for file in SAMPLE.glob("*.toml")}


def test_the_sample_in_one_file_is_the_same_plan(tmp_path, sample):
    text.write(sample, tmp_path / "all.toml")
    assert rows.state(text.read(tmp_path / "all.toml")) == rows.state(sample)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("plan", 1), ("revision", 3), ("product", 214), ("wbs", 85), ("requirement", 181 + 83), ("trace", 220),
        ("interface", 9), ("reference", 34), ("acronym", 61), ("role", 14), ("group", 5), ("section", 82),
        ("risk", 19 + 3), ("category", 5 + 23), ("scale", 1), ("review", 2),
    ],
)  # fmt: skip
def test_the_sample_has_as_many_rows_as_the_document_and_its_illustrative_register(sample, kind, number):
    assert len(sample.rows(kind)) == number


def test_no_link_hangs_and_no_tree_bites_its_tail(sample):
    assert rows.dangling(sample) == []
    for kind in trees.tree_kinds():
        assert trees.cycles(sample.rows(kind), "parent") == []


def test_every_row_is_known_by_a_key_of_its_own(sample):
    for kind, table in rows.state(sample).items():
        times = Counter(sample.key(row) for row in table.values())
        assert [key for key, number in times.items() if not key or number > 1] == [], kind


def test_36_products_are_groups(sample):
    assert sum(product.kind == "group" for product in sample.rows("product").values()) == 36


@pytest.mark.parametrize(("product", "parent"), [("DM", ""), ("HEADER", "L1ONL")])
def test_products_stand_where_the_document_has_them(sample, product, parent):
    assert key_of(sample, "product", sample.find("product", product).parent) == parent


def test_all_products_stand_below_dm(sample):
    (root,) = sample.children("product")[""]
    assert root.key == "DM"
    above = {row.parent for row in sample.rows("product").values()} - {"", root.id}
    assert {sample.get("product", id).kind for id in above} == {"group"}


def test_181_dms_requirements_and_83_above_them(sample):
    prefixes = Counter(row.key.split("-")[0] for row in sample.rows("requirement").values())
    assert prefixes["DMS"] == 181
    assert prefixes["OSS"] + prefixes["LSR"] == 83


def test_32_dms_requirements_trace_to_nothing(sample):
    traced = {trace.requirement for trace in sample.rows("trace").values()}
    lower = {id for id, row in sample.rows("requirement").items() if row.key.startswith("DMS-")}
    assert traced <= lower
    assert len(lower - traced) == 32


def test_the_trace_is_the_same_from_both_ends(sample):
    down = {(trace.parent, trace.requirement) for trace in sample.rows("trace").values()}
    assert len(down) == 220
    for id in sample.rows("requirement"):
        found = [(row, field) for row, field in sample.incoming(id) if kind_of(row).name == "trace"]
        assert {row.requirement for row, field in found if field == "parent"} == {
            b for a, b in down if a == id
        }
        assert {row.parent for row, field in found if field == "requirement"} == {
            a for a, b in down if b == id
        }
    above = {parent for parent, _ in down}
    assert {sample.get("requirement", id).key.split("-")[0] for id in above} == {"OSS", "LSR"}
    assert len(above) == 83


def test_every_role_says_what_it_is_for(sample):
    assert [
        row.key for row in sample.rows("role").values() if not (row.summary or row.responsibilities)
    ] == []


def test_six_institutions_lead(sample):
    assert sum(institution.lead for institution in sample.rows("institution").values()) == 6


def test_ten_top_elements_have_a_lead_institution_that_leads(sample):
    (root,) = sample.children("wbs")[""]
    assert root.key == "1.02C"
    led = [element for element in sample.children("wbs")[root.id] if element.institutions]
    assert len(led) == len(sample.children("wbs")[root.id]) == 10
    assert all(sample.get("institution", id).lead for element in led for id in element.institutions)


def test_the_change_record_has_its_three_entries_oldest_first(sample):
    assert [(entry.version, entry.date) for entry in sample.in_order("revision")] == [
        ("1", "2004-06-23"), ("2", "2015-03-11"), ("3", "2017-06-29"),
    ]  # fmt: skip


def test_71_sections_are_numbered_and_7_appendices_lettered(sample):
    numbers = list(trees.section_numbers(sample).values())
    assert sum(number[0].isdigit() for number in numbers) == 71
    assert [number for number in numbers if len(number) == 1 and number.isalpha()] == list("ABCDEFG")
    assert len(set(numbers)) == len(numbers)


def test_every_kind_of_the_sample_is_a_kind_with_values_in_their_normal_form(sample):
    for table in rows.state(sample).values():
        for row in table.values():
            for field in kind_of(row).fields:
                assert field.type.clean(getattr(row, field.name)) == getattr(row, field.name)


def test_words_that_name_nothing_are_kept_as_typed(sample):
    products = sample.rows("product").values()
    open_words = {t.unresolved(link) for row in products for link in row.wbs if t.unresolved(link)}
    assert "1.02C.07.04.03 (moving to 1.02C.08)" in open_words

"""The matrix command: as a table, as CSV and JSON, and gaps alone, on the sample plan and on hostile names."""

import csv
import io
import json

import pytest

from dmdesk import cli
from dmdesk.exchange import text
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.house.tree import ROOT

SAMPLE = ROOT / "sample_db" / "ldm-294"
HOSTILE = '<b>\u202e=1+1,"x"\t\x1b[31m'


@pytest.fixture
def run(capsys):
    """The program's output; the exit code must be ``code``."""

    def ran(*words: object, code: int = 0) -> str:
        assert cli.main(["matrix", *map(str, words)]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return ran


def test_the_table_names_each_products_elements_and_where_they_come_from(run):
    lines = run(SAMPLE, "product-wbs").splitlines()
    assert lines[2].split() == ["DM", "Data", "Management", "1.02C"]
    assert lines[3].endswith("1.02C (from above)")
    assert any("1.02C.08.03 (unresolved)" in line for line in lines)
    assert lines[-1].endswith("WBS elements without any product.")


def test_csv_is_the_whole_grid(run):
    header, *lines = csv.reader(io.StringIO(run(SAMPLE, "obs", "--csv")))
    data = text.read(SAMPLE)
    assert len(lines) == len(data.rows("wbs"))
    assert sorted(header[2:]) == sorted(data.key(row) for row in data.rows("institution").values())
    by_key = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert by_key["1.02C.07"]["ncsa"] == "x"
    assert by_key["1.02C.07.04"]["ncsa"] == "(x)"
    assert by_key["1.02C.07"]["slac"] == ""


def test_json_has_rows_columns_and_the_marked_cells(run):
    found = json.loads(run(SAMPLE, "product-wbs", "--json"))
    assert list(found) == ["name", "rows", "columns", "cells"]
    assert found["rows"][0] == {"key": "DM", "title": "Data Management", "level": 0}
    assert {cell["state"] for cell in found["cells"]} == {"own", "inherited", "unresolved"}
    assert {cell["column"] for cell in found["cells"]} <= {column["key"] for column in found["columns"]}


def test_gaps_alone_agree_in_every_form(run):
    as_json = json.loads(run(SAMPLE, "product-wbs", "--gaps", "--json"))
    as_csv = list(csv.DictReader(io.StringIO(run(SAMPLE, "product-wbs", "--gaps", "--csv"))))
    *table, last = run(SAMPLE, "product-wbs", "--gaps").splitlines()
    assert as_json == as_csv
    assert len(table) == len(as_json)
    counts = [sum(gap["kind"] == kind for gap in as_json) for kind in ("product", "wbs")]
    assert last == f"{counts[0]} products without any element, {counts[1]} WBS elements without any product."


def test_an_element_without_a_lead_even_by_inheritance_is_a_gap(run):
    found = json.loads(run(SAMPLE, "obs", "--gaps", "--json"))
    assert [gap["key"] for gap in found] == ["1.02C"]


def test_hostile_names_tear_no_line_apart(run, tmp_path):
    rows = [
        kinds()["wbs"].make({"key": "1", "name": HOSTILE}),
        kinds()["product"].make({"key": "P", "name": HOSTILE, "wbs": (f"?{HOSTILE}",)}),
    ]
    text.write(PlanData.of(rows), tmp_path / "plan.toml")
    assert "\x1b" not in run(tmp_path / "plan.toml", "product-wbs")
    assert len(run(tmp_path / "plan.toml", "product-wbs").splitlines()) == 5
    assert len(list(csv.reader(io.StringIO(run(tmp_path / "plan.toml", "product-wbs", "--csv"))))) == 2
    assert json.loads(run(tmp_path / "plan.toml", "product-wbs", "--json"))["cells"] == []


def test_an_empty_plan_has_an_empty_matrix(run, tmp_path):
    text.write(PlanData.of([]), tmp_path / "plan.toml")
    assert run(tmp_path / "plan.toml", "obs").strip().startswith("0 WBS elements without a lead")
    assert run(tmp_path / "plan.toml", "obs", "--csv") == "key,title\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["obss"], "There is no matrix “obss”; did you mean “obs”?"),
        (["xyz"], "There is no matrix “xyz”; there are product-wbs and obs."),
        (["obs", "--csv", "--json"], "A matrix is printed as JSON or as CSV; choose one of them."),
    ],
)
def test_a_mistake_is_told_in_one_sentence(run, words, sentence):
    assert run(SAMPLE, *words, code=2) == f"dmdesk: {sentence}\n"


def test_rows_and_columns_are_narrowed_by_filters_of_their_kinds(run):
    said = run(SAMPLE, "product-wbs", "--rows", "kind:service", "--columns", "1.02C.07")
    data = text.read(SAMPLE)
    services = [row for row in data.rows("product").values() if row.kind == "service"]
    assert f"{len(services):,} of {len(data.rows('product')):,} Products fit." in said
    header, *lines = csv.reader(
        io.StringIO(run(SAMPLE, "obs", "--csv", "--rows", "code:1.02C.07", "--columns", "lead:yes"))
    )
    assert {line[0][:8] for line in lines} == {"1.02C.07"}
    leads = {row.key for row in data.rows("institution").values() if row.lead}
    assert set(header[2:]) == leads


def test_filtered_gaps_are_those_of_what_fits(run):
    every = json.loads(run(SAMPLE, "product-wbs", "--gaps", "--json"))
    some = json.loads(run(SAMPLE, "product-wbs", "--gaps", "--json", "--rows=-name:a", "--columns=-name:a"))
    assert some == [gap for gap in every if "a" not in gap["title"].casefold()]
    assert some != every


def test_a_filter_that_does_not_parse_is_said(run):
    assert "no field “frob”" in run(SAMPLE, "obs", "--columns", "frob:1", code=2)

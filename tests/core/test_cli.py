"""What each command does, run in this process on real plan files."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from dmdesk import backups, cli, store
from dmdesk.baselines import Terms
from dmdesk.changes import add, put
from dmdesk.cli import output
from dmdesk.exchange import text
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.checks.plans import joined, product, row


class Cli:
    """The program on one plan file: ``words`` are given with the file after the first."""

    def __init__(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self._capsys = file, capsys

    def __call__(self, *words: object, code: int = 0) -> str:
        """What the command prints, on standard error when it fails with code 2."""
        first, *rest = map(str, words)
        got = cli.main([first, str(self.file), *rest])
        printed = self._capsys.readouterr()
        assert got == code, printed.err
        assert (printed.err == "") == (code != 2)
        return printed.err.removeprefix("dmdesk: ").strip() if code == 2 else printed.out

    def json(self, *words: object, code: int = 0):
        return json.loads(self(*words, "--json", code=code))

    @property
    def data(self) -> PlanData:
        """The rows as they are in the file now."""
        with Plan.open(self.file, read_only=True) as plan:
            return plan.data.copy()

    def history(self) -> list[str]:
        with Plan.open(self.file, read_only=True) as plan:
            return [step.title for step in plan.history()]


@pytest.fixture
def dm(tmp_path, capsys) -> Cli:
    """A plan with two people, WBS elements, products in a tree, requirements with a trace, and a group."""
    file = rows.empty_file(tmp_path / "dm.dmplan")
    start = [
        row("plan", "LDM-1", title="Our plan", version="2.0", state="draft"),
        row("person", "ann", name="Ann Ito"),
        row("person", "ben", name="Ben Okri"),
        row("wbs", "1.02C"),
        row("wbs", "1.02C.07", parent="wbs 1.02C", institutions=["institution U"]),
        row("wbs", "1.02C.10", parent="wbs 1.02C"),
        row("institution", "U", name="University", lead=True),
        product("DM", name="Data Management", kind="group", order="010"),
        product("AP", name="Alerts", parent="product DM", order="010", wbs=["wbs 1.02C.07", "?1.02C.99"]),
        product("DRP", name="Releases", parent="product DM", order="020", uses=["product AP"]),
        row("document", "LSE-30", name="System"),
        row("document", "LSE-61", name="Subsystem"),
        row("requirement", "O-1", name="High", source="document LSE-30"),
        row("requirement", "R-1", name="Low", source="document LSE-61", text="One\nTwo"),
        row("requirement", "R-2", name="Alone", source="document LSE-61"),
        joined("trace", "t", requirement="requirement R-1", parent="requirement O-1"),
        row("section", "intro"),
        row("section", "lists", appendix=True),
    ]
    with Plan.open(file) as plan:
        plan.step("Begin", [add(one) for one in start])
    return Cli(file, capsys)


# -- looking


def test_info_counts_the_rows_and_gives_the_figures_of_a_plan(dm):
    said = dm("info")
    assert said.startswith("LDM-1 Our plan (version 2.0, draft)\n")
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "Products 3" in lines and "Trace links 1" in lines and "Milestones 0" in lines
    assert "Sections: 1 numbered, 1 in 1 appendix" in lines
    assert "Products: 1 group, 2 others" in lines
    assert "WBS elements at the top level: 2, 1 of them with a lead institution of their own" in lines
    assert "Institutions: 1, 1 of them lead institutions" in lines
    assert "LSE-30 System 1 untraced 0 with no trace at all 0" in lines
    assert "LSE-61 Subsystem 2 untraced 1 with no trace at all 1" in lines


def test_info_of_an_empty_plan_is_all_noughts(tmp_path, capsys):
    empty = Cli(rows.empty_file(tmp_path / "e.dmplan"), capsys)
    assert set(empty.json("info").values()) == {0}
    assert ["Products", "0"] in [line.split() for line in empty("info").splitlines()]


def test_list_shows_a_tree_with_titles_for_links_and_marks_for_words(dm):
    lines = dm("list", "product").splitlines()
    assert lines[0].split("  ")[0] == "Key"
    assert [line.split()[0] for line in lines[2:]] == ["DM", "AP", "DRP"]
    assert "  Alerts" in lines[3]
    assert "Data Management" in lines[3] and "1.02C.07; ?1.02C.99" in lines[3]


def test_list_as_json_has_all_fields_in_their_own_types(dm):
    listed = {entry["key"]: entry for entry in dm.json("list", "WBS elements")}
    assert list(listed) == ["1.02C", "1.02C.07", "1.02C.10"]
    assert listed["1.02C.07"]["institutions"] == ["University"]
    sections = dm.json("list", "section")
    assert [entry["appendix"] for entry in sections] == [False, True]
    assert dm.json("list", "product")[1]["wbs"] == ["1.02C.07", "?1.02C.99"]


def test_list_as_csv_has_the_fields_names_and_every_character(dm):
    table = list(csv.DictReader(io.StringIO(dm("list", "requirement", "--csv"))))
    assert [entry["key"] for entry in table] == ["O-1", "R-1", "R-2"]
    assert table[1]["text"] == "One\nTwo"
    assert table[1]["source"] == "Subsystem"


def test_a_table_cuts_long_cells_and_csv_does_not(dm):
    dm("set", "product", "AP", f"description={'long ' * 30}")
    assert f"{'long ' * 30}".strip() not in dm("list", "product")
    assert f"{'long ' * 30}".strip() in dm("list", "product", "--csv")


def test_list_of_nothing_says_so(dm):
    assert dm("list", "milestone") == "There are no Milestones in this plan.\n"
    assert dm.json("list", "milestone") == []


def test_text_that_would_steer_a_terminal_does_not_reach_it():
    assert output.cell("a\x9b31mb\u202ec\nd", 0) == "a\ufffd31mb\ufffdc d"


def test_columns_align_by_the_room_that_letters_take(capsys):
    output.table([["工程", "x"], ["abcd", "x"], ["é\u0301b", "x"]])
    lines = capsys.readouterr().out.splitlines()
    assert [output.width(line) for line in lines] == [7, 7, 7]


def test_check_gives_1_for_errors_and_lists_them_first(dm):
    dm("set", "product", "AP", "teams=?Nobody")
    found = dm.json("check", code=1)
    assert found[0]["code"] == "link.unresolved"
    assert [f["code"] for f in found if f["key"] == "R-2"] == ["requirement.untraced"]
    said = dm("check", code=1)
    assert said.splitlines()[0].split()[:4] == ["error", "link.unresolved", "Product", "AP"]
    assert said.splitlines()[-1].startswith("1 error, ")


def test_check_gives_0_when_there_are_only_warnings(dm):
    assert {f["level"] for f in dm.json("check")} == {"warning", "note"}


def test_kinds_lists_fields_with_types_and_help(capsys):
    assert cli.main(["kinds", "trace"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("trace: Trace links. A requirement satisfies")
    assert "requirement  link to requirement, required  The lower requirement." in said
    assert cli.main(["kinds"]) == 0
    assert "software | hardware" in capsys.readouterr().out


# -- changing


def test_set_is_one_step_with_its_reason(dm):
    said = dm("set", "product", "AP", "name=Alert Production", "owners=ben,ann", "--why", "RFC-1")
    assert "    Name: Alerts → Alert Production\n" in said
    assert "    Product owner: Ann Ito → Ben Okri; Ann Ito\n" in said
    changed = dm.data.find("product", "AP")
    assert (changed.name, changed.owners) == ("Alert Production", ("person ben", "person ann"))
    with Plan.open(dm.file, read_only=True) as plan:
        assert (plan.history()[0].title, plan.history()[0].why) == (
            "Set Name, Product owner of AP “Alerts”",
            "RFC-1",
        )


def test_set_takes_fields_by_label_links_by_title_and_several_by_repeating_the_field(dm):
    dm("set", "products", "Alerts", "Product owner=Ben Okri", "Product owner=ann", "kind=service")
    assert dm.data.find("product", "AP").owners == ("person ben", "person ann")


def test_set_of_nothing_after_the_equals_sign_empties_a_field(dm):
    dm("set", "product", "AP", "wbs=", "parent=", "name=")
    emptied = dm.data.find("product", "AP")
    assert (emptied.wbs, emptied.parent, emptied.name) == ((), "", "")


def test_set_keeps_words_that_name_nothing_only_when_asked_to(dm):
    said = dm("set", "product", "AP", "managers=Cy Young", code=2)
    assert (
        said
        == "Manager: “Cy Young” is not a person of this plan; write “?Cy Young” to keep the words all the same."
    )
    assert dm.data.find("product", "AP").managers == ("person ann",)
    dm("set", "product", "AP", "managers=ann,?Cy Young", "owners=?Young, Cy")
    kept = dm.data.find("product", "AP")
    assert (kept.managers, kept.owners) == (("person ann", "?Cy Young"), ("?Young, Cy",))


def test_items_keep_their_commas(dm):
    dm("add", "role", "key=PM", "name=Manager", "responsibilities=Plans, leads", "responsibilities=Reports")
    assert dm.data.find("role", "PM").responsibilities == ("Plans, leads", "Reports")


def test_set_to_what_stands_already_makes_no_step(dm):
    assert dm("set", "product", "AP", "name=Alerts") == "No differences.\n"
    assert dm.history() == ["Begin"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["product", "APP", "name=x"], "There is no product “APP” in this plan; did you mean “AP”?"),
        (["product", "AP", "nmae=x"], "A product has no field “nmae”; did you mean “name”?"),
        (
            ["product", "AP", "name"],
            "“name” should be FIELD=VALUE, with the field's name before the equals sign.",
        ),
        (["product", "AP", "name=x", "name=y"], "“name” was given 2 times; it holds one value."),
        (["product", "AP", "kind=sofware"], "Kind “sofware” is none of: group, software, hardware, service."),
        (["product", "AP", "key=DM"], "There is a product “DM” already; nothing was changed."),
        (
            ["product", "DM", "parent=AP"],
            "“Data Management” cannot be moved below itself; nothing was changed.",
        ),
        (["person", "ann", "left=soon"], "Left on: “soon” is not a date; write it as 2017-06-30."),
        (
            ["person", "ann", "institution=V"],
            "Institution: “V” is not an institution of this plan; write “?V” to keep",
        ),
        (["prodct", "AP", "name=x"], "There is no kind “prodct”; did you mean “product”?"),
    ],
)
def test_set_refuses_what_it_does_not_understand(dm, words, sentence):
    assert dm("set", *words, code=2).startswith(sentence)
    assert dm.history() == ["Begin"]


def test_add_puts_a_row_behind_its_siblings(dm):
    dm("add", "product", "key=SUIT", "name=Portal", "parent=DM")
    data = dm.data
    assert [data.key(one) for one in data.in_order("product")] == ["DM", "AP", "DRP", "SUIT"]
    assert dm.history()[0] == "Add product Portal"


def test_add_joins_rows_by_their_keys(dm):
    dm("add", "trace", "requirement=R-2", "parent=O-1", "rationale=Because")
    assert dm.data.find("trace", "R-2/O-1").rationale == "Because"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["product", "name=x"], "A product needs key, given as FIELD=VALUE."),
        (["trace", "rationale=x"], "A trace link needs requirement and parent, given as FIELD=VALUE."),
        (["product", "key=AP", "name=x"], "There is a product “AP” already; nothing was changed."),
        (
            ["trace", "requirement=R-1", "parent=O-1"],
            "There is a trace link “R-1/O-1” already; nothing was changed.",
        ),
        (["plan", "handle=LDM-2"], "There is one plan in a plan, and it is there already; use “dmdesk set”."),
    ],
)
def test_add_refuses_rows_that_lack_something_or_are_there_already(dm, words, sentence):
    assert dm("add", *words, code=2) == sentence
    assert dm.history() == ["Begin"]


def test_drop_says_what_goes_along_and_drops_it(dm):
    before = dm.data
    dry = dm("drop", "requirement", "O-1", "--dry-run")
    assert rows.state(dm.data) == rows.state(before)
    assert dry.endswith("Nothing was changed; this was a dry run.\n")
    assert "removed: O-1 “High”" in dry and "removed: Low → High" in dry and "2 rows: 2 removed." in dry
    assert dm("drop", "requirement", "O-1") == dry.replace("Nothing was changed; this was a dry run.\n", "")
    assert dm.data.find("requirement", "O-1") is None
    assert dm.data.rows("trace") == {}


def test_drop_shows_the_links_it_empties(dm):
    said = dm("drop", "product", "AP")
    assert "changed: DRP “Releases”\n    Uses: Alerts → (nothing)\n" in said
    assert dm.history()[0] == "Remove product AP “Alerts”"


def test_undo_and_redo_go_through_the_history(dm):
    dm("set", "product", "AP", "name=Other")
    assert dm("undo") == "Undid: Set Name of AP “Alerts”.\n"
    assert dm.data.find("product", "AP").name == "Alerts"
    assert dm("redo") == "Did again: Set Name of AP “Alerts”.\n"
    assert dm.data.find("product", "AP").name == "Other"
    assert dm("redo", code=2) == "There is nothing to redo in “dm.dmplan”."


# -- comparing


def test_diff_of_equal_plans_is_0_and_of_others_1(dm, tmp_path):
    other = tmp_path / "other.dmplan"
    store.copy_file(dm.file, other)
    assert dm("diff", other) == "No differences.\n"
    dm("set", "product", "AP", "name=New", "owners=ben")
    dm("add", "person", "key=cy", "name=Cy Young")
    said = dm("diff", other, code=1)
    assert (
        "Products\n  changed: AP “Alerts”\n    Name: New → Alerts\n    Product owner: Ben Okri → Ann Ito\n"
        in said
    )
    assert "People\n  removed: cy “Cy Young”\n" in said
    assert said.endswith("2 rows: 1 changed, 1 removed.\n")


def test_diff_as_json_names_rows_and_gives_old_and_new(dm, tmp_path):
    other = tmp_path / "other.dmplan"
    store.copy_file(dm.file, other)
    dm("set", "product", "AP", "wbs=1.02C.10")
    assert dm.json("diff", other, code=1) == [
        {
            "op": "set",
            "kind": "product",
            "id": "product AP",
            "key": "AP",
            "title": "Alerts",
            "fields": {"wbs": {"old": ["1.02C.10"], "new": ["1.02C.07", "?1.02C.99"]}},
        }
    ]


def test_diff_compares_files_and_text_in_either_order(dm, tmp_path, capsys):
    folder, one = tmp_path / "text", tmp_path / "one.toml"
    dm("export", folder)
    dm("export", one)
    assert dm("diff", folder) == dm("diff", one) == "No differences.\n"
    assert cli.main(["diff", str(folder), str(dm.file)]) == 0
    assert cli.main(["diff", str(folder), str(one)]) == 0
    capsys.readouterr()
    changed = one.read_text("utf-8").replace('"Alerts"', '"Changed"')
    one.write_text(changed, "utf-8")
    assert "Name: Alerts → Changed" in dm("diff", one, code=1)
    assert cli.main(["diff", str(one), str(dm.file)]) == 1
    assert "Name: Changed → Alerts" in capsys.readouterr().out


def test_history_tells_who_when_why_and_old_and_new(dm, monkeypatch):
    monkeypatch.setenv("DMDESK_USER", "Jo March")
    dm("set", "product", "AP", "owners=ben", "--why", "Ann left")
    dm("undo")
    (undone, begin) = dm.json("history")
    assert (undone["title"], undone["who"], undone["why"], undone["state"]) == (
        "Set Product owner of AP “Alerts”", "Jo March", "Ann left", "undone",
    )  # fmt: skip
    assert undone["changes"][0]["fields"]["owners"] == {"old": ["Ann Ito"], "new": ["Ben Okri"]}
    assert (begin["title"], begin["state"], len(begin["changes"])) == ("Begin", "done", 18)
    said = dm("history")
    assert " UTC  Jo March  Set Product owner of AP “Alerts” (undone)\n  because: Ann left\n" in said
    assert "      Product owner: Ann Ito → Ben Okri\n" in said


def test_history_names_rows_that_are_gone(dm):
    dm("set", "product", "AP", "owners=ben")
    dm("drop", "person", "ben")
    assert dm.json("history")[1]["changes"][0]["fields"]["owners"]["new"] == ["Ben Okri"]


def test_history_of_a_field_that_is_gone_from_the_schema_is_still_shown(dm):
    import sqlite3

    with sqlite3.connect(dm.file) as connection:
        change = '{"colour": ["red", "blue"]}'
        connection.execute("UPDATE change SET op = 'set', fields = ? WHERE place = 0", (change,))
    connection.close()
    assert "colour: red → blue" in dm("history")
    assert dm.json("history")[0]["changes"][0]["fields"]["colour"] == {"old": "red", "new": "blue"}


def test_history_of_a_new_plan_says_that_there_is_none(tmp_path, capsys):
    assert Cli(rows.empty_file(tmp_path / "e.dmplan"), capsys)("history") == "Nothing has been changed yet.\n"


# -- whole plans


def test_new_makes_an_empty_plan_and_never_replaces_a_file(tmp_path, capsys):
    new = Cli(tmp_path / "new.dmplan", capsys)
    assert new("new").startswith("Made ")
    assert set(new.json("info").values()) == {0}
    assert "is there already and was left as it is" in new("new", code=2)


def test_export_and_import_are_inverse_and_import_is_one_step(dm, tmp_path):
    folder = tmp_path / "text"
    assert dm("export", folder) == f"Wrote 9 files to “{folder}”.\n"
    before = dm.data
    dm("set", "product", "AP", "name=Other")
    dm("add", "person", "key=cy", "name=Cy")
    dm("drop", "requirement", "R-2")
    said = dm("import", folder, "--why", "Start over")
    assert said.endswith("3 rows: 1 added, 1 changed, 1 removed.\nImported as one step: Import text.\n")
    assert dm.history()[0] == "Import text"
    after = rows.state(dm.data)
    assert after["product"] == rows.state(before)["product"]
    assert [one.key for one in after["requirement"].values()].count("R-2") == 1
    assert dm("diff", folder) == "No differences.\n"
    dm("undo")
    assert dm.data.find("person", "cy") is not None


def test_a_dry_run_of_import_counts_and_shows_but_changes_nothing(dm, tmp_path):
    folder = tmp_path / "text"
    dm("export", folder)
    dm("set", "product", "AP", "name=Other")
    before = dm.file.read_bytes()
    said = dm("import", folder, "--dry-run")
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "Added Changed Removed" in lines and "Products 0 1 0" in lines
    assert "Name: Other → Alerts" in lines
    assert lines[-1] == "Nothing was changed; this was a dry run."
    assert dm.file.read_bytes() == before


def test_importing_what_the_plan_is_makes_no_step(dm, tmp_path):
    dm("export", tmp_path / "a.toml")
    assert dm("import", tmp_path / "a.toml") == "No differences.\n"
    assert dm.history() == ["Begin"]


def test_a_part_of_a_plan_is_not_imported_as_the_whole(dm, tmp_path):
    dm("export", tmp_path / "text")
    said = dm("import", tmp_path / "text" / "person.toml", code=2)
    assert "does not hold a whole plan" in said
    assert dm.history() == ["Begin"]


def test_text_with_a_mistake_is_refused_whole(dm, tmp_path):
    (tmp_path / "bad.toml").write_text('[[product]]\nkey = "X"\ncolour = "red"\n', "utf-8")
    assert "there is no field “colour”" in dm("import", tmp_path / "bad.toml", code=2)


def test_a_folder_of_text_can_be_looked_at_like_a_plan_file(dm, tmp_path, capsys):
    dm("export", tmp_path / "text")
    counts = dm.json("info")
    assert cli.main(["info", str(tmp_path / "text"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == counts


def test_backups_are_listed_newest_first_and_restored_by_name(dm):
    assert [line.split()[0] for line in dm("backups").splitlines()] == [date.today().isoformat()]
    dm("backup")
    dm("set", "product", "AP", "name=Other")
    today = date.today().isoformat()
    assert [line.split()[0] for line in dm("backups").splitlines()] == [f"{today}-1", today]
    assert dm("restore") == f"“dm.dmplan” is now what “{today}-1” held.\n"
    assert dm.data.find("product", "AP").name == "Alerts"
    assert dm("restore", f"{today}-2") == f"“dm.dmplan” is now what “{today}-2” held.\n"
    assert dm.data.find("product", "AP").name == "Other"
    assert "There is no backup “1999-01-01” of “dm.dmplan”" in dm("restore", "1999-01-01", code=2)


def test_a_backup_without_a_baseline_is_restored_only_by_force(dm):
    dm("backup")
    with Plan.open(dm.file) as plan:
        plan.seal(Terms("3.0", "2017-06-30"))
        before = rows.state(plan.data)
    today = date.today().isoformat()
    said = dm("restore", f"{today}-1", code=2)
    assert (
        f"The backup “{today}-1” does not have baseline 3.0; once it is restored, it is only in the copy"
        in said
    )
    assert "Nothing was done; --force restores it all the same." in said
    assert rows.state(dm.data) == before and [one["version"] for one in dm.json("baselines")] == ["3.0"]
    assert dm("restore", f"{today}-1", "--force") == f"“dm.dmplan” is now what “{today}-1” held.\n"
    assert dm.json("baselines") == []


def test_a_lost_plan_file_is_brought_back_from_its_newest_backup(dm):
    before = rows.state(dm.data)
    dm("backup")
    dm.file.unlink()
    dm("restore")
    assert rows.state(dm.data) == before


def test_a_damaged_plan_file_is_brought_back_and_kept_beside(dm):
    before = rows.state(dm.data)
    dm("backup")
    broken = dm.file.read_bytes()[:20_000] + b"x" * 5_000
    dm.file.write_bytes(broken)
    assert "is damaged" in dm("info", code=2)
    assert "the damaged file is kept as “dm (damaged).dmplan”" in dm("restore")
    assert rows.state(dm.data) == before
    assert (dm.file.parent / "dm (damaged).dmplan").read_bytes() == broken


def test_a_file_that_is_no_plan_is_not_restored_over(tmp_path, capsys):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all, " * 50)
    assert "is not a dmdesk plan" in Cli(letter, capsys)("restore", code=2)
    assert letter.read_text().startswith("Dear all")


def test_a_plan_without_backups_says_so(tmp_path, capsys):
    empty = Cli(rows.empty_file(tmp_path / "e.dmplan"), capsys)
    assert empty("backups") == "There are no backups of “e.dmplan” yet.\n"
    assert backups.found(empty.file) == []


def test_print_writes_a_pdf_of_the_chapters_asked_for(dm, tmp_path):
    out = tmp_path / "p.pdf"
    assert dm("print", out, "--only", "products").endswith(f"to “{out}”.\n")
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_plan_of_an_older_schema_can_be_looked_at_and_stays_as_it_is(tmp_path, capsys):
    from dmdesk import schema

    old = Cli(tmp_path / "old.dmplan", capsys)
    schema.migrate(old.file, "0001")
    before = old.file.read_bytes()
    assert set(old.json("info").values()) == {0}
    assert old.json("history") == []
    assert old.file.read_bytes() == before
    assert cli.main(["add", str(old.file), "person", "key=a", "name=A"]) == 0
    assert "was upgraded for this version of dmdesk" in capsys.readouterr().err
    assert old.data.find("person", "a") is not None


def test_the_sample_plan_is_built_from_its_text(tmp_path, capsys):
    from dmdesk.exchange.sample import SAMPLE

    sample = Cli(tmp_path / "s.dmplan", capsys)
    sample("sample")
    assert sample.history()[-1] == "Release 3.0"
    approved = Cli(f"{sample.file}@3.0", capsys)
    assert approved.json("info") == text.read(SAMPLE).counts()
    (only,) = approved.json("diff", SAMPLE, code=1)
    assert only["fields"] == {"state": {"old": "baselined", "new": "draft"}}


def test_an_interrupted_command_says_so_and_gives_130(dm, monkeypatch, capsys):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dmdesk.store.inspect", interrupted)
    assert cli.main(["info", str(dm.file)]) == 130
    assert capsys.readouterr().err == "dmdesk: interrupted.\n"


def test_a_step_made_elsewhere_meanwhile_is_a_conflict_and_not_lost(dm):
    with Plan.open(dm.file) as plan:
        plan.step("Rename", [put(plan.data.find("product", "AP"), {"name": "From the window"})])
        assert "is open for writing elsewhere" in dm("set", "product", "AP", "name=From here", code=2)
    assert dm.data.find("product", "AP").name == "From the window"


def test_check_asks_only_what_is_wanted_and_names_a_code_that_is_near(dm):
    assert {f["code"] for f in dm.json("check", "--only", "wbs.unknown")} == {"wbs.unknown"}
    assert "did you mean “wbs.unknown”" in dm("check", "--only", "wbs.unknow", code=2)


def test_check_prints_sarif_with_a_rule_for_each_check(dm):
    log = json.loads(dm("check", "--sarif"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} <= {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }


def test_fixing_all_findings_of_a_check_is_one_step_and_says_what_it_cures(dm):
    said = dm("check", "--fix", "wbs.unknown", "--way", "create", "--dry-run")
    assert "added: 1.02C.99" in said and "Cures 1 finding:" in said and "Nothing was changed" in said
    assert len(dm.json("check", "--only", "wbs.unknown")) == 1
    dm("check", "--fix", "wbs.unknown", "--way", "create")
    assert dm.json("check", "--only", "wbs.unknown") == []
    assert "Undid: Fix wbs.unknown." in dm("undo")


def test_a_way_that_cures_nothing_lists_those_that_do(dm):
    assert "the ways are: " in dm("check", "--fix", "wbs.unknown", "--way", "magic", code=2)


def test_an_accepted_finding_counts_no_more_and_is_listed_with_its_reason(dm):
    (finding,) = dm.json("check", "--only", "wbs.unknown")
    where = ("accept", "wbs.unknown", finding["kind"], finding["key"])
    assert "Accepted: " in dm(*where, "--reason", "RFC-380")
    assert dm.json("check", "--only", "wbs.unknown") == []
    (listed,) = dm.json("check", "--only", "wbs.unknown", "--accepted")
    assert (listed["level"], listed["accepted"]) == ("accepted", "RFC-380")
    assert "1 accepted." in dm("check", "--only", "wbs.unknown")
    assert "finds no open wbs.unknown" in dm(*where, "--reason", "again", code=2)


def test_an_accepted_finding_is_listed_with_its_last_day(dm):
    (finding,) = dm.json("check", "--only", "wbs.unknown")
    where = ("accept", "wbs.unknown", finding["kind"], finding["key"])
    dm(*where, "--reason", "RFC-380", "--until", "2999-12-31")
    (listed,) = dm.json("check", "--only", "wbs.unknown", "--accepted")
    assert (listed["accepted"], listed["until"]) == ("RFC-380", "2999-12-31")
    assert "Accepted until 2999-12-31: RFC-380" in dm("check", "--only", "wbs.unknown", "--accepted")
    assert "Until 2999-12-31: RFC-380" in dm("check", "--sarif", "--only", "wbs.unknown")


def test_accepting_needs_a_reason_and_a_day_that_is_one(dm):
    (finding,) = dm.json("check", "--only", "wbs.unknown")
    where = ("accept", "wbs.unknown", finding["kind"], finding["key"])
    assert "--reason" in dm(*where, code=2)
    assert "needs a reason" in dm(*where, "--reason", " ", code=2)
    assert "is not a date" in dm(*where, "--reason", "x", "--until", "soon", code=2)


def test_a_dry_run_of_an_import_says_what_it_would_cure_and_cause(dm, tmp_path):
    dm("export", tmp_path / "text")
    file = tmp_path / "text" / "product.toml"
    file.write_text(file.read_text("utf-8").replace('"?1.02C.99"', '"1.02C.07"'), "utf-8")
    said = dm("import", tmp_path / "text", "--dry-run")
    assert "Cures 1 finding:" in said and "wbs.unknown" in said

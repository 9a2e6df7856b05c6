import subprocess
import sys
import time

import pypdfium2 as pdfium
import pytest

from dmdesk import changes as c
from dmdesk import cli, report
from dmdesk.exchange import text as plan_text
from dmdesk.kinds import kinds
from dmdesk.model import Product
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from dmdesk.report.datasheet import Named, datasheet, history
from tests.core.report.pdf import flat, links, plan, printed, row, text, words
from tests.house.tree import ROOT


@pytest.fixture
def family() -> dict:
    """A manager's system with a part, what the part uses, and an interface that names it."""
    boss = row("person", key="w", name="Wilhelmina")
    element = row("wbs", key="1.02C.06", name="Database")
    top = row("product", key="TOP", name="Topmost", managers=[boss.id], order="1")
    used = row("product", key="USED", name="Useful", order="2")
    part = row(
        "product", key="PART", name="Beneath", parent=top.id, wbs=[element.id, "?1.02C.99"], uses=[used.id],
        repositories=["afw"], note="To be moved.", description="It archives.",
    )  # fmt: skip
    icd = row("interface", key="LSE-1", name="Camera", products=[part.id])
    return {"boss": boss, "element": element, "top": top, "used": used, "part": part, "icd": icd}


def sheet(family: dict, name: str, **lines):
    data = PlanData.of(family.values())
    return datasheet(data, data.all(Product)[family[name].id], **lines)


def facts(found) -> dict:
    return {fact.label: fact for fact in found.facts}


def test_a_datasheet_says_where_an_inherited_manager_comes_from(family):
    manager = facts(sheet(family, "part"))["Manager"]
    assert manager.values == (Named("Wilhelmina", "person", family["boss"].id),)
    assert manager.source == Named("Topmost", "product", family["top"].id)
    assert facts(sheet(family, "top"))["Manager"].source is None


def test_a_product_without_elements_has_those_of_the_nearest_product_above_that_names_any(family):
    leaf = row("product", key="LEAF", name="Below", parent=family["part"].id)
    elements = facts(sheet({**family, "leaf": leaf}, "leaf"))["WBS elements"]
    assert [one.words for one in elements.values] == ["1.02C.06 Database", "1.02C.99"]
    assert elements.source == Named("Beneath", "product", family["part"].id)


def test_a_datasheet_knows_both_ends_of_a_use_and_who_else_names_the_product(family):
    assert [one.words for one in facts(sheet(family, "part"))["Uses"].values] == ["Useful"]
    assert [one.words for one in facts(sheet(family, "used"))["Used in"].values] == ["Beneath"]
    assert [one.words for one in facts(sheet(family, "part"))["Interfaces"].values] == ["Camera"]
    assert [one.words for one in facts(sheet(family, "top"))["Parts"].values] == ["Beneath"]


def test_wbs_elements_are_named_by_code_and_name_and_words_that_name_none_are_marked(family):
    known, unknown = facts(sheet(family, "part"))["WBS elements"].values
    assert (known.words, known.unresolved) == ("1.02C.06 Database", False)
    assert (unknown.words, unknown.unresolved) == ("1.02C.99", True)


def test_what_a_product_has_not_is_no_fact(family):
    assert facts(sheet(family, "used")).keys() == {"Used in"}


def test_findings_and_history_are_those_of_the_caller(family):
    found = sheet(family, "part", history=["yesterday: name"], findings=["No owner."])
    assert (found.history, found.findings) == (("yesterday: name",), ("No owner.",))
    assert [one.words for one in found.path] == ["Topmost"]


def test_printed_datasheets_lead_to_each_other(tmp_path, family):
    document = printed(tmp_path, plan(*family.values()), only=["datasheets"])
    shown = text(document)
    for said in ("Topmost", "Useful", "It archives.", "To be moved.", "1.02C.06 Database", "afw", "Camera"):
        assert said in shown
    found = words(document[0])
    heading = [word for word in found if word.text == "Useful"][-1]
    use = next(word for word in found if word.text == "Useful" and word.top < heading.top)
    link = next(
        one
        for one in links(document)
        if one.box[0] - 1 <= use.left <= one.box[2] and one.box[1] - 2 <= use.top
    )
    assert link.to_page == 0
    assert abs(link.to_y - heading.top) < 15


def test_datasheets_lead_to_the_wbs_dictionary_when_it_is_printed_too(tmp_path, family):
    data = plan(*family.values())
    both = printed(tmp_path, data, only=["wbs", "datasheets"])
    alone = printed(tmp_path, data, only=["datasheets"])
    assert len([one for one in links(both) if one.page == len(both) - 1]) > len(links(alone))


def test_datasheets_are_printed_only_when_they_are_asked_for(tmp_path, family):
    assert "To be moved." not in text(printed(tmp_path, plan(*family.values())))


def test_only_the_datasheets_of_the_chosen_products_are_printed(tmp_path, family):
    out = tmp_path / "one.pdf"
    part = family["part"].id
    options = report.Options(only=["datasheets"], of={part}, findings={part: ["No owner."]})
    report.build(plan(*family.values()), out, options)
    shown = text(pdfium.PdfDocument(out.read_bytes()))
    assert "Open: No owner." in shown
    assert "USED" not in shown


def test_hostile_words_are_printed_as_they_are(tmp_path):
    nasty = "<b>&amp; %s {0}"
    product = row("product", key="K", name=nasty, note=nasty, description=nasty, uses=[f"?{nasty}"])
    assert flat(text(printed(tmp_path, plan(product), ["datasheets"]))).count(flat(nasty)) == 4


def test_the_sample_takes_several_datasheets_a_page(tmp_path):
    data = plan_text.read(ROOT / "sample_db" / "ldm-294")
    assert 30 < len(printed(tmp_path, data, ["datasheets"])) < 50


def test_the_command_line_chooses_products_by_key_and_says_when_that_chooses_nothing(tmp_path, capsys):
    sample = str(ROOT / "sample_db" / "ldm-294")
    out = tmp_path / "header.pdf"
    assert cli.main(["print", sample, str(out), "--only", "datasheets", "--of", "HEADER", "L1"]) == 0
    shown = text(pdfium.PdfDocument(out.read_bytes()))
    assert "Header Generator" in shown
    assert "Level 1 System" in shown
    assert "Science Platform" not in shown
    assert cli.main(["print", sample, str(out), "--of", "HEADER"]) == 2
    assert "--only datasheets" in capsys.readouterr().err


def changed(tmp_path, steps: int = 1):
    """A plan file in which a product was renamed so many times after it was added, with the plan still open."""
    made = Plan.create(tmp_path / "past.dmplan")
    made.step(
        "Fill",
        [
            c.add(row("plan", handle="LDM-1")),
            c.add(kinds()["product"].make({"key": "P", "name": "Name 0"}, "p")),
        ],
    )
    for number in range(1, steps + 1):
        made.step("Rename", [c.put(made.data.rows("product")["p"], {"name": f"Name {number}"})])
    return made


def test_the_history_tells_who_when_and_old_and_new_newest_first(tmp_path):
    with changed(tmp_path, 2) as made:
        lines = history(made.data, made.history_of(made.data.rows("product")["p"]))
        step = made.history()[0]
    assert lines[0] == f"{step.at[:10]} {step.who}: Name: Name 1 → Name 2"
    assert lines[-1].endswith(": added (Fill)")
    assert len(lines) == 3


def test_of_a_long_history_the_earlier_changes_are_counted_and_undone_ones_are_left_out(tmp_path):
    with changed(tmp_path, 25) as made:
        made.undo()
        lines = history(made.data, made.history_of(made.data.rows("product")["p"]))
    assert len(lines) == 21
    assert lines[0].endswith("Name 23 → Name 24")
    assert lines[-1] == "and 5 earlier changes"


def test_links_in_the_history_are_named_and_long_texts_cut(tmp_path):
    with changed(tmp_path) as made:
        boss = row("person", key="w", name="Wilhelmina")
        now = made.data.rows("product")["p"]
        made.step(
            "More", [c.add(boss), c.put(now, {"managers": (boss.id, "?Somebody"), "note": "long " * 99})]
        )
        lines = history(made.data, made.history_of(made.data.rows("product")["p"]))
    assert any(line.endswith("Manager: — → Wilhelmina, Somebody") for line in lines)
    assert max(map(len, lines)) < 130


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_printed_datasheet_has_the_history_and_the_same_bytes_in_every_time_zone(
    tmp_path, monkeypatch, capsys, zone
):
    changed(tmp_path).close()
    printed_here = []
    for where in ("UTC", zone):
        monkeypatch.setenv("TZ", where)
        time.tzset()
        out = tmp_path / f"{len(printed_here)}.pdf"
        assert cli.main(["print", str(tmp_path / "past.dmplan"), str(out), "--only", "datasheets"]) == 0
        printed_here.append(out.read_bytes())
    monkeypatch.undo()
    time.tzset()
    assert printed_here[0] == printed_here[1]
    shown = text(pdfium.PdfDocument(printed_here[0]))
    assert "Name: Name 0 → Name 1" in shown


def test_knowing_a_datasheet_loads_nothing_that_prints():
    code = "import sys, dmdesk.report.datasheet; print(any('reportlab' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"

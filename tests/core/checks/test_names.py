import pytest

from dmdesk.exchange import text
from dmdesk.kinds import changed
from dmdesk.plan import preview
from tests.core.checks.plans import found, plan, row, words
from tests.house.tree import ROOT


@pytest.mark.parametrize("kind", ["product", "role", "group", "document"])
def test_two_of_a_kind_with_one_name_are_found(kind):
    data = plan(
        row(kind, "A1", name="Alert Filter"), row(kind, "A2", name="alert filter"), row(kind, "A3", name="x")
    )
    expected = [(f"{kind} A2", "“alert filter” is the name of A1 as well.")]
    assert words(data, "name.twice") == expected


def test_one_name_in_two_kinds_is_fine():
    assert found(plan(row("role", "A", name="Same"), row("group", "B", name="Same")), "name.twice") == []


def test_wbs_elements_side_by_side_with_one_name_are_a_warning():
    data = plan(
        row("wbs", "1.02C.07.01", name="Network", parent="wbs 1.02C.07"),
        row("wbs", "1.02C.07.02", name="Network", parent="wbs 1.02C.07"),
    )
    assert [(f.level, f.id) for f in found(data, "name.twice", "name.repeated")] == [
        ("warning", "wbs 1.02C.07.02")
    ]


def test_wbs_elements_of_different_branches_with_one_name_are_a_note():
    data = plan(
        row("wbs", "1.02C.07.00", name="Management", parent="wbs 1.02C.07"),
        row("wbs", "1.02C.00", name="Management", parent="wbs 1.02C"),
    )
    assert [(f.level, f.id) for f in found(data, "name.twice", "name.repeated")] == [("note", "wbs 1.02C.00")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RSP Web API", "Web API RSP"),
        ("Costs, Leadership & Management", "Management, Leadership and Costs"),
        ("Network Managment", "Network Management"),
        ("Alert Filter", "Alert Filters"),
        ("Batch Proc", "Batch Processing"),
        ("Data-Release Production", "Data Release Production"),
        ("Detcetion Pipe", "Detection Pipe"),
        ("Precursor", "Precurser"),
    ],
)
def test_names_that_are_much_alike_are_found(one, other):
    data = plan(row("product", "A", name=one), row("product", "B", name=other))
    expected = f"“{other}” is much like “{one}” (A); if both are one thing, keep one name for it."
    assert words(data, "name.alike") == [("product B", expected)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L1 Catalog DB", "L2 Catalog DB"),
        ("ComCam Archiver", "LSSTCam Archiver"),
        ("Network 100G", "Network 10G"),
        ("PSF Estim Small", "PSF Estim Large"),
        ("Alert Filter", "Alert Filter Service"),
        ("Level 1", "Level 2"),
        ("Archiver", "archiver"),
        ("Base DAC Env", "Base DBB Env"),
        ("Astrometric Fit", "Photometric Fit"),
        ("Data", "Dates"),
    ],
)
def test_names_that_differ_in_a_number_or_in_a_word_of_their_own_are_not_alike(one, other):
    assert found(plan(row("product", "A", name=one), row("product", "B", name=other)), "name.alike") == []


def test_no_two_names_of_the_sample_plan_are_called_alike():
    assert found(text.read(ROOT / "sample_db" / "ldm-294"), "name.alike") == []


def test_a_renamed_row_is_compared_again():
    data = plan(row("product", "A", name="Alert Filter"), row("product", "B", name="Alert Maker"))
    assert found(data, "name.alike") == []
    data.replace("product", "product B", changed(data.get("product", "product B"), {"name": "Alert Filters"}))
    assert [f.id for f in found(data, "name.alike")] == ["product B"]


def test_a_name_that_is_another_products_other_name_is_found():
    data = plan(row("product", "A", aka=["Qserv"]), row("product", "B", name="QSERV"))
    (finding,) = found(data, "name.other")
    assert finding.words == "“QSERV” is also known as another name of “A” (A)."
    assert preview(data, finding.fix).get("product", "product A").aka == ()


def test_an_author_whose_name_is_a_slip_of_anothers_is_found():
    data = plan(
        row("reference", "R1", authors=["Dubois-Felsmann, G."]),
        row("reference", "R2", authors=["Dubois-Felsmann, G.", "Lim, K.T."]),
        row("reference", "R3", authors=["Dubious-Felsmann, G.", "Lin, K.T."]),
        row("reference", "R4", authors=["Dubois-Felsmann, M."]),
    )
    expected = (
        "“Dubious-Felsmann, G.” is much like “Dubois-Felsmann, G.”, an author of R1; write one name one way."
    )
    assert words(data, "reference.author-alike") == [("reference R3", expected)]
    (finding,) = found(data, "reference.author-alike")
    assert preview(data, finding.fix).get("reference", "reference R3").authors == (
        "Dubois-Felsmann, G.",
        "Lin, K.T.",
    )

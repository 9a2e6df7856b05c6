import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.kinds import changed, kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.checks.plans import found, joined, plan, product, row
from tests.house.tree import ROOT

CODES = [
    "section.part", "section.part-inline", "figure.unplaced", "figure.no-picture", "picture.broken",
    "repository.unclaimed", "component.unclaimed", "repository.twice", "product.repository-unknown",
    "product.component-unknown", "acceptance.stale", "acceptance.expired",
    "field.empty", "link.dangling", "key.twice", "choice.unknown",
    "tree.circle", "wbs.unknown", "wbs.malformed", "link.note", "link.several", "link.unresolved", "tree.orphan",
    "product.no-manager", "product.no-owner", "product.no-repository", "product.group-empty",
    "product.repository-twice", "product.component-twice", "product.homeless", "wbs.misplaced", "wbs.code",
    "wbs.no-lead", "role.no-holder", "group.no-chair", "group.no-members", "appointment.left", "person.left",
    "milestone.order", "milestone.circle", "milestone.no-date", "milestone.done-early", "interface.no-document",
    "plan.release", "requirement.untraced", "requirement.circle", "requirement.sourceless", "prose.reference",
    "prose.figure", "prose.footnote", "prose.placeholder", "prose.empty-item", "section.empty", "prose.handle",
    "reference.uncited", "reference.missing", "acronym.undefined", "acronym.unused", "acronym.twice",
    "acronym.meaning", "name.twice", "name.repeated", "name.alike", "name.other", "reference.author-alike",
    "link.no-person", "risk.statement", "risk.label", "risk.no-owner", "risk.no-opportunity",
    "risk.past-retirement", "risk.past-impact", "risk.review-overdue", "risk.candidate-old", "risk.no-action",
    "risk.no-conclusion", "risk.headline-empty", "risk.no-headline", "risk.outside", "category.empty",
    "risk.no-score", "score.half", "score.no-level", "risk.probability-outside", "risk.probability-band",
    "risk.estimate-order", "risk.no-figures", "risk.no-response", "risk.no-target", "risk.target-idle",
    "risk.target-unearned", "response.misfit", "response.no-owner", "response.no-step", "response.monitors",
    "response.own-risk", "action.overdue", "draw.no-change", "scale.level", "scale.bands", "scale.table",
    "scale.limits", "scale.falls", "scale.zones", "scale.no-baseline",
    "docket.action-overdue", "docket.no-board", "docket.no-decision", "docket.no-dissent", "docket.no-quorum",
    "docket.not-followed", "docket.past", "history.lost-request", "history.no-request", "rfc.board-overdue",
    "rfc.dates", "rfc.early-end", "rfc.no-answer", "rfc.no-assignee", "rfc.no-board", "rfc.no-conclusion",
    "rfc.no-move", "rfc.no-proposer", "rfc.no-ticket", "rfc.not-flagged", "rfc.not-implemented",
    "rfc.open-objection", "rfc.perhaps-flagged", "rfc.undecided",
]  # fmt: skip
"""Codes are a contract: people look them up and accept findings by them. Add, but never rename."""


def test_the_codes_stay_as_they_are():
    assert sorted(checks.checks().names()) == sorted(CODES)


def test_every_check_has_a_sentence_of_help_and_a_level():
    for check in checks.checks():
        assert check.help.endswith("."), check.code
        assert check.level in checks.LEVELS, check.code


def test_every_check_is_shown_to_find_something_by_a_test_of_its_own():
    paths = [path for path in (ROOT / "tests/core/checks").glob("test_*.py") if path.name != "test_checks.py"]
    tests = "".join(path.read_text("utf-8") for path in paths)
    assert [code for code in CODES if f'"{code}"' not in tests] == []


def messy() -> list:
    return [
        product("DM", owners=[], kind="software", wbs=["?1.02C.07.04.01", "gone"], note="TBD"),
        product("AP", parent="product DM", name="DM", kind="gadget", teams=["?X"], repositories=["r"]),
        product("BP", parent="product AP", managers=["?A/B"], repositories=["r"]),
        row("section", "s", body="[[nowhere]] [[DM]]"),
        row("requirement", "R1"),
        row("requirement", "R2"),
        joined("trace", "t", requirement="requirement R1", parent="requirement R2"),
        row("role", "PM", responsibilities=["…"]),
    ]


def test_findings_come_by_level_then_kind_then_place_in_the_plan():
    data = plan(*messy())
    kind_place = {name: place for place, name in enumerate(kinds().names())}
    got = [(checks.LEVELS.index(f.level), kind_place[f.kind]) for f in found(data)]
    assert got == sorted(got)
    warnings = [f.id for f in found(data) if f.kind == "product" and f.level == "warning"]
    assert warnings == sorted(warnings, key=["product DM", "product AP", "product BP"].index)


def test_only_the_wanted_checks_are_asked():
    assert {f.code for f in found(plan(*messy()), "prose.placeholder", "link.several")} == {
        "prose.placeholder",
        "link.several",
    }


def test_a_check_is_needed_by_the_kinds_it_looks_at():
    assert "requirement.untraced" in checks.needed_by(["trace"])
    assert "requirement.untraced" not in checks.needed_by(["product"])
    assert "product.no-manager" not in checks.needed_by(["person"])
    assert "prose.reference" in checks.needed_by(["acronym"])
    assert checks.needed_by([]) == ()


def test_a_check_is_needed_by_the_fields_it_reads_and_by_no_others():
    row = product("DM")
    words = checks.touched_by([c.put(row, {"description": "Words"})])
    assert "product.no-manager" not in checks.needed_by(words)
    assert "prose.placeholder" in checks.needed_by(words)
    assert "product.no-manager" in checks.needed_by(checks.touched_by([c.put(row, {"managers": ()})]))
    assert "product.no-manager" in checks.needed_by(checks.touched_by([c.add(row)]))
    assert checks.touched_by([c.put(row, {})]) == set()


VALUES = {
    "product": [{"name": "TBD"}, {"owners": ("?X/Y",)}, {"key": "s"}, {"parent": ""}, {"wbs": ()}],
    "section": [{"body": "[[AP]] [[gone]]"}, {"body": ""}, {"key": "nowhere"}],
    "role": [{"responsibilities": ()}, {"name": ""}],
    "requirement": [{"source": "document gone"}, {"derived": "so"}],
    "wbs": [{"key": "1.02C.07.04.01"}, {"name": "1.02C.07"}],
    "person": [{"name": "X"}, {"key": "nowhere"}],
}


@given(
    st.lists(
        st.sampled_from(sorted((kind, place) for kind in VALUES for place in range(len(VALUES[kind])))),
        max_size=4,
    )
)
def test_asking_again_after_changes_finds_what_asking_everything_finds(edits):
    data = plan(*messy())
    checks.run_again(data)
    for kind, place in edits:
        for old in list(data.rows(kind).values())[place % 2 :: 2]:
            data.replace(kind, old.id, changed(old, VALUES[kind][place]))
        assert checks.run_again(data) == checks.run(data.copy())


@settings(max_examples=40)
@given(rows.plans())
def test_any_plan_can_be_checked_and_every_fix_applies(data):
    findings = checks.run(data)
    for finding in findings:
        assert data.get(finding.kind, finding.id) is not None
        assert finding.field in kinds()[finding.kind]
        for fix in finding.fixes:
            assert fix.title and fix.way and fix.changes
            after = preview(data, fix.changes)
            assert checks.run_again(after) == checks.run(after.copy())


def test_dropping_a_row_others_refer_to_is_noticed_when_only_its_kind_is_asked_again():
    data = plan(*messy())
    before = checks.run_again(data)
    data.replace("person", "person ann", None)
    after = checks.run_again(data)
    assert after == checks.run(data.copy())
    assert Counter(f.code for f in after)["link.dangling"] > Counter(f.code for f in before)["link.dangling"]


def big(products: int) -> PlanData:
    """A plan of that many products, twice as many requirements and five times as many trace links."""
    pick = random.Random(1)
    words = ["the system", "shall make", "images calibrated", "within hours", "and alerts", "to be delivered"]
    made = list(plan().rows("wbs").values())
    for at in range(products):
        values = {
            "order": f"{at:06d}",
            "description": " ".join(pick.choices(words, k=15)),
            "wbs": ["wbs 1.02C.07"],
        }
        made.append(
            product(f"P{at}", **values, parent=f"product P{at // 9}" if at else "", repositories=[f"r{at}"])
        )
    texts = (" ".join(pick.choices(words, k=20)) for _ in range(2 * products))
    made += [row("requirement", f"R{at:06d}", text=text) for at, text in enumerate(texts)]
    links = {(pick.randrange(products), pick.randrange(products, 2 * products)) for _ in range(5 * products)}
    traces = [
        joined("trace", f"t{n}", requirement=f"requirement R{a:06d}", parent=f"requirement R{b:06d}")
        for n, (a, b) in enumerate(links)
    ]
    return plan(*made, *traces)


@pytest.fixture(scope="module")
def huge() -> PlanData:
    """10,000 products, 5,000 WBS elements, 20,000 requirements and 50,000 trace links."""
    data = big(10_000)
    for at in range(5_000):
        element = row("wbs", f"1.02C.{at // 100 + 10:02d}.{at % 100:02d}", parent="wbs 1.02C")
        data.replace("wbs", element.id, element)
    return data


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "field"), [("product", "description"), ("product", "note"), ("wbs", "name")]
)
def test_one_edit_of_a_huge_plan_is_checked_again_as_if_all_were(huge, kind, field):
    checks.run_again(huge)
    for at, edited in enumerate(list(huge.rows(kind).values())[100:106]):
        huge.replace(kind, edited.id, changed(edited, {field: f"Something else {at}"}))
        found = checks.run_again(huge)
    assert found == checks.run(huge.copy())

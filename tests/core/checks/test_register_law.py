"""Laws of the checks of the register: every fix cures, sorting loses nothing, and no values make a check stumble."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import checks
from dmdesk.plan import preview
from tests.core.checks.plans import found, plan
from tests.core.checks.register import risk
from tests.core.checks.test_running_again import telling_register

KINDS = ("risk", "score", "response", "action", "draw", "scale", "band", "impact", "zone", "category")


def place(finding):
    return finding.code, finding.id, finding.field, finding.words


def test_every_fix_of_a_finding_in_the_register_makes_it_go():
    data = telling_register()
    offered = [one for one in checks.run(data) if one.kind in KINDS and one.fixes]
    assert len({one.code for one in offered}) >= 20
    for finding in offered:
        for fix in finding.fixes:
            after = checks.run(preview(data, fix.changes), [finding.code])
            assert place(finding) not in map(place, after), (finding.code, fix.title)


amounts = st.none() | st.integers(0, 10**9)


@given(amounts, amounts, amounts)
def test_sorting_an_estimate_keeps_its_values_and_leaves_it_in_order(least, likely, most):
    data = plan(risk("A", cost_min=least, cost_likely=likely, cost_max=most))
    for finding in found(data, "risk.estimate-order"):
        data = preview(data, finding.fix)
    row = data.get("risk", "risk A")
    values = (row.cost_min, row.cost_likely, row.cost_max)
    known = [one for one in values if one is not None]
    assert known == sorted(known)
    assert Counter(values) == Counter((least, likely, most))
    assert found(data, "risk.estimate-order") == []


@given(st.text(), st.text(), st.text())
def test_no_statement_makes_a_check_stumble(name, condition, consequence):
    data = plan(risk("A", name=name, condition=condition, consequence=consequence))
    for finding in found(data, "risk.statement", "risk.label"):
        for fix in finding.fixes:
            preview(data, fix.changes)

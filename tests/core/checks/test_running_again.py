"""Asking again, systematically: each field of each row of a telling plan is edited, and each row goes and comes back.

Random steps seldom meet the one edit that a check forgot to name among what it depends on; this walks through all.
"""

from functools import cache
from operator import attrgetter

import pytest

from dmdesk import checks
from dmdesk import types as t
from dmdesk.kinds import changed, kinds
from tests.core.checks.controlled import telling_control
from tests.core.checks.plans import joined, plan, product, row
from tests.core.checks.register import REGISTER
from tests.core.checks.watched import Anew, fields_read, told, told_anew
from tests.core.pictures import broken

PEOPLE = [
    row("person", "cid", name="Cid Vale", left="2001-01-01", initials="CV"),
    row("institution", "NCSA", name="National Centre"),
    row("team", "T", name="The team", lead="person cid"),
]
PRODUCTS = [
    product("DM", owners=[], managers=[], kind="group", repositories=["r"], jira="J"),
    product("AP", parent="product DM", managers=["?Ann Ito (moving to Chile)"], kind="software", note="n"),
    product("BP", parent="product AP", name="data archive", repositories=["r", "s"], jira="J", aka=["DM"]),
    product("CP", parent="product DM", name="archive data", kind="group", wbs=["?1.02C.07.04.01", "?what"]),
    product("DP", parent="?Nowhere", kind="software", name="data archive", teams=["?T"], uses=["?BP data"]),
    product("EP", parent="product FP", managers=["?Ann Ito/Ben Okri"], kind="gadget", owners=["person cid"]),
    product("FP", parent="product EP", kind="software", documents=["document LDM-1", "gone"]),
]
REQUIREMENTS = [
    row("document", "LDM-1", name="One", owner="person cid"),
    row("document", "LDM-2", name="Two"),
    *(row("requirement", f"R{n}", source="document LDM-1" if n != 4 else "") for n in (1, 2, 3, 4, 6)),
    row("requirement", "R5", source="document LDM-1", derived="so", text="[[r1]] TBD"),
    joined("trace", "t1", requirement="requirement R1", parent="requirement R2"),
    joined("trace", "t2", requirement="requirement R1", parent="requirement R2"),
    joined("trace", "t3", requirement="requirement R2", parent="requirement R1"),
    joined("trace", "t4", requirement="requirement R3", parent=""),
    row("interface", "LSE-9", name="No paper", products=["product CP", "product AP"]),
    row("interface", "LDM-2", name="A paper by its key"),
]
TEXTS = [
    row("plan", "LDM-0", title="A plan", version="2"),
    row("revision", "1", date="2001-01-01"),
    row("section", "s1", body="[[LDM-1]] [[nowhere]] LDM-7 the control board (CCB) TBD\n\n- …\n"),
    row("section", "s2", body="LDM-7, [[LDM-1]], [[document:LDM-2]], CCB and FOO"),
    row("section", "s3", body=""),
    row("section", "s5", body="One[^1], two[^2], [[f2]], [[f1]].\n\n[^1]: note"),
    row("reference", "LDM-1", name="One", document="document LDM-1", authors=["Juric, M."]),
    row("reference", "Knuth", name="Two", authors=["Jurid, M."]),
    row("acronym", "SST", meaning="Space Telescope"),
    row("acronym", "S.S.T.", meaning="Another"),
    row("acronym", "UNUSED", meaning="Never said"),
    row("section", "s4", body="{{role QQ}}\n\nsee {{products}} here\n\n{{figure f1}}"),
    row("figure", "f1", drawing="picture"),
    row("figure", "f2", drawing="blocks"),
    row("figure", "f3", drawing="picture", picture=broken()),
    joined("repository", "r1", name="r", sort="Git repository"),
    joined("repository", "r2", name="unclaimed", sort="Git repository"),
    joined("repository", "r3", name="Unclaimed", sort="Git repository"),
    joined("repository", "r4", name="K", sort="JIRA component"),
]
ROLES = [
    row("role", "SST", name="System Science Team lead", responsibilities=["…", "TBD"]),
    row("role", "PM", name="Planner", reports_to="role SST"),
    joined("appointment", "a1", role="role SST", person="person cid", start="2000-01-01"),
    row("rfc", "RFC-0", name="Waiting", state="flagged"),
    row("group", "G", name="A group"),
    row("group", "H", name="Another group", chair="role PM"),
    joined("membership", "m1", group="group G", role="role PM", position="member"),
    row("milestone", "M1", due="2010-01-01"),
    row("milestone", "M2", due="2005-01-01", predecessors=["milestone M1"]),
    row("milestone", "M3", predecessors=["milestone M3"], forecast="2011-01-01", done="9998-01-01"),
    row("wbs", "1.02C.07.05", parent="wbs 1.02C", name="1.02C", institutions=["institution NCSA"]),
    row("wbs", "odd one", parent="wbs 1.02C.07", name="1.02C"),
]

TELLING = {
    "": ["TBD [[LDM-1]] CCB", "DM", "a[^1]"],
    "choice": ["software", "chair", "gadget"],
    "day": ["2000-01-01", "9999-01-01"],
    "link": ["?Ann Ito (so they say)", "?DM"],
}

TELLING_OF_RISKS = {
    "": ["Watch"],
    "prose": ["If it rains then all is wet"],
    "day": ["2000-01-01", "9999-01-01"],
    "number": ["0", "15"],
    "percent": ["5", "75"],
    "count": [1, 7],
    "money": [5],
    "code": ["3"],
    "items": ["1 2", "3 1"],
    "link": ["?DM"],
}

TELLING_OF_CONTROL = {
    "": ["Add new packages"],
    "day": ["2000-01-01", "9999-01-01"],
    "instant": ["2000-01-01T00:00Z", "2017-06-06T12:00Z", "9999-01-01T00:00Z", "some day"],
    "count": [0, 1, 7],
    "link": ["?Ann Ito (so they say)"],
}


def telling():
    """A plan in which nearly every check finds something, some of it accepted."""
    data = plan(*PEOPLE, *PRODUCTS, *REQUIREMENTS, *TEXTS, *ROLES)
    found = checks.run(data)
    for code in ("requirement.untraced", "product.repository-twice"):
        one = next(finding for finding in found if finding.code == code)
        for change in checks.accept(data, [one], "It is so"):
            made = kinds()["acceptance"].make({n: v for n, (_, v) in change.fields.items()}, change.id)
            data.replace("acceptance", made.id, made)
    return data


def telling_register():
    """A plan with a register, and a scale, in which each check of risks finds something."""
    return plan(
        row("plan", "LDM-0", title="A plan", scale="scale own"), row("group", "G", name="A group"),
        row("milestone", "M1", due="2010-01-01"), *REGISTER,
    )  # fmt: skip


def values(field, old, telling=TELLING):
    """Other values for a field: nothing, and some that make checks speak."""
    if isinstance(field.type, t.Flag_):
        return [not old]
    if isinstance(field.type, t.Count_):
        return telling.get(field.type.name, [7])
    if not field.type.typed:
        return [""]
    words = telling.get(
        field.type.name, field.type.options if isinstance(field.type, t.Choice_) else telling[""]
    )
    if field.target:
        words = [*telling["link"], f"{field.target} gone", *LINKS.get(field.target, ())]
    if isinstance(field.type, t.Many_):
        return [(), *((one,) for one in words)]
    return ["", *words]


LINKS = {
    "product": ["product BP"],
    "requirement": ["requirement R4"],
    "person": ["person cid"],
    "role": ["role PM"],
    "group": ["group H"],
    "document": ["document LDM-2"],
    "milestone": ["milestone M2"],
    "wbs": ["wbs 1.02C.07.04"],
    "risk": ["risk H2", "risk K4", "risk N1"],
    "scale": ["scale odd"],
    "category": ["category D"],
    "response": ["response Exploit it"],
    "rfc": ["rfc RFC-5", "rfc RFC-6"],
    "docket": ["docket D-2"],
}


def test_nearly_every_check_has_something_to_say_of_the_telling_plans():
    said = {
        finding.code
        for data in (telling(), telling_register(), telling_control())
        for finding in checks.run(data)
    }
    silent = {check.code for check in checks.checks()} - said
    told_by_history = {"history.no-request", "history.lost-request"}
    assert silent <= {"acceptance.stale", "acceptance.expired", "requirement.sourceless"} | told_by_history


PLANS = {
    "telling": (telling, TELLING),
    "register": (telling_register, TELLING_OF_RISKS),
    "control": (telling_control, TELLING_OF_CONTROL),
}
KINDS = [(name, kind.name) for name, (made, _) in PLANS.items() for kind in kinds() if made().rows(kind.name)]


def test_a_field_that_is_read_is_seen_whichever_way_it_is_read():
    one, other = product("DM", note="n"), product("DM", note="n")
    names = {f"product.{field.name}" for field in kinds()["product"].fields}
    ways = {
        lambda: one.note: {"product.note"},
        lambda: attrgetter("note", "key")(one): {"product.note", "product.key"},
        lambda: kinds()["product"].values(one): names,
        lambda: one == other: names,
        lambda: changed(one, {"note": "m"}): names,
        lambda: one.id: set(),
    }
    for way, expected in ways.items():
        with fields_read() as read:
            way()
        assert read == expected
        assert one.note == "n"


@cache
def _anew(which):
    return Anew(PLANS[which][0]())


@pytest.mark.parametrize(("which", "kind"), KINDS)
def test_after_any_edit_of_one_field_asking_again_finds_what_asking_anew_finds(which, kind):
    made, telling_values = PLANS[which]
    data, anew = made(), _anew(which)
    checks.run_again(data)
    for id, old in list(data.rows(kind).items()):
        for field in kinds()[kind].fields:
            for value in values(field, getattr(old, field.name), telling_values):
                data.replace(kind, id, changed(old, {field.name: value}))
                found = anew.found(data, f"{kind}.{field.name}")
                assert told(checks.run_again(data)) == told(found), (id, field.name, value)
        data.replace(kind, id, old)


@pytest.mark.parametrize(("which", "kind"), KINDS)
def test_after_a_row_has_gone_and_come_back_asking_again_finds_what_asking_anew_finds(which, kind):
    data = PLANS[which][0]()
    checks.run_again(data)
    for id, old in list(data.rows(kind).items()):
        for new in (None, old):
            data.replace(kind, id, new)
            assert told(checks.run_again(data)) == told_anew(data), (id, new is None)

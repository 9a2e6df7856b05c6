"""Filters on real rows: which they let through, and that the kept texts stay true through every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk.checks.requirements import untraced
from dmdesk.exchange import text as as_text
from dmdesk.exchange.sample import SAMPLE
from dmdesk.filters import Facts, FilterError, Texts, parse, saved, texts
from dmdesk.kinds import kind_of, kinds
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.checks.plans import joined, plan, product, row
from tests.core.filters.test_parsing import typed

PRODUCT = kinds()["product"]
FACTS = Facts(user="Ann Ito", today="2017-07-01")

DATA = plan(
    row("person", "jan", name="Ján Ürge", aka=["Johnny"]),
    row("wbs", "1.02C.070", parent="wbs 1.02C", manager="person ben"),
    row("team", "T", name="The team", lead="person ann"),
    row("role", "PM", name="Project manager"),
    row("group", "G", name="Board", chair="role PM"),
    row("group", "H", name="Other"),
    joined("appointment", "a1", role="role PM", person="person ann", start="2017-01-01"),
    row("revision", "2", date="2017-05-01"),
    row("revision", "3", date="2017-06-29"),
    row("milestone", "M9", due="2017-06-30", level="2"),
    row("milestone", "M10", due="2017-07-01", level="3"),
    row("milestone", "M11", level="1"),
    product("DM", name="Data management", kind="group", managers=["person ben"]),
    product("AP", name="Alerts", parent="product DM", kind="software", managers=[], wbs=["wbs 1.02C.07.04"]),
    product("DISK", name="Disks", parent="product DM", kind="hardware", managers=["person jan"], wbs=["wbs 1.02C.070"],
            repositories=["disk_tools", "spin"]),
    product("NET", name="Net", kind="service", managers=[], owners=[], wbs=["?1.02C.07.04.03 (moving on)"],
            description="A\nheader"),
)  # fmt: skip


def found(text: str, kind: str = "product", facts: Facts = FACTS) -> set[str]:
    return {DATA.key(DATA.rows(kind)[id]) for id in parse(text, kinds()[kind]).matches(DATA, facts)}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", {"DM", "AP", "DISK", "NET"}),
        ("HEADER", {"NET"}),
        ("a header", {"NET"}),
        ("urge", {"DISK"}),
        ("johnny", {"DISK"}),
        ("ben", {"DM", "AP"}),
        ("data disk", {"DISK"}),
        ('"disks data"', set()),
        ("manager:ben", {"DM", "AP"}),
        ("manager:okri own:manager", {"DM"}),
        ('manager="ben okri"', {"DM", "AP"}),
        ("manager=okri", set()),
        ('manager:"okri ben"', {"DM", "AP"}),
        ("is:inherited", {"AP"}),
        ("no:owner", {"NET"}),
        ("no:repository", {"DM", "AP", "NET"}),
        ("has:repo", {"DISK"}),
        ("repo:spin", {"DISK"}),
        ("repo=disk_tools", {"DISK"}),
        ('jira=""', {"DM", "AP", "DISK", "NET"}),
        ("wbs:1.02C.07", {"AP", "NET"}),
        ("wbs:1.02C", {"AP", "NET", "DISK"}),
        ("wbs:1.02c.07.04.03", {"NET"}),
        ("wbs>1.02C.07.04", {"DISK", "NET"}),
        ("wbs:?", {"NET"}),
        ("is:unresolved", {"NET"}),
        ("kind:SW or kind:hw", {"AP", "DISK"}),
        ("is:group", {"DM"}),
        ("is:leaf", {"AP", "DISK", "NET"}),
        ("-is:leaf", {"DM"}),
        ("part-of:DM -kind:SW", {"DISK"}),
        ("(alerts or net) not wbs:?", {"AP"}),
        ("key>b", {"DM", "DISK", "NET"}),
        ("mine", {"DM", "AP", "DISK"}),
    ],
)
def test_a_filter_finds_products(text, keys):
    assert found(text) == keys


@pytest.mark.parametrize(
    ("kind", "text", "keys"),
    [
        ("milestone", "due>2017-06", {"M10"}),
        ("milestone", "due>=2017-06", {"M9", "M10"}),
        ("milestone", "due<today", {"M9"}),
        ("milestone", "due:2017-06", {"M9"}),
        ("milestone", "due=2017", {"M9", "M10"}),
        ("milestone", "no:due", {"M11"}),
        ("milestone", "key>M9", {"M10", "M11"}),
        ("milestone", "level<3", {"M9", "M11"}),
        ("wbs", "key<=1.02C.07.04", {"1.02C", "1.02C.07", "1.02C.07.04"}),
        ("wbs", "parent:1.02C.07", {"1.02C.07.04"}),
        ("wbs", "mine", set()),
        ("group", "mine", {"G"}),
        ("role", "mine", {"PM"}),
        ("person", "mine", {"ann"}),
        ("team", "mine", {"T"}),
    ],
)
def test_a_filter_finds_rows_of_any_kind(kind, text, keys):
    assert found(text, kind) == keys


def test_what_is_mine_follows_from_any_name_of_the_user():
    assert found("mine", facts=Facts(user="johnny")) == {"DISK"}
    assert found("mine", facts=Facts(user="nobody known")) == set()
    assert found("mine", "group", Facts(user="ann", today="2016-12-31")) == set(), "not appointed yet"


def test_problems_are_those_that_the_caller_names():
    ids = {"product AP"}
    assert found("is:problem", facts=Facts(problems=ids)) == {"AP"}
    assert parse("a or -is:problem", PRODUCT).asks == {"problems"}
    assert parse("changed>2 mine", PRODUCT).asks == {"changed"}


def test_changed_compares_with_days_and_with_releases():
    facts = Facts(changed={"product AP": "2017-06-15T12:00:00Z", "product NET": "2017-07-15T12:00:00Z"})
    assert found("changed>2017-06-01", facts=facts) == {"AP", "NET"}
    assert found("changed>2017-06", facts=facts) == {"NET"}
    assert found("changed:2017-06", facts=facts) == {"AP"}
    assert found("changed>3.0", facts=facts) == {"NET"}
    assert found("changed<=3", facts=facts) == {"AP"}
    assert found("changed>2", facts=facts) == {"AP", "NET"}
    with pytest.raises(
        FilterError, match="“7” is neither a day such as 2017-06-30 nor a release of this plan"
    ):
        found("changed>7", facts=facts)


def test_a_sealed_version_comes_first_and_means_what_differs_from_it():
    asked = []

    def differing(kind, version):
        asked.append((kind, version))
        return {"product NET"} if version in ("3", "3.0") else None

    facts = Facts(changed={"product AP": "2017-07-15T12:00:00Z"}, differing=differing)
    assert found("changed>3.0", facts=facts) == {"NET"}
    assert found("changed>=3", facts=facts) == {"NET"}
    assert asked == [("product", "3.0"), ("product", "3")]
    assert "NET" not in found("-changed>3.0", facts=facts)
    assert found("changed>2017-07-01", facts=facts) == {"AP"}, "no version of that name was sealed"
    assert found("changed<=3.0", facts=facts) == set(), "what was changed before a day still goes by days"


def test_a_release_that_stands_twice_in_the_change_record_counts_by_its_last_day():
    dm = row("product", "DM")
    data = PlanData.of(
        [row("revision", "3", date="2017-06-29"), row("revision", "3.0", date="2017-07-20"), dm]
    )
    facts = Facts(changed={dm.id: "2017-07-15T12:00:00Z"})
    assert parse("changed>3", PRODUCT).matches(data, facts) == set()
    assert parse("changed<=3.0", PRODUCT).matches(data, facts) == {dm.id}


def test_a_release_without_a_date_says_so_and_is_no_ready_made_filter():
    data = PlanData.of([row("revision", "3", date="2017-06-29"), row("revision", "4")])
    with pytest.raises(FilterError, match=r"^Release 4\.0 has no date in the change record; give it one"):
        parse("changed>4.0", PRODUCT).matches(data)
    assert saved(PRODUCT, data)[-1] == ("Changed since 3", "changed>3")
    assert ("Mine", "mine") in saved(PRODUCT, PlanData())
    assert ("No owner", "no:owner") in saved(PRODUCT, PlanData())


def test_the_plan_knows_when_each_row_was_changed_last(plan: Plan):
    one, two = (PRODUCT.make({"key": key, "name": key}) for key in "AB")
    plan.step("Add", [c.add(one), c.add(two)])
    assert plan.last_changes().keys() == {one.id, two.id}
    assert plan.last_changes()[one.id] == plan.history()[0].at
    plan.undo()
    assert plan.last_changes() == {}, "an undone step changed nothing"


def test_the_sample_plan_is_filtered_as_its_pages_say():
    data = as_text.read(SAMPLE)

    def number(text: str, kind: str = "product") -> int:
        return len(parse(text, kinds()[kind]).matches(data, FACTS))

    assert number("is:untraced", "requirement") == len(untraced(data)) > 0
    assert number("wbs:?") == 10
    assert number("own:manager") + number("-own:manager") == 214
    assert number("wbs:1.02C.07.04") == 2
    assert number("manager:juric") > 20


@given(rows.plans(), typed)
def test_no_text_and_no_plan_makes_a_filter_raise_anything_else(data, text):
    for kind in kinds():
        try:
            ids = parse(text, kind).matches(data, Facts(user="A", today="2017-01-01", changed={"x": "odd"}))
        except FilterError:
            continue
        assert ids <= data.rows(kind.name).keys()


@given(
    rows.plans(),
    st.sampled_from(["a", "is:unresolved", "no:key", "key:1", "is:leaf", "mine", "a or 1"]),
)
def test_what_a_negation_finds_is_the_rest(data, text):
    for kind in kinds():
        if not kind.key:
            continue
        fits, rest = (parse(f"{sign}({text})", kind).matches(data, FACTS) for sign in ("", "-"))
        assert fits | rest == data.rows(kind.name).keys()
        assert not fits & rest


@given(rows.plans(), rows.plans())
def test_the_kept_texts_are_those_made_anew_after_any_change(data, other):
    for kind in kinds():
        texts(data, kind).of(data)
    for change in c.difference(data, other):
        row = None if change.op == c.DROP else other.get(change.kind, change.id)
        data.replace(change.kind, change.id, row)
    for kind in kinds():
        assert dict(texts(data, kind).of(data)) == dict(Texts(kind).of(data.copy()))


def test_a_new_name_above_is_found_below_where_it_is_inherited():
    data = rows.small()
    find = parse("manager", PRODUCT)
    ann = kinds()["person"].make({"key": "ann", "name": "Ann"}, "ann")
    dm = data.find("product", "DM")
    data = preview(data, [c.add(ann), c.put(dm, {"managers": ["ann"]})])
    assert find.matches(data) == set()
    data.replace("person", "ann", c.applied(ann, c.put(ann, {"name": "The manager"})))
    assert find.matches(data) == {"dm", "ap", "drp"}


def test_texts_are_made_little_by_little():
    made = Texts(PRODUCT)
    assert [made.warm(DATA, 2), made.warm(DATA, 2)] == [False, True]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_ready_made_filter_works(kind):
    data = as_text.read(SAMPLE)
    offered = saved(kind, data)
    assert ("Changed since 3", "changed>3") in offered
    assert len({name for name, _ in offered}) == len(offered)
    for _, text in offered:
        assert parse(text, kind).matches(data) <= data.rows(kind.name).keys()


def test_rows_of_a_filter_are_of_its_kind():
    ids = parse("ann", PRODUCT).matches(DATA)
    assert {kind_of(DATA.get("product", id)) for id in ids} == {PRODUCT}

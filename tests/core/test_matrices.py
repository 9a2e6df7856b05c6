"""Matrices: what stands where a row and a column cross, what a click changes, and what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import matrices, trees
from dmdesk.kinds import kinds
from dmdesk.matrices import INHERITED, OWN, UNRESOLVED, matrix, toggled
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from tests.core.rows import empty_file


def row(of, id, **values):
    return kinds()[of].make({"key": id, "name": id, **values}, id)


def small():
    return [
        row("wbs", "1"),
        row("wbs", "1.01", parent="1"),
        row("wbs", "1.01.01", parent="1.01", institutions=("uw",)),
        row("wbs", "1.02", parent="1", institutions=("ncsa",), manager="ann"),
        row("wbs", "1.02.01", parent="1.02"),
        row("wbs", "1.10", parent="1"),
        row("product", "top", wbs=("1",), kind="group"),
        row("product", "mid", parent="top", order="1", kind="group"),
        row("product", "head", parent="mid", order="1", kind="software", wbs=("1.01.01", "1.02")),
        row("product", "tail", parent="mid", order="2", kind="software"),
        row("product", "lost", order="9", wbs=("?1.02.01.07 (moving)", "?soon")),
        row("institution", "uw", lead=True, number="1.10"),
        row("institution", "ncsa", lead=True, number="1.9"),
        row("institution", "aura"),
        row("institution", "idle", lead=True),
        row("person", "ann"),
    ]


def plan_of(tmp_path, rows):
    from dmdesk import changes as c

    plan = Plan.open(empty_file(tmp_path / "a.dmplan"))
    plan.step("Fill", [c.add(one) for one in rows])
    return plan


def at(data, name, of, other):
    found = matrix(data, name).cell(of, other)
    return (found.state, found.below) if found else None


def click(plan, name, of, other):
    title, changes = toggled(plan.data, name, of, other)
    plan.step(title, changes)
    return title


def test_a_product_stands_at_its_own_elements_and_is_counted_above_them():
    data = PlanData.of(small())
    assert at(data, "product-wbs", "head", "1.01.01") == (OWN, 0)
    assert at(data, "product-wbs", "head", "1.01") == ("", 1)
    assert at(data, "product-wbs", "head", "1") == ("", 2)
    assert at(data, "product-wbs", "head", "1.10") is None
    assert at(data, "product-wbs", "mid", "1.02") == ("", 1)
    assert at(data, "product-wbs", "top", "1") == (OWN, 2)


def test_a_product_without_elements_shows_those_of_the_nearest_product_above_that_has_any():
    data = PlanData.of(small())
    assert at(data, "product-wbs", "tail", "1") == (INHERITED, 0)
    assert at(data, "product-wbs", "mid", "1") == (INHERITED, 2)
    assert (
        "tail names no element itself; top is assigned to 1."
        in matrix(data, "product-wbs").cell("tail", "1").words
    )


def test_words_that_name_no_element_stand_at_the_finest_match_and_others_are_noted():
    data = PlanData.of(small())
    now = matrix(data, "product-wbs")
    assert at(data, "product-wbs", "lost", "1.02.01") == (UNRESOLVED, 0)
    assert "“1.02.01.07 (moving)”, which is no element" in now.cell("lost", "1.02.01").words
    assert list(now.notes) == ["lost"]
    assert "“soon”" in now.notes["lost"]


def test_gaps_are_products_with_no_element_of_their_own_and_elements_with_none_at_or_below_them():
    now = matrix(PlanData.of(small()), "product-wbs")
    assert now.row_gaps == {"tail"}
    assert now.column_gaps == {"1.10"}


def test_a_click_assigns_and_the_next_takes_it_off_again_each_as_one_named_step(tmp_path):
    with plan_of(tmp_path, small()) as plan:
        assert click(plan, "product-wbs", "head", "1.10") == "Assign head to 1.10"
        assert plan.data.get("product", "head").wbs == ("1.01.01", "1.02", "1.10")
        assert click(plan, "product-wbs", "head", "1.01.01") == "Unassign head from 1.01.01"
        assert plan.data.get("product", "head").wbs == ("1.02", "1.10")
        assert [step.title for step in plan.history()][:2] == [
            "Unassign head from 1.01.01",
            "Assign head to 1.10",
        ]
        plan.undo()
        assert plan.data.get("product", "head").wbs == ("1.01.01", "1.02", "1.10")
        assert at(plan.data, "product-wbs", "head", "1.01.01") == (OWN, 0)


def test_a_click_on_inherited_makes_it_the_products_own(tmp_path):
    with plan_of(tmp_path, small()) as plan:
        click(plan, "product-wbs", "tail", "1")
        assert plan.data.get("product", "tail").wbs == ("1",)


def test_a_click_on_unresolved_words_puts_the_element_in_their_place(tmp_path):
    with plan_of(tmp_path, small()) as plan:
        title = click(plan, "product-wbs", "lost", "1.02.01")
        assert title == "Assign lost to 1.02.01 in place of “1.02.01.07 (moving)”"
        assert plan.data.get("product", "lost").wbs == ("1.02.01", "?soon")


def test_a_click_on_what_is_gone_changes_nothing():
    data = PlanData.of(small())
    assert toggled(data, "product-wbs", "nobody", "1") == ("", [])
    assert toggled(data, "obs", "1", "nobody") == ("", [])


def test_the_obs_grid_shows_own_and_inherited_leads_with_the_account_manager():
    data = PlanData.of(small())
    own, below = (matrix(data, "obs").cell(id, "ncsa") for id in ("1.02", "1.02.01"))
    assert (own.state, own.text, own.quiet) == (OWN, "ann", False)
    assert (below.state, below.text, below.quiet) == (INHERITED, "ann", True)
    assert (
        below.words
        == "ncsa leads 1.02.01, as it leads 1.02. The control account manager is ann, as for 1.02."
    )
    assert matrix(data, "obs").cell("1.01.01", "uw").words.endswith("No control account manager is named.")


def test_the_obs_grid_puts_lead_institutions_first_by_their_number_and_knows_the_gaps():
    now = matrix(PlanData.of(small()), "obs")
    assert now.columns.ids == ["ncsa", "uw", "idle", "aura"]
    assert now.row_gaps == {"1", "1.01", "1.10"}
    assert now.column_gaps == {"idle"}


def test_a_click_makes_an_institution_lead_besides_those_of_the_element_itself(tmp_path):
    with plan_of(tmp_path, small()) as plan:
        assert click(plan, "obs", "1.02", "uw") == "Make uw lead of 1.02"
        assert plan.data.get("wbs", "1.02").institutions == ("ncsa", "uw")
        assert click(plan, "obs", "1.02", "ncsa") == "Take ncsa off as lead of 1.02"
        assert click(plan, "obs", "1.02.01", "aura") == "Make aura lead of 1.02.01"
        assert plan.data.get("wbs", "1.02.01").institutions == ("aura",)


def test_a_matrix_follows_renames_and_new_rows(tmp_path):
    from dmdesk import changes as c

    with plan_of(tmp_path, small()) as plan:
        before = matrix(plan.data, "product-wbs")
        assert matrix(plan.data, "product-wbs") is before
        plan.step("Rename", [c.put(plan.data.get("product", "head"), {"name": "Header"})])
        assert matrix(plan.data, "product-wbs").cell("head", "1.02").words == "Header is assigned to 1.02."
        plan.step("Drop", c.drop_all(plan.data, [plan.data.get("wbs", "1.02")]))
        now = matrix(plan.data, "product-wbs")
        assert "1.02.01" not in now.columns.place
        assert at(plan.data, "product-wbs", "lost", "1") == (UNRESOLVED, 0)


def test_a_circle_of_products_ends():
    rows = [
        row("product", "a", parent="b"),
        row("product", "b", parent="a", wbs=("1",)),
        row("wbs", "1", parent="1"),
    ]
    now = matrix(PlanData.of(rows), "product-wbs")
    assert sorted(now.rows.ids) == ["a", "b"]
    assert [now.cell(id, "1").state for id in ("b", "a")].count(OWN) == 1


def test_marks_in_letters():
    assert matrices.mark(None) == ""
    assert matrices.mark(matrices.Cell(OWN, "", "Ann")) == "x Ann"
    assert matrices.mark(matrices.Cell(INHERITED, "")) == "(x)"
    assert matrices.mark(matrices.Cell("", "", below=3)) == ""
    assert matrices.mark(matrices.Cell("", "", below=3), counts=True) == "3"


trees_of = st.lists(st.integers(0, 11), min_size=1, max_size=12)
links_of = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=15)


@given(trees_of, trees_of, links_of)
def test_below_counts_exactly_the_links_inside_both_branches(products, elements, links):
    """Each number in a tree is the row above; one that is not smaller makes a top."""
    wbs = [row("wbs", f"w{n}", parent=f"w{up}" if up < n else "") for n, up in enumerate(elements)]
    linked = {}
    for product, element in links:
        linked.setdefault(product % len(products), {})[f"w{element % len(elements)}"] = None
    made = [
        row("product", f"p{n}", parent=f"p{up}" if up < n else "", wbs=tuple(linked.get(n, ())))
        for n, up in enumerate(products)
    ]
    data = PlanData.of([*wbs, *made])
    now = matrix(data, "product-wbs")
    inside = {
        kind: {id: {id, *trees.below(data.children_ids(kind), id)} for id in data.rows(kind)}
        for kind in ("product", "wbs")
    }
    for product in data.rows("product").values():
        for element in data.rows("wbs"):
            own = element in product.wbs
            below = sum(
                link in inside["wbs"][element] for id in inside["product"][product.id]
                for link in data.rows("product")[id].wbs
            ) - own  # fmt: skip
            cell = now.cell(product.id, element)
            assert (cell.below if cell else 0) == below
            assert (cell is not None and cell.state == OWN) == own
            assert (element in now.marked(product.id)) == bool(cell and cell.state)

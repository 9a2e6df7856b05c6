import pytest

from dmdesk.kinds import Entity
from dmdesk.model.repositories import GIT, JIRA
from dmdesk.plan import preview
from tests.core.checks.plans import found, joined, plan, product, words

CODES = (
    "repository.unclaimed", "component.unclaimed", "repository.twice", "product.repository-unknown",
    "product.component-unknown",
)  # fmt: skip


def repository(name: str, sort: str = GIT, **values: str) -> Entity:
    return joined("repository", f"{sort} {name}", name=name, sort=sort, **values)


def component(name: str) -> Entity:
    return repository(name, JIRA)


def test_a_plan_without_an_inventory_is_asked_nothing_about_it():
    assert found(plan(product("A", repositories=["afw"], jira="afw")), *CODES) == []


def test_a_repository_that_no_product_names_is_found():
    data = plan(product("A", repositories=["afw"]), repository("afw"), repository("meas_base"))
    expected = "No product names this repository, so nobody answers for it."
    assert words(data, "repository.unclaimed") == [(f"{GIT} meas_base", expected)]


def test_a_component_that_no_product_names_is_found_and_a_repository_of_its_name_does_not_count():
    data = plan(product("A", repositories=["afw"], jira="ip"), component("IP"), component("afw"))
    expected = "No product names this component, so nobody answers for it."
    assert words(data, "component.unclaimed") == [(f"{JIRA} afw", expected)]


def test_an_unclaimed_repository_is_given_to_its_namesake_or_dropped():
    data = plan(product("HEADER", repositories=["x"]), product("B", name="Header"), repository("lsst/header"))
    (finding,) = found(data, "repository.unclaimed")
    assert [fix.title for fix in finding.fixes] == [
        "Give it to “HEADER”", "Give it to “Header”", "Drop it from the inventory",
    ]  # fmt: skip
    given = preview(data, finding.fixes[0].changes)
    assert given.get("product", "product HEADER").repositories == ("x", "lsst/header")
    dropped = preview(data, finding.fixes[2].changes)
    assert dropped.rows("repository") == {}
    assert found(given, "repository.unclaimed") == found(dropped, "repository.unclaimed") == []


def test_an_unclaimed_component_is_given_only_to_a_namesake_that_has_none():
    data = plan(product("A", name="afw", jira="x"), product("AFW"), component("afw"))
    (finding,) = found(data, "component.unclaimed")
    assert [fix.title for fix in finding.fixes] == ["Give it to “AFW”", "Drop it from the inventory"]
    assert preview(data, finding.fix).get("product", "product AFW").jira == "afw"


@pytest.mark.parametrize(
    ("known", "url", "written"),
    [
        ("afw", "", "https://github.com/lsst/afw.git"),
        ("lsst/afw", "", "afw"),
        ("lsst/afw", "", "git@github.com:LSST/afw.git"),
        ("The framework", "https://github.com/lsst/afw", "lsst/afw"),
        ("The framework", "https://github.com/lsst/afw", "AFW"),
    ],
)
def test_a_repository_is_known_however_it_is_written(known: str, url: str, written: str):
    data = plan(product("A", repositories=[written]), repository(known, url=url))
    assert found(data, *CODES) == []


def test_a_repository_of_another_owner_is_another():
    data = plan(product("A", repositories=["lsst/afw"]), repository("dm/afw"))
    assert [x.code for x in found(data, *CODES)] == ["repository.unclaimed", "product.repository-unknown"]


def test_a_name_means_the_repository_that_is_called_just_so():
    data = plan(product("A", repositories=["afw"]), repository("afw"), repository("dm/afw"))
    assert [x.id for x in found(data, *CODES)] == [f"{GIT} dm/afw"]


def test_an_entry_without_a_sort_is_a_repository():
    data = plan(product("A", jira="b"), joined("repository", "r", name="b"))
    assert [(x.code, x.id) for x in found(data, *CODES)] == [("repository.unclaimed", "r")]


def test_a_repository_beyond_the_inventory_is_said_once_and_added_or_taken_off():
    data = plan(
        product("A", repositories=["afw", "lsst/afx"]),
        product("B", repositories=["LSST/afx"]),
        repository("afw"),
    )
    (finding,) = found(data, *CODES)
    assert (finding.code, finding.level, finding.id) == ("product.repository-unknown", "note", "product A")
    named = "Repository “lsst/afx” is named here and by 1 more product, but is not in the inventory."
    assert finding.words == named
    added = preview(data, finding.fixes[0].changes)
    assert {(row.name, row.sort) for row in added.rows("repository").values()} == {
        ("afw", GIT), ("lsst/afx", GIT),
    }  # fmt: skip
    less = preview(data, finding.fixes[1].changes)
    assert [row.repositories for row in less.in_order("product")] == [("afw",), ()]
    assert found(added, *CODES) == found(less, *CODES) == []


def test_a_component_beyond_the_inventory_is_asked_for_only_where_it_has_components():
    claims = (product("A", jira="afw"), product("B", jira="ip"))
    assert found(plan(*claims, repository("x")), "product.component-unknown") == []
    data = plan(*claims, component("ip"))
    (finding,) = found(data, "product.component-unknown")
    assert finding.words == "Component “afw” is named here, but is not in the inventory."
    assert found(preview(data, finding.fixes[0].changes), *CODES) == []
    assert preview(data, finding.fixes[1].changes).get("product", "product A").jira == ""


def test_one_repository_in_two_entries_is_found_once_and_dropped():
    data = plan(
        product("A", repositories=["afw"]), repository("lsst/afw"), repository("https://github.com/LSST/afw"),
        repository("other", url="github.com/lsst/other"), product("B", repositories=["other"]),
    )  # fmt: skip
    (finding,) = found(data, "repository.twice")
    assert finding.words == "This is the repository “lsst/afw”, which the inventory has already."
    assert found(preview(data, finding.fix), *CODES) == []


def test_a_component_and_a_repository_may_have_one_name():
    data = plan(product("A", repositories=["afw"], jira="afw"), repository("afw"), component("afw"))
    assert found(data, *CODES, "key.twice") == []

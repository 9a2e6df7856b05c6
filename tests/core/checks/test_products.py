from dmdesk.plan import preview
from tests.core.checks.plans import found, plan, product, words


def test_a_product_inherits_its_manager_from_above():
    data = plan(product("DM"), product("AP", parent="product DM", managers=[], owners=[]))
    assert found(data, "product.no-manager", "product.no-owner") == []


def test_a_tree_without_a_manager_is_found_once_with_the_number_below():
    bare = {"managers": [], "owners": []}
    data = plan(
        product("DM", **bare),
        product("AP", parent="product DM", **bare),
        product("AP1", parent="product AP", **bare),
        product("IO", parent="product DM"),
        product("IO1", parent="product IO", **bare),
    )
    assert words(data, "product.no-manager") == [
        ("product DM", "This product has no manager, nor have 2 products below it.")
    ]
    assert words(data, "product.no-owner") == [
        ("product DM", "This product has no product owner, nor have 2 products below it.")
    ]


def test_a_single_product_without_an_owner_is_found():
    data = plan(product("DM", owners=[]), product("AP", parent="product DM"))
    assert words(data, "product.no-owner") == [("product DM", "This product has no product owner.")]
    assert found(data, "product.no-manager") == []


def test_a_repository_of_two_products_is_found_however_it_is_written():
    data = plan(
        product("A", name="Archiver", repositories=["https://github.com/lsst/afw.git", "obs_base"]),
        product("B", repositories=["lsst/AFW", "obs_test"]),
    )
    listed = "“https://github.com/lsst/afw.git” is listed by “Archiver” and “B”"
    expected = f"Repository {listed}; it should lead to one product."
    assert words(data, "product.repository-twice") == [("product A", expected)]


def test_a_repository_of_many_products_is_said_once_and_moved_up_or_left_to_one_by_a_fix():
    rows = [product(f"P{n}", parent="product ALL", repositories=["afw", f"own{n}"]) for n in range(9)]
    data = plan(product("DM"), product("ALL", parent="product DM"), *rows)
    (finding,) = found(data, "product.repository-twice")
    listed = "“P0”, “P1”, “P2” and 6 more products"
    assert finding.words == f"Repository “afw” is listed by {listed}; it should lead to one product."
    moved = preview(data, finding.fixes[0].changes)
    assert moved.get("product", "product ALL").repositories == ("afw",)
    left = preview(data, finding.fixes[2].changes)
    assert [row.key for row in left.in_order("product") if "afw" in row.repositories] == ["P1"]
    assert all(f"own{n}" in left.get("product", f"product P{n}").repositories for n in range(9))
    assert found(moved, "product.repository-twice") == found(left, "product.repository-twice") == []


def test_a_group_without_products_is_found_and_becomes_something_else_or_goes():
    data = plan(product("G", kind="group"), product("H", kind="group"), product("P", parent="product H"))
    (finding,) = found(data, "product.group-empty")
    assert (finding.id, finding.words) == ("product G", "This group holds no products.")
    kinds_after = [preview(data, fix.changes).get("product", "product G") for fix in finding.fixes]
    assert [row and row.kind for row in kinds_after] == ["software", "hardware", "service", None]


def test_repositories_of_one_product_each_are_fine():
    assert found(plan(product("A", repositories=["a", "b"]), product("B")), "product.repository-twice") == []


def test_a_component_of_two_products_is_found():
    data = plan(product("A", jira="afw"), product("B", jira="afw"), product("C"), product("D"))
    assert words(data, "product.component-twice") == [
        ("product A", "Component “afw” is that of “A” and “B”; each maps to one product.")
    ]
    cured = preview(data, found(data, "product.component-twice")[0].fix)
    assert [row.jira for row in cured.in_order("product")] == ["afw", "", "", ""]


def test_software_without_a_repository_is_a_note():
    data = plan(
        product("A", kind="software"),
        product("B", kind="software", repositories=["b"]),
        product("C", kind="hardware"),
        product("D", kind="software"),
        product("E", kind="service", parent="product D"),
    )
    assert [(f.level, f.id) for f in found(data, "product.no-repository")] == [("note", "product A")]


def test_a_product_without_work_is_a_note_unless_it_is_a_group():
    data = plan(product("A", kind="software"), product("B", kind="group"), product("C", wbs=["wbs 1.02C"]))
    assert [f.id for f in found(data, "product.homeless")] == ["product A"]

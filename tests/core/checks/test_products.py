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
    assert words(data, "product.repository-twice") == [
        ("product B", "Repository “lsst/AFW” belongs to “Archiver” as well.")
    ]


def test_repositories_of_one_product_each_are_fine():
    assert found(plan(product("A", repositories=["a", "b"]), product("B")), "product.repository-twice") == []


def test_a_component_of_two_products_is_found():
    data = plan(product("A", jira="afw"), product("B", jira="afw"), product("C"), product("D"))
    assert words(data, "product.component-twice") == [
        ("product B", "Component “afw” belongs to “A” as well.")
    ]


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

"""The two trees everything else hangs on: products and the work breakdown structure."""

from dmdesk.kinds import Entity, choice, code, kind, line, many, prose, rank, to, words

PRODUCT_KINDS = ("group", "software", "hardware", "service")


@kind("product", "Product", "Products", parent="parent", ranked="order")
class Product(Entity):
    """Something the project must produce: an artefact, a system or a service, in a tree of products."""

    key: str = code("Key", "Short and unique, for example HEADER.", required=True)
    name: str = line("Name", "The name people use.", required=True)
    parent: str = to("product", "Part of", "The product this one is part of.")
    order: str = rank("Order", "Its place among its siblings.")
    kind: str = choice(PRODUCT_KINDS, "Kind", "Software, hardware, a service, or a group of products.")
    description: str = prose("Description", "What it is and does.")
    wbs: tuple[str, ...] = many("wbs", "WBS elements", "The work that produces it; several are allowed.")
    teams: tuple[str, ...] = many("team", "Teams", "The teams that build it.")
    managers: tuple[str, ...] = many(
        "person", "Manager", "Technical manager; when empty, the parent's holds.", inherits=True
    )
    owners: tuple[str, ...] = many(
        "person",
        "Product owner",
        "Signs off requirements and deliveries; when empty, the parent's holds.",
        inherits=True,
    )
    repositories: tuple[str, ...] = words(
        "Repositories", "Git repositories, one a line; each belongs to one product."
    )
    jira: str = code("JIRA component", "The issue tracker's component for this product.")
    documents: tuple[str, ...] = many("document", "Documents", "The documents that describe it.")
    requirements: tuple[str, ...] = many("requirement", "Requirements", "The requirements it satisfies.")
    uses: tuple[str, ...] = many("product", "Uses", "The products it needs to work.")
    aka: tuple[str, ...] = words("Also known as", "Earlier and other names, one a line; search finds them.")
    note: str = prose("Note", "Anything that is not yet part of the plan, such as a pending move.")


@kind("wbs", "WBS element", "WBS elements", parent="parent")
class WbsElement(Entity):
    """An element of the work breakdown structure, with its dictionary text."""

    key: str = code("Code", "The WBS code, for example 1.02C.08.03; text, sorted naturally.", required=True)
    name: str = line("Name", "The element's title.", required=True)
    parent: str = to("wbs", "Part of", "The element this one is part of.")
    institutions: tuple[str, ...] = many(
        "institution",
        "Lead institution",
        "Who leads the work; when empty, the parent's holds.",
        inherits=True,
    )
    manager: str = to(
        "person", "Control account manager", "Answers for scope, schedule and cost; when empty, the parent's holds.",
        inherits=True,
    )  # fmt: skip
    dictionary: str = prose("Dictionary", "What the element covers: the entry in the WBS dictionary.")
    aka: tuple[str, ...] = words("Also known as", "Earlier codes and names, one a line.")

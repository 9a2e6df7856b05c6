"""What exists of repositories and issue tracker components, so that those no product names can be found.

Products name theirs in words, as the plan's product list does; this is the list to hold those words against.
"""

from functools import lru_cache

from dmdesk.kinds import Entity, choice, code, kind, line, prose

GIT, JIRA = SORTS = ("Git repository", "JIRA component")


@kind(
    "repository", "Repository or component", "Repositories and components", title="name", identity=("name", "sort")
)  # fmt: skip
class Repository(Entity):
    """A Git repository or JIRA component that exists, from the organisation's own list; products say what is theirs."""

    name: str = code("Name", "As products name it, for example afw or lsst/afw.", required=True)
    sort: str = choice(
        SORTS, "Sort", "A Git repository, also when empty, or a component of the issue tracker."
    )
    url: str = line("Address", "Where it is found.")
    note: str = prose("Note", "Anything to know of it, such as what it is kept for.")


@lru_cache(maxsize=100_000)
def plain_name(text: str) -> str:
    """A repository's name without what differs between ways to write it."""
    name = text.strip().casefold().removesuffix("/").removesuffix(".git")
    for prefix in ("https://", "http://", "ssh://", "git@", "github.com/", "github.com:"):
        name = name.removeprefix(prefix)
    return name

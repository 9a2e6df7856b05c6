"""Documents the project writes, works it cites, and the acronyms it uses."""

from dmdesk.kinds import Entity, choice, code, count, kind, line, many, prose, to, words


@kind("document", "Document", "Documents", title="name", parent="parent")
class Document(Entity):
    """A document of the project, written or yet to be written, in the document tree."""

    key: str = code("Handle", "For example LDM-148.", required=True)
    name: str = line("Title", "The document's title.", required=True)
    parent: str = to("document", "Below", "The document above it in the document tree.")
    kind: str = choice(
        ("management plan", "requirements", "design", "interface", "policy", "test", "guide", "note", "model", "record",
         "template"),
        "Kind", "What sort of document it is.",
    )  # fmt: skip
    level: str = choice(("project", "subsystem", "technical note", "other"), "Level", "Who controls it.")
    state: str = choice(
        ("not written", "draft", "released", "out of date", "obsolete"),
        "State",
        "Where it stands; not written shows red.",
    )
    owner: str = to("person", "Owner", "Who answers for it.")
    url: str = line("Address", "Where to read it.")
    summary: str = prose("Summary", "What it is for in this plan.")


@kind("reference", "Reference", "References", title="name")
class Reference(Entity):
    """An entry of the reference list."""

    key: str = code("Key", "The handle, or a short key for other works; [[key]] cites it.", required=True)
    name: str = line("Title", "The title, as printed.", required=True)
    authors: tuple[str, ...] = words("Authors", "Surname, initials; one a line, in order.")
    year: int | None = count("Year", "The year of publication.")
    venue: str = line("Published in", "Journal, volume and pages.")
    doi: str = line("DOI", "The digital object identifier.")
    url: str = line("Address", "Where to read it.")
    document: str = to("document", "Document", "The same work in the document tree.")


@kind("acronym", "Acronym", "Acronyms", title="meaning")
class Acronym(Entity):
    """An acronym and what it stands for."""

    key: str = code("Acronym", "As it is written.", required=True)
    meaning: str = line("Meaning", "What it stands for.", required=True)
    tags: tuple[str, ...] = words("Tags", "Where it is used, one a line.")
    note: str = prose("Note", "Anything to know about it.")
    documents: tuple[str, ...] = many("document", "Documents", "Documents that define it.")

"""Interfaces with other subsystems."""

from dmdesk.kinds import Entity, code, kind, line, many, prose, to


@kind("interface", "Interface", "Interfaces")
class Interface(Entity):
    """An external interface and the interface control document (ICD) that governs it."""

    key: str = code("Handle", "The ICD's handle, for example LSE-68.", required=True)
    name: str = line("Title", "The ICD's title.", required=True)
    counterpart: str = line("Counterpart", "The subsystem on the other side.")
    document: str = to("document", "Document", "The ICD in the document tree.")
    owner: str = to("role", "Owner", "The role that answers for it.")
    products: tuple[str, ...] = many("product", "Products", "The products on our side of it.")
    summary: str = prose("Summary", "What passes over it.")

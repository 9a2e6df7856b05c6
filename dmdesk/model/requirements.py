"""Requirements and how they trace to those above them."""

from dmdesk.kinds import Entity, choice, code, kind, line, prose, to


@kind("requirement", "Requirement", "Requirements", title="name")
class Requirement(Entity):
    """A requirement of a source document."""

    key: str = code("Code", "For example DMS-REQ-0002.", required=True)
    name: str = line("Title", "The requirement's title.", required=True)
    source: str = to("document", "Source document", "The document that states it.")
    text: str = prose("Text", "The requirement's words.")
    priority: str = choice(("1a", "1b", "2", "3"), "Priority", "The verification priority.")
    derived: str = line("Derived because", "Why it has no requirement above it, when that is meant.")


@kind("trace", "Trace link", "Trace links", title="", identity=("requirement", "parent"))
class Trace(Entity):
    """A requirement satisfies, in part or whole, one above it."""

    requirement: str = to("requirement", "Requirement", "The lower requirement.", part=True, required=True)
    parent: str = to("requirement", "Traces to", "The requirement above it.", part=True, required=True)
    rationale: str = line("Rationale", "Why the link holds.")

"""Change control: requests for comments, what people say of them, and the meetings of the board that decides."""

from dmdesk.kinds import Entity, choice, code, count, day, instant, items, kind, line, many, prose, to, words

PROPOSED, FLAGGED, RECOMMENDED = "proposed", "flagged", "recommended"
ADOPTED, IMPLEMENTED, WITHDRAWN = "adopted", "implemented", "withdrawn"
"""The states of a change request."""


@kind("rfc", "Change request", "Change requests")
class ChangeRequest(Entity):
    """A request for comments (RFC) or a project-wide change request (LCR): a proposal, and what became of it."""

    key: str = code("Key", "For example RFC-358.", required=True)
    name: str = line("Title", "What is proposed, in a line.", required=True)
    sort: str = choice(
        ("RFC", "LCR"), "Kind", "An RFC is decided within the subsystem, an LCR by the project's board."
    )
    state: str = choice(
        (PROPOSED, FLAGGED, RECOMMENDED, ADOPTED, IMPLEMENTED, WITHDRAWN),
        "State",
        "Flagged ones wait for the board; recommended ones have its word.",
    )
    weight: str = choice(
        ("ordinary", "major"), "Weight", "How long silence must last: 72 hours, or a week for major issues."
    )
    proposal: str = prose("Proposal", "What is to be decided and done, so that people can agree to it.")
    component: str = line("Component", "The part of the project that it is addressed to, for example DM.")
    proposer: str = to("person", "Proposer", "Who proposes it.")
    assignee: str = to("person", "Assignee", "Who judges when consensus is reached.")
    proposed: str = instant("Proposed", "When it was published; the clock runs from then.")
    planned_end: str = instant(
        "Planned end", "Until when people may object; never before the clock runs out."
    )
    watchers: tuple[str, ...] = many("person", "Watchers", "Who is told of it.")
    products: tuple[str, ...] = many("product", "Products", "The products it touches.")
    wbs: tuple[str, ...] = many("wbs", "WBS", "The WBS elements it touches.")
    documents: tuple[str, ...] = many("document", "Documents", "The documents it changes.")
    requirements: tuple[str, ...] = many("requirement", "Requirements", "The requirements it touches.")
    milestones: tuple[str, ...] = many("milestone", "Milestones", "The milestones it touches.")
    risks: tuple[str, ...] = many("risk", "Risks", "The risks it answers or makes.")
    sections: tuple[str, ...] = many("section", "Sections", "The sections of the plan it changes.")
    tickets: tuple[str, ...] = words("Triggered tickets", "The work that follows from it, one a line.")
    conclusion: str = prose("Conclusion", "What was agreed in the end.")
    aka: tuple[str, ...] = words("Also known as", "Earlier keys, one a line.")


@kind("rfcmove", "State of a change request", "States of change requests", title="state",
      identity=("rfc", "at", "state"))  # fmt: skip
class RequestMove(Entity):
    """A change request's way from one state to another: when, by whom and why."""

    rfc: str = to("rfc", "Change request", "The change request.", part=True, required=True)
    at: str = instant("When", "When it was moved.", required=True)
    before: str = line("From", "The state before.")
    state: str = line("To", "The state after.", required=True)
    who: str = to("person", "Who", "Who moved it.")
    reason: str = line("Reason", "Why.")


@kind("objection", "Objection", "Objections", identity=("rfc", "name"))
class Objection(Entity):
    """What somebody has against a change request, and how it was answered; an open one keeps it from being adopted."""

    rfc: str = to("rfc", "Change request", "The change request.", part=True, required=True)
    name: str = line("Objection", "What is objected to, in a line.", required=True)
    person: str = to("person", "By", "Who objects.")
    raised: str = instant("Raised", "When.")
    words: str = prose("Grounds", "Why.")
    state: str = choice(
        ("open", "answered", "withdrawn"), "State", "Open until it is answered or taken back."
    )
    answer: str = prose("Answer", "What was answered, or changed in the proposal.")
    answered: str = instant("Answered", "When.")
    answerer: str = to("person", "Answered by", "Who answered it.")


@kind("comment", "Comment", "Comments", title="words", identity=("rfc", "at", "person"))
class Comment(Entity):
    """What somebody said of a change request."""

    rfc: str = to("rfc", "Change request", "The change request.", part=True, required=True)
    person: str = to("person", "By", "Who said it.")
    at: str = instant("When", "When.")
    words: str = prose("Comment", "What was said.")


@kind("docket", "Board meeting", "Board meetings")
class Docket(Entity):
    """A meeting of the board: which change requests it has before it, who was there and what was decided."""

    key: str = code("Key", "Short and unique, for example DMCCB-2017-07-12.", required=True)
    name: str = line("Title", "For example DMCCB meeting.", required=True)
    group: str = to("group", "Board", "The board that meets; its members and quorum hold.")
    at: str = instant("When", "When it meets.")
    state: str = choice(("planned", "held"), "State", "Held once its minutes stand.")
    present: tuple[str, ...] = many("person", "Present", "Who was there.")
    others: tuple[str, ...] = words("Others present", "Who is not in the plan; one a line.")
    note: str = prose("Note", "What was said beside the requests.")


@kind("docketitem", "Docket item", "Docket items", title="subject", identity=("docket", "subject"))
class DocketItem(Entity):
    """A change request before the board: what was decided of it, how, and who dissented."""

    docket: str = to("docket", "Board meeting", "The meeting.", part=True, required=True)
    subject: str = line(
        "Subject", "The request's key and title on that day, or another subject.", required=True
    )
    rfc: str = to("rfc", "Change request", "The request, while it is in the plan.")
    place: int | None = count("Place", "Its place on the docket.")
    decision: str = choice(
        ("recommend", "return", "withdraw", "defer"),
        "Decision",
        "Recommend it, return it as proposed, withdraw it, or decide another time.",
    )
    manner: str = choice(
        ("consensus", "vote", "project manager"),
        "Decided by",
        "After a week without consensus or quorum the project manager decides alone.",
    )
    dissent: tuple[str, ...] = items("Dissent", "Who disagreed and why, one a line.")
    notes: str = prose("Notes", "What was said.")


@kind("boardaction", "Board action", "Board actions", identity=("docket", "name"))
class BoardAction(Entity):
    """What a board meeting asked somebody to do."""

    docket: str = to("docket", "Board meeting", "The meeting.", part=True, required=True)
    name: str = line("Action", "What is to be done.", required=True)
    rfc: str = to("rfc", "Change request", "The request it is about.")
    owner: str = to("person", "Owner", "Who does it.")
    due: str = day("Due", "By when.")
    done: str = day("Done", "When it was done.")

"""Risk reviews: meetings in which people go through the register, and what they said of each risk."""

from dmdesk.kinds import Entity, choice, code, count, day, kind, line, many, money, number, prose, to, words


@kind("review", "Risk review", "Risk reviews")
class RiskReview(Entity):
    """A risk review: when, who, which risks, and what it changed on the whole."""

    key: str = code("Key", "The day of the review; a second one on that day has a letter.", required=True)
    name: str = line("Title", "For example Quarterly review.", required=True)
    date: str = day("Date", "The day it was held.")
    state: str = choice(("running", "finished"), "State", "Running until its minutes are made.")
    people: tuple[str, ...] = many("person", "Present", "Who took part.")
    others: tuple[str, ...] = words("Others present", "Who is not in the plan; one a line.")
    scope: str = line("Risks", "The filter that chose the risks; empty for all that are open.")
    note: str = prose("Note", "What was said of the register as a whole.")
    seconds: int | None = count("Seconds", "How long it took.")
    expected_before: int | None = money("Expected before", "Σ P×I before the review.")
    expected_after: int | None = money("Expected after", "Σ P×I after it.")
    p80_before: int | None = money("P80 before", "The contingency at 80 % confidence before the review.")
    p80_after: int | None = money("P80 after", "The contingency at 80 % confidence after it.")


@kind("reviewed", "Reviewed risk", "Reviewed risks", title="subject", identity=("review", "subject"))
class Reviewed(Entity):
    """A risk on the agenda of a review: what it was before and after, and what was decided."""

    review: str = to("review", "Review", "The review.", part=True, required=True)
    subject: str = line("Risk then", "The risk's ID and title on that day.", required=True)
    risk: str = to("risk", "Risk", "The risk, while it is in the plan.")
    place: int | None = count("Place", "Its place on the agenda.")
    state: str = choice(("waiting", "reviewed", "skipped"), "State", "What became of it in the meeting.")
    notes: str = prose("Notes", "What was said.")
    decision: str = choice(
        ("keep", "watch", "act", "accept", "escalate", "retire", "realise", "deprecate"),
        "Decision",
        "What was decided.",
    )
    state_before: str = line("State before", "The risk's state before.")
    state_after: str = line("State after", "The risk's state after.")
    likelihood_before: int | None = count("Likelihood before", "The likelihood level before.")
    likelihood_after: int | None = count("Likelihood after", "The likelihood level after.")
    impact_before: int | None = count("Impact before", "The impact level before.")
    impact_after: int | None = count("Impact after", "The impact level after.")
    score_before: str = number("Score before", "The score before.")
    score_after: str = number("Score after", "The score after.")
    exposure_before: int | None = money("Exposure before", "The expected monetary value before.")
    exposure_after: int | None = money("Exposure after", "The expected monetary value after.")
    next_review: str = day("Next review", "By when it is looked at again.")
    seconds: int | None = count("Seconds", "How long it was talked about.")

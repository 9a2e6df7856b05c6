"""Scales by which risks are judged: likelihood bands, impact levels, the table of scores and its zones."""

from dmdesk.kinds import Entity, choice, code, kind, line, lines, number, percent, prose, to

TABLE, PRODUCT = RULES = ("table", "product")
PATTERNS = ("none", "dots", "lines", "hatch", "cross", "solid")


@kind("scale", "Risk scale", "Risk scales")
class RiskScale(Entity):
    """A way to judge risks; a plan uses one, and may keep others."""

    key: str = code("Key", "Short and unique, for example rubin.", required=True)
    name: str = line("Name", "The scale's name.", required=True)
    source: str = line("Source", "Where it comes from.")
    rule: str = choice(RULES, "Score", "A table to look up, or likelihood value × impact value.")
    table: tuple[str, ...] = lines(
        "Score table",
        "A line for each likelihood, the highest first; a score for each impact, the lowest first.",
    )
    note: str = prose("Note", "Anything to know about it.")


@kind("band", "Likelihood band", "Likelihood bands", title="name", identity=("scale", "level"))
class LikelihoodBand(Entity):
    """A likelihood level: the probabilities it covers, and the one that stands for it in sums of money."""

    scale: str = to("scale", "Scale", "The scale it is part of.", part=True, required=True)
    level: str = code("Level", "From 1, the least likely.", required=True)
    name: str = line("Name", "For example Possible.", required=True)
    least: str = percent("From (%)", "The least probability in the band.")
    most: str = percent("To (%)", "The greatest probability in the band.")
    point: str = percent("Point (%)", "The probability that stands for the band in sums.")


@kind("impact", "Impact level", "Impact levels", title="name", identity=("scale", "dimension", "level"))
class ImpactLevel(Entity):
    """An impact level in one dimension, in words and with its limit."""

    scale: str = to("scale", "Scale", "The scale it is part of.", part=True, required=True)
    dimension: str = line(
        "Dimension", "overall, cost, schedule, or another such as performance.", required=True
    )
    level: str = code("Level", "From 1, the slightest.", required=True)
    name: str = line("Name", "For example Significant.", required=True)
    words: str = prose("Words", "What it looks like in this dimension.")
    limit: str = number("Up to", "The greatest amount in the level; empty for no limit.")
    unit: str = choice(
        ("% of baseline", "currency", "months"),
        "Unit",
        "What the limit counts; % of the plan's cost baseline.",
    )
    value: str = number("Value", "What the level counts in a product, for example 0.4.")


@kind("zone", "Score zone", "Score zones", title="name", identity=("scale", "name"))
class ScoreZone(Entity):
    """A zone of scores that people treat alike, with its colour and the pattern that tells it without colour."""

    scale: str = to("scale", "Scale", "The scale it is part of.", part=True, required=True)
    name: str = line("Name", "For example high.", required=True)
    least: str = number("From score", "The least score in the zone.", required=True)
    colour: str = code("Colour", "As #rrggbb.")
    mark: str = choice(PATTERNS, "Pattern", "What tells the zone in grey and to the colour-blind.")

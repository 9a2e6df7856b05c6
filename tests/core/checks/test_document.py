"""docs/checks.md says what is checked, and what is found in the sample plan; this keeps it true."""

import re
from collections import Counter

from dmdesk import checks
from dmdesk.exchange import text
from tests.house.tree import ROOT

DOCUMENT = (ROOT / "docs" / "checks.md").read_text("utf-8")
RULES, _, SAMPLE = DOCUMENT.partition("## What they find in the sample plan")


def test_every_check_is_listed_once_with_its_level_and_help_and_no_other():
    listed = re.findall(r"^\| (`.+)$", RULES, re.MULTILINE)
    assert sorted(listed) == sorted(f"`{c.code}` | {c.level} | {c.help} |" for c in checks.checks())


def test_what_is_found_in_the_sample_plan_is_what_the_document_says():
    counts = Counter(finding.code for finding in checks.run(text.read(ROOT / "sample_db" / "ldm-294")))
    said = {
        code: int(number) for code, number in re.findall(r"^\| `(.+?)` \| (\d+) \|", SAMPLE, re.MULTILINE)
    }
    assert said == counts
    assert f"Together: {counts.total()} findings." in SAMPLE


def test_the_sample_plan_has_the_known_defects_of_the_document_and_nothing_that_is_beyond_repair():
    counts = Counter(finding.code for finding in checks.run(text.read(ROOT / "sample_db" / "ldm-294")))
    assert (counts["requirement.untraced"], counts["product.homeless"]) == (32, 45)
    assert counts["wbs.unknown"] + counts["wbs.malformed"] == 9
    for fatal in (
        "field.empty",
        "link.dangling",
        "key.twice",
        "tree.circle",
        "tree.orphan",
        "prose.reference",
    ):
        assert counts[fatal] == 0, fatal

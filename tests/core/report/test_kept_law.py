"""The law of printing again: after whatever edits, pages made with what was kept look as pages made anew."""

from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from dmdesk import report
from dmdesk.exchange import text
from dmdesk.kinds import changed, kind_of, kinds
from dmdesk.report import pages
from dmdesk.report.chapters import chapters
from dmdesk.report.figures import _Same
from dmdesk.report.kept import Kept
from tests.core.checks.test_running_again import telling
from tests.core.checks.watched import fields_read
from tests.core.editing import TELLING, EditedPlan
from tests.core.report.pdf import row
from tests.core.report.test_kept import BODY, EYE

ROOT = Path(__file__).parents[3]
PLACES = tuple(f"{{{{{one.name}}}}}" for one in chapters() if ":" not in one.name)
SAID = (
    *TELLING, *PLACES, "{{figure tree}}", "{{figure gone}}", "[[one]]", "[[LDM-1]]", "[[figure:tree]]", "[[1.02C]]",
    "a note[^1]\n\n[^1]: said", "| a | b |\n|---|---|\n| x | [[A]] |", "- one\n- two",
    "[[Knuth]] says", "[[figure:who]]", "LDM-1 and LDM-7[^9]", "Words of a text. " * 60, BODY,
)  # fmt: skip
"""Words that texts may get: places, references, tables, notes, and more than a page has room for."""
SECTIONS = (
    row("section", key="one", title="One", body=f"{BODY}\n\n{{{{figure tree}}}}\n\n{{{{roles}}}}"),
    row("section", key="two", title="Two", body="See [[one]] and [[LDM-1]].\n\n{{risks}}\n\n{{wbs-leads}}"),
    row("section", key="end", title="End", body="{{wbs}}\n\n{{trace-down}}\n\n{{acronyms}}", appendix=True),
    row("figure", key="tree", caption="The tree", drawing="product tree"),
    row("figure", key="who", caption="Who reports to whom", drawing="organisation chart"),
)


def unlike(look):
    """A look in which drawings are told by what is on them."""
    if isinstance(look, _Same):
        return repr(look.drawing)
    return tuple(map(unlike, look)) if type(look) is tuple else look


def looks(data, kept=None):
    """All that decides how the pages of a print look, and where things are on them."""
    found = []

    def draw(pen, sheet, words, tagger):
        width = pages.block(sheet.size)[0]
        placed = [(y, part.anchors, unlike(part.look(width))) for y, part in sheet.filled.placed]
        found.append((words, sheet.size, sheet.number, sheet.running, placed))

    with patch.object(pages, "draw", draw):
        return found, report.make(data, EYE, kept=kept).places


class PrintedPlan(EditedPlan):
    """What is kept follows the plan; the model is a copy that was never printed before."""

    telling = SAID

    @staticmethod
    def start():
        data = telling()
        for one in SECTIONS:
            data.replace(kind_of(one).name, one.id, one)
        return data

    def __init__(self):
        super().__init__()
        self.kept = Kept()
        looks(self.data, self.kept)

    @rule(data=st.data())
    def a_section_says_something_else(self, data):
        standing = list(self.data.rows("section").values())
        if standing:
            one = data.draw(st.sampled_from(standing))
            said = "\n\n".join(data.draw(st.lists(st.sampled_from(SAID), max_size=4)))
            self.data.replace("section", one.id, changed(one, {"body": said}))

    @invariant()
    def pages_look_as_if_nothing_had_been_kept(self):
        assert looks(self.data, self.kept) == looks(self.data.copy())


TestPrintedPlan = PrintedPlan.TestCase
TestPrintedPlan.settings = settings(max_examples=12, stateful_step_count=12, report_multiple_bugs=False)


class Noticing(Kept):
    """Compares what was noted while sections were set with the fields that were in fact read."""

    def __init__(self):
        super().__init__()
        self.unnoticed = {}

    def parts(self, name, given, make):
        with fields_read() as read:
            made = super().parts(name, given, make)
        reads = self._used[name].reads
        rows = [one for one in (*reads.rows.values(), *reads.found.values()) if one is not None]
        known = {*reads.names, *(kind_of(one).name for one in rows), "section"}
        if reads.found:  # which row a key names is asked again
            known.update(f"{kind.name}.{name}" for kind in kinds() for name in kind.identity)
        missed = {field for field in read if not known & {field, field.partition(".")[0]}}
        if missed and not reads.all:
            self.unnoticed[name] = missed
        return made


def test_no_field_is_read_for_a_section_of_the_sample_without_being_noted():
    kept = Noticing()
    looks(text.read(ROOT / "sample_db" / "ldm-294"), kept)
    assert len(kept._made) > 50
    assert kept.unnoticed == {}

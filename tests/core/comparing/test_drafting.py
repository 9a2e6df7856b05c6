"""The draft mark, which is put aside when a baseline is compared with the draft after it."""

from dmdesk.comparing import compare
from dmdesk.comparing.drafting import without_mark
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData


def state(mark, title="Our plan"):
    return PlanData.of([kinds()["plan"].make({"handle": "LDM-1", "title": title, "state": mark}, "p")])


def test_a_draft_that_only_has_its_mark_is_the_baseline_before_it():
    then, now = state("baselined"), state("draft")
    assert [edit.field for item in compare(then, now).items for edit in item.edits] == ["state"]
    assert not list(compare(without_mark(then, now), now).items)


def test_what_else_changed_in_the_plan_is_told_without_the_mark():
    then, now = state("baselined"), state("draft", "Another plan")
    (item,) = compare(without_mark(then, now), now).items
    assert [edit.field for edit in item.edits] == ["title"]
    assert then.plan().state == "baselined"


def test_nothing_is_copied_where_the_marks_are_alike():
    then = state("draft")
    assert without_mark(then, state("draft", "Another")) is then
    empty = PlanData.of([])
    assert without_mark(empty, then) is empty

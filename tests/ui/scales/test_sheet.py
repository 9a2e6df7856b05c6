"""The sheet before a scale changes: three ways for scores, a mapping that people edit, and one step."""

import pytest

from dmdesk.risks.book import scored
from dmdesk.risks.ready import READY
from dmdesk.risks.rescaling import drafting as d
from dmdesk.risks.rescaling.scores import AMOUNTS, KEEP, MAP
from dmdesk.risks.scale import scale_of
from ui.actions import actions, perform
from ui.scales import sheet as sheets


@pytest.fixture
def shrunk(page, register):
    """The sheet for a scale whose third likelihood level was removed."""
    return sheets.ask(register, d.drop_band(d.begun(scale_of(register.data)), 3))


def stands(sheet):
    return [item.new for item in sheet.now.items if item.field == "Stands at"]


def test_it_says_how_many_risks_and_scores_are_concerned(shrunk):
    assert shrunk._words.text() == (
        "3 risks stand otherwise, 0 in another zone; 2 scores get other levels; "
        "2 scores name a level that the scale does not have."
    )
    assert shrunk._words.isVisible()


def test_the_ways_show_different_outcomes_and_the_chosen_one_is_done(shrunk, register):
    mapped = stands(shrunk)
    shrunk.ways[KEEP].click()
    shrunk.renew()
    assert stands(shrunk) == mapped
    assert not shrunk.maps.isVisible()
    shrunk.ways[AMOUNTS].click()
    shrunk.renew()
    assert stands(shrunk) == ["L4 × I5 · 25 · high", "L2 × I1 · 2 · low", "L4 × I1 · 10 · moderate"]
    shrunk.accept()
    assert scored(register.data, "b").current.likelihood == 2


def test_each_old_level_can_be_given_another_new_one(shrunk, register):
    assert shrunk.likelihoods.mapping() == {1: 1, 2: 2, 3: 3, 4: 3, 5: 4}
    shrunk.likelihoods.boxes[4].setCurrentIndex(0)
    shrunk.accept()
    assert [scored(register.data, id).current.likelihood for id in "abc"] == [1, 3, 1]


def test_in_proportion_fills_in_all_boxes(page, register):
    sheet = sheets.ask(register, d.add_band(d.begun(scale_of(register.data)), 1))
    assert sheet.likelihoods.mapping() == {1: 1, 2: 3, 3: 4, 4: 5, 5: 6}
    buttons = {button.text(): button for button in sheet.findChildren(sheets.QPushButton)}
    buttons["In proportion"].click()
    assert sheet.likelihoods.mapping() == {1: 1, 2: 2, 3: 4, 4: 5, 5: 6}
    buttons["Follow the levels"].click()
    assert sheet.likelihoods.mapping() == {1: 1, 2: 3, 3: 4, 4: 5, 5: 6}


def test_every_box_has_a_name(shrunk):
    assert shrunk.likelihoods.boxes[0].accessibleName() == "Likelihood 1 Remote becomes"
    assert shrunk.ways[MAP].accessibleDescription() == sheets.HINTS[MAP]


def test_a_scale_that_is_not_used_changes_without_questions_about_scores(page, register):
    page.library.choose(next(one for one in page.library.entries() if one.key == "nasa"))
    page._picked(page.library.current())
    page.library.copy.click()
    sheet = sheets.ask(register, d.drop_band(d.begun(page.editor.desk.scale), 1))
    assert sheet._words.text() == "The plan does not judge by this scale, so that no risk is touched."
    assert not sheet.asked
    sheet.accept()
    assert scale_of(register.data) == READY["rubin"]
    assert scale_of(register.data, page.entry.id).height == 4


def test_a_ready_scale_is_used_from_the_palette(page, register, answers, sheet):
    answers.place = 1
    perform(actions()["scale.use"], register)
    assert [line.split(" — ")[0] for line in answers.asked[-1].split("\n")[1:]] == ["NASA", "DOE", "PMI"]
    sheet().accept()
    assert scale_of(register.data) == READY["doe"]
    assert register.plan.undoable.title == "Use scale DOE"


def test_the_usual_categories_are_shown_then_added_once_as_one_step(register, sheet):
    said, gone = [], []
    register.said.connect(said.append)
    register.go.connect(lambda kind, _: gone.append(kind))
    perform(actions()["category.usual"], register)
    opened = sheet()
    assert len({item.row for item in opened.table.changes.items}) == 28
    opened.accept()
    assert len(register.data.rows("category")) == 28
    assert gone == ["category"]
    assert register.plan.undoable.title == "Add the usual risk categories"
    perform(actions()["category.usual"], register)
    assert said[-1] == "The plan has all of the usual risk categories."


def test_the_scale_in_use_is_found_by_its_command(register, window):
    perform(actions()["scale.edit"], register)
    assert register.page_kind == "scale"
    assert window.stack.currentWidget().entry.used(register.data)

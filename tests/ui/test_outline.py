"""The parts of a plan are the same in the navigation and wherever plans are compared."""

from dmdesk.comparing.outline import MORE, PARTS, places
from dmdesk.kinds import kinds
from ui.navigation import places as pages


def test_comparisons_have_the_parts_of_the_navigation_in_its_order():
    shown: dict[str, list[str]] = {}
    for page in pages():
        if page.name in kinds() and page.group != "More":
            shown.setdefault(page.group, []).append(page.name)
    assert shown == {part: list(names) for part, names in PARTS}


def test_each_kind_has_a_place_in_comparisons_and_parts_follow_what_they_belong_to():
    found = places()
    assert set(found) == set(kinds().names())
    assert found["score"][1] == "Risks" and found["rfcmove"][1] == "Change control"
    assert found["risk"][0] < found["score"][0] < found["response"][0]
    assert MORE not in {part for _, part in found.values()}

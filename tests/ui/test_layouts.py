"""Layouts: nothing in a plan is invisible."""

import pytest

from dmdesk.kinds import Kind, kinds
from ui import layouts
from ui.models import derived


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.name)
def test_each_field_is_placed_once_or_named_as_hidden(kind: Kind):
    placed = [name for _, names in layouts.form(kind.name) for name in names]
    hidden = layouts.HIDDEN.get(kind.name, ())
    assert sorted((*placed, *hidden)) == sorted(field.name for field in kind.fields)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if not kind.single], ids=lambda kind: kind.name)
def test_each_column_a_page_opens_with_exists_and_the_title_or_key_is_among_them(kind: Kind):
    known = {*(field.name for field in kind.fields), *derived.derived(kind.name)}
    columns = layouts.columns(kind.name)
    assert set(columns) <= known
    assert {kind.title, kind.key} & set(columns) or not kind.title


def test_every_layout_is_of_a_kind():
    names = set(kinds().names())
    assert set(layouts.FORMS) == names
    assert set(layouts.COLUMNS) | set(layouts.HIDDEN) <= names

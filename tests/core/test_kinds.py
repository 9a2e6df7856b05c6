"""Kinds: every declaration is complete and true, and every row goes round through it unharmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import types as t
from dmdesk.kinds import changed, derived_id, kind_of, kinds, new_id
from dmdesk.reading import PlanData
from dmdesk.registry import Registry
from tests.core import rows

KINDS = list(kinds())
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
def test_a_kind_and_all_its_fields_say_what_they_are(kind):
    assert all((kind.label, kind.plural, kind.help.endswith(".")))
    for field in kind.fields:
        assert field.label, field.name
        assert field.help.endswith("."), field.name


@every_kind
def test_a_kind_has_fields_and_no_two_alike(kind):
    assert kind.fields
    assert len(set(rows.names(kind))) == len(kind.fields)
    assert len({field.label for field in kind.fields}) == len(kind.fields)
    assert "id" not in kind


@every_kind
def test_title_identity_parent_and_order_name_fields_of_the_kind(kind):
    named = [name for name in (kind.title, kind.parent, kind.order, *kind.identity) if name]
    assert kind.identity
    assert [name for name in named if name not in kind] == []
    assert not kind.parent or kind[kind.parent].target == kind.name


@every_kind
def test_a_kind_without_a_title_is_known_by_what_it_joins(kind):
    assert kind.title or any(kind[name].target for name in kind.identity)


@every_kind
def test_links_lead_to_kinds_that_exist(kind):
    assert [field.name for field in kind.fields if field.target and field.target not in kinds()] == []
    assert kind.links == tuple(field for field in kind.fields if field.target)


@every_kind
def test_only_links_make_a_row_part_of_another(kind):
    assert [field.name for field in kind.fields if field.part and not field.target] == []


@every_kind
def test_only_fields_of_trees_are_inherited(kind):
    assert kind.parent or not [field.name for field in kind.fields if field.inherits]


@every_kind
def test_a_row_made_of_nothing_is_empty_and_has_a_title(kind):
    row = kind.make({})
    assert kind.values(row)[1:] == tuple(field.type.empty for field in kind.fields)
    assert PlanData.of([row]).title(row)
    assert kind_of(row) is kind


@every_kind
def test_a_field_of_another_kind_is_refused(kind):
    with pytest.raises(KeyError, match="no such field"):
        kind.make({"no such field": ""})


@given(st.sampled_from(KINDS), st.data())
def test_a_row_survives_being_stored_and_loaded(kind, data):
    row = kind.make(rows.values(data.draw, PlanData(), kind))
    stored = [row.id]
    for field, value in zip(kind.fields, kind.values(row)[1:], strict=True):
        assert field.type.clean(value) == value
        stored.append(field.type.store(value))
        assert stored[-1] is None or type(stored[-1]) is {"TEXT": str, "INTEGER": int}[field.type.sql]
    assert kind.load(stored) == row
    assert kind.values(row) == (row.id, *(getattr(row, name) for name in rows.names(kind)))


@given(st.sampled_from(KINDS), st.data())
def test_a_changed_row_is_a_new_row_and_the_old_one_stays(kind, data):
    row = kind.make({})
    values = {name: kind[name].type.clean(v) for name, v in rows.values(data.draw, PlanData(), kind).items()}
    after = changed(row, values)
    assert row == kind.make({}, row.id)
    assert {name: getattr(after, name) for name in values} == values
    assert after.id == row.id


def test_new_ids_are_short_and_never_alike():
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(id) == 12 and id.isalnum() and id.islower() for id in ids if not id.isdigit())


def test_an_id_that_follows_from_a_key_is_the_same_on_every_machine():
    assert derived_id("product", "DM") == "pm7ahgkfmhcg"
    assert derived_id("team", "DM") != derived_id("product", "DM")


def test_a_name_taken_twice_is_a_mistake_found_at_import():
    registry = Registry("kind")
    registry.add(KINDS[0])
    with pytest.raises(ValueError, match="declared twice"):
        registry.add(KINDS[0])


def test_a_single_kind_is_the_plan_itself():
    assert [kind.name for kind in KINDS if kind.single] == ["plan"]


def test_unresolved_words_are_no_link_in_any_kind():
    for kind in KINDS:
        for field in kind.links:
            value = ("?words",) if isinstance(field.type, t.ToMany_) else "?words"
            assert t.links_of(field.type, field.type.clean(value)) == ()

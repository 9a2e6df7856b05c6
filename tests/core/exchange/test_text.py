"""The plan as text: the same bytes every time, nothing lost on the way, and mistakes told by file and entry."""

import tempfile
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import canon
from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.kinds import derived_id, kinds
from dmdesk.reading import PlanData
from tests.core import rows

PRODUCT, TEAM, GROUP, MEMBERSHIP = (kinds()[name] for name in ("product", "team", "group", "membership"))


def folder(data, path):
    """What a plan looks like in a folder: file name → bytes."""
    text.write(data, path)
    return {file.name: file.read_bytes() for file in path.iterdir()}


@given(rows.plans())
def test_a_plan_written_to_a_folder_and_read_again_is_the_same_to_the_byte(data):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        first = folder(data, path)
        if not first:
            return
        again = text.read(path)
        assert rows.state(again) == rows.state(data)
        assert folder(again, path) == first


@given(rows.plans())
def test_a_plan_written_to_one_file_and_read_again_is_the_same_to_the_byte(data):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "plan.toml"
        text.write(data, path)
        first = path.read_bytes()
        again = text.read(path)
        assert rows.state(again) == rows.state(data)
        text.write(again, path)
        assert path.read_bytes() == first


SIGNS = st.text(st.sampled_from([*"ab\"\\\n\t\r\x00\x0b\x1f\x7f\u2028'é👩"]) | st.characters(codec="utf-8"))


@given(SIGNS | st.booleans() | st.integers() | st.lists(SIGNS) | st.lists(SIGNS).map(tuple))
def test_values_are_written_as_the_library_would_write_them(value):
    assert f"a = {canon._value(value)}\n" == tomli_w.dumps({"a": value}, multiline_strings=True)


@given(rows.plans())
def test_entries_are_written_as_the_library_would_write_them(data):
    written = text.dumps(data, kinds())
    entries = [
        f"[[{name}]]\n{tomli_w.dumps(entry, multiline_strings=True)}"
        for name, of_kind in tomllib.loads(written).items()
        for entry in of_kind
    ]
    assert written == "\n".join(entries)


@given(rows.plans())
def test_the_text_does_not_depend_on_the_order_in_which_rows_were_entered(data):
    every = [row for table in rows.state(data).values() for row in table.values()]
    assert text.dumps(PlanData.of(reversed(every)), kinds()) == text.dumps(data, kinds())


@given(rows.plans())
def test_a_plan_read_beside_itself_does_not_differ_from_it(data):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "plan.toml"
        text.write(data, path)
        assert c.difference(data, text.read(path, like=data)) == []


@pytest.mark.parametrize("key", ["?A", "??A", "~A", "", "A/B", '"""', "é\\", "#", "[x]"])
def test_rows_of_any_key_are_found_again_by_those_that_link_to_them(tmp_path, key):
    made = [PRODUCT.make({"key": key}, "one"), PRODUCT.make({"key": "A"}, "two")]
    made += [PRODUCT.make({"key": "child", "parent": "one", "uses": ("one", "two", "?A")}, "child")]
    text.write(PlanData.of(made), tmp_path / "a.toml")
    assert rows.state(text.read(tmp_path / "a.toml")) == rows.state(PlanData.of(made))


def test_of_rows_with_one_key_each_keeps_the_links_that_lead_to_it(tmp_path):
    made = [TEAM.make({"key": "A"}, "own"), TEAM.make({"key": "A"}, derived_id("team", "A"))]
    made += [PRODUCT.make({"key": id, "teams": (row.id,)}, id) for id, row in zip("xy", made, strict=True)]
    text.write(PlanData.of(made), tmp_path / "a.toml")
    assert rows.state(text.read(tmp_path / "a.toml")) == rows.state(PlanData.of(made))


def test_the_id_of_a_join_stays_when_the_key_of_what_it_joins_is_given_to_another(tmp_path):
    group, other = GROUP.make({"key": "CCB"}, "g1"), GROUP.make({"key": "CCB"}, "g2")
    member = MEMBERSHIP.make({"group": "g1", "note": "all"}, derived_id("membership", "CCB/all"))
    text.write(PlanData.of([group, other, member]), tmp_path / "a.toml")
    assert set(text.read(tmp_path / "a.toml").rows("membership")) == {member.id}


def test_the_id_of_a_join_with_many_question_marks_stays(tmp_path):
    member = MEMBERSHIP.make({"role": "??who", "note": "all"}, derived_id("membership", "?who/all"))
    text.write(PlanData.of([member]), tmp_path / "a.toml")
    assert set(text.read(tmp_path / "a.toml").rows("membership")) == {member.id}


def test_an_id_is_written_only_where_it_does_not_follow_from_the_key(tmp_path):
    data = PlanData.of([TEAM.make({"key": "A"}, derived_id("team", "A")), TEAM.make({"key": "B"}, "own")])
    text.write(data, tmp_path / "a.toml")
    entries = tomllib.loads((tmp_path / "a.toml").read_text())
    assert entries == {"team": [{"key": "A"}, {"id": "own", "key": "B"}]}


def test_entries_take_the_ids_of_the_rows_they_are_compared_with(tmp_path, small):
    (tmp_path / "team.toml").write_text('[[team]]\nkey = "T"\nname = "Renamed"\n')
    found = text.read(tmp_path, like=small)
    assert found.get("team", "team").name == "Renamed"
    assert set(text.read(tmp_path).rows("team")) == {derived_id("team", "T")}


def test_files_of_kinds_that_are_gone_are_removed_and_others_left_alone(tmp_path, small):
    text.write(small, tmp_path / "out")
    (tmp_path / "out/notes.txt").write_text("mine")
    small.replace(
        "product",
        "ap",
        c.applied(small.get("product", "ap"), c.put(small.get("product", "ap"), {"teams": ()})),
    )
    small.replace("team", "team", None)
    text.write(small, tmp_path / "out")
    assert rows.listed(tmp_path / "out") == ["notes.txt", "product.toml", "requirement.toml", "trace.toml"]


def test_text_edited_by_hand_may_have_dates_other_newlines_and_spaces_around_keys(tmp_path):
    (tmp_path / "a.toml").write_bytes(
        b'\xef\xbb\xbf[[milestone]]\r\nkey = " M1 "\r\ndue = 2017-11-30\r\n'
        b'description = """\r\none\r\ntwo"""\r\n\r\n'
        b'[[milestone]]\r\nkey = "M2"\r\npredecessors = ["M1"]\r\n'
    )
    first, second = text.read(tmp_path / "a.toml").in_order("milestone")
    assert (first.key, first.due, first.description) == ("M1", "2017-11-30", "one\ntwo")
    assert second.predecessors == (first.id,)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[[team]]\nkey = "A"\n[[team]]\nname = "B"', "a.toml, team 2 “” has no key; give it one."),
        ('[[trace]]\nrationale = "x"', "a.toml, trace link 1 “” has no requirement or parent; give it one."),
        (
            '[[team]]\nkey = "A"\n[[team]]\nkey = "A"',
            "a.toml, team 2 “A” is there twice (see a.toml, team 1 “A”); keep one of them.",
        ),
        (
            '[[team]]\nid = "x"\nkey = "A"\n[[team]]\nid = "x"\nkey = "B"',
            "a.toml, team 2 “B”: the id “x” is not valid or used twice.",
        ),
        ('[[team]]\nid = 5\nkey = "A"', "a.toml, team 1 “A”: the id “5” is not valid or used twice."),
        ('[[team]]\nid = "?x"\nkey = "A"', "a.toml, team 1 “A”: the id “?x” is not valid or used twice."),
        ('[[team]]\nid = " x"\nkey = "A"', "a.toml, team 1 “A”: the id “ x” is not valid or used twice."),
        (
            '[[product]]\nkey = "A"\nparent = "B"\n[[product]]\nkey = "B"\nparent = "A"',
            "a.toml, product 1 “A” is part of itself: A → B → A; correct one “parent”.",
        ),
        (
            '[[team]]\nkey = "A"\nnmae = "x"',
            "a.toml, team 1 “A”: there is no field “nmae”; “dmdesk kinds” lists the fields.",
        ),
        ('[[team]]\nkey = "A"\nname = 5', "a.toml, team 1 “A”: name: 5 is not text."),
        ('[[team]]\nkey = "A"\nwbs = "1.02"', "a.toml, team 1 “A”: wbs: '1.02' is not a list of texts."),
        ('[[team]]\nkey = ["A"]', "a.toml, team 1 “['A']”: key: ['A'] is not text."),
        (
            '[[reference]]\nkey = "A"\nyear = 2017.5',
            "a.toml, reference 1 “A”: year: 2017.5 is not a whole number.",
        ),
        (
            '[[milestone]]\nkey = "A"\ndue = "soon"',
            "a.toml, milestone 1 “A”: due: “soon” is not a date; write it as 2017-06-30.",
        ),
        (
            '[[product]]\nkey = "A"\nteams = ["B"]',
            "a.toml, product 1 “A”: teams names the team “B”, which is not in the plan.",
        ),
        (
            '[[team]]\nkey = "B"\nid = "b"\n[[product]]\nkey = "A"\nparent = "~b"',
            "a.toml, product 1 “A”: parent names the product “~b”, which is not in the plan.",
        ),
        ('[[temas]]\nkey = "A"', "a.toml: there is no kind “temas”; “dmdesk kinds” lists the kinds."),
        ('[team]\nkey = "A"', "a.toml: “team” must be a list of entries, each begun by [[team]]."),
        ("team = [1]", "a.toml: “team” must be a list of entries, each begun by [[team]]."),
        ('[[team]]\nkey = "A', "a.toml is not valid TOML: "),
        ('[[reference]]\nkey = "A"\nyear = ' + "9" * 5000, "a.toml is not valid TOML: "),
        ("a = " + "[" * 100_000, "a.toml is not valid TOML: "),
    ],
    ids=lambda value: value[-40:],
)
def test_a_mistake_is_told_by_file_and_entry_and_nothing_is_made(tmp_path, toml, words):
    (tmp_path / "a.toml").write_text(toml)
    with pytest.raises(PlanError) as caught:
        text.build(tmp_path / "a.toml", tmp_path / "made.dmplan")
    assert str(caught.value).startswith(words)
    assert str(caught.value).endswith(".")
    assert rows.listed(tmp_path) == ["a.toml"]


def test_text_that_is_not_utf8_is_told_by_its_file(tmp_path):
    (tmp_path / "team.toml").write_bytes(b'[[team]]\nkey = "\xe9"')
    with pytest.raises(PlanError, match=r"^team\.toml is not UTF-8 text; save it as UTF-8\.$"):
        text.read(tmp_path)


def test_a_folder_without_text_is_no_plan(tmp_path):
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(
            PlanError, match=r"holds no plan as text; it should be a \.toml file or a folder of them\.$"
        ):
            text.read(path)


def test_text_that_may_not_be_read_is_told_by_its_file(tmp_path, unwritable):
    (tmp_path / "team.toml").write_text("")
    with unwritable(tmp_path):
        (tmp_path / "team.toml").chmod(0)
        with pytest.raises(PlanError, match=r"team\.toml” cannot be read \(Permission denied\)\.$"):
            text.read(tmp_path)


def test_text_that_cannot_be_written_is_refused_and_what_was_there_stays(tmp_path, small, unwritable):
    text.write(small, tmp_path / "out")
    before = folder(small, tmp_path / "out")
    small.replace("team", "team", TEAM.make({"key": "T", "name": "Renamed"}, "team"))
    with unwritable(tmp_path / "out"):
        for path in (tmp_path / "out", tmp_path / "out/all.toml"):
            with pytest.raises(
                PlanError, match=r"cannot be written \(Permission denied\); choose another place\.$"
            ):
                text.write(small, path)
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_text_cannot_be_written_into_a_file_that_is_no_folder(tmp_path, small):
    (tmp_path / "a.dmplan").write_text("a plan")
    with pytest.raises(PlanError, match=r"cannot be written \(.*\); choose another place\.$"):
        text.write(small, tmp_path / "a.dmplan")
    assert (tmp_path / "a.dmplan").read_text() == "a plan"


def test_a_plan_file_made_from_text_never_replaces_another(tmp_path, small):
    text.write(small, tmp_path / "a.toml")
    (tmp_path / "a.dmplan").write_text("mine")
    with pytest.raises(PlanError, match="is there already and was left as it is"):
        text.build(tmp_path / "a.toml", tmp_path / "a.dmplan")
    assert (tmp_path / "a.dmplan").read_text() == "mine"

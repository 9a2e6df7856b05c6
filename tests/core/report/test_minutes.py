"""Minutes of a risk review: who was there, what it changed, what was said of each risk, and what is to be done."""

import pytest

from dmdesk import report
from dmdesk.cli import main
from dmdesk.errors import PlanError
from dmdesk.exchange import text as text_format
from dmdesk.manuscript.parts.minutes import lasted
from tests.core.report.pdf import flat, outline, plan, printed, text
from tests.core.report.register import FIRST, LAST, register, row


def minutes(folder, data=None, key=LAST):
    return flat(text(printed(folder, data or register(), only=[f"review:{key}"])))


def test_minutes_tell_who_was_there_when_and_how_long(tmp_path):
    said = minutes(tmp_path)
    for words in (
        "Minutes: Quarterly review (2020-02-20)", "Held on2020-02-20", "Lasted1 h 13 min",
        "PresentAnn Analyst, Robert van der Berg, Carol Guest (LSST project office)", "5 of 6 reviewed, 1 passed over",
    ):  # fmt: skip
        assert flat(words) in said, words


def test_minutes_tell_what_the_review_changed_on_the_whole(tmp_path):
    said = minutes(tmp_path)
    assert flat("$1,900,000 $1,750,000 −$150,000 (−8 %)") in said
    assert flat("$2,600,000 $2,420,000 −$180,000 (−7 %)") in said


def test_minutes_tell_what_became_of_risks_since_the_review_before(tmp_path):
    said = minutes(tmp_path)
    assert (
        flat(f"Since the review of {FIRST}: 6 raised, 3 lowered, 1 retired, 2 realised, 1 deprecated") in said
    )
    assert flat("11 open risks stand as before.") in said
    assert flat("Since the register was begun") in minutes(tmp_path, key=FIRST)


def test_minutes_tell_of_each_risk_what_it_was_and_is_and_what_was_said_and_decided(tmp_path):
    said = minutes(tmp_path)
    entry = said[said.index(flat("4. DM-T-012 Key staff")) :]
    for words in (
        "If two or more senior developers leave", "Score4 × 4 → 22 high, now 3 × 4 → 19 moderate",
        "Exposure$300,000, now $210,000", "Stateactive, now realised", "NotesDeputies are agreed for two teams",
        "Decisionrealise", "Hire a contractor for six months – Robert van der Berg, due 2020-04-30, open",
        "Next review2020-06-01",
    ):  # fmt: skip
        assert flat(words) in entry, words
    assert flat("Passed over•DM-T-008 Compute sizing model drifts") in said


def test_all_actions_stand_at_the_end_the_next_due_first(tmp_path):
    said = minutes(tmp_path)
    table = said[said.index("Allactions") :]
    days = [table.index(day) for day in ("2020-03-31", "2020-04-30", "2020-05-31")]
    assert days == sorted(days)


def test_actions_that_were_done_before_the_review_or_dropped_are_not_agreed_in_it(tmp_path):
    done = {"risk": "r6", "owner": "ann", "due": "2020-01-01"}
    said = minutes(
        tmp_path,
        register(
            25, row("action", "x1", name="Was done", state="done", done="2020-02-01", **done),
            row("action", "x2", name="Was dropped", state="dropped", **done),
            row("action", "x3", name="Done there", state="done", done=LAST, **done),
        ),
    )  # fmt: skip
    assert flat("Done there – Ann Analyst") in said
    assert "Wasd" not in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("review:1999", f"There is no risk review “1999” in this plan; its risk reviews are {FIRST}, {LAST}."),
        ("review:", f"Say which risk review to print, as review:KEY; its risk reviews are {FIRST}, {LAST}."),
        ("review", f"Say which risk review to print, as review:KEY; its risk reviews are {FIRST}, {LAST}."),
        ("risk:X", "There is no risk “X” in this plan; its risks are "),
    ],
)  # fmt: skip
def test_a_review_that_is_not_there_is_told_with_those_there_are(tmp_path, name, words):
    with pytest.raises(PlanError) as caught:
        report.make(register(), report.Options(only=(name,)))
    assert str(caught.value).startswith(words)


def test_a_plan_without_reviews_says_so(tmp_path):
    with pytest.raises(
        PlanError, match="There is no risk review “2017-01-01” in this plan; it has no risk reviews yet"
    ):
        report.make(plan(), report.Options(only=("review:2017-01-01",)))


def test_the_command_line_prints_minutes_and_names_the_reviews_there_are(tmp_path, capsys):
    text_format.write(register(), tmp_path / "text")
    out = tmp_path / "out.pdf"
    assert main(["print", str(tmp_path / "text"), str(out), "--only", f"review:{LAST}"]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert (
        main(["print", str(tmp_path / "text"), str(tmp_path / "no.pdf"), "--only", "review:1999-01-01"]) == 2
    )
    assert f"its risk reviews are {FIRST}, {LAST}." in capsys.readouterr().err
    assert not (tmp_path / "no.pdf").exists()


def test_a_section_can_hold_minutes_and_one_risk_and_a_role_can_be_printed_alone(tmp_path):
    body = f"{{{{review {LAST}}}}}\n\n{{{{risk DM-T-005}}}}\n\n{{{{top-risks}}}}\n\n{{{{exposure}}}}"
    data = register(
        25, row("section", "s", key="s", title="M", body=body), row("role", "x", key="PM", name="Manager")
    )
    document = printed(tmp_path, data)
    said = flat(text(document))
    assert flat("What is said of it") not in said
    assert flat("Table 2: Since the review of") in said
    assert flat("Threats that weigh most, by exposure") in said
    assert "ExposurebyWBSelement" in said
    alone = printed(tmp_path, data, only=["role:PM", "risk:DM-T-005"])
    assert [title for _, title, _ in outline(alone)][:2] == [
        "1 Role: Manager (PM)",
        "2 Risk: Alert latency above 60 seconds (DM-T-005)",
    ]


def test_the_sheet_that_prints_knows_the_minutes_the_last_first():
    names = list(report.chapter_titles(register()))
    assert names[-2:] == [f"review:{LAST}", f"review:{FIRST}"]
    assert "risks" in names


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, ""), (0, "0 min"), (59, "1 min"), (3600, "1 h 0 min"), (4380, "1 h 13 min")]
)
def test_how_long_a_review_took_is_told_in_hours_and_minutes(seconds, words):
    assert lasted(seconds) == words


def test_hostile_words_in_a_review_are_printed_as_they_are(tmp_path):
    notes = "<b>bold</b> {{risks}} & [[nobody]] %s\n\n" + "W" * 4_000
    data = register(
        9, row("review", "h", key="1999-01-01", name="{{x}}", people=("?Nobody",), others=("\\x",), note=notes),
        row("reviewed", "hr", review="h", subject="Gone <i>risk</i>", risk="?gone", state="reviewed", notes=notes),
    )  # fmt: skip
    said = minutes(tmp_path, data, "1999-01-01")
    for words in (
        "Minutes: {{x}} (1999-01-01)",
        "Nobody ?",
        "\\x",
        "Gone <i>risk</i>",
        "<b>bold</b> {{risks}} &",
    ):
        assert flat(words) in said, words

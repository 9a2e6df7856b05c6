"""A printed PDF carries its plan: what comes out is what went in; whatever else a file holds is told in a sentence."""

import zlib

import pikepdf
import pytest

from dmdesk import changes, cli, report
from dmdesk.errors import PlanError
from dmdesk.exchange import carried, text
from dmdesk.kinds import kinds
from tests.core.report.pdf import plan, row
from tests.house.tree import ROOT

SAMPLE = ROOT / "sample_db" / "ldm-294"


@pytest.fixture
def data():
    return plan(row("product", key="HEADER", name="Header service ﷺ 日本"), abstract="Words.\n\n* and a list")


@pytest.fixture
def pdf(tmp_path, data):
    report.build(data, tmp_path / "LDM-1.pdf")
    return tmp_path / "LDM-1.pdf"


def again(pdf, content, **entries):
    """The printed file with another attachment in the place of the plan."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as file:
        stream = file.Root.AF[0].EF.F
        params = stream.Params
        for key, value in entries.items():
            params[f"/{key}"] = value
        if content is not None:
            stream.write(content, filter=pikepdf.Name.FlateDecode)
        file.save(pdf)
    return pdf


@pytest.mark.parametrize("only", [(), ("products",)])
def test_the_sample_plan_comes_out_of_its_print_byte_for_byte(tmp_path, only):
    data = text.read(SAMPLE)
    report.build(data, tmp_path / "a.pdf", report.Options(only=only))
    assert carried.words(tmp_path / "a.pdf") == text.dumps(data, kinds())
    assert text.dumps(carried.read(tmp_path / "a.pdf"), kinds()) == text.dumps(data, kinds())


def test_the_plan_is_read_from_a_file_that_another_program_has_saved(pdf, data):
    with pikepdf.open(pdf, allow_overwriting_input=True) as file:
        file.save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, linearize=True)
    assert carried.words(pdf) == text.dumps(data, kinds())


def test_the_plan_can_be_left_out(tmp_path, data):
    report.build(data, tmp_path / "a.pdf", report.Options(embed=False))
    with pikepdf.open(tmp_path / "a.pdf") as file:
        assert not file.attachments
        assert "/AF" not in file.Root
    with pytest.raises(
        PlanError, match=r"^“a\.pdf” carries no plan: it was not printed by dmdesk, or with the"
    ):
        carried.read(tmp_path / "a.pdf")


def test_a_file_with_another_attachment_only_carries_no_plan(tmp_path):
    with pikepdf.new() as file:
        file.add_blank_page()
        file.attachments["plan.toml"] = pikepdf.AttachedFileSpec(file, b"[[plan]]\ntitle = 'x'\n")
        file.save(tmp_path / "a.pdf")
    with pytest.raises(PlanError, match="carries no plan"):
        carried.words(tmp_path / "a.pdf")


def test_a_plan_of_a_newer_dmdesk_says_so(pdf):
    with pytest.raises(PlanError, match=r"was printed by a newer dmdesk \(its plan is of schema 9999\)"):
        carried.words(again(pdf, None, DmdeskSchema=pikepdf.String("9999")))


@pytest.mark.parametrize("size", [0, 5, 400, 4000, -200])
def test_a_damaged_or_cut_off_file_is_told_in_one_sentence(pdf, size):
    whole = pdf.read_bytes()
    pdf.write_bytes(whole[:size])
    with pytest.raises(PlanError, match=r"is no PDF|is damaged|carries no plan"):
        carried.words(pdf)


def test_a_file_in_which_any_byte_is_wrong_is_read_or_told_in_one_sentence(pdf):
    whole = pdf.read_bytes()
    for at in range(20, len(whole), len(whole) // 60):
        pdf.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            carried.read(pdf)
        except PlanError as error:
            assert str(error).count("\n") == 0


def test_what_is_no_pdf_is_said_to_be_none(tmp_path):
    (tmp_path / "a.pdf").write_text("[[plan]]")
    with pytest.raises(PlanError, match=r"^“a\.pdf” is no PDF; a printed plan would be one\.$"):
        carried.words(tmp_path / "a.pdf")
    with pytest.raises(PlanError, match="There is no file"):
        carried.words(tmp_path / "b.pdf")


def test_an_encrypted_file_is_said_to_be_encrypted(pdf):
    with pikepdf.open(pdf, allow_overwriting_input=True) as file:
        file.save(pdf, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(PlanError, match="is encrypted; save it without a password"):
        carried.words(pdf)


def test_an_attachment_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(pdf):
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    bomb = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    assert len(bomb) < 1_000_000
    with pytest.raises(PlanError, match="unpacks to more than a plan can be"):
        carried.words(again(pdf, bomb))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"no toml [", b"[[nonsense]]\na = 1\n", b"[[product]]\nkey = 3\n"]
)
def test_a_plan_that_is_no_plan_is_told_in_one_sentence(pdf, content):
    with pytest.raises(PlanError, match=r"LDM-1\.pdf"):
        carried.read(again(pdf, zlib.compress(content)))


def test_reading_commands_take_a_print_and_writing_ones_say_what_to_do(pdf, data, tmp_path, capsys):
    for words in (
        ["info"],
        ["list", "product"],
        ["check"],
        ["export", "OUT.toml"],
        ["print", "OUT.pdf", "--sha"],
    ):
        out = [str(tmp_path / word) if word.startswith("OUT") else word for word in words[1:]]
        assert cli.main([words[0], str(pdf), *out]) in (0, 1), capsys.readouterr()
    assert (tmp_path / "OUT.toml").read_text("utf-8") == text.dumps(data, kinds())
    assert (tmp_path / "OUT.pdf").read_bytes() == pdf.read_bytes()
    assert cli.main(["diff", str(pdf), str(tmp_path / "OUT.toml")]) == 0
    capsys.readouterr()
    for words in (
        ["set", "product", "HEADER", "name=x"],
        ["undo"],
        ["backup"],
        ["import", "OUT.toml"],
        ["history"],
    ):
        assert cli.main([words[0], str(pdf), *words[1:]]) == 2
        said = capsys.readouterr().err
        assert said == (
            "dmdesk: “LDM-1.pdf” is a printed plan and can only be read; make a plan file of what it carries with "
            "“dmdesk new LDM-1.dmplan LDM-1.pdf”.\n"
        )


def test_a_plan_file_can_be_made_of_a_print_and_prints_the_same_bytes(pdf, tmp_path):
    assert cli.main(["new", str(tmp_path / "a.dmplan"), str(pdf)]) == 0
    assert cli.main(["print", str(tmp_path / "a.dmplan"), str(tmp_path / "b.pdf")]) == 0
    assert (tmp_path / "b.pdf").read_bytes() == pdf.read_bytes()


def test_a_print_opens_read_only_and_leaves_nothing_behind(pdf):
    opened = carried.opened(pdf)
    passing = opened._store.path
    assert passing.exists()
    assert opened.read_only == (
        "This is the plan as printed in “LDM-1.pdf”. It can be read, not changed; save a copy to edit it."
    )
    with pytest.raises(PlanError):
        opened.step("Add", [changes.add(row("product", key="NEW"))])
    opened.close()
    assert not passing.exists()

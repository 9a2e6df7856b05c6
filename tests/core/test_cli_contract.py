"""The command line as other programs meet it: processes, exit codes, streams, what is loaded and documented."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dmdesk import cli
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import rows
from tests.house.tree import ROOT

CONTRACT = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def dmdesk(*words, **options):
    """Run the program; its result has text unless told otherwise."""
    options = {
        "capture_output": True,
        "text": True,
        "encoding": "utf-8",
        "cwd": ROOT,
        **options,
    }
    return subprocess.run([sys.executable, "-m", "dmdesk", *map(str, words)], check=False, **options)


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "ldm-294.dmplan"
    assert dmdesk("sample", path).returncode == 0
    return path


LOADED = """
import sys
from dmdesk.cli import main
code = main(sys.argv[1:])
heavy = {"PySide6", "ui", "sqlalchemy", "alembic", "reportlab", "numpy"} & {name.split(".")[0] for name in sys.modules}
print("heavy:", *sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (["info"], ""), (["info", "--json"], ""), (["check"], ""), (["history"], ""), (["list", "product"], ""),
        (["baselines"], ""), (["verify"], ""), (["risks"], ""), (["scale"], ""), (["exposure"], "numpy"),
        (["diff", "FILE"], ""), (["print", "OUT.pdf", "--only", "products"], "reportlab"),
    ],
)  # fmt: skip
def test_looking_loads_neither_a_window_nor_a_database_toolkit(sample, tmp_path, words, heavy):
    given = [words[0], str(sample), *words[1:]]
    given = [{"FILE": str(sample), "OUT.pdf": str(tmp_path / "o.pdf")}.get(word, word) for word in given]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *given], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    said, *before = reversed(done.stderr.strip().splitlines())
    assert said == f"heavy: {heavy}".strip()
    assert all("in the way of this print" in line for line in before)


def test_info_gives_one_object_with_every_kind(sample):
    counts = json.loads(dmdesk("info", sample, "--json").stdout)
    assert list(counts) == list(kinds().names())
    assert (counts["product"], counts["trace"], counts["plan"]) == (214, 220, 1)


def test_the_console_script_is_the_same_program():
    import tomllib

    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts["dmdesk"] == "dmdesk.__main__:main"
    script = "from dmdesk.__main__ import main; raise SystemExit(main())"
    for words in (["info", "sample_db/ldm-294"], ["info", "no-such-file.dmplan"]):
        told = subprocess.run(
            [sys.executable, "-c", script, *words],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        module = dmdesk(*words)
        assert (told.returncode, told.stdout, told.stderr) == (
            module.returncode,
            module.stdout,
            module.stderr,
        )


@pytest.mark.parametrize(
    "words",
    [
        ["info", "no-such-file.dmplan"], ["info"], ["infox"], ["check", "pyproject.toml", "--jsn"],
        ["info", "LICENSE"],
        ["sample", "pyproject.toml"], ["list", "sample_db/ldm-294", "gadget"], ["kinds", "gadget"],
        ["info", "docs"], ["info", ""],
        ["list", "sample_db/ldm-294", "team", "--json", "--csv"], ["export", "sample_db/ldm-294", "LICENSE"],
        ["print", "sample_db/ldm-294", "out.pdf", "--only", "nonsense"], ["backup", "no-such-file.dmplan"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_mistake_is_one_sentence_on_standard_error_and_exit_code_2(words):
    done = dmdesk(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"dmdesk: [^\n]+[.?]\n", done.stderr)


def test_an_error_nobody_foresaw_is_logged_and_the_sentence_names_the_log(sample, user_home):
    broken = "import dmdesk.cli.opening as o; o.looked_at = None; from dmdesk.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", broken, "info", str(sample)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    (named,) = re.findall(r"^dmdesk: [^\n]*“([^”]*dmdesk\.log)”\.\n$", done.stderr)
    assert user_home in Path(named).parents
    log = Path(named).read_text("utf-8")
    assert "Traceback" in log and "TypeError" in log


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way")
@pytest.mark.parametrize(("words", "code"), [(["list", "requirement", "--json"], 0), (["check"], 1)])
def test_a_pipe_that_is_closed_early_changes_neither_the_exit_code_nor_standard_error(sample, words, code):
    program = [sys.executable, "-m", "dmdesk", words[0], str(sample), *words[1:]]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_is_one_sentence(sample):
    with Path("/dev/full").open("w") as full:
        done = dmdesk(
            "list", sample, "requirement", capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr) == (
        2,
        "dmdesk: The output could not be written (No space left on device).\n",
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_our_letters_gets_question_marks_and_json_loses_nothing(tmp_path, encoding):
    file = tmp_path / "a.dmplan"
    rows.empty_file(file)
    with Plan.open(file) as plan:
        from dmdesk.changes import add

        plan.step("Add", [add(kinds()["person"].make({"key": "j", "name": "Mario Jurić → 工"}))])
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    table = dmdesk("list", file, "person", env=environment, text=False, encoding=None)
    assert (table.returncode, table.stderr) == (0, b"")
    assert b"Mario Juri? ? ?" in table.stdout
    as_json = dmdesk("list", file, "person", "--json", env=environment, text=False, encoding=None)
    assert json.loads(as_json.stdout.decode("ascii"))[0]["name"] == "Mario Jurić → 工"
    as_csv = dmdesk("list", file, "person", "--csv", env=environment, text=False, encoding=None)
    assert "Mario Jurić → 工" in as_csv.stdout.decode("utf-8")


def test_a_plan_that_is_open_elsewhere_can_be_read_but_not_changed(sample, tmp_path):
    file = tmp_path / "open.dmplan"
    file.write_bytes(sample.read_bytes())
    with Plan.open(file):
        assert dmdesk("info", file).returncode == 0
        assert dmdesk("check", file).returncode == 1
        done = dmdesk("set", file, "product", "HEADER", "name=x")
    assert done.returncode == 2
    assert "is open for writing elsewhere" in done.stderr
    assert dmdesk("set", file, "product", "HEADER", "name=x").returncode == 0


def test_every_command_and_option_is_in_the_contract():
    for name in cli.names():
        command = cli.declared()[name]
        assert f"`{command.usage}`" in CONTRACT, f"{name}: {command.usage}"
        assert f"dmdesk {name} " in CONTRACT, f"an example of {name}"


def test_the_table_of_families_names_every_command_once():
    assert sorted(cli.names()) == sorted(cli.declared().names())
    assert len(set(cli.names())) == len(cli.names())


def test_every_command_has_help_and_says_what_each_argument_is():
    for command in cli.declared():
        assert command.help.endswith("."), command.name
        assert all(argument.help.endswith(".") for argument in command.arguments), command.name


def test_help_is_given_for_the_program_and_for_each_command(capsys):
    assert cli.main([]) == cli.main(["--help"]) == 0
    overview = capsys.readouterr().out
    for name in cli.names():
        assert f"\n  {name} " in overview
        assert cli.main([name, "--help"]) == 0
        assert capsys.readouterr().out.startswith(f"usage: dmdesk {name}")


def test_the_version_is_that_of_the_package(capsys):
    from dmdesk import __version__

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"dmdesk {__version__}\n"

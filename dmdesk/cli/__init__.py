"""The command line: finds the command, runs it, and turns whatever goes wrong into one sentence and an exit code.

Exit codes: 0 done, 1 findings or differences, 2 a mistake (one sentence on standard error), 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from dmdesk.cli import output
from dmdesk.cli.command import COMMANDS, Command
from dmdesk.errors import PlanError
from dmdesk.registry import Registry

FAMILIES = {
    "looking": ("info", "list", "kinds"),
    "checking": ("check", "accept"),
    "matrices": ("matrix",),
    "reviewing": ("review",),
    "comparing": ("diff", "history"),
    "releasing": ("baselines", "verify", "release"),
    "recording": ("changes",),
    "editing": ("set", "add", "drop"),
    "past": ("undo", "redo", "compact"),
    "picturing": ("picture",),
    "moving": ("renumber", "leave"),
    "risks": ("risks", "scale", "move", "score"),
    "exposure": ("exposure",),
    "control": ("rfc", "docket", "hold"),
    "drawing": ("draw",),
    "files": ("sample", "new", "print", "tex", "export", "import", "backup", "backups", "restore"),
}
"""The modules that declare commands, and their commands, in the order of the overview; only those needed are loaded."""


def declared(only: str = "") -> Registry[Command]:
    """All commands, or at least the one of that name."""
    for family, names in FAMILIES.items():
        if not only or only in names:
            import_module(f"dmdesk.cli.commands.{family}")
    return COMMANDS


def names() -> tuple[str, ...]:
    """The names of all commands."""
    return tuple(name for family in FAMILIES.values() for name in family)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; never raises."""
    output.prepare()
    code = _guarded(_run, list(sys.argv[1:] if words is None else words))
    return _guarded(output.finish) or code


def _guarded(work: Callable[..., int | None], *words: list[str]) -> int:
    try:
        return work(*words) or 0
    except PlanError as error:
        output.complain(str(error))
        return 2
    except KeyboardInterrupt:
        output.complain("interrupted.")
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:
        from dmdesk.cli import trouble

        output.complain(trouble.noted(error))
        return 2


def _run(words: list[str]) -> int | None:
    if not words or words[0] in ("-h", "--help", "help"):
        _overview()
        return 0
    if words[0] == "--version":
        from dmdesk import __version__

        output.say(f"dmdesk {__version__}")
        return 0
    if words[0] not in names():
        from dmdesk.cli.asking import meant

        advice = meant(words[0], names()) or "; “dmdesk --help” lists them."
        raise PlanError(f"There is no command “{words[0]}”{advice}")
    found = declared(words[0])[words[0]]
    return found.run(**found.parse(words[1:]))


def _overview() -> None:
    output.say("usage: dmdesk COMMAND …\n")
    output.say("A whole project management plan in one file, without a window.\n")
    known = declared()
    output.table([f"  {name}", known[name].help.split(". ")[0].rstrip(".") + "."] for name in names())
    output.say("\n“dmdesk COMMAND --help” says more of each; “dmdesk --version” says which dmdesk this is.")

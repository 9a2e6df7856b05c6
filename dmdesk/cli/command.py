"""Commands: one plain function each, registered with its arguments; its docstring is its help.

Only the parser of the command that was asked for is built, because a command should answer before one can look up.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from dmdesk.errors import PlanError
from dmdesk.registry import Registry
from dmdesk.values import frozen

Run = Callable[..., "int | None"]


@frozen
class Argument:
    """A positional argument (``file``) or an option (``--json``) as argparse takes it."""

    name: str
    help: str
    options: Mapping[str, Any]

    @property
    def usage(self) -> str:
        """The argument as the synopsis shows it."""
        word = self.options.get("metavar") or self.name.upper()
        if self.name.startswith("-"):
            if self.options.get("action") == "store_true":
                return f"[{self.name}]"
            option = f"{self.name} {word}{' …' if self.options.get('nargs') == '+' else ''}"
            return option if self.options.get("required") else f"[{option}]"
        more = {"+": f"{word}…", "?": f"[{word}]", "*": f"[{word}…]"}
        return more.get(self.options.get("nargs", ""), str(word))


@frozen
class Command:
    """One command of the program. ``run`` takes its arguments by name and gives the exit code, None for 0."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    run: Run

    @property
    def usage(self) -> str:
        """The synopsis, without the program's name."""
        return " ".join([self.name, *(argument.usage for argument in self.arguments)])

    def parse(self, words: list[str]) -> dict[str, Any]:
        """The arguments by name.

        Raises:
            PlanError: an argument is missing, unknown or wrong.
            SystemExit: help was asked for and given.
        """
        parser = _Parser(prog=f"dmdesk {self.name}", description=self.help, usage=f"dmdesk {self.usage}")
        for argument in self.arguments:
            options = dict(argument.options)
            if not argument.name.startswith("-"):
                options.setdefault("metavar", argument.name.upper())
            parser.add_argument(argument.name, help=argument.help, **options)
        return vars(parser.parse_args(words))


class _Parser(argparse.ArgumentParser):
    """argparse, but mistakes become the one sentence that every mistake of a user becomes."""

    def error(self, message: str) -> NoReturn:
        raise PlanError(f"{message}; “{self.prog} --help” says more.")


COMMANDS: Registry[Command] = Registry("command")


def arg(name: str, help: str, **options: Any) -> Argument:
    """Declare an argument."""
    return Argument(name, help, options)


def path(name: str, help: str, **options: Any) -> Argument:
    """Declare an argument that names a file or folder."""
    return Argument(name, help, {"type": _path, **options})


def _path(words: str) -> Path:
    """A path; an empty one would mean the present folder, which nobody means by it."""
    if not words:
        raise argparse.ArgumentTypeError("a file needs a name")
    return Path(words)


def _writable(words: str) -> Path:
    """A plan file; a printed plan is none, and what to do about that is said."""
    found = _path(words)
    if found.suffix.lower() == ".pdf":
        raise PlanError(
            f"“{found.name}” is a printed plan and can only be read; make a plan file of what it carries with "
            f"“dmdesk new {found.stem}.dmplan {found.name}”."
        )
    from dmdesk.cli.opening import split

    if split(found)[1]:
        raise PlanError(
            f"“{found.name}” is a baseline, which never changes and has no history; make a plan file of it with "
            f"“dmdesk new OUT.dmplan {found.name}”."
        )
    return found


def flag(name: str, help: str) -> Argument:
    """Declare an option that is given or not."""
    return Argument(name, help, {"action": "store_true"})


FILE = path(
    "file",
    "The plan file (.dmplan); to read only, also FILE@VERSION, a folder of text, a .toml file or a printed PDF.",
)
PLAN = Argument("file", "The plan file (.dmplan).", {"type": _writable})
KIND = arg("kind", "A kind, as “dmdesk kinds” lists them, such as product, wbs or requirement.")
KEY = arg("key", "The row's key, such as HEADER or 1.02C.08; several parts are joined by a slash.")
JSON = flag("--json", "Print JSON.")
WHY = arg("--why", "The reason, kept in the history.", default="", metavar="TEXT")
RFC = arg("--rfc", "The change request it is done under, by its key.", default="", metavar="KEY")
VALUES = arg(
    "values",
    "A field and its value; links by key, several by commas or by naming the field again; ?words where no row fits.",
    nargs="+",
    metavar="FIELD=VALUE",
)


def command(name: str, *arguments: Argument) -> Callable[[Run], Run]:
    """Register the decorated function as a command."""

    def declare(run: Run) -> Run:
        COMMANDS.add(Command(name, " ".join((run.__doc__ or "").split()), arguments, run))
        return run

    return declare

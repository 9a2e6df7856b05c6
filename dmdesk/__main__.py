"""``python -m dmdesk``: the command line. No window and no Qt, so that scripts and bare machines can use it.

A command ends soon and makes hardly any rings of objects, so nobody looks for such rings while it runs, which took a
tenth of the time of a print; and its process ends with it, so nothing is tidied up that the system lets go of at once.
"""

from __future__ import annotations

import gc
import os
import sys

from dmdesk import deferring


def main() -> int:
    """Run the command that was typed, in a process that ends with it, and give its exit code."""
    gc.disable()
    deferring.defer()
    from dmdesk import cli

    return cli.main()


def end(code: int) -> None:
    """End the process at once when all that was said has been written; the usual way where that cannot be."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        raise SystemExit(code) from None
    os._exit(code)


if __name__ == "__main__":
    end(main())

"""``python -m dmdesk``: the command line. No window and no Qt, so that scripts and bare machines can use it.

A command ends soon and makes hardly any rings of objects, so nobody looks for such rings, neither while it runs, which
took a tenth of the time of a print, nor when the program ends.
"""

from __future__ import annotations

import gc


def main() -> int:
    """Run the command that was typed, in a process that ends with it, and give its exit code."""
    gc.disable()
    from dmdesk import cli

    code = cli.main()
    gc.freeze()
    return code


if __name__ == "__main__":
    raise SystemExit(main())

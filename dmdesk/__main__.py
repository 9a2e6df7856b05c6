"""``python -m dmdesk``: the command line. No window and no Qt, so that scripts and bare machines can use it."""

from dmdesk.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""Start dmdesk: ``python main.py [FILE]``; without a file it opens the plan of last time."""

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))

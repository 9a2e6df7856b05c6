"""Start dmdesk: ``python main.py [FILE]``; without a file it opens the plan of last time."""

import gc
import sys

gc.disable()  # nothing is garbage yet; ui.garbage looks for it after the first paint

import dmdesk.plan  # noqa: E402, F401  (before Qt, whose import hook looks into every module that comes after it)
from ui.app import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv))

"""Arrays: numpy, without the threads that it keeps ready to multiply matrices, of which a simulation has none.

They wait for work so eagerly that they cost a command a twentieth of its time, and a window as much once.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

__all__ = ["np"]

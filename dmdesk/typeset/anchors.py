"""Anchors: names of places that links lead to, made so that nothing typed by people can break them."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


@lru_cache(maxsize=20_000)
def safe(name: str) -> str:
    """The name of an anchor, of letters, digits and hyphens only, whatever was typed."""
    if _SAFE.fullmatch(name):
        return name
    return f"x{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:20]}"

"""A small plan in a context, for pages, forms and commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui import small_plan
from ui.context import Context


@pytest.fixture
def ctx(tmp_path: Path, qapp: object) -> Iterator[Context]:
    """A context on the small plan; ``ctx.ask`` notes what is asked and says yes."""
    made = Context(ask=small_plan.Answers())  # type: ignore[arg-type]
    made.take(small_plan.make(tmp_path))
    yield made
    made.close()

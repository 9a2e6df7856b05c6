"""Blocks of a manuscript as lines of text, so that a terminal says what the print says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmdesk.cli import output
from dmdesk.manuscript.blocks import Block, Facts, Grid, Items, Paragraph, plain


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ["", *cut(plain(block.words))] if block.label else cut(plain(block.words))
        elif isinstance(block, Facts):
            wide = max(len(label) for label, _ in block.pairs) if block.pairs else 0
            for label, words in block.pairs:
                first, *rest = cut(plain(words)) or [""]
                yield f"  {label:{wide}}  {first}".rstrip()
                yield from (f"  {'':{wide}}  {line}" for line in rest)
        elif isinstance(block, Grid):
            yield from ["", *cut(plain(block.caption))] if block.caption else []
            for cells in block.rows:
                texts = [" ".join(cut(plain(cell))) for cell in cells]
                yield f"  {' | '.join(filter(None, texts))}"
        elif isinstance(block, Items):
            for item in block.items:
                yield from (f"  - {line}" for line in lines_of(item))


def cut(text: str) -> list[str]:
    """The lines of a text, without characters that steer a terminal."""
    return [output.cell(line, 0) for line in text.splitlines() if line.strip()]

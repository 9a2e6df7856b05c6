r"""Tables: long ones that repeat their head on every page, with widths that never leave the margins.

A row of LaTeX never breaks over pages, so a cell with more than fits on half of one goes on in a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from dmdesk.latex import escaping
from dmdesk.manuscript.blocks import Grid, Inline, Inlines, Run, plain

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter

PER_ROW = 2400
"""How many signs of a cell as wide as the page stand in one row at most."""
LEAST = 60
_SIDES = {"left": r"\raggedright", "right": r"\raggedleft", "center": r"\centering"}


def columns(shares: Sequence[float], aligned: Sequence[str] = ()) -> str:
    """The columns of a table over the whole width, divided by their shares."""
    whole = sum(shares)
    return "".join(
        f">{{{_SIDES.get(side or 'left', _SIDES['left'])}\\arraybackslash}}"
        f"p{{\\dimexpr {share / whole:.4f}\\linewidth-2\\tabcolsep\\relax}}"
        for share, side in zip_longest(shares, aligned[: len(shares)])
    )


def row(cells: Iterable[str], end: str = r"\\ \hline") -> str:
    """One row of source, a cell a line."""
    return " &\n".join(escaping.wrapped(cell) for cell in cells) + f" {end}"


def long(
    spec: str, head: Sequence[str], rows: Iterable[str], caption: str = "", *, size: str = ""
) -> str:  # fmt: skip
    """A long table: its columns, its head, its rows as source, and its caption."""
    top = f"\\caption{{{caption}}} \\\\" if caption else ""
    heads = " & ".join(f"\\textbf{{{one}}}" for one in head)
    again = f"\\multicolumn{{{len(head)}}}{{l}}{{\\emph{{continued}}}} \\\\"
    lines = [
        f"\\begin{{longtable}}{{{spec}}}", top, r"\hline", f"{heads} \\\\ \\hline", r"\endfirsthead", again,
        r"\hline", f"{heads} \\\\ \\hline", r"\endhead", *rows, r"\end{longtable}",
        "" if caption else r"\addtocounter{table}{-1}",
    ]  # fmt: skip
    made = "\n".join(filter(None, lines))
    return f"\\begingroup{size}\n{made}\n\\endgroup" if size else made


def grid(setter: Setter, one: Grid, *, breaks: bool) -> str:
    """A table of a text or of a part; within lists it is one that does not break."""
    shares = one.shares or _shares(one)
    width = len(one.head)
    head = [setter.words(tuple(_light(cell)), "bare") for cell in one.head]
    about = [setter.data.get(*row) for row in one.about] or [None] * len(one.rows)
    rows = []
    for cells, target in zip(one.rows, about, strict=True):
        padded = [*cells, *[()] * width][:width]
        mark = setter.label(target) if target is not None else ""
        for made in split(setter, padded, shares):
            rows.append(row([mark + made[0], *made[1:]]))
            mark = ""
    spec = columns(shares, one.aligned)
    caption = setter.words(one.caption, "bare")
    if breaks:
        return long(spec, head, rows, caption)
    heads = " & ".join(f"\\textbf{{{cell}}}" for cell in head)
    top = [f"\\dmlabel{{{caption}}}"] if caption else []
    inner = [f"\\begin{{tabular}}{{{spec}}}", r"\hline", f"{heads} \\\\ \\hline", *rows, r"\end{tabular}"]
    return "\n".join([*top, r"\par\noindent", *inner, r"\par"])


def split(setter: Setter, cells: Sequence[Inlines], shares: Sequence[float]) -> Iterator[list[str]]:
    """The cells of one row, set; a cell too high for a page goes on in rows below."""
    whole = sum(shares)
    pieces = [
        list(_pieces(words, max(LEAST, int(PER_ROW * share / whole))))
        for words, share in zip(cells, shares, strict=True)
    ]
    for parts in zip_longest(*pieces, fillvalue=()):
        yield [setter.words(words, "cell") for words in parts]


def _pieces(words: Inlines, most: int) -> Iterator[Inlines]:
    """Words in portions of so many signs, parted between words where there are any."""
    if len(plain(words)) <= most:
        yield words
        return
    portion: list[Inline] = []
    room = most
    for one in words:
        while isinstance(one, Run) and len(one.text) > room:
            cut = one.text.rfind(" ", 0, room + 1)
            if cut <= 0 and portion:
                yield tuple(portion)
                portion, room = [], most
                continue
            cut = cut if cut > 0 else room
            yield (*portion, one._replace(text=one.text[:cut]))
            one = one._replace(text=one.text[cut:].lstrip(" "))
            portion, room = [], most
        portion.append(one)
        room -= len(one.text) if isinstance(one, Run) else 0
    if portion:
        yield tuple(portion)


def _light(words: Inlines) -> Iterator[Inline]:
    for one in words:
        yield one._replace(strong=False) if isinstance(one, Run) else one


def _shares(one: Grid) -> tuple[float, ...]:
    """Shares by what the columns hold: more for longer texts, but none is left without."""
    longest = [len(plain(cell)) for cell in one.head]
    for cells in one.rows:
        for at, cell in enumerate(cells[: len(longest)]):
            longest[at] = max(longest[at], len(plain(cell)))
    return tuple(min(max(length, 4), 120) ** 0.6 for length in longest)

"""The reader of LaTeX that the other tests rely on finds each mistake it is there to find."""

import pytest

from tests.core.latex.source import Source

GOOD = (
    r"\section{A}\label{a} \hyperref[a]{see \ref{a}} 50\% \begin{longtable}{p{\dimexpr 1}p{\dimexpr 1}}"
    "\n"
    r"a & b \\ \hline \multicolumn{2}{l}{all} \\ \end{longtable} \href{https://a.b/\%20c}{c} % a comment { $"
    "\n"
)


def wrong(text: str) -> list[str]:
    return Source({"main.tex": text.encode()}, "main").wrong


def test_good_source_has_nothing_wrong() -> None:
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    "text",
    [
        "{", "}", r"\begin{quote}", r"\end{quote}", r"\begin{quote}{\end{quote}}", "a & b", "a_b", "a^^Mb", "$x$", "#1",
        r"\write18{ls}", r"\input{/etc/passwd}", r"\ref{nowhere}", r"\label{a}\label{a}", r"\href{javascript:x}{x}",
        r"\begin{tabular}{p{\dimexpr}p{\dimexpr}}a \\ \end{tabular}", "\x07",
        r"\begin{tabular}{p{\dimexpr}}a & b \\ \end{tabular}", r"\includegraphics[page=1]{no.pdf}",
    ],
)  # fmt: skip
def test_each_mistake_is_found(text: str) -> None:
    assert wrong(text + "\n")

r"""Reads LaTeX as TeX would part it: commands, braces, comments, signs with a meaning; and says what is wrong with it.

TeX need not be there. What is looked at is what stops TeX or changes what it prints: braces and environments that do
not close, commands nobody knows, signs with a meaning where words should be, rows of tables with too many cells, links
without a target, files that are not there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dmdesk.latex.document import document
from dmdesk.reading import PlanData

TOKEN = re.compile(
    r"""(?P<comment>%[^\n]*\n[ \t]*) | (?P<command>\\(?:[A-Za-z]+\*?|.|\n)) | (?P<sign>[{}&$#^_~\[\]])
    | (?P<word>[^\\{}&$#^_~\[\]%]+)""",
    re.DOTALL | re.VERBOSE,
)
OURS = {
    "dmsign", "dmtarget", "dmdocument", "dmlabel", "dmfact", "dmframe", "dmindent",
}  # fmt: skip
WORDS = """
    documentclass input title author setDocRef date setDocCurator setDocUpstreamLocation setDocUpstreamVersion
    setDocAbstract setDocChangeRecord addtohist begin end maketitle appendix section subsection subsubsection paragraph
    subparagraph section* subsection* subsubsection* paragraph* subparagraph* label ref ref* hyperref href footnote
    textsuperscript textbf emph texttt textcolor textbackslash textasciitilde textasciicircum textless textgreater
    textbar textasciigrave textquotesingle textbullet ensuremath allowbreak mbox leavevmode newline item setcounter
    addtocounter par noindent rule linewidth hspace* caption hline endfirsthead endhead multicolumn raggedright
    raggedleft centering arraybackslash dimexpr relax tabcolsep begingroup endgroup scriptsize footnotesize setlength
    addcontentsline includegraphics textheight clearpage renewcommand thesection quad strut
    rightarrow leftarrow uparrow downarrow leftrightarrow Rightarrow leq geq neq approx equiv infty emptyset in times
    div pm cdot sim surd sum propto ast neg partial Delta mu
    """
STANDARD = {*WORDS.split()}
TARGETS = ("label", "dmtarget", "ref", "ref*", "hyperref", "input", "includegraphics", "href")
SIGNS = set("\\{}$&#_% ,-\n")


class Token(NamedTuple):
    kind: str
    text: str
    line: int


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a source; a sign that fits nothing is one of kind ``stray``."""
    at = 0
    while at < len(source):
        found = TOKEN.match(source, at)
        if not found:
            yield Token("stray", source[at], source.count("\n", 0, at) + 1)
            at += 1
            continue
        if found.lastgroup != "comment":
            yield Token(str(found.lastgroup), found[0], source.count("\n", 0, at) + 1)
        at = found.end()


class Source:
    """All files of an export, read."""

    def __init__(self, files: Mapping[str, bytes], main: str) -> None:
        self.files = {name: content.decode() for name, content in files.items() if name.endswith(".tex")}
        self.names = set(files)
        self.main = f"{main}.tex"
        self.labels: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.inputs: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.wrong: list[str] = []
        for name, text in self.files.items():
            if name != "generated/preamble.tex":
                _Reader(self, name, text).read()
        self.wrong += [f"{label} is set {times} times" for label, times in self.labels.items() if times > 1]
        self.wrong += [f"nothing is labelled {label}" for label in self.wanted - set(self.labels)]
        self.wrong += [f"{name} is not there" for name in self.inputs if f"{name}.tex" not in self.names]
        unread = set(self.files) - {f"{name}.tex" for name in self.inputs} - {self.main}
        self.wrong += [f"{name} is never read" for name in unread]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.files.values())


class _Reader:
    def __init__(self, source: Source, name: str, text: str) -> None:
        self.source, self.name = source, name
        self.tokens = list(tokens(text))
        self.at = 0
        self.open: list[tuple[str, int]] = []
        self.tables: list[list[int]] = []
        self.braces = 0

    def complain(self, words: str) -> None:
        line = self.tokens[min(self.at, len(self.tokens)) - 1].line if self.tokens else 0
        self.source.wrong.append(f"{self.name}:{line}: {words}")

    def read(self) -> None:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "command":
                self.command(token.text[1:])
            elif token.kind == "sign":
                self.sign(token.text)
            elif token.kind == "stray" or any(ord(one) < 32 and one != "\n" for one in token.text):
                self.complain(f"a stray sign {token.text!r}")
        if self.braces or self.open:
            self.complain(f"{self.braces} braces and {self.open} are not closed")

    def sign(self, sign: str) -> None:
        if sign == "{":
            self.braces += 1
        elif sign == "}":
            self.braces -= 1
            if self.braces < 0:
                self.complain("a brace is closed that nobody opened")
        elif sign == "&":
            if not self.tables or self.braces != self.tables[-1][1]:
                self.complain("& outside a table")
            else:
                self.tables[-1][2] += 1
        elif sign in "$#^_":
            self.complain(f"a naked {sign}")

    def command(self, name: str) -> None:
        if name not in STANDARD | OURS | SIGNS:
            self.complain(f"nobody knows \\{name}")
        if name == "begin":
            self.begin(self.argument())
        elif name == "end":
            wanted = self.argument()
            if not self.open or self.open.pop() != (wanted, self.braces):
                self.complain(f"{wanted} ends that did not begin here")
            if wanted in ("longtable", "tabular"):
                self.tables.pop()
        elif name in TARGETS:
            self.lead(name)
        elif name == "multicolumn":
            self.tables[-1][2] += int(self.argument()) - 1
            self.argument()
        elif name == "\\" and self.tables and self.braces == self.tables[-1][1]:
            self.end_row()

    def lead(self, name: str) -> None:
        """A label, or what leads to one, to a file or to an address."""
        if name in ("label", "dmtarget"):
            self.source.labels[self.argument()] += 1
        elif name in ("ref", "ref*"):
            self.source.wanted.add(self.argument())
        elif name == "hyperref":
            self.source.wanted.add(self.argument("[", "]"))
        elif name == "input":
            self.source.inputs[self.argument()] += 1
        elif name == "includegraphics":
            self.argument("[", "]")
            if (file := self.argument()) not in self.source.names:
                self.complain(f"{file} is not there")
        elif name == "href":
            address = self.argument()
            if not re.fullmatch(
                r"(https?://|mailto:)(\\[%#&_]|[\w:/?=+,;@!()'.-])*", address, re.ASCII | re.IGNORECASE
            ):
                self.complain(f"a strange address {address}")

    def begin(self, name: str) -> None:
        if name in ("longtable", "tabular"):
            columns = self.argument()
            self.tables.append([len(re.findall(r"p\{\\dimexpr", columns)), self.braces, 0])
        if name == "dmreferences":
            self.argument()
        self.open.append((name, self.braces))

    def end_row(self) -> None:
        columns, _, found = self.tables[-1]
        caption = found == 0
        if found + 1 != columns and not (caption and self.captioned()):
            self.complain(f"a row of {found + 1} cells in a table of {columns}")
        self.tables[-1][2] = 0
        self.source.rows[self.name] += 1

    def captioned(self) -> bool:
        """Whether what ends here is a table's caption, which is no row."""
        for token in reversed(self.tokens[: self.at - 1]):
            if token.text in ("\\caption", "\\\\", "\\begin"):
                return token.text == "\\caption"
        return False

    def argument(self, opens: str = "{", closes: str = "}") -> str:
        """The argument that begins here, as it is written."""
        if self.at >= len(self.tokens) or self.tokens[self.at].text != opens:
            self.complain(f"no {opens} where there should be one")
            return ""
        depth, braces, found = 0, 0, []
        while self.at < len(self.tokens):
            text = self.tokens[self.at].text
            self.at += 1
            braces += (opens != "{") * ((text == "{") - (text == "}"))
            depth += (not braces) * ((text == opens) - (text == closes))
            if not depth:
                return "".join(found[1:])
            found.append(text)
        self.complain("an argument that does not end")
        return ""


def made(data: PlanData) -> Source:
    """A plan as LaTeX, read back."""
    found = document(data, lambda done, words: None)
    return Source(found.files, found.main)


def printed(source: str) -> str:
    """What an escaped text prints."""
    names = {
        "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
        "textbar": "|", "textasciigrave": "`", "allowbreak": "", "textquotesingle": "'",
    }  # fmt: skip
    source = re.sub(r"%\n", "", source)
    source = re.sub(r"\\dmsign\{([0-9A-F]+)\}", lambda found: f"\0{found[1]}\0", source)

    def sign(found: re.Match[str]) -> str:
        return "".join(f"\0{ord(one):X}\0" for one in names[found[1]])

    source = re.sub(r"\\([A-Za-z]+)\{\}", sign, source)
    source = re.sub(r"\\([{}$&#_%])", lambda found: f"\0{ord(found[1]):X}\0", source)
    assert not re.search(r"[\\$&#_%^]", source), source
    source = source.replace("~", "\xa0").replace("{", "").replace("}", "")
    return re.sub("\0([0-9A-F]+)\0", lambda found: chr(int(found[1], 16)), source)

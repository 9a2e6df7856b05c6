"""The printed file, rule by rule: what screen readers and archives ask of it, of the sample and a hostile plan."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from dmdesk import report
from dmdesk.exchange import text as text_format
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core.report.pdf import plan, row
from tests.house.tree import ROOT

PROSE = """Words with a note[^1] and a [link that is long enough to be broken over two lines, as links often are, and to
be one link all the same](https://example.org/a_(b)).

* one
    1. first
    2. second

    and more of one
* two

> said by somebody

```
code()
```

[^1]: What the note says.
"""

SCRIPTS = "日本語 مرحبا Ελλάδα "


def hostile() -> PlanData:
    return plan(
        row("section", title="First", body=PROSE),
        row("wbs", key="1.02C", name="All of it", dictionary=PROSE),
        *(
            row("product", key=f"P{at}", name=f"Product שלום {at} " + "日本語 مرحبا Ελλάδα " * (at % 5))
            for at in range(120)
        ),
        title="(A \\ plan) " + "title " * 2000 + "\x00\x07\u202e",
        authors=("Á. N. Other", "\x01"),
        abstract=PROSE * 3,
    )


@pytest.fixture(scope="module", params=["sample", "hostile", "chapter", "register"])
def file(request, tmp_path_factory):
    data = hostile() if request.param == "hostile" else text_format.read(ROOT / "sample_db" / "ldm-294")
    only = {"chapter": ("datasheets",), "register": ("risks", "review:2017-09-25")}.get(request.param, ())
    out: Path = tmp_path_factory.mktemp("tagged") / "out.pdf"
    report.build(data, out, report.Options(only=only))
    with pikepdf.open(out) as opened:
        yield opened


class Node:
    """An element of the tree with its kind, its elements, its pieces of content and its annotations."""

    def __init__(self, element: pikepdf.Dictionary, depth: int = 0) -> None:
        self.element, self.kind, self.depth = element, str(element.S)[1:], depth
        self.nodes: list[Node] = []
        self.content: list[tuple[tuple[int, int], int]] = []
        self.annotations: list[pikepdf.Dictionary] = []
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                self.content.append((element.Pg.objgen, kid))
            elif kid.get("/Type") == "/MCR":
                self.content.append((kid.Pg.objgen, int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                self.annotations.append(kid.Obj)
            else:
                assert kid.P.objgen == element.objgen
                self.nodes.append(Node(kid, depth + 1))

    def walk(self):
        yield self
        for node in self.nodes:
            yield from node.walk()


@pytest.fixture(scope="module")
def tree(file) -> list[Node]:
    return [*Node(file.Root.StructTreeRoot.K[0]).walk()]


def leaves(node: pikepdf.Dictionary) -> dict[int, pikepdf.Object]:
    found = {}
    nums = [*node.get("/Nums", [])]
    for at in range(0, len(nums), 2):
        found[int(nums[at])] = nums[at + 1]
    for kid in node.get("/Kids", []):
        found |= leaves(kid)
    return found


def marks(page: pikepdf.Page) -> list[str | int]:
    """What each operator that shows something on the page is in: the number of its content, or "artifact"."""
    open_marks: list[str | int] = []
    seen: list[str | int] = []
    in_text = False
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            assert not in_text
            assert not open_marks, "marks are not nested"
            tag = str(operands[0])
            open_marks.append("artifact" if tag == "/Artifact" else int(operands[1].MCID))
        elif name == "EMC":
            assert not in_text
            open_marks.pop()
        elif name in ("BT", "ET"):
            in_text = name == "BT"
        elif name in ("Tj", "TJ", "f", "S", "B", "b", "s", "F", "f*", "B*", "b*", "Do", "sh", "'", '"', "EI"):
            assert open_marks, f"{name} is neither tagged nor an artifact"
            seen.append(open_marks[-1])
    assert not open_marks
    return seen


def test_every_mark_is_in_the_tree_exactly_once_and_found_from_its_page(file, tree):
    parents = leaves(file.Root.StructTreeRoot.ParentTree)
    wanted = Counter((page.objgen, one) for page in file.pages for one in {*marks(page)} if one != "artifact")
    found = Counter(at for node in tree for at in node.content)
    assert found == wanted
    owner = {at: node.element.objgen for node in tree for at in node.content}
    for page in file.pages:
        listed = parents[int(page.StructParents)]
        assert [one.objgen for one in listed] == [owner[page.objgen, at] for at in range(len(listed))]


def test_every_link_is_in_the_tree_says_what_it_is_and_prints(file, tree):
    parents = leaves(file.Root.StructTreeRoot.ParentTree)
    holder = {one.objgen: node for node in tree for one in node.annotations}
    count = 0
    for page in file.pages:
        for link in page.get("/Annots", []):
            count += 1
            assert link.Subtype == "/Link"
            assert holder[link.objgen].kind == "Link"
            assert parents[int(link.StructParent)].objgen == holder[link.objgen].element.objgen
            assert str(link.Contents).strip()
            assert int(link.F) == 4
    assert count == len(holder)
    assert all(node.annotations for node in tree if node.kind == "Link")


def test_every_number_in_the_tree_of_parents_is_used_once(file):
    used = Counter([int(page.StructParents) for page in file.pages])
    used += Counter(int(link.StructParent) for page in file.pages for link in page.get("/Annots", []))
    root = file.Root.StructTreeRoot
    assert used == Counter(leaves(root.ParentTree).keys())
    assert int(root.ParentTreeNextKey) == len(used)


def test_only_kinds_of_the_standard_are_used_and_headings_skip_no_level(tree):
    levels = [int(node.kind[1]) for node in tree if re.fullmatch("H[1-6]", node.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    known = {
        "Document", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "TOC", "TOCI",
        "Reference", "Note", "Code", "BlockQuote", "Link",
    }  # fmt: skip
    assert {node.kind for node in tree if not re.fullmatch("H[1-6]", node.kind)} <= known


def test_headings_deeper_than_the_standard_names_keep_their_level_and_are_mapped_to_its_deepest(tmp_path):
    sections = [
        kinds()["section"].make(
            {
                "key": f"s{at}",
                "title": f"Level {at}",
                "parent": f"s{at - 1}" if at > 1 else "",
                "body": "Words.",
            },
            f"s{at}",
        )
        for at in range(1, 13)
    ]
    report.build(plan(*sections), tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as file:
        root = file.Root.StructTreeRoot
        found = [node.kind for node in Node(root.K[0]).walk() if re.fullmatch(r"H\d+", node.kind)]
        assert [kind for kind in found if kind != "H1"] == [f"H{level}" for level in range(2, 13)]
        assert dict(root.RoleMap) == {f"/H{level}": pikepdf.Name.H6 for level in range(7, 13)}
        for page in file.pages:
            marks(page)


def test_only_what_is_no_kind_of_the_standard_is_mapped(file):
    assert "/RoleMap" not in file.Root.StructTreeRoot


def test_elements_stand_where_they_belong(tree):
    holds = {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI"}}
    stands = {"TR": "Table", "TH": "TR", "TD": "TR", "LI": "L", "LBody": "LI", "TOCI": "TOC"}
    for node in tree:
        for one in node.nodes:
            assert one.kind in holds.get(node.kind, {one.kind})
            assert node.kind == stands.get(one.kind, node.kind)
    assert all(one.nodes or one.content for one in tree if one.kind in ("L", "Table", "TOC", "LBody"))


def test_cells_of_each_row_add_up_and_tables_have_heads(tree):
    def attribute(cell: Node, name: str, other: object) -> object:
        return cell.element.get("/A", {}).get(name, other)

    for table in (node for node in tree if node.kind == "Table"):
        wide, reaching = set(), Counter[int]()
        for at, line in enumerate(table.nodes):
            own = sum(int(attribute(cell, "/ColSpan", 1)) for cell in line.nodes)
            wide.add(own + reaching[at])
            for cell in line.nodes:
                for below in range(1, int(attribute(cell, "/RowSpan", 1))):
                    reaching[at + below] += int(attribute(cell, "/ColSpan", 1))
        assert len(wide) == 1, wide
        assert max(reaching, default=0) < len(table.nodes)
        heads = [cell for line in table.nodes for cell in line.nodes if cell.kind == "TH"]
        assert heads
        assert all(attribute(cell, "/Scope", "") in ("/Column", "/Row") for cell in heads)


def test_every_figure_says_in_words_what_it_shows_and_every_note_has_a_name(tree):
    assert all(str(node.element.Alt).strip() for node in tree if node.kind == "Figure")
    names = [str(node.element.ID) for node in tree if node.kind == "Note"]
    assert len({*names}) == len(names)


def test_each_page_is_read_in_its_structure_and_the_document_names_itself(file):
    root = file.Root
    assert all(page.Tabs == "/S" for page in file.pages)
    assert root.MarkInfo.Marked is True
    assert str(root.Lang) == "en"
    assert root.ViewerPreferences.DisplayDocTitle is True


def test_the_facts_of_the_file_are_the_same_in_both_places_and_short_enough(file):
    facts, xmp = file.docinfo, file.open_metadata()
    assert xmp["dc:title"] == str(facts["/Title"])
    assert len(xmp["dc:title"]) < 2100
    assert ", ".join(xmp.get("dc:creator", [])) == str(facts.get("/Author", ""))
    assert xmp.get("dc:description", "") == str(facts.get("/Subject", ""))
    assert xmp.get("pdf:Keywords", "") == str(facts.get("/Keywords", ""))
    assert xmp["pdf:Producer"] == str(facts["/Producer"])
    day = str(facts["/CreationDate"])[2:10]
    assert xmp["xmp:CreateDate"][:10] == f"{day[:4]}-{day[4:6]}-{day[6:]}"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
    assert "/Filter" not in file.Root.Metadata


def test_colours_are_explained_by_a_profile_and_nothing_shines_through(file):
    intent = file.Root.OutputIntents[0]
    assert intent.S == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[36:40] == b"acsp" and int.from_bytes(profile[:4], "big") == len(profile)
    assert int(intent.DestOutputProfile.N) == 3
    for page in file.pages:
        assert "/Group" not in page
        assert "/ExtGState" not in page.Resources
        operators = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
        assert not operators & {"k", "K", "cs", "CS", "scn", "SCN", "gs"}


def test_fonts_are_in_the_file_with_widths_and_meanings_for_every_code_that_is_shown(file):
    shown: dict[tuple[int, int], set[int]] = {}
    fonts = {}
    for page in file.pages:
        font = None
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = page.Resources.Font[str(operands[0])]
                fonts[font.objgen] = font
            elif str(operator) == "Tj":
                shown.setdefault(font.objgen, set()).update(bytes(operands[0]))
    for key, font in fonts.items():
        assert re.fullmatch("/[A-Z]{6}\\+.+", str(font.BaseFont))
        assert font.FontDescriptor.FontName == font.BaseFont
        assert int(font.FontDescriptor.Flags) & 4 and "/Encoding" not in font
        program = font.FontDescriptor.FontFile2.read_bytes()
        meanings = dict(re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]+)>", font.ToUnicode.read_bytes()))
        _, widths = cut(program)
        for code in shown[key]:
            assert meanings[b"%02X" % code] not in (b"0000", b"FEFF", b"FFFE")
            assert widths[code] is not None, "no character is an empty box"
            assert abs(float(font.Widths[code - int(font.FirstChar)]) - widths[code]) < 1


def cut(program: bytes) -> tuple[dict[bytes, bytes], dict[int, float | None]]:
    """The tables of a font and the width of each code in thousandths, None where it has no character."""

    def number(data: bytes, at: int) -> int:
        return int.from_bytes(data[at : at + 2], "big")

    tables = {}
    for at in range(12, 12 + 16 * number(program, 4), 16):
        start, size = (int.from_bytes(program[at + more : at + more + 4], "big") for more in (8, 12))
        tables[program[at : at + 4]] = program[start : start + size]
    cmap, metrics = tables[b"cmap"], tables[b"hmtx"]
    assert number(cmap, 2) == 1, "one way from codes to characters"
    assert (number(cmap, 4), number(cmap, 6), number(cmap, 12)) == (1, 0, 6)
    first, count = number(cmap, 18), number(cmap, 20)
    units, long = number(tables[b"head"], 18), number(tables[b"hhea"], 34)
    widths: dict[int, float | None] = {}
    for at in range(count):
        glyph = number(cmap, 22 + 2 * at)
        widths[first + at] = 1000 * number(metrics, 4 * min(glyph, long - 1)) / units if glyph else None
    return tables, widths


def test_nothing_in_the_file_acts_leaves_it_or_is_locked(file):
    assert not file.is_encrypted
    for one in file.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            assert str(one.get("/S", "")) not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
            assert "/AA" not in one and "/OpenAction" not in one
        if isinstance(one, pikepdf.Stream):
            assert str(one.get("/Filter", "")) in ("", "/FlateDecode") and "/F" not in one
    assert re.fullmatch(b"[0-9a-f]{32}", bytes(file.trailer.ID[0]).hex().encode())


def test_the_plan_in_the_file_is_said_to_be_its_source(file):
    spec = file.Root.AF[0]
    assert spec.AFRelationship == "/Source"
    assert str(spec.F) == str(spec.UF) == "LDM-1.toml" or str(spec.UF) == "LDM-294.toml"
    assert spec.EF.F.Subtype == "/application/toml"
    assert int(spec.EF.F.Params.Size) == len(spec.EF.F.read_bytes())
    assert "/ModDate" in spec.EF.F.Params
    assert file.Root.Names.EmbeddedFiles.Names[1].objgen == spec.objgen


def test_words_on_two_lines_are_read_as_two_words(file):
    for said in map(text, file.pages):
        if "How LSST Data Management" in said:
            assert "construction and commissioning" in said
        if "a link that is long" in said:
            assert re.search("lines, as links often are, and to be one link", said)


def text(page: pikepdf.Page) -> str:
    """What is shown on a page, pieces joined as they stand."""
    shown = pikepdf.parse_content_stream(page)
    return "".join(
        bytes(operands[0]).decode("latin-1") for operands, operator in shown if str(operator) == "Tj"
    )

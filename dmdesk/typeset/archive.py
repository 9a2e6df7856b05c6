"""What a file says about itself: title, people and dates, for people and for archives, and what its colours mean.

Said twice, as the standards want: in the old list of facts and in XMP. Both come from one value, so they agree.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import cache

from dmdesk import __version__
from dmdesk.typeset.file import File, known_day, moment, words
from dmdesk.values import frozen

CREATOR = "dmdesk"
PRODUCER = f"dmdesk {__version__}"
LONGEST = 2000
"""Characters that are kept of a fact; nobody reads more of them in a list of a file's properties."""

WHITE = (0.9642, 1.0, 0.8249)
"""The white that colour profiles refer to, D50, as XYZ."""
SRGB_WHITE = (0.3127, 0.3290)
SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
"""The red, green and blue of sRGB (IEC 61966-2-1) as x, y; its white is D65."""
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
CURVE = 1024
Vector = tuple[float, float, float]


@frozen
class Facts:
    """What a document says about itself. ``day`` is its date, ISO 8601 or ""; ``language`` a tag such as "en"."""

    title: str
    authors: Sequence[str] = ()
    subject: str = ""
    keywords: str = ""
    day: str = ""
    language: str = "en"

    @property
    def tidy(self) -> Facts:
        """The same on one line each, bounded, and without characters that a file may not hold."""
        authors = tuple(filter(None, map(_tidy, self.authors)))
        return Facts(
            _tidy(self.title) or "Untitled", authors, _tidy(self.subject), _tidy(self.keywords),
            known_day(self.day), self.language,
        )  # fmt: skip


@cache
def _unfit() -> re.Pattern[str]:
    """Made for the first text that is not plain: it takes longer than a page."""
    return re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _tidy(text: str) -> str:
    fit = text if text.isascii() and text.isprintable() else _unfit().sub("", text)
    text = " ".join(fit.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def info(file: File, facts: Facts) -> int:
    """Put the list of facts into the file."""
    said = {
        b"Title": facts.title,
        b"Author": ", ".join(facts.authors),
        b"Subject": facts.subject,
        b"Keywords": facts.keywords,
        b"Creator": CREATOR,
        b"Producer": PRODUCER,
    }
    when = moment(facts.day)
    entries = b"".join(b"/%s%s" % (key, words(value)) for key, value in said.items() if value)
    return file.add(b"<<%s/CreationDate%s/ModDate%s/Trapped/False>>" % (entries, when, when))


def metadata(file: File, facts: Facts, claims: Sequence[str]) -> int:
    """Put the facts into the file as XMP, unpacked so that any program can read them.

    ``claims``: the standards that the file follows, out of "pdfa" and "pdfua".
    """
    when = f"{facts.day}T00:00:00Z"
    people = "".join(f"<rdf:li>{_escaped(name)}</rdf:li>" for name in facts.authors)
    parts = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:language><rdf:Bag><rdf:li>{_escaped(facts.language)}</rdf:li></rdf:Bag></dc:language>",
        f"<dc:date><rdf:Seq><rdf:li>{when}</rdf:li></rdf:Seq></dc:date>",
        _alternatives("dc:title", facts.title),
        f"<dc:creator><rdf:Seq>{people}</rdf:Seq></dc:creator>" if people else "",
        _alternatives("dc:description", facts.subject),
        f"<pdf:Keywords>{_escaped(facts.keywords)}</pdf:Keywords>" if facts.keywords else "",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>",
        *(f"<xmp:{what}Date>{when}</xmp:{what}Date>" for what in ("Create", "Modify", "Metadata")),
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" if "pdfa" in claims else "",
        "<pdfuaid:part>1</pdfuaid:part>" if "pdfua" in claims else "",
        _EXTENSION if "pdfa" in claims and "pdfua" in claims else "",
    ]
    text = _PACKET.format("\n".join(filter(None, parts)))
    return file.stream(text.encode("utf-8"), b"/Type/Metadata/Subtype/XML", packed=False)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alternatives(key: str, text: str) -> str:
    if not text:
        return ""
    return f'<{key}><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li></rdf:Alt></{key}>'


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_EXTENSION = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag>
</pdfaExtension:schemas>"""
"""Archives want every unusual entry of XMP explained, in the words of their standard; PDF/UA's mark is one."""


# -- colours


def colours(file: File) -> int:
    """Put into the file what its colours mean: sRGB."""
    profile = file.stream(srgb(), b"/N 3/Alternate/DeviceRGB")
    return file.add(
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB, IEC 61966-2-1)"
        b"/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>" % profile
    )


@cache
def srgb() -> bytes:
    """An ICC profile of sRGB (version 2.1), made from the numbers of its standard."""
    curve = b"curv\0\0\0\0" + struct.pack(
        f">L{CURVE}H", CURVE, *(round(65535 * _linear(at / (CURVE - 1))) for at in range(CURVE))
    )
    red, green, blue = (_xyz(colour) for colour in _primaries())
    tags = {
        b"desc": _described("sRGB, made by dmdesk from the numbers of IEC 61966-2-1"),
        b"cprt": b"text\0\0\0\0No copyright, use freely\0",
        b"wtpt": _xyz(WHITE),
        b"rXYZ": red,
        b"gXYZ": green,
        b"bXYZ": blue,
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, places = [struct.pack(">L", len(tags))], b"", {}
    start = 128 + 4 + 12 * len(tags)
    for key, content in tags.items():
        if content not in places:
            places[content] = start + len(body)
            body += content + b"\0" * (-len(content) % 4)
        table.append(struct.pack(">4sLL", key, places[content], len(content)))
    head = struct.pack(
        ">L4sL4s4s4s6H4s4sL4sLQL3l4s44x", start + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        2000, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", 0, 0, 0, *map(_fixed, WHITE), b"\0\0\0\0",
    )  # fmt: skip
    return head + b"".join(table) + body


def _linear(value: float) -> float:
    """The light of an sRGB value, both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _primaries() -> list[Vector]:
    """Red, green and blue of sRGB as XYZ, seen by an eye that is used to the white of profiles."""
    white = _from_xy(SRGB_WHITE)
    raw = [_from_xy(xy) for xy in SRGB]
    shares = _solve([[one[row] for one in raw] for row in range(3)], list(white))
    seen = [_apply(BRADFORD, white), _apply(BRADFORD, WHITE)]
    found = []
    for one, share in zip(raw, shares, strict=True):
        cones = _apply(BRADFORD, (one[0] * share, one[1] * share, one[2] * share))
        adapted = [cone * to / was for cone, was, to in zip(cones, *seen, strict=True)]
        x, y, z = _solve([list(row) for row in BRADFORD], adapted)
        found.append((x, y, z))
    return found


def _from_xy(xy: tuple[float, float]) -> Vector:
    x, y = xy
    return x / y, 1.0, (1 - x - y) / y


def _apply(matrix: Sequence[Vector], vector: Vector) -> Vector:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _solve(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """The vector that a 3 × 3 matrix takes to ``wanted``, by Cramer's rule."""
    whole = _determinant(matrix)
    found = []
    for column in range(3):
        changed = [[wanted[row] if at == column else matrix[row][at] for at in range(3)] for row in range(3)]
        found.append(_determinant(changed) / whole)
    return found


def _determinant(m: list[list[float]]) -> float:
    return (
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    )


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(value: Vector) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3l", *map(_fixed, value))


def _described(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">L", len(plain)) + plain + b"\0" * 78

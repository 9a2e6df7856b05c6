"""A file enclosed in the document: the plan that it was printed from goes with it."""

from __future__ import annotations

from typing import NamedTuple

from dmdesk.typeset.file import File, moment, name, words

MARK = b"/DmdeskSchema"
"""The entry that says for which dmdesk the plan was written."""


class Enclosed(NamedTuple):
    """A file: its name, what it is to readers, its media type, content and size; ``schema`` says who can read it.

    The content is packed, so that what waits for the end of the document takes little room.
    """

    name: str
    about: str
    media: str
    packed: bytes
    size: int
    schema: str


def enclosed(file: File, one: Enclosed, day: str) -> tuple[bytes, bytes]:
    """Put it into the document; the entries for the catalog and for its names."""
    when = moment(day)
    content = file.packed(
        one.packed,
        b"/Type/EmbeddedFile/Subtype%s/Params<</Size %d/CreationDate%s/ModDate%s%s%s>>"
        % (name(one.media), one.size, when, when, MARK, words(one.schema)),
    )
    called = words(one.name)
    spec = file.add(
        b"<</Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/Source/EF<</F %d 0 R/UF %d 0 R>>>>"
        % (called, called, words(one.about), content, content)
    )
    return b"/AF[%d 0 R]" % spec, b"/EmbeddedFiles<</Names[%s %d 0 R]>>" % (called, spec)

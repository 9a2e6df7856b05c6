"""Checks of acronyms: each that texts use is defined, once, and means what the plan itself means by it.

What counts as an acronym in a text is decided narrowly, because a list of false alarms is a list nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from dmdesk import types as t
from dmdesk.changes import add
from dmdesk.checks.finding import NOTE, WARNING, Finding, Fix, check, named_by, removed_with
from dmdesk.checks.fixing import CREATE, missing, removal, setting
from dmdesk.checks.prose import without_code
from dmdesk.checks.texts import Text, joined, read_of, searched
from dmdesk.keeping import Index
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.model import Acronym, Person
from dmdesk.reading import PlanData

PROSE_KINDS = (
    "plan", "section", "figure", "product", "wbs", "institution", "role", "team", "group", "membership", "meeting",
    "interface", "milestone",
)  # fmt: skip
"""The kinds whose texts are the plan's own words; requirements and documents speak for themselves."""

_NO_NAMES = ("requirement", "trace", "acceptance")
"""The kinds whose keys are no words of the plan."""

NAMES = ("role", "group", "team", "institution")
"""The kinds whose keys are acronyms of the plan's own."""

_OWN_WORDS = (t.PROSE, t.ITEMS)

_READ = tuple(name for kind in PROSE_KINDS for name in read_of(kinds()[kind], _OWN_WORDS))
_KNOWN = (
    *(name for kind in kinds() for name in named_by(kind.name) if kind.name not in _NO_NAMES),
    "person.initials",
)

_NOT_WORDS = re.compile(
    r"\[\[[^\[\]\n]*\]\]|\{\{[^{}\n]*\}\}|<[^<>\s]+>|h(?<!\w.)ttps?://\S+|w(?<!\w.)ww\.\S+|\[\^[^\]\n]*\]"
)
_ACRONYM = re.compile(r"[A-Z](?<![\w./&'’+-].)[A-Z]{1,5}(?=s?(?![\w&'’+/-]|[.:]\w))")
"""They begin with what they look for, and only then look back: that passes over all else much faster."""
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
"""What most texts lack, and is found faster."""
_ROMAN = re.compile(r"[IVX]+")
_SHOUTED = re.compile(r"[A-Z](?<!\w.)[A-Z]+\b(?:[ ,-]+[A-Z]{2,}\b){2,}[ ,-]*")
_MARKERS = re.compile(r"\b(?:TBD|TBC|TBR|TBW|FIXME|TODO|XXX+)\b")
_BRACKETS = re.compile(r"\(([A-Z]{2,6})\)")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9/&]*")


def used(data: PlanData) -> dict[str, tuple[Entity, str, int]]:
    """The acronyms in the plan's own texts: the first row and field that uses each, and how many texts do."""
    found: dict[str, tuple[Entity, str, int]] = {}
    for name in PROSE_KINDS:
        kind = kinds()[name]
        for row, field, word in _used(data, kind):
            first_row, first_field, count = found.get(word, (row, field, 0))
            found[word] = first_row, first_field, count + 1
    return found


def _used(data: PlanData, kind: Kind) -> list[tuple[Entity, str, str]]:
    def scan(texts: Iterable[tuple[str, Text]]) -> dict[str, tuple[str, ...]]:
        return {id: words for id, value in texts if (words := acronyms_in(value))}

    found = searched(data, "acronyms", kind, _OWN_WORDS, scan)
    return [(row, field, word) for row, field, words in found for word in words]


def acronyms_in(value: Text) -> tuple[str, ...]:
    """The acronyms a text uses, each once.

    Two to six capitals that stand by themselves, with or without a plural s; none in code, references and addresses,
    none joined to other words by dashes, dots, slashes or &, no Roman numerals, none where three words in a row are
    in capitals, which is a heading or a shout.
    """
    text = joined(value)
    if not _TWO_CAPITALS.search(text) or not _ACRONYM.search(text):
        return ()
    not_words = _not_words_nor_mail() if "@" in text else _NOT_WORDS
    text = _SHOUTED.sub(" ", not_words.sub(" ", without_code(text)))
    words = dict.fromkeys(match[0] for match in _ACRONYM.finditer(text))
    return tuple(word for word in words if not _ROMAN.fullmatch(word) and not _MARKERS.fullmatch(word))


@cache
def _not_words_nor_mail() -> re.Pattern[str]:
    """Looks at each word of a text, so it is kept for the few with an @."""
    return re.compile(rf"{_NOT_WORDS.pattern}|\b\S+@\S+")


@check("acronym.undefined", NOTE, kinds=(*_READ, *_KNOWN))
def undefined(data: PlanData) -> Iterator[Finding]:
    """An acronym that the plan's texts use and that neither the list of acronyms nor a key of the plan explains."""
    found = used(data)
    if not found or not data.rows("acronym"):
        return
    known = _known(data)
    unknown = [word for word in found if not _among(known, word)]
    spelt_out = _in_brackets(data) if unknown else {}
    for word in unknown:
        row, field, count = found[word]
        times = "" if count == 1 else f", and by {count - 1} other text{'s' if count > 2 else ''}"
        words = f"“{word}” is used here{times}, but is not in the list of acronyms."
        yield undefined.at(row, field, words, _definition(data, word, spelt_out.get(word, ())))


def _known(data: PlanData) -> list[frozenset[str]]:
    """Words that need no entry in the list: keys and other names in the plan, handles' prefixes, initials."""
    keys = [_keys(data, kind) for kind in kinds() if kind.name not in _NO_NAMES]
    return [*keys, frozenset(row.initials.casefold() for row in data.all(Person).values())]


def _among(known: Iterable[frozenset[str]], word: str) -> bool:
    folded = word.casefold()
    return any(folded in some for some in known)


def _keys(data: PlanData, kind: Kind) -> frozenset[str]:
    """The keys of a kind's rows, their beginnings before a dash, and other names, without case."""
    own = data.memo(f"folded keys {kind.name}", _behind(kind), lambda: _folded_keys(data, kind), shape=True)
    if "aka" not in kind:
        return own
    return data.memo(
        f"folded names {kind.name}", (*_behind(kind), f"{kind.name}.aka"), lambda: own | _others(data, kind)
    )


def _behind(kind: Kind) -> tuple[str, ...]:
    return (kind.name, *(kind[name].target for name in kind.identity if kind[name].target))


def _folded_keys(data: PlanData, kind: Kind) -> frozenset[str]:
    keys = [key.casefold() for key in data.by_key(kind.name)]
    return frozenset((*keys, *(key.partition("-")[0] for key in keys)))


def _others(data: PlanData, kind: Kind) -> frozenset[str]:
    return frozenset(name.casefold() for row in data.rows(kind.name).values() for name in row.aka)  # type: ignore[attr-defined]


def _definition(data: PlanData, word: str, texts: Iterable[str]) -> list[Fix]:
    """The fix that takes the meaning from a text that gives it, as in “change control board (CCB)”."""
    meaning = next(filter(None, (_spelt_out(text, word) for text in texts)), "")
    if not meaning:
        return []
    made = missing(data, "acronym", word, {"key": word, "meaning": meaning})
    return [Fix(f"Add “{word}”: {meaning}", (add(made),), CREATE)]


def _in_brackets(data: PlanData) -> dict[str, list[str]]:
    """The texts that have a word in brackets, by that word."""

    def scan(texts: Iterable[tuple[str, Text]]) -> dict[str, list[str]]:
        return {id: words for id, value in texts if (words := _BRACKETS.findall(joined(value)))}

    found: dict[str, list[str]] = {}
    for name in PROSE_KINDS:
        for row, field, words in searched(data, "brackets", kinds()[name], _OWN_WORDS, scan):
            for word in dict.fromkeys(words):
                found.setdefault(word, []).append(joined(getattr(row, field)))
    return found


def _spelt_out(text: str, word: str) -> str:
    """The words before “(WORD)” whose first letters spell it."""
    before = re.findall(r"[A-Za-z][\w'’-]*", text.partition(f"({word})")[0])[-len(word) :]
    return " ".join(before) if "".join(part[0] for part in before).upper() == word else ""


_NO_WORDS = ("acronym", "acceptance")


def _has_words(field: Field) -> bool:
    return not (field.target or field.type.numeric or field.type in (t.RANK, t.DAY, t.FLAG, t.PICTURE))


_ALL_WORDS = (
    *removed_with("acronym"),
    *(
        f"{kind.name}.{field.name}"
        for kind in kinds()
        for field in kind.fields
        if kind.name not in _NO_WORDS and _has_words(field)
    ),
)


@check("acronym.unused", NOTE, kinds=_ALL_WORDS)
def unused(data: PlanData) -> Iterator[Finding]:
    """An entry of the list of acronyms that stands nowhere in the plan, in no text, name, key or code."""
    rows = data.all(Acronym).values()
    if not rows:
        return
    for row in needless(data):
        fixes = [removal(data, row, "Remove it from the list")]
        yield unused.at(row, "key", f"Nothing in this plan uses “{row.key}”.", fixes)


def needless(data: PlanData) -> list[Acronym]:
    """The entries of the list of acronyms that stand nowhere in the plan."""
    words = _all_words(data)
    return [
        row
        for row in data.all(Acronym).values()
        if row.key
        and not any(row.key in some or f"{row.key}s" in some for some in words)
        and not _inside(row.key, words)
    ]


def unexplained(data: PlanData) -> list[str]:
    """The acronyms that the plan's texts use and nothing in it explains, in alphabetical order."""
    known = _known(data)
    return sorted(word for word in used(data) if not _among(known, word))


def _inside(key: str, words: Iterable[Index[str]]) -> bool:
    """Whether the acronym is a part of a word with a dash, a slash and the like in it, or is several words itself."""
    return not _TOKEN.fullmatch(key) or any(
        key in re.split(r"[/&]", word) for some in words for word in some if key in word
    )


def _all_words(data: PlanData) -> list[Index[str]]:
    """Every word of the plan that holds two capitals, but for the list of acronyms itself, kind by kind."""
    return [
        data.index("capitals", kind.name, partial(_words_of, kind))
        for kind in kinds()
        if kind.name not in _NO_WORDS
    ]


def _words_of(kind: Kind, row: Entity) -> frozenset[str]:
    return _words_in("\n".join([joined(value) for value in _worded(kind)(row)]))


def _words_in(text: str) -> frozenset[str]:
    """The words of a text that hold two capitals with nothing but small letters between them."""
    return frozenset([text[_begin(text, found.start()) : found.end()] for found in _CAPITALS.finditer(text)])


def _begin(text: str, at: int) -> int:
    """Where the word begins that goes on here."""
    while at and text[at - 1] in _LETTERS:
        at -= 1
    return at


@cache
def _worded(kind: Kind) -> Callable[[Entity], Iterable[Text]]:
    """Gives the values of a row's fields that hold words."""
    names = [field.name for field in kind.fields if _has_words(field)]
    return lambda row: [getattr(row, name) for name in names]


_CAPITALS = re.compile(r"[A-Z][a-z]*[A-Z][A-Za-z0-9/&]*")
"""A word from two of its capitals on; to look for how words begin takes several times as long."""
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/&")


@check("acronym.twice", WARNING, kinds=removed_with("acronym"))
def twice(data: PlanData) -> Iterator[Finding]:
    """Two entries of the list of acronyms for one acronym, written with other capitals or with points."""
    first: dict[str, Acronym] = {}
    for row in data.all(Acronym).values():
        folded = row.key.casefold().replace(".", "")
        other = first.setdefault(folded, row) if folded else row
        if other is not row and other.key != row.key:
            fixes = [removal(data, row, f"Remove “{row.key}”"), removal(data, other, f"Remove “{other.key}”")]
            yield twice.at(
                row, "key", f"“{row.key}” is defined as “{other.key}” too ({other.meaning}).", fixes
            )


@check("acronym.meaning", WARNING, kinds=("acronym", *(name for kind in NAMES for name in named_by(kind))))
def other_meaning(data: PlanData) -> Iterator[Finding]:
    """An acronym explained otherwise than the role, group, team or institution that the plan itself calls so."""
    expand = {row.key: row.meaning for row in data.all(Acronym).values()}
    for row in data.all(Acronym).values():
        for kind in NAMES:
            named = data.find(kind, row.key)
            if named is None or not row.key or _same_meaning(row.meaning, data.title(named), expand):
                continue
            title = data.title(named)
            words = f"Here it means “{row.meaning}”, but the {kind} {row.key} is the “{title}”."
            yield other_meaning.at(
                row,
                "meaning",
                words,
                [setting(row, f"Let it mean “{title}”", "take the name", meaning=title)],
            )
            break


def _same_meaning(meaning: str, name: str, expand: dict[str, str]) -> bool:
    """Whether one holds all words of the other, or both share more than half; acronyms in them are spelt out."""
    a, b = _meaningful(meaning, expand), _meaningful(name, expand)
    shared = len(a & b)
    return not a or not b or shared in (len(a), len(b)) or 2 * shared > max(len(a), len(b))


def _meaningful(text: str, expand: dict[str, str]) -> set[str]:
    words = [part for word in re.findall(r"\w+", text) for part in expand.get(word, word).split()]
    return {
        word.casefold().rstrip("s")
        for word in words
        if len(word) > 2 and word.casefold() not in ("and", "the")
    }

"""What the words of a command line name: kinds, rows, fields, values; and what was meant when nothing fits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk import types as t
from dmdesk.checks.naming import a_kind, in_words, named
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData


def meant(words: str, known: Iterable[str]) -> str:
    """“; did you mean …?” with the nearest of the known words, or ""."""
    from difflib import get_close_matches

    folded = {word.casefold(): word for word in known if word}
    near = get_close_matches(words.casefold(), folded, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(f'“{folded[word]}”' for word in near)}?" if near else ""


def sentence(words: str) -> str:
    """The words with a capital to begin with; the rest stays as it is."""
    return words[:1].upper() + words[1:]


def kind_named(words: str) -> Kind:
    """The kind of that name or label.

    Raises:
        PlanError: there is none.
    """
    for kind in kinds():
        if words.casefold() in (kind.name, kind.label.casefold(), kind.plural.casefold()):
            return kind
    raise PlanError(
        f"There is no kind “{words}”{meant(words, kinds().names()) or '; “dmdesk kinds” lists them.'}"
    )


def row_named(data: PlanData, kind: Kind, key: str) -> Entity:
    """The row of that key, id or title.

    Raises:
        PlanError: there is none.
    """
    row = named(data, kind.name, key) or data.get(kind.name, key)
    if row is None:
        known = [name for row in data.rows(kind.name).values() for name in (data.key(row), data.title(row))]
        raise PlanError(f"There is no {in_words(kind.name)} “{key}” in this plan{meant(key, known) or '.'}")
    return row


def values_named(data: PlanData, kind: Kind, pairs: Iterable[str]) -> dict[str, Any]:
    """The values that FIELD=VALUE words give a row of the kind.

    Raises:
        PlanError: a field is unknown or given twice, or a value does not fit it or names nothing.
    """
    texts: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise PlanError(f"“{pair}” should be FIELD=VALUE, with the field's name before the equals sign.")
        texts.setdefault(_field_named(kind, name.strip()).name, []).append(text)
    return {name: _value(data, kind[name], given) for name, given in texts.items()}


def _field_named(kind: Kind, words: str) -> Field:
    for field in kind.fields:
        if words.casefold() in (field.name, field.label.casefold()):
            return field
    names = [field.name for field in kind.fields]
    advice = meant(words, names) or f"; it has {', '.join(names)}."
    raise PlanError(f"{sentence(a_kind(kind.name))} has no field “{words}”{advice}")


def _value(data: PlanData, field: Field, texts: list[str]) -> Any:
    several = isinstance(field.type, t.Many_)
    if not several and len(texts) > 1:
        raise PlanError(f"“{field.name}” was given {len(texts)} times; it holds one value.")
    try:
        if isinstance(field.type, t.ToMany_):
            return field.type.clean(tuple(link for text in texts for link in _links(data, field, text)))
        if field.target:
            return _link(data, field, texts[0].strip()) if texts[0].strip() else ""
        if several:
            return field.type.clean(tuple(item for text in texts for item in field.type.read(text)))
        if not field.type.typed and texts[0].strip() and not texts[0].startswith("image/"):
            raise t.BadValue("a picture is not typed; “dmdesk picture” takes one in from its file.")
        value = field.type.read(texts[0])
    except t.BadValue as error:
        raise PlanError(f"{field.label}: {error}") from None
    if isinstance(field.type, t.Choice_) and value and value not in field.type.options:
        raise PlanError(f"{field.label} “{value}” is none of: {', '.join(field.type.options)}.")
    return value


def _links(data: PlanData, field: Field, text: str) -> list[str]:
    text = text.strip()
    if text.startswith(t.UNRESOLVED) or named(data, field.target, text):
        return [_link(data, field, text)]
    return [_link(data, field, part.strip()) for part in text.split(",") if part.strip()]


def _link(data: PlanData, field: Field, text: str) -> str:
    if text.startswith(t.UNRESOLVED):
        return text
    row = named(data, field.target, text) or data.get(field.target, text)
    if row is None:
        near = meant(text, (data.key(row) for row in data.rows(field.target).values()))
        advice = near or f"; write “?{text}” to keep the words all the same."
        raise PlanError(f"{field.label}: “{text}” is not {a_kind(field.target)} of this plan{advice}")
    return row.id

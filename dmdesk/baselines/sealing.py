"""Sealing: a state of the plan and what is said of it become one row that never changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from dmdesk import types as t
from dmdesk.baselines.proving import mark, packed, proof, seal, sha256, stored
from dmdesk.canon import dumps
from dmdesk.changes import Change, from_json
from dmdesk.reading import PlanData
from dmdesk.store import SCHEMA, Baseline, Store
from dmdesk.values import frozen


@frozen
class Terms:
    """What is said of a version that is sealed; ``Baseline`` says what each means."""

    version: str
    date: str
    description: str = ""
    owner: str = ""
    rfc: str = ""
    rfc_words: str = ""
    accepted: str = ""
    pdf: str = ""
    paper: str = ""
    exported: str = ""


def text_of(data: PlanData) -> bytes:
    """A state of the plan as the text that is sealed: the same bytes for the same rows."""
    return dumps(data, all_ids=True).encode("utf-8")


def row(
    terms: Terms, text: bytes, follows: Iterable[Change], known: Sequence[Baseline], step: int, at: str, who: str
) -> dict[str, str | int | bytes]:  # fmt: skip
    """The sealed row. ``follows``: what the step changed after the state that is sealed; ``known``: the ones before."""
    last = known[-1] if known else None
    values: dict[str, str | int | bytes] = {
        "number": last.number + 1 if last else 1,
        **{name: t.one_line(getattr(terms, name)) for name in ("version", "date", "description", "owner")},
        "rfc": terms.rfc, "rfc_words": t.one_line(terms.rfc_words),
        "at": at, "who": t.one_line(who), "schema": SCHEMA, "step": step, "follows": _followed(follows),
        "accepted": t.many_lines(terms.accepted), "sha256": sha256(text), "previous": last.seal if last else "",
        "text": packed(text),
    }  # fmt: skip
    values["proof"] = proof(stored(values))
    values["seal"] = seal(stored(values))
    values |= {"pdf": terms.pdf, "paper": terms.paper, "exported": terms.exported}
    return values | {"mark": mark(stored(values))}


def _followed(changes: Iterable[Change]) -> str:
    listed = [[one.op, one.kind, one.id, one.to_json()] for one in changes]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")) if listed else ""


def print_of(file: Store, baseline: Baseline, sha256: str, paper: str, exported: str) -> dict[str, str]:
    """What is noted of the print of a baseline, beside what is noted already."""
    held = dict(file.sealed(baseline.number))
    noted = {
        "pdf": baseline.pdf or sha256,
        "paper": baseline.paper or paper,
        "exported": baseline.exported or exported,
    }
    return {**noted, "mark": mark({**held, **stored(noted)})}


def followed(text: str) -> list[Change]:
    """What the step that sealed a baseline changed after it."""
    return [from_json(*one) for one in json.loads(text)] if text else []

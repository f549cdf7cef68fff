"""reading: what every reader of gold shares.

A *reader* knows one form of gold: it recognises a file by its first row, has the rows' texts coded,
and gives a :class:`Result`: measures, faults, and what was left out. Nothing here knows a form.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import click

from dateline.agreement import Count
from dateline.gold.standoff import StandoffError, whole
from dateline.model import Document, Outcome

Row = Mapping[str, Any]
"""One line of a gold file, as JSON."""
Code = Callable[[Document], Outcome]
"""Codes one document; ``pipeline.Coder(settings).code`` is one."""
Seen = Callable[[], None]
"""To be called once for each row that is done; it moves the progress bar."""

OVERALL, SLOT, TYPE, NOTE = "overall", "slot", "type", "note"
"""The groups of measures. What the set is judged by is ``overall``; what fills the parts of a claim
is ``slot``; one event type or category is ``type``; a count that is no score is ``note``."""


def nothing_seen() -> None:
    """For callers that show no progress."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        """Right of all; null when there is nothing to be right about."""
        return self.right / self.of if self.of else None

    def to_json(self) -> dict[str, float | int | None]:
        return {**asdict(self), "share": self.value}


@dataclass(frozen=True, slots=True)
class Average(Share):
    """The mean of other scores, in ten-thousandths: a share of nothing that could be counted."""

    @classmethod
    def over(cls, scores: Sequence[float]) -> Average:
        """The mean of some scores; of none it is null."""
        if not scores:
            return cls()
        return cls(round(10_000 * sum(scores) / len(scores)), 10_000)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a result. ``name`` is unique within its ``group``. A Count gives precision,
    recall and F1; a Share is one number."""

    group: str
    name: str
    figure: Count | Share

    @property
    def score(self) -> float | None:
        """What a floor is set on, 0 to 1: the F1 of a Count, the value of a Share; or null."""
        return self.figure.f1 if isinstance(self.figure, Count) else self.figure.value

    def to_json(self) -> dict[str, Any]:
        return {"group": self.group, "name": self.name, **self.figure.to_json()}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to show in an item's text: code points ``start`` to ``end``, the side that names them
    ("gold" or "ours"), and what it says they are (a slot, with its value)."""

    start: int
    end: int
    side: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One disagreement in one item.

    kind: "missed", "spurious", "type", "slot", or a reader's own word; the page filters by it.
    name: the event type, slot or category that it is about.
    ref: the item's id in the gold file; at: where in its text (code points).
    gold, ours: what each side says, in a few words.
    words: the text around it on one line, the words in question in ⟦ ⟧ (see :func:`context`).
    weight: how bad; an item's faults are summed to find the worst items.
    text, marks: for the page: the item's whole text, and what each side found in it.
    """

    kind: str
    name: str
    ref: str
    at: int = 0
    gold: str = ""
    ours: str = ""
    words: str = ""
    weight: float = 1.0
    text: str = field(default="", repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Any]:
        """The fault without the text and marks of its item."""
        return {k: v for k, v in asdict(self).items() if k not in ("text", "marks")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a reader found in one file. ``items``: how many rows were scored. ``notes``: what was
    left out, and why, a sentence each. ``refused``: (ref, reason) of texts that were not coded;
    they count as texts in which nothing was found."""

    reader: str
    items: int
    measures: tuple[Measure, ...]
    faults: tuple[Fault, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def score(self, group: str, name: str) -> float | None:
        """The score of one measure; KeyError when there is none of that name."""
        return self.measure(group, name).score

    def measure(self, group: str, name: str) -> Measure:
        """One measure; KeyError when there is none of that name."""
        for measure in self.measures:
            if (measure.group, measure.name) == (group, name):
                return measure
        raise KeyError(f"{group}: {name}")

    def to_json(self) -> dict[str, Any]:
        """The result as a JSON object, without the faults."""
        return {
            "reader": self.reader,
            "items": self.items,
            "measures": [measure.to_json() for measure in self.measures],
            "notes": list(self.notes),
            "refused": [{"ref": ref, "reason": reason} for ref, reason in self.refused],
        }


class Reader(ABC):
    """One form of gold. ``name`` is one word, ``title`` a line for a person; ``needs`` are the keys
    that every row of the form has."""

    name: ClassVar[str]
    title: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]

    def accepts(self, row: Row) -> bool:
        """Whether the first row of a file is of this form: it has the keys."""
        return all(key in row for key in self.needs)

    @abstractmethod
    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        """Have each row's text coded, compare, and say how good it is. Reads no file; calls
        ``seen`` once for each row. Measures stand in the order in which they should be read."""


class GoldError(click.ClickException):
    """A gold file is not usable; the message says where and why."""

    exit_code = 2


def read_rows(path: Path, needs: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The rows of a gold file (JSON Lines). Raises GoldError with the file and line of a row that
    is no JSON object or lacks one of the keys ``needs``, or whose text is kept elsewhere and cannot
    be had (see :mod:`dateline.gold.standoff`)."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: not JSON: {error.msg}") from None
        if not isinstance(row, dict):
            raise GoldError(f"{path}:{number}: not a JSON object")
        if "text_in" in row:
            try:
                row = whole(row, path)
            except StandoffError as error:
                raise GoldError(f"{path}:{number}: {error}") from None
        missing = [key for key in needs if key not in row]
        if missing:
            raise GoldError(f"{path}:{number}: not a gold report: no {', '.join(missing)}")
        rows.append(row)
    return rows


def document(
    text: str, *, ref: str, lang: str | None = None, published: str | None = None
) -> Document:
    """A text as a document to code. Its article's text is the text unchanged, so offsets hold."""
    given = {"id": ref, "text": text, "lang": lang, "published": published}
    data = {key: value for key, value in given.items() if value is not None}
    return Document(
        data=json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace"),
        media="json",
        ref=ref,
        lang=lang,
        published=published,
    )


def refusal(outcome: Outcome) -> str | None:
    """Why a text was not coded; None when it was."""
    if outcome.status in ("coded", "empty"):
        return None
    return f"{outcome.status}: {outcome.reason}"


def context(text: str, start: int, end: int, around: int = 110) -> str:
    """The words around a span on one line, the span in ⟦ ⟧."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())

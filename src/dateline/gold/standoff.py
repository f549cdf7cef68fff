"""Gold that keeps its distance from the text: rows that hold offsets and values, and no words.

A row names the file its text is in (``text_in``, relative to the gold file), the text's SHA-256,
and its claims with ``start`` and ``end`` alone. So gold for reports that may not be passed on can
be kept with the project.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any


class StandoffError(ValueError):
    """The text of a row is not where it says, or is another; the message says which."""


def whole(row: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The row with its text, and with the words of every span. ``path`` is the gold file's.

    Raises StandoffError when the text cannot be had.
    """
    source = path.parent / row["text_in"]
    given = _texts(source).get(str(row["id"]))
    if given is None:
        raise StandoffError(f"its text is not in {row['text_in']}")
    text = given["text"]
    if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
        raise StandoffError(f"its text in {row['text_in']} is not the one it was written for")
    kept = {k: v for k, v in row.items() if k not in ("text_in", "text_sha256", "claims")}
    return {**kept, "text": text, "claims": [_worded(claim, text) for claim in row["claims"]]}


def bare(row: Mapping[str, Any], text_in: str) -> dict[str, Any]:
    """The opposite of :func:`whole`: a row of claim gold without any words of its text."""
    kept = {k: v for k, v in row.items() if k not in ("text", "claims")}
    digest = hashlib.sha256(row["text"].encode()).hexdigest()
    claims = [_wordless(claim) for claim in row["claims"]]
    return {**kept, "text_in": text_in, "text_sha256": digest, "claims": claims}


@lru_cache(maxsize=8)
def _texts(source: Path) -> dict[str, dict[str, Any]]:
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise StandoffError(f"its text is in {source}, which is not here") from None
    return {str(row["id"]): row for row in map(json.loads, lines)}


def _worded(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        made = {k: _worded(v, text) for k, v in value.items()}
        start, end = value.get("start"), value.get("end")
        return {**made, "text": text[start:end]} if start is not None else made
    return [_worded(v, text) for v in value] if isinstance(value, list) else value


def _wordless(value: Any) -> Any:
    if isinstance(value, dict):
        spans = value.get("start") is not None
        return {k: _wordless(v) for k, v in value.items() if not (spans and k == "text")}
    return [_wordless(v) for v in value] if isinstance(value, list) else value

"""JSON Lines: one claim a line, as the contract has it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from dateline.model import Outcome


def write(outcomes: Iterable[Outcome], out: TextIO, *, with_text: bool = False) -> None:
    """Write every claim of every outcome as it comes, one JSON object a line, UTF-8.

    ``with_text`` adds the article's text as ``article.text``, which all offsets point into.
    """
    for outcome in outcomes:
        for claim in outcome.claims:
            if with_text and outcome.article is not None:
                row = claim.to_json()
                row["article"]["text"] = outcome.article.text
                out.write(json.dumps(row, ensure_ascii=False, separators=(", ", ": ")))
            else:
                out.write(claim.to_line())
            out.write("\n")
        if outcome.claims:
            out.flush()

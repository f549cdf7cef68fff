"""Scores every set of real reports and writes docs/reference/accuracy.md: ``make evaluate``.

The figures are kept in docs/measured.json, from which ``make docs`` writes the page too. A set that
is not there keeps the figures it had.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from dateline.config import Settings
from dateline.evaluate import gold_of
from dateline.gold import accuracy
from dateline.gold.floors import digest
from dateline.pipeline import Coder

DOCS = Path(__file__).resolve().parent
RECORD = DOCS / "measured.json"
PAGE = DOCS / "reference" / "accuracy.md"


def main(folder: Path, names: list[str]) -> None:
    """Score the sets that are in ``folder`` (those of ``names``, when some are given)."""
    measured: dict[str, Any] = {"sets": {}}
    if RECORD.exists():
        measured = json.loads(RECORD.read_text(encoding="utf-8"))
    code = Coder(Settings.from_environment()).code
    for each in accuracy.sets():
        path = folder / f"{each.name}.jsonl"
        if names and each.name not in names:
            continue
        if not path.exists():
            print(f"{each.name}: passed over: there is no {path}", flush=True)
            continue
        started = time.monotonic()
        result = gold_of(path).score(code)
        measured["sets"][each.name] = accuracy.record(result, digest(path))
        main_figures = ", ".join(
            f"{m.name} {m.score:.2f}"
            for m in result.measures
            if m.group == "overall" and m.score is not None
        )
        took = time.monotonic() - started
        print(f"{each.name}: {result.items} items in {took:.0f} s: {main_figures}", flush=True)
        write(measured)
    print(f"written: {PAGE.relative_to(DOCS.parent)}")


def write(measured: dict[str, Any]) -> None:
    """Keep the figures, and write the page of them."""
    RECORD.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(accuracy.page(measured), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""Scores every set of real reports and writes docs/reference/accuracy.md: ``make evaluate``.

The figures are kept in docs/measured.json, from which ``make docs`` writes the page too. A set that
is not there keeps the figures it had.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.config import Settings
from dateline.evaluate import gold_of
from dateline.executors.local import Failure, map_unordered
from dateline.gazetteer import open_gazetteer
from dateline.gold import accuracy
from dateline.gold.floors import digest
from dateline.gold.reading import OVERALL
from dateline.pipeline import Coder

DOCS = Path(__file__).resolve().parent
RECORD = DOCS / "measured.json"
PAGE = DOCS / "reference" / "accuracy.md"


def scorer() -> Callable[[Path], dict[str, Any]]:
    """What each process makes once: the function that scores one file."""
    code = Coder(Settings.from_environment()).code

    def score(path: Path) -> dict[str, Any]:
        started = time.monotonic()
        result = gold_of(path).score(code)
        figures = [m for m in result.measures if m.group == OVERALL and m.score is not None]
        said = ", ".join(f"{measure.name} {measure.score:.2f}" for measure in figures)
        took = time.monotonic() - started
        print(f"{path.stem}: {result.items} items in {took:.0f} s: {said}", flush=True)
        return accuracy.record(result, digest(path))

    return score


def main(folder: Path, names: list[str]) -> int:
    """Score the sets that are in ``folder`` (those of ``names``, when some are given), each in a
    process of its own; 1 when one cannot be scored."""
    measured: dict[str, Any] = {"sets": {}}
    if RECORD.exists():
        measured = json.loads(RECORD.read_text(encoding="utf-8"))
    paths = [
        DOCS.parent / each.file if each.file else folder / f"{each.name}.jsonl"
        for each in accuracy.sets()
        if not names or each.name in names
    ]
    for path in paths:
        if not path.exists():
            print(f"{path.stem}: passed over: there is no {path}", flush=True)
    # The largest first, so that none is left to run alone at the end.
    found = sorted(filter(Path.exists, paths), key=lambda path: -path.stat().st_size)
    open_gazetteer()  # built once, here, and not by each process
    failed = 0
    workers = min(os.cpu_count() or 1, len(found))
    for number, kept in map_unordered(scorer, found, workers=workers, in_flight=1):
        if isinstance(kept, Failure):
            failed = 1
            print(f"{found[number].stem}: {kept.reason}", flush=True)
            continue
        measured["sets"][found[number].stem] = kept
        write(measured)
    print(f"written: {PAGE.relative_to(DOCS.parent)}")
    return failed


def write(measured: dict[str, Any]) -> None:
    """Keep the figures, and write the page of them; sets in the order of the page."""
    kept = measured["sets"]
    ordered = {each.name: kept[each.name] for each in accuracy.sets() if each.name in kept}
    record = {**measured, "sets": ordered}
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(accuracy.page(record), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

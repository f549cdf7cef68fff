"""tables: a result as lines to read in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.agreement import Count
from dateline.gold.reading import (
    NOTE,
    OVERALL,
    SLOT,
    TYPE,
    Average,
    Fault,
    Measure,
    Result,
)

HEADINGS = {OVERALL: "", SLOT: "slots", TYPE: "types", NOTE: "beside the scores"}
_WIDTH = 30


def table(result: Result) -> str:
    """Every measure of a result: gold, ours, right, precision, recall and F1, or a share."""
    lines = [f"{'':{_WIDTH}}  gold  ours right      P     R    F1"]
    for group in dict.fromkeys((*HEADINGS, *(m.group for m in result.measures))):
        measures = [measure for measure in result.measures if measure.group == group]
        heading = HEADINGS.get(group, group)
        if measures and heading:
            lines.append(heading)
        lines += [_line(measure, "  " if heading else "") for measure in measures]
    lines.append(f"{result.items} items, {len(result.refused)} refused")
    lines += [f"note: {note}" for note in result.notes]
    lines += [f"refused: {ref}: {reason}" for ref, reason in result.refused]
    return "\n".join(lines)


def _line(measure: Measure, indent: str) -> str:
    name, figure = f"{indent}{measure.name}", measure.figure
    if isinstance(figure, Count):
        values = (figure.precision, figure.recall, figure.f1)
        shares = " ".join(_share(value) for value in values)
        return f"{name:{_WIDTH}} {figure.gold:5} {figure.ours:5} {figure.right:5}  {shares}"
    if isinstance(figure, Average):
        return f"{name:{_WIDTH}} {'':5} {'':5} {'':5}  {_share(figure.value)}"
    return f"{name:{_WIDTH}} {figure.of:5} {'':5} {figure.right:5}  {_share(figure.value)} right"


def _share(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.2f}"


def worst(faults: Iterable[Fault], limit: int | None = None) -> list[tuple[str, list[Fault]]]:
    """Items with their faults, those with the greatest sum of weights first; ``limit``: how many
    at most. Items of equal weight stay in the order of the gold. A few gold files give one id to
    two texts; they are two items."""
    items: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        items.setdefault((fault.ref, fault.text), []).append(fault)
    ordered = sorted(items.items(), key=lambda item: -sum(fault.weight for fault in item[1]))
    return [(ref, found) for (ref, _), found in ordered[:limit]]


def of_kind(faults: Iterable[Fault], kind: str | None) -> list[Fault]:
    """The faults whose kind and name hold some words; all when none are given."""
    return [fault for fault in faults if kind is None or kind in f"{fault.kind} {fault.name}"]


def counts(faults: Sequence[Fault], limit: int = 40) -> str:
    """How often each kind and name occurs, the commonest first."""
    found = Counter((fault.kind, fault.name) for fault in faults).most_common()
    lines = [f"{number:5} {kind} {name}" for (kind, name), number in found[:limit]]
    if len(found) > limit:
        rest = sum(number for _, number in found[limit:])
        lines.append(f"{rest:5} of {len(found) - limit} other kinds")
    return "\n".join(lines)


def listing(faults: Sequence[Fault], limit: int) -> str:
    """The ``limit`` worst items, every fault of each with its reason on a line."""
    lines = []
    for ref, found in worst(faults, limit):
        weight = sum(fault.weight for fault in found)
        lines.append(f"-- {ref}: {len(found)} fault{'' if len(found) == 1 else 's'} ({weight:g})")
        for fault in found:
            sides = (("gold", fault.gold), ("ours", fault.ours))
            values = "".join(f"  {side} [{value}]" for side, value in sides if value)
            lines.append(f"   {fault.kind} {fault.name} at {fault.at}{values}  {fault.words}")
    return "\n".join(lines)

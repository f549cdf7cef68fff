"""accuracy: the figures on every set there is, kept as a record, and the page made of it.

The record is JSON in the repository; so the page can be written anew, and checked, where the sets
are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from dateline.agreement import Count
from dateline.gold.floors import GATED
from dateline.gold.reading import Average, Measure, Result, Share
from dateline.language.loading import Rules, load


class GoldSet(Rules):
    """One set: its name, the ``file`` it is in (from the root of the repository; without it, the
    file of that name in the folder of real sets), its language, what it is for, what it is, whose
    it is."""

    name: str
    file: str | None = None
    lang: str
    use: Literal["development", "test"]
    about: str
    source: str


class GoldSets(Rules):
    """The whole of ``resources/gold/sets.toml``."""

    version: str
    set: tuple[GoldSet, ...]


def sets() -> tuple[GoldSet, ...]:
    """The sets, in the order of the page. Raises ResourceError when the list is broken."""
    return load(GoldSets, "gold", "sets.toml").set


def record(result: Result, sha256: str) -> dict[str, Any]:
    """What is kept of a result: the measures that have floors, and what was left out."""
    return {
        "reader": result.reader,
        "sha256": sha256,
        "items": result.items,
        "refused": len(result.refused),
        "measures": [_kept(measure) for measure in result.measures if measure.group in GATED],
        "notes": list(result.notes),
    }


def _kept(measure: Measure) -> dict[str, Any]:
    figure = measure.figure
    counts = (
        {"gold": figure.gold, "ours": figure.ours, "right": figure.right}
        if isinstance(figure, Count)
        else {"of": figure.of, "right": figure.right}
    )
    if isinstance(figure, Average):
        counts = {"average": figure.right}
    return {"group": measure.group, "name": measure.name, **counts}


def measure_of(kept: Mapping[str, Any]) -> Measure:
    """A measure as it was recorded."""
    figure: Count | Share
    if "average" in kept:
        figure = Average(kept["average"], 10_000)
    elif "of" in kept:
        figure = Share(kept["right"], kept["of"])
    else:
        figure = Count(kept["gold"], kept["ours"], kept["right"])
    return Measure(kept["group"], kept["name"], figure)


_HEAD = """\
# Accuracy

What `make evaluate` measured last, on every set of real reports that the project has. The sets are
not part of the repository; `make evaluate` looks for them in `../shared/eval`, or in the folder
that `EVAL` names.

## How to read it

- **Development or test.** The texts and the faults of a development set were read while the rules
  were written, so expect less on reports of your own. Of a test set only the figures were looked
  at: they are the fairer ones.
- **gold** is how many the gold has, **ours** how many were found, **right** how many of those
  agree. P is precision (right of ours), R recall (right of the gold), F1 their harmonic mean. Where
  only one number makes sense it stands under *share*: right of all that were compared.
- What counts as found and as equal is said in the notes below the table, and in the readers in
  `src/dateline/gold/`.
- Gold is made by people and is not free of error. Two independent codings of 16 of the French
  reports agree on claims at F1 0.92, on actors at 0.94, on targets at 0.95, on times at 0.93, on
  casualties at 0.94, on attribution at 0.94, on evidence at 0.67.
- `dateline evaluate FILE --errors 20` lists the worst items of a set with what is wrong in
  each, and `--page errors.html` shows them with the words of both sides marked.
- The floors in `quality.json` keep these figures from falling unnoticed: `make test` holds the fast
  sets to them, `make test-slow` all. `dateline evaluate --gate quality.json --raise` lifts them;
  `--allow-regression REASON` lowers those that fail, and keeps the reason."""


def page(measured: Mapping[str, Any]) -> str:
    """The page ``docs/reference/accuracy.md`` from the record: ``{"sets": {name: record}}``."""
    known: Mapping[str, Any] = measured["sets"]
    listed = [each for each in sets() if each.name in known]
    lines = [_HEAD, "", "## The sets", "", "| set | language | use | items | what it is | source |"]
    lines.append("|---|---|---|---|---|---|")
    for each in listed:
        items = f"{known[each.name]['items']:,}"
        cells = (f"`{each.name}`", each.lang, each.use, items, each.about, each.source)
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## The figures", ""]
    lines.append("| set | measure | gold | ours | right | P | R | F1 | share |")
    lines.append("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for each in listed:
        for kept in known[each.name]["measures"]:
            lines.append(_row(each, measure_of(kept)))
    lines += ["", "## Notes", ""]
    lines += _notes(listed, known)
    return "\n".join([*lines, ""])


def _row(each: GoldSet, measure: Measure) -> str:
    figure = measure.figure
    if isinstance(figure, Count):
        numbers = (figure.gold, figure.ours, figure.right)
        shares = (figure.precision, figure.recall, figure.f1)
        cells = [*(f"{n:,}" for n in numbers), *(_share(share) for share in shares), ""]
    elif isinstance(figure, Average):
        cells = ["", "", "", "", "", "", _share(figure.value)]
    else:
        cells = [f"{figure.of:,}", "", f"{figure.right:,}", "", "", "", _share(figure.value)]
    return f"| `{each.name}` | {measure.name} | {' | '.join(cells)} |"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _notes(listed: Sequence[GoldSet], known: Mapping[str, Any]) -> list[str]:
    """Each note once, with the sets that it is about; what was refused; which gold it was."""
    of: dict[str, list[str]] = {}
    for each in listed:
        for note in known[each.name]["notes"]:
            of.setdefault(note.rstrip("."), []).append(f"`{each.name}`")
    lines = [f"- {', '.join(names)}: {note}." for note, names in of.items()]
    refused = Counter({each.name: known[each.name]["refused"] for each in listed})
    lines += [f"- `{name}`: {n} texts were refused." for name, n in refused.items() if n]
    lines += ["", "SHA-256 of the gold files:", ""]
    lines += [f"- `{each.name}`: `{known[each.name]['sha256']}`" for each in listed]
    return lines

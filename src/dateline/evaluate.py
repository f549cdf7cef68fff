"""evaluate: scores coded claims against gold ones, per event type and per slot.

What counts as found and as equal is in :mod:`dateline.agreement`. :func:`evaluate_reports` is pure;
only :func:`evaluate_command` reads files and prints.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from dateline.agreement import SLOTS, Count, Row, accuracies, compare, dated, pair, spans_of
from dateline.model import Claim, Document, Outcome


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement. ``group`` is "missed", "spurious", "type" or "slot"; ``name`` the event
    type or the slot; ``words`` the sentence with the trigger marked."""

    group: str
    name: str
    ref: str
    at: int
    gold: str
    ours: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that :func:`evaluate_reports` measures. ``accuracy`` maps a name to (right, of)."""

    reports: int
    typed: Count
    family: Count
    untyped: Count
    types: Mapping[str, Count]
    slots: Mapping[str, Count]
    accuracy: Mapping[str, tuple[int, int]]
    empty_reports: int
    claims_in_empty: int
    refused: tuple[tuple[str, str], ...] = ()
    faults: tuple[Fault, ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Any]:
        """The scores as a JSON object, without the list of faults."""
        return {
            "reports": self.reports,
            "claims": {
                "typed": self.typed.to_json(),
                "family": self.family.to_json(),
                "untyped": self.untyped.to_json(),
            },
            "slots": {name: count.to_json() for name, count in self.slots.items()},
            "accuracy": {
                name: {"right": right, "of": of, "accuracy": right / of if of else None}
                for name, (right, of) in self.accuracy.items()
            },
            "types": {name: count.to_json() for name, count in self.types.items()},
            "empty_reports": self.empty_reports,
            "claims_in_empty_reports": self.claims_in_empty,
            "refused": [{"ref": ref, "reason": reason} for ref, reason in self.refused],
        }


def evaluate_reports(rows: Iterable[Row], code: Callable[[Document], Outcome]) -> Scores:
    """Code every gold row's text and score what comes out against the row's claims.

    A row has ``id``, ``text``, ``claims``, and optionally ``lang`` and ``published``. A report that
    is refused counts as one without claims, and is named in ``refused``.
    """
    reports = empty = in_empty = 0
    found = {"typed": Count(), "family": Count(), "untyped": Count()}
    types: dict[str, Count] = {}
    slots = {name: Count() for name in SLOTS}
    accuracy: Counter[tuple[str, bool]] = Counter()
    refused: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for row in rows:
        outcome = code(document_of(row))
        gold, claims = row["claims"], outcome.claims
        ours = [_plain(claim) for claim in claims]
        reports += 1
        if not gold:
            empty, in_empty = empty + 1, in_empty + len(ours)
        if outcome.status not in ("coded", "empty"):
            refused.append((str(row["id"]), f"{outcome.status}: {outcome.reason}"))
        pairs: list[tuple[int, int]] = []
        for level in ("typed", "family", "untyped"):
            pairs = pair(gold, ours, level)
            found[level] += Count(len(gold), len(ours), len(pairs))
            if level == "typed":
                right = Counter(gold[g]["type"] for g, _ in pairs)
                for side, claims_of in (("gold", gold), ("ours", ours)):
                    for name, n in Counter(claim["type"] for claim in claims_of).items():
                        types[name] = types.get(name, Count()) + Count(**{side: n})
                for name, n in right.items():
                    types[name] += Count(right=n)
        for g, o in pairs:
            for name in SLOTS:
                slots[name] += compare(name, gold[g], ours[o])
            for name, agreed in accuracies(gold[g], ours[o]):
                accuracy[name, agreed] += 1
        faults += _faults(row, gold, ours, pairs)
    return Scores(
        reports=reports,
        **found,
        types=dict(sorted(types.items(), key=lambda item: (-item[1].gold, item[0]))),
        slots=slots,
        accuracy={
            name: (accuracy[name, True], accuracy[name, True] + accuracy[name, False])
            for name in ("modality", "negated", "attribution role", "place within 161 km")
        },
        empty_reports=empty,
        claims_in_empty=in_empty,
        refused=tuple(refused),
        faults=tuple(faults),
    )


def document_of(row: Row) -> Document:
    """A gold row as a document to code, without its claims."""
    given = {key: value for key, value in row.items() if key != "claims"}
    return Document(
        data=json.dumps(given, ensure_ascii=False).encode(),
        media="json",
        ref=str(row["id"]),
        lang=row.get("lang"),
        published=row.get("published"),
    )


def _plain(claim: Claim) -> Row:
    """Our claim in the shape of a gold one: one place, the first, which is the most specific."""
    plain = claim.to_json()
    plain["place"] = plain["places"][0] if plain["places"] else None
    return plain


def _faults(
    row: Row, gold: Sequence[Row], ours: Sequence[Row], pairs: Sequence[tuple[int, int]]
) -> Iterable[Fault]:
    def fault(group: str, name: str, claim: Row, gold: str = "", ours: str = "") -> Fault:
        words = _context(row["text"], claim["trigger"])
        return Fault(group, name, str(row["id"]), claim["trigger"]["start"], gold, ours, words)

    paired_gold, paired_ours = {g for g, _ in pairs}, {o for _, o in pairs}
    for n, claim in enumerate(gold):
        if n not in paired_gold:
            yield fault("missed", claim["type"], claim)
    for n, claim in enumerate(ours):
        if n not in paired_ours:
            rule = claim["provenance"].get("type", "")
            yield fault("spurious", claim["type"], claim, "" if gold else "no claims", rule)
    for g, o in pairs:
        if gold[g]["type"] != ours[o]["type"]:
            rule = ours[o]["provenance"].get("type", "")
            yield fault("type", f"{gold[g]['type']} > {ours[o]['type']}", ours[o], "", rule)
        for name in SLOTS:
            count = compare(name, gold[g], ours[o])
            if count.right < max(count.gold, count.ours):
                shown = _shown(gold[g], name), _shown(ours[o], name)
                yield fault("slot", name, gold[g], *shown)
        for name in ("modality", "negated"):
            if gold[g][name] != ours[o][name]:
                yield fault("slot", name, gold[g], str(gold[g][name]), str(ours[o][name]))


def _shown(claim: Row, slot: str) -> str:
    """A slot's values in a few words."""
    if slot == "when":
        dates, words = dated(claim), (claim["when"] or {}).get("text") or "-"
        return f"{words} = {'..'.join(str(date) for date in dates)}" if dates else words
    spans = spans_of(claim, slot)
    if slot == "casualties":
        return "; ".join(f"{s['text']} = {s['kind']} {s['min']}..{s['max']}" for s in spans) or "-"
    return "; ".join(s["text"] for s in spans) or "-"


def _context(text: str, trigger: Row, around: int = 110) -> str:
    """The words around a trigger on one line, the trigger in ⟦ ⟧."""
    start, end = trigger["start"], trigger["end"]
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold file (JSON Lines). Raises GoldError with the file and line of a row
    that is no gold."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: not JSON: {error.msg}") from None
        missing = [k for k in ("id", "text", "claims") if not isinstance(row, dict) or k not in row]
        if missing:
            raise GoldError(f"{path}:{number}: not a gold report: no {', '.join(missing)}")
        rows.append(row)
    return rows


class GoldError(click.ClickException):
    """A gold file is not usable; the message says where and why."""

    exit_code = 2


def _percent(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.2f}"


def table(scores: Scores) -> str:
    """The scores as text for a terminal: claims, slots, event types."""
    lines = [f"{'':26}  gold  ours right      P     R    F1"]

    def add(name: str, count: Count) -> None:
        lines.append(
            f"{name:26} {count.gold:5} {count.ours:5} {count.right:5}  "
            f"{_percent(count.precision)} {_percent(count.recall)} {_percent(count.f1)}"
        )

    add("claims, typed", scores.typed)
    add("claims, family", scores.family)
    add("claims, untyped", scores.untyped)
    lines.append("slots, on untyped pairs")
    for name, count in scores.slots.items():
        add(f"  {name}", count)
    for name, (right, of) in scores.accuracy.items():
        share = _percent(right / of if of else None)
        lines.append(f"  {name:24} {of:5} {'':5} {right:5}  {share} right")
    lines.append("event types")
    for name, count in scores.types.items():
        add(f"  {name}", count)
    lines.append(
        f"{scores.reports} reports, {len(scores.refused)} refused; {scores.claims_in_empty} claims "
        f"in the {scores.empty_reports} reports that have none in the gold"
    )
    lines += [f"refused: {ref}: {reason}" for ref, reason in scores.refused]
    return "\n".join(lines)


def listing(scores: Scores, limit: int) -> str:
    """Up to ``limit`` faults of every kind and name, one a line, the commonest kinds first."""
    lines: list[str] = []
    for group in ("missed", "spurious", "type", "slot"):
        faults = [fault for fault in scores.faults if fault.group == group]
        lines.append(f"\n== {group}: {len(faults)}")
        for name, n in Counter(fault.name for fault in faults).most_common():
            lines.append(f"-- {group} {name}: {n}")
            for fault in [f for f in faults if f.name == name][:limit]:
                where = f"{fault.ref.removeprefix('wikinews-')}:{fault.at}"
                sides = (("gold", fault.gold), ("ours" if group == "slot" else "by", fault.ours))
                values = "".join(f"  {side} [{value}]" for side, value in sides if value)
                lines.append(f"{where}{values}  {fault.words}")
    return "\n".join(lines)


@click.command("evaluate", epilog="Example: dateline evaluate gold.jsonl --errors 5")
@click.argument(
    "gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to read. json: for programs; with --errors, every fault too.",
)
@click.option("--errors", type=click.IntRange(min=0), default=0, help="List N faults of each kind.")
@click.option("--no-gate", is_flag=True, help="Parse every paragraph, not only likely ones.")
def evaluate_command(gold: tuple[Path, ...], format_: str, errors: int, no_gate: bool) -> None:
    """Score the claims coded from GOLD reports against the claims written down for them."""
    rows = [row for path in gold for row in read_gold(path)]
    # Imported here, so that a file that is no gold is refused at once.
    from dateline.config import Settings
    from dateline.pipeline import Coder

    settings = Settings.from_environment()
    coder = Coder(settings.model_copy(update={"gate": False}) if no_gate else settings)
    scores = evaluate_reports(rows, coder.code)
    if format_ == "json":
        result = scores.to_json()
        if errors:
            result["faults"] = [dataclasses.asdict(fault) for fault in scores.faults]
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    click.echo(table(scores))
    if errors:
        click.echo(listing(scores, errors))

"""evaluate: scores what is coded against gold of several forms, and holds the scores to floors.

What is found and what is equal is each reader's to say, see :mod:`dateline.gold`. This is the
command: it reads files, prints, and writes the page of errors and the file of floors.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.gold import READERS, reader_of
from dateline.gold.claims import document_of
from dateline.gold.reading import (
    Code,
    GoldError,
    Reader,
    Result,
    Row,
    Seen,
    nothing_seen,
    read_rows,
)
from dateline.text import printable

if TYPE_CHECKING:
    from dateline.gold.floors import Fall, Floor, Floors

__all__ = ["Gold", "document_of", "evaluate_command", "gold_of"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file that a reader knows, and the rows to score: every ``every``-th."""

    path: Path
    reader: Reader
    rows: Sequence[Row]
    every: int = 1

    @property
    def name(self) -> str:
        """The file's name, and which part of it is scored."""
        return self.path.name + ("" if self.every == 1 else f", one row in {self.every}")

    def score(self, code: Code, seen: Seen = nothing_seen) -> Result:
        """What the reader finds."""
        return self.reader.score(self.rows, code, seen)


def gold_of(path: Path, every: int = 1) -> Gold:
    """A gold file with its reader. Raises GoldError when no reader knows it or a row is no gold."""
    rows = read_rows(path)
    if not rows:
        raise GoldError(f"{path}: no gold in it")
    reader = reader_of(rows[0])
    if reader is None:
        known = ", ".join(place.partition(":")[0] for place in READERS)
        keys = ", ".join(sorted(rows[0]))
        raise GoldError(f"{path}: no form of gold that is known ({known}); its keys are {keys}")
    return Gold(path, reader, read_rows(path, reader.needs)[::every], every)


@click.command(
    "evaluate",
    epilog="""\b
Examples:
  dateline evaluate gold.jsonl --errors 20
  dateline evaluate gold.jsonl --errors 20 --kind "slot when" --page errors.html
  dateline evaluate --gate quality.json""",
)
@click.argument(
    "gold", nargs=-1, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to read. json: for programs; with --errors, every fault too.",
)
@click.option(
    "--errors",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="List the N worst items, each fault with its reason; 20 is usual.",
)
@click.option("--kind", metavar="WORDS", help="Only faults whose kind and name hold these words.")
@click.option(
    "--page", type=_FILE, help="Write a page of the faulty items (the N worst with --errors)."
)
@click.option(
    "--every", metavar="N", type=click.IntRange(min=1), default=1, help="Score one row in N."
)
@click.option("--every-paragraph", is_flag=True, help="Parse all, not only likely paragraphs.")
@click.option(
    "--gate",
    "floors",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Hold the scores to the floors in this file: all its sets, or those of GOLD.",
)
@click.option("--fast", is_flag=True, help="With --gate: only the sets that are not slow.")
@click.option("--raise", "lift", is_flag=True, help="With --gate: lift floors to what is reached.")
@click.option(
    "--allow-regression",
    "reason",
    metavar="REASON",
    help="With --gate: lower the floors that fail, and keep the reason.",
)
def evaluate_command(
    gold: tuple[Path, ...],
    format_: str,
    errors: int,
    kind: str | None,
    page: Path | None,
    every: int,
    every_paragraph: bool,
    floors: Path | None,
    fast: bool,
    lift: bool,
    reason: str | None,
) -> None:
    """Score what is coded from GOLD reports against what is written down for them.

    The form of each file is known by its first row: claims, PLOVER sentences, MUC-4 templates,
    dates, places, named entities.

    With --gate the exit code is 1 when a score is below its floor or a gold file is another.
    """
    if floors is not None:
        _gate(floors, gold, every, fast=fast, lift=lift, reason=reason)
        return
    if fast or lift or reason is not None:
        raise click.UsageError("--fast, --raise and --allow-regression go with --gate")
    if not gold:
        raise click.UsageError("name a gold file, or --gate FILE")
    sets = [gold_of(path, every) for path in gold]
    code = _coder(every_paragraph)
    results = [(each, _scored(each, code)) for each in sets]
    from dateline.gold import tables

    if format_ == "json":
        files = [_json(each, result, kind, bool(errors)) for each, result in results]
        shown = json.dumps({"files": files}, ensure_ascii=False, indent=2)
        # Half a surrogate pair cannot be written as UTF-8; its escape is JSON for it.
        click.echo(shown.encode("utf-8", "backslashreplace"))
    else:
        for number, (each, result) in enumerate(results):
            if number:
                click.echo()
            _say(f"{each.name}: {each.reader.title}")
            _say(tables.table(result))
            if errors:
                found = tables.of_kind(result.faults, kind)
                _say(f"\nfaults: {len(found)}\n{tables.counts(found)}\n")
                _say(tables.listing(found, errors))
    if page is not None:
        _write_page(page, results, kind, errors or None)


def _say(text: str) -> None:
    """Lines on standard output, in which nothing can act on a terminal."""
    for line in text.split("\n"):
        click.echo(printable(line))


def _coder(every_paragraph: bool = False) -> Code:
    # Imported here, so that a file that is no gold is refused at once.
    from dateline.config import Settings
    from dateline.pipeline import Coder

    settings = Settings.from_environment()
    return Coder(settings.model_copy(update={"gate": False}) if every_paragraph else settings).code


def _scored(gold: Gold, code: Code) -> Result:
    with _progress(gold.name, len(gold.rows)) as seen:
        return gold.score(code, seen)


@contextmanager
def _progress(name: str, total: int) -> Iterator[Seen]:
    """A bar on standard error, when that is a terminal; what is given moves it by one row."""
    if not sys.stderr.isatty():
        yield nothing_seen
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(name), total=total)
        yield lambda: bar.advance(task)


def _json(gold: Gold, result: Result, kind: str | None, faults: bool) -> dict[str, Any]:
    from dateline.gold.floors import digest
    from dateline.gold.tables import of_kind

    found: dict[str, Any] = {
        "file": str(gold.path),
        "sha256": digest(gold.path),
        "every": gold.every,
        **result.to_json(),
    }
    if faults:
        found["faults"] = [fault.to_json() for fault in of_kind(result.faults, kind)]
    return found


def _write_page(
    path: Path, results: Sequence[tuple[Gold, Result]], kind: str | None, limit: int | None
) -> None:
    from dataclasses import replace

    from dateline.gold.page import page
    from dateline.gold.tables import of_kind

    shown = [
        (gold.name, replace(result, faults=tuple(of_kind(result.faults, kind))))
        for gold, result in results
    ]
    path.write_text(page(shown, limit), encoding="utf-8")
    click.echo(f"written: {path}", err=True)


def _gate(
    path: Path, gold: Sequence[Path], every: int, *, fast: bool, lift: bool, reason: str | None
) -> None:
    """Check the sets of a file of floors, and change the file as asked."""
    from dateline.gold import floors as pinned

    if reason is not None and not reason.strip():
        raise click.UsageError("--allow-regression wants a reason")
    if not path.exists() and not (lift and gold):
        raise click.UsageError(f"{path} does not exist; --raise GOLD... makes it")
    file = pinned.read(path) if path.exists() else pinned.Floors()
    chosen = _chosen(file, path.parent, gold, every, fast=fast, lift=lift)
    code = _coder()
    failed: list[Fall] = []
    held = lifted = 0
    for name, floor in chosen.items():
        where = path.parent / floor.file
        if not where.exists():
            click.echo(f"{name}: passed over: there is no {where}", err=True)
            continue
        result = _scored(gold_of(where, floor.every), code)
        fallen = pinned.falls(name, floor, result, pinned.digest(where))
        held += sum(map(len, floor.floors.values())) - len(fallen)
        if fallen and reason is not None:
            today = datetime.date.today()
            kept = tuple(pinned.entry(fall, reason, today) for fall in fallen)
            floor = pinned.lowered(floor, result, fallen)
            file = file.model_copy(update={"lowered": (*file.lowered, *kept)})
        elif fallen:
            failed += fallen
        if lift and (reason is not None or not any(isinstance(fall.was, str) for fall in fallen)):
            # Figures on another gold are no rise.
            before, floor = floor, pinned.raised(floor, result)
            lifted += pinned.differing(before, floor)
        for fall in fallen:
            click.echo(f"{fall}{'' if reason is None else ' (allowed)'}")
        file = file.model_copy(update={"sets": {**file.sets, name: floor}})
    if lift or reason is not None:
        pinned.write(path, file)
    rise = f", {lifted} set or lifted" if lift else ""
    click.echo(f"{held} floors hold, {len(failed)} do not{rise}", err=True)
    if failed:
        click.get_current_context().exit(1)


def _chosen(
    file: Floors, folder: Path, gold: Sequence[Path], every: int, *, fast: bool, lift: bool
) -> dict[str, Floor]:
    """The sets to check: all, or those of the gold files; with ``lift`` also new ones."""
    from dateline.gold.floors import Floor, digest

    sets = {name: floor for name, floor in file.sets.items() if not (fast and floor.slow)}
    if not gold:
        return sets
    found: dict[str, Floor] = {}
    for path in gold:
        wanted = path.resolve()
        known = {
            name: floor
            for name, floor in sets.items()
            if (folder / floor.file).resolve() == wanted and every in (1, floor.every)
        }
        if not known and not lift:
            raise click.UsageError(f"{path} has no floors; --raise sets them")
        if not known:
            name = path.stem if every == 1 else f"{path.stem}, one in {every}"
            relative = Path(os.path.relpath(wanted, folder.resolve())).as_posix()
            known = {name: Floor(file=relative, sha256=digest(path), every=every)}
        found |= known
    return found

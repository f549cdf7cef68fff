"""The command line: ``dateline VERB``. Nothing heavy is imported before a verb needs it.

Results go to standard output, progress and messages to standard error. Exit codes: 0 done; 1 done,
with some items failed, each named; 2 the request itself was wrong, or nothing of it could be done.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from dateline import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.config import Settings
    from dateline.model import Document, Outcome

FORMATS = ("table", "jsonl", "html")
ELSEWHERE = {
    "evaluate": ("dateline.evaluate:evaluate_command", "Score claims against gold, slot by slot."),
}
"""Verbs that other modules define: where, and what the list of verbs says of them."""

INTERRUPTED = 130
_ONE_LINERS = ("GazetteerError", "OutputError", "Refused", "ResourceError", "SettingsError")
"""Our own exceptions, whose message is one line for a user; by name, so that none is imported."""


class Problem(click.ClickException):
    """The request cannot be carried out: one line of what, where and what to do. Exit code 2."""

    exit_code = 2


class Verbs(click.Group):
    """The group of verbs: loads a verb's module when it is called, and lets no traceback out."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        found = [
            verb
            for verb, (target, _) in ELSEWHERE.items()
            if importlib.util.find_spec(target.partition(":")[0]) is not None
        ]
        return sorted({*super().list_commands(ctx), *found})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = ELSEWHERE[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for verb in self.list_commands(ctx):
            known = ELSEWHERE.get(verb)
            command = None if known else self.get_command(ctx, verb)
            rows.append(
                (verb, known[1] if known else command.get_short_help_str() if command else "")
            )
        with formatter.section("Verbs"):
            formatter.write_dl(rows)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the verb that ``args`` name and exit. Whatever goes wrong becomes one line on
        standard error and an exit code (unless ``standalone_mode`` is off)."""
        code: Any = 0
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BaseException as error:
            code = _report(error)
        if code == _PIPE_CLOSED:
            # Whoever read the output has all that it wanted; Python must not flush the rest.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 0
        sys.exit(code if isinstance(code, int) else 0)


_PIPE_CLOSED = -1


def _report(error: BaseException) -> int:
    """Say what went wrong in one line, and give the exit code."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        path = error.ctx.command_path
        _say(f"{error.format_message().rstrip('.')}; see {path} --help")
        return 2
    if isinstance(error, click.ClickException):
        _say(error.format_message())
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        _say("stopped")
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return _PIPE_CLOSED
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 2
    if os.environ.get("DATELINE_TRACEBACK") in ("1", "true"):
        raise error
    kind = type(error).__name__
    if kind in _ONE_LINERS:
        _say(str(error))
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}; check the path, its permissions and free space")
    elif isinstance(error, MemoryError):
        _say("out of memory; give fewer or smaller reports, or fewer --workers")
    else:
        _say(f"internal error: {kind}: {error}; set DATELINE_TRACEBACK=1 and report what it shows")
    return 2


def _say(message: str) -> None:
    """One line on standard error; a closed standard error is no reason to fail."""
    from dateline.text import printable

    with contextlib.suppress(OSError, ValueError, AttributeError):
        line = f"dateline: {printable(message)}\n"
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: dateline code report.txt --published 2020-05-21",
)
@click.version_option(__version__, prog_name="dateline")
@click.pass_context
def main(ctx: click.Context) -> None:
    """News reports of armed conflict in, an auditable record of claims out: who is said to have
    done what to whom, where, when, and according to whom."""
    _quieten()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _quieten() -> None:
    """Libraries' own warnings are for their developers; what a user must know is an outcome."""
    if os.environ.get("DATELINE_TRACEBACK") in ("1", "true"):
        return
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)


@main.command(
    epilog="""\b
Examples:
  dateline code report.txt --published 2020-05-21
  dateline code reports/ --format jsonl --output claims.jsonl
  cat report.txt | dateline code - --lang fr --format html > report.html"""
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--lang", metavar="CODE", help="The reports' language. Without it, it is found.")
@click.option(
    "--published",
    metavar="DATE",
    help="The day of publication, YYYY-MM-DD, for reports that do not say it: what 'Thursday' is "
    "counted from.",
)
@click.option("--outlet", metavar="NAME", help="Who published, for reports that do not say it.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="table: to read. jsonl: one claim a line, for programs. html: one page to read with the "
    "words marked.",
)
@click.option("--with-text", is_flag=True, help="jsonl: add the article's text to each claim.")
@click.option("--no-gate", is_flag=True, help="Parse every paragraph. The same claims, slower.")
@click.option("--workers", type=click.IntRange(1, 256), help="Code on N processes.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file, whole or not at all.",
)
def code(
    paths: tuple[str, ...],
    lang: str | None,
    published: str | None,
    outlet: str | None,
    format_: str,
    with_text: bool,
    no_gate: bool,
    workers: int | None,
    output: Path | None,
) -> int:
    """Reports in, claims out. No database, no network.

    PATH is a text or HTML file, a folder of them, a JSON Lines file (.jsonl: one report a line
    with "text" or "html", and optionally "id", "lang", "published", "title", "url", "outlet"), or -
    for standard input.
    """
    from dateline.config import Settings
    from dateline.export.stream import writable
    from dateline.sources.files import read_documents
    from dateline.stages.extract import Refused

    settings = Settings.from_environment()
    if no_gate:
        settings = settings.model_copy(update={"gate": False})
    if with_text and format_ != "jsonl":
        raise Problem("--with-text goes with --format jsonl; the other formats show the text")
    if lang is not None:
        lang = _known_language(lang)
    try:
        items = read_documents(
            paths, lang=lang, published=published, outlet=outlet, settings=settings
        )
    except Refused as error:
        raise Problem(f"--published: {error}") from None
    tally = Tally()
    with writable(output) as out:
        outcomes = tally.watch(_coded(items, settings, workers or settings.workers))
        _write(_progress(outcomes, out), out, format_, with_text)
    tally.close()
    return tally.exit_code


def _known_language(lang: str) -> str:
    from dateline.language import available

    if lang not in available():
        known = ", ".join(available())
        raise Problem(f"--lang: there are no resources for {lang!r}; there are: {known}")
    return lang


def _write(outcomes: Iterable[Outcome], out: TextIO, format_: str, with_text: bool) -> None:
    if format_ == "jsonl":
        from dateline.export import jsonl

        jsonl.write(outcomes, out, with_text=with_text)
    elif format_ == "html":
        from dateline.export import html

        html.write(outcomes, out)
    else:
        from dateline.export import table

        table.write(outcomes, out, colour=out.isatty() and "NO_COLOR" not in os.environ)


def _coded(
    items: Iterable[Document | Outcome], settings: Settings, workers: int
) -> Iterator[Outcome]:
    """The outcome of each item, in their order. A fault in coding one is its outcome."""
    from dateline.executors.local import Failure, in_order, map_unordered

    make = partial(_coder, settings)
    if workers > 1:
        # Before there are workers, who would each build it.
        items = _indexed(items)
    results = map_unordered(make, items, workers=workers, in_flight=settings.in_flight)
    for result in in_order(results):
        if not isinstance(result, Failure):
            yield result
        elif result.kind in ("ResourceError", "GazetteerError"):
            raise Problem(result.reason.partition(": ")[2])
        else:
            from dateline.model import Outcome

            why = f"internal error: {result.reason}; please report it with the text"
            yield Outcome(ref=result.item.ref, status="failed", reason=why)


def _indexed(items: Iterable[Document | Outcome]) -> Iterator[Document | Outcome]:
    from dateline.model import Outcome

    for item in items:
        if not isinstance(item, Outcome):
            _places()
        yield item


@cache
def _places() -> None:
    """Have the index of places: it is built at first use, which takes a while and is said."""
    from dateline.gazetteer import open_gazetteer

    open_gazetteer(progress=_say_that_places_are_built)


@cache
def _said(message: str) -> None:
    _say(message)


def _say_that_places_are_built(step: str, done: int) -> None:
    _said("building the index of places, once; it takes about ten seconds")


def _coder(settings: Settings) -> Callable[[Document | Outcome], Outcome]:
    """What each worker makes once: the function that codes one item."""
    from dateline.model import Outcome

    _quieten()
    coders: list[Any] = []

    def function(item: Document | Outcome) -> Outcome:
        if isinstance(item, Outcome):
            return item
        if not coders:
            # Not before there is a document: a path that is wrong is refused at once.
            from dateline.pipeline import Coder

            coders.append(Coder(settings, ready=_places))
        outcome: Outcome = coders[0].code(item)
        return outcome

    return function


@dataclass
class Tally:
    """Counts outcomes as they pass, and names each that failed on standard error."""

    done: int = 0
    claims: int = 0
    failed: int = 0
    skipped: int = 0

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes unchanged, less those of files that are no reports."""
        for outcome in outcomes:
            if outcome.status == "skipped":
                self.skipped += 1
                continue
            if outcome.status == "coded":
                self.done += 1
                self.claims += len(outcome.claims)
            else:
                self.failed += 1
                _say(f"{outcome.ref}: {outcome.reason}")
            yield outcome

    def close(self) -> None:
        """The totals, in one line on standard error, unless all that was asked for failed."""
        if not self.done:
            return
        parts = [_count(self.done, "report"), _count(self.claims, "claim")]
        if self.failed:
            parts.append(f"{self.failed} failed")
        if self.skipped:
            parts.append(f"{_count(self.skipped, 'file')} of other kinds passed over")
        _say(", ".join(parts))

    @property
    def exit_code(self) -> int:
        """0 done; 1 some failed; 2 all that was asked for failed."""
        if not self.failed:
            return 0
        return 1 if self.done else 2


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _progress(outcomes: Iterable[Outcome], out: TextIO) -> Iterator[Outcome]:
    """The outcomes, with a count of them on standard error from the second one on, when that is a
    terminal and the results do not go to it."""
    if not sys.stderr.isatty() or out.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), "reports", MofNCompleteColumn(), TimeElapsedColumn())
    display = Progress(*columns, console=Console(stderr=True), transient=True)
    task = display.add_task("reports", total=None)
    try:
        for number, outcome in enumerate(outcomes, 1):
            if number == 2:
                display.start()
            display.update(task, completed=number)
            yield outcome
    finally:
        display.stop()


@main.group(epilog="Example: dateline gazetteer build allCountries.zip")
def gazetteer() -> None:
    """The index of place names."""


@gazetteer.command(epilog="Example: dateline gazetteer build allCountries.zip")
@click.argument(
    "dump", metavar="DUMP", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def build(dump: Path) -> int:
    """Build a fuller place index from a GeoNames download.

    DUMP is allCountries.zip, a country's ZIP, or the text file in it, from
    https://download.geonames.org/export/dump/. The index is used from then on.
    """
    from dateline.gazetteer import own_index
    from dateline.gazetteer.build import build_from_geonames

    path = own_index()
    path.parent.mkdir(parents=True, exist_ok=True)
    counts = build_from_geonames(dump, path)
    click.echo(", ".join(f"{name} {value:,}" for name, value in _fields(counts)))
    _say(f"the index is in {path}")
    return 0


def _fields(counts: Any) -> Iterator[tuple[str, int]]:
    import dataclasses

    for each in dataclasses.fields(counts):
        value = getattr(counts, each.name)
        if isinstance(value, int):
            yield each.name, value


if __name__ == "__main__":
    main()

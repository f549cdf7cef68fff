"""Documents from files, folders, JSON Lines and standard input.

A bad item never stops the others: it comes as an Outcome with a status and one line that says
what is wrong, where, and what to do.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from dateline.config import Settings
from dateline.model import Document, Outcome
from dateline.stages.extract import Refused, iso_date, read_line, too_large
from dateline.text import printable

STDIN = "-"
TEXT = frozenset({".txt", ".text", ""})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
_HTML_STARTS = (b"<!doctype html", b"<html")
_MARKUP_STARTS = (b"<?xml", b"<head", b"<!--")
_SNIFFED = 1024

Item = Document | Outcome


@dataclass(frozen=True, slots=True)
class _Given:
    """What the caller says of every document that does not say it itself."""

    lang: str | None
    published: str | None
    outlet: str | None

    def document(self, data: bytes, ref: str, media: str) -> Document:
        return Document(
            data=data,
            ref=ref,
            media=media,
            lang=self.lang,
            published=self.published,
            outlet=self.outlet,
        )


def read_documents(
    paths: Iterable[str | Path],
    *,
    lang: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Item]:
    """Every report below these paths, in order; "-" is standard input.

    A file is HTML by its suffix or its first bytes, JSON Lines by its suffix (standard input also
    by its first line), else text. A folder is read recursively, sorted by name; what is hidden is
    passed over, and a folder that links lead back to is read once. ``lang``, ``published`` and
    ``outlet`` fill what a report does not say of itself.

    Yields a Document for each report, and an Outcome for each item that is none: "missing",
    "unreadable", "empty", "too_large", "bad_line", "bad_date", "no_reports", or "skipped" for a
    file of another kind in a folder (which is no fault).

    Raises Refused for a ``published`` that is no date.
    """
    settings = settings or Settings()
    given = _Given(lang, iso_date(published) if published is not None else None, outlet)
    return _all(paths, given, settings)


def _all(paths: Iterable[str | Path], given: _Given, settings: Settings) -> Iterator[Item]:
    for path in paths:
        if str(path) == STDIN:
            yield from _standard_input(given, settings)
        else:
            yield from _path(Path(path), given, settings)


def _path(path: Path, given: _Given, settings: Settings) -> Iterator[Item]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        yield _fault(path, "missing", "there is no such file or folder; check the path")
        return
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    if is_folder:
        yield from _folder(path, given, settings)
    else:
        yield from _file(path, given, settings)


def _folder(root: Path, given: _Given, settings: Settings) -> Iterator[Item]:
    found = False
    for number, item in enumerate(_walk(root, set())):
        if number >= settings.max_folder_files:
            yield _fault(
                root,
                "too_large",
                f"more than {settings.max_folder_files:,} files; raise DATELINE_MAX_FOLDER_FILES",
            )
            return
        if isinstance(item, Outcome):
            found = True
            yield item
        elif item.suffix.lower() in TEXT | HTML | LINES:
            found = True
            yield from _file(item, given, settings)
        else:
            yield _fault(item, "skipped", f"passed over: {item.suffix} is no kind of report")
    if not found:
        kinds = ", ".join(sorted((TEXT | HTML | LINES) - {""}))
        yield _fault(root, "no_reports", f"no report in this folder; looked for {kinds}")


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Outcome]:
    """The regular files below a folder; an Outcome for a folder that cannot be listed."""
    try:
        about = folder.stat()
        if (about.st_dev, about.st_ino) in seen:
            return
        seen.add((about.st_dev, about.st_ino))
        with os.scandir(folder) as entries:
            listed = sorted(
                (entry for entry in entries if not entry.name.startswith(".")),
                key=lambda entry: entry.name,
            )
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for entry in listed:
        try:
            is_folder, is_file = entry.is_dir(), entry.is_file()
        except OSError as error:
            yield _unreadable(Path(entry.path), error)
            continue
        if is_folder:
            yield from _walk(Path(entry.path), seen)
        elif is_file:
            yield Path(entry.path)
        elif entry.is_symlink():
            yield _fault(Path(entry.path), "missing", "a link that leads nowhere; remove it")


def _file(path: Path, given: _Given, settings: Settings) -> Iterator[Item]:
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            if suffix in LINES:
                yield from _lines(stream, str(path), given, settings)
                return
            data = _read(stream, settings.max_input_bytes + 1)
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    yield _single(data, str(path), suffix in HTML, given, settings)


def _standard_input(given: _Given, settings: Settings) -> Iterator[Item]:
    ref = "stdin"
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        yield _fault(ref, "unreadable", "standard input is closed; give a file")
        return
    try:
        first = stream.readline(settings.max_input_bytes + 1)
        if _is_line(first):
            yield from _lines(stream, ref, given, settings, first)
            return
        rest = _read(stream, settings.max_input_bytes + 1 - len(first))
    except (OSError, ValueError) as error:
        yield _unreadable(ref, error)
        return
    yield _single(first + rest, ref, False, given, settings)


def _read(stream: BinaryIO, size: int) -> bytes:
    """At most ``size`` bytes, from a pipe too, where one read may give less than there is."""
    pieces = []
    while size > 0 and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _is_line(first: bytes) -> bool:
    if not first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        read_line(_without_mark(first))
    except Refused as refused:
        return refused.status != "bad_line" or b'"text"' in first or b'"html"' in first
    return True


def _single(data: bytes, ref: str, html: bool, given: _Given, settings: Settings) -> Item:
    if len(data) > settings.max_input_bytes:
        return _fault(ref, "too_large", too_large(settings).reason)
    if not data.strip():
        return _fault(ref, "empty", "there is nothing in it; give a report")
    return given.document(data, ref, "html" if html or _looks_like_html(data) else "text")


def _looks_like_html(data: bytes) -> bool:
    start = data[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")[2:]
    start = _without_mark(start).lstrip().lower()
    return start.startswith(_HTML_STARTS) or (
        start.startswith(_MARKUP_STARTS) and any(tag in start for tag in _HTML_STARTS)
    )


def _without_mark(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")


def _lines(
    stream: BinaryIO, ref: str, given: _Given, settings: Settings, first: bytes | None = None
) -> Iterator[Item]:
    limit = settings.max_input_bytes
    number, found = 0, False
    while line := first if first is not None else stream.readline(limit + 2):
        first = None
        number += 1
        at = f"{ref}:{number}"
        if number == 1:
            line = _without_mark(line)
        if len(line.rstrip(b"\r\n")) > limit:
            while not line.endswith(b"\n") and (line := stream.readline(limit)):
                pass
            found = True
            yield _fault(at, "too_large", too_large(settings).reason)
            continue
        line = line.strip()
        if line:
            found = True
            yield _line(line, at, given)
    if not found:
        yield _fault(ref, "empty", "there is no line in it; each line is one report")


def _line(data: bytes, at: str, given: _Given) -> Item:
    try:
        line = read_line(data)
    except Refused as refused:
        return _fault(at, refused.status, refused.reason)
    if not line.body.strip():
        return _fault(at, "empty", "the report of this line is empty")
    document = given.document(data, line.id or at, "json")
    return replace(
        document,
        lang=line.lang or given.lang,
        published=line.published or given.published,
        title=line.title,
        url=line.url,
        outlet=line.outlet or given.outlet,
    )


def _unreadable(path: Path | str, error: Exception) -> Outcome:
    why = getattr(error, "strerror", None) or str(error)
    return _fault(path, "unreadable", f"cannot be read: {why}; check the path and its permissions")


def _fault(path: Path | str, status: str, reason: str) -> Outcome:
    return Outcome(ref=printable(str(path)), status=status, reason=reason)

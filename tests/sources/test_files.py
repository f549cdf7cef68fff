"""Files, folders, JSON Lines and standard input as documents; what is bad comes as an outcome."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.model import Document, Outcome
from dateline.sources.files import Item, read_documents
from dateline.stages.extract import Refused

HTML = "<!DOCTYPE html>\n<html><body><p>Une attaque.</p></body></html>"


def read(*paths: str | Path, **given: str) -> list[Item]:
    return list(read_documents(paths, **given))


def faults(items: list[Item]) -> list[tuple[str, str]]:
    return [(Path(i.ref).name, i.status) for i in items if isinstance(i, Outcome)]


def kinds(items: list[Item]) -> list[tuple[str, str]]:
    return [(Path(i.ref).name, i.media) for i in items if isinstance(i, Document)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text("Une attaque.")
    (tmp_path / "a.html").write_text(HTML)
    (tmp_path / "c.txt").write_text(HTML)
    (tmp_path / ".hidden.txt").write_text("Caché.")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.HTM").write_text("<p>Une attaque.</p>")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "e.txt").write_text("Caché.")
    return tmp_path


def test_a_file_is_a_document_with_what_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Une attaque.\r\n")
    (item,) = read(path, lang="fr", published="2024-03-12", outlet="La Gazette")
    assert item == Document(
        data=b"Une attaque.\r\n",
        ref=str(path),
        lang="fr",
        published="2024-03-12",
        outlet="La Gazette",
    )


def test_a_folder_is_read_in_order_and_hidden_files_are_not(folder: Path) -> None:
    items = read(folder)
    assert kinds(items) == [
        ("a.html", "html"),
        ("b.txt", "text"),
        ("c.txt", "html"),
        ("d.HTM", "html"),
    ]
    assert faults(items) == [("photo.jpg", "skipped")]


def test_links_that_lead_back_end(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "sub" / "nowhere.txt").symlink_to(folder / "gone")
    (folder / "other.txt").symlink_to(folder / "b.txt")
    items = read(folder)
    assert len(kinds(items)) == 5
    assert ("nowhere.txt", "missing") in faults(items)


def test_a_folder_without_reports_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    assert ("no_reports" in {status for _, status in faults(read(tmp_path))}) is True


def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def scandir(path: Path) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    items = read(folder)
    assert len(kinds(items)) == 3
    assert ("sub", "unreadable") in faults(items)


def test_a_folder_of_too_many_files_is_cut_and_said(folder: Path) -> None:
    items = list(read_documents([folder], settings=Settings(max_folder_files=2)))
    assert len(kinds(items)) == 2
    assert faults(items) == [(folder.name, "too_large")]


def test_bad_paths_are_outcomes_and_the_others_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Une attaque.")
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n")
    items = read(tmp_path / "gone.txt", empty, "a\0b", good)
    assert [i.status for i in items[:3] if isinstance(i, Outcome)] == [
        "missing",
        "empty",
        "unreadable",
    ]
    assert isinstance(items[3], Document)
    assert all(i.reason and "\n" not in i.reason for i in items[:3] if isinstance(i, Outcome))


def test_a_file_over_the_limit_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)
    (item,) = read(path)
    assert isinstance(item, Outcome)
    assert item.status == "too_large"


def lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


def test_json_lines_are_documents_that_know_their_own_fields(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"text": "Une attaque.", "id": "r1", "lang": "fr", "published": "2024-03-12T10:00Z"},
        "",
        {"html": "<p>Une attaque.</p>", "title": "T", "url": "https://example.org", "outlet": "G"},
    )
    first, second = read(path, lang="en", published="2020-01-01", outlet="X")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.ref, first.lang, first.published) == ("r1", "fr", "2024-03-12")
    assert first.outlet == "X"
    assert first.data == path.read_bytes().splitlines()[0]
    assert (second.ref, second.lang, second.published) == (f"{path}:3", "en", "2020-01-01")
    assert (second.title, second.url, second.outlet) == ("T", "https://example.org", "G")


def test_a_bad_line_names_file_and_line_and_the_others_go_on(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        '{"text": "Une',
        {"body": "x"},
        {"text": "Une attaque.", "published": "hier"},
        {"text": 7},
        {"text": "  "},
        ["x"],
        '{"text": "Une attaque.", "id": ' + "9" * 5000 + "}",
        {"text": "Une attaque."},
    )
    *bad, good = read(path)
    assert isinstance(good, Document)
    assert [(i.ref, i.status) for i in bad if isinstance(i, Outcome)] == [
        (f"{path}:1", "bad_line"),
        (f"{path}:2", "bad_line"),
        (f"{path}:3", "bad_date"),
        (f"{path}:4", "bad_line"),
        (f"{path}:5", "empty"),
        (f"{path}:6", "bad_line"),
        (f"{path}:7", "bad_line"),
    ]


def test_a_line_over_the_limit_is_passed_over_as_a_whole(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": "x" * 500}, {"text": "Une attaque."})
    first, second = read_documents([path], settings=Settings(max_input_bytes=100))
    assert isinstance(first, Outcome)
    assert (first.ref, first.status) == (f"{path}:1", "too_large")
    assert isinstance(second, Document)


def test_a_date_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="YYYY-MM-DD"):
        read_documents([], published="hier")


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"Une attaque.\nDeux morts.", ["text"]),
        (HTML.encode(), ["html"]),
        (b'\xef\xbb\xbf{"text": "Une attaque."}\n{"html": "<p>x</p>"}', ["json", "json"]),
        (b"{ une accolade, puis un texte }", ["text"]),
        (HTML.encode("utf-16"), ["html"]),
    ],
)
def test_standard_input_is_what_it_looks_like(
    data: bytes, media: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(data))
    assert [i.media for i in read("-") if isinstance(i, Document)] == media


def test_standard_input_that_is_closed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    (item,) = read("-")
    assert isinstance(item, Outcome)
    assert item.status == "unreadable"

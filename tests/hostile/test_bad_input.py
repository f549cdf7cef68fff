"""Bad input ends in bounded time, in one clear line, with no traceback and no harm to the rest."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline import cli
from dateline.config import Settings
from dateline.gazetteer import open_gazetteer
from dateline.model import Document, Outcome
from dateline.pipeline import Coder

GOOD = "Sahel : une attaque près de Talmori\n\nLes rebelles ont attaqué mardi un convoi.\n"
SENTENCE = "Les rebelles ont attaqué mardi un convoi de l'armée près de Talmori. "
DEEP = "<div>" * 200_000


@pytest.fixture(scope="module", autouse=True)
def places() -> None:
    """The index of places is there: building it, once, is not what is measured."""
    open_gazetteer()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, ["code", *(str(a) for a in args)], input=stdin)


FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "there is nothing in it"),
    "blank.txt": (b" \r\n\t", "there is nothing in it"),
    "numbers.txt": (b"12 34 56", "there are no words in it"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a PNG image"),
    "report.pdf": (b"%PDF-1.7\n", "a PDF"),
    "halved.txt": (b"\xff\xfea\x00b", "byte order mark"),
    "german.txt": (b"Die Armee sagte am Dienstag, zwei ihrer Soldaten seien gefallen.", "'de'"),
    "empty.html": (b"<html><body></body></html>", "no main text"),
    "deep.html": (DEEP.encode() + b"Les rebelles ont attaque.", "could be read"),
    "open.html": (b"<html><body><p" + b" a=" * 200_000, "main text"),
    "huge.txt": (SENTENCE.encode() * 150_000, "DATELINE_MAX_INPUT_BYTES"),
    "long.txt": (SENTENCE.encode() * 3_000, "DATELINE_MAX_ARTICLE_CHARACTERS"),
    "none.jsonl": (b"\n\n", "there is no line in it"),
    "broken.jsonl": (b'{"text": "Une attaque', "broken.jsonl:1: not JSON"),
    "deep.jsonl": (b"[" * 1_000_000, "deep.jsonl:1: not JSON"),
    "latin.jsonl": ('{"text": "enlèvement"}'.encode("latin-1"), "latin.jsonl:1: not UTF-8"),
    "dated.jsonl": (b'{"text": "Une attaque.", "published": "mardi"}', "'mardi' is not a date"),
}


@pytest.mark.parametrize("name", FILES)
def test_alone_it_is_one_line_and_2(name: str, tmp_path: Path) -> None:
    data, said = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    with within(20):
        result = run(path)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"dateline: {path}")
    assert said in line
    assert len(line) < 400


def test_the_others_go_on_and_each_bad_one_is_named(tmp_path: Path) -> None:
    for name, (data, _) in FILES.items():
        if not name.startswith(("huge", "long", "deep")):
            (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    result = run(tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    refs = {json.loads(line)["article"]["ref"] for line in result.stdout.splitlines()}
    assert refs == {str(tmp_path / "good.txt")}
    assert "Traceback" not in result.stderr
    for name, (_, said) in FILES.items():
        if (tmp_path / name).exists() and not name.endswith(".pdf"):
            assert name in result.stderr
            assert said in result.stderr


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "\x1b[31mred.txt", "-rf.txt", "caf\udce9.txt", "x" * 200 + ".txt"]
)
def test_a_name_of_a_file_does_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    result = run(path)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.isprintable()


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(Settings())


def coded(coder: Coder, text: str, media: str = "text") -> Outcome:
    data = text.encode("utf-8", "surrogatepass")
    outcome = coder.code(Document(data=data, ref="r", media=media, lang="fr"))
    if outcome.article is not None:
        for claim in outcome.claims:
            for span in claim.spans():
                assert outcome.article.text[span.start : span.end] == span.text
            claim.to_line().encode("utf-8")
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000 + " attaque",
        "l'" * 50_000 + "attaque des rebelles",
        "attaque" * 15_000,
        "attaque-" * 12_000,
        "!" * 100_000 + " attaque",
        "é\u0301" * 50_000 + " attaque",
        SENTENCE * 280,
        "attaque\n" * 1_500,
        "«" * 20_000 + "attaque" + "»" * 20_000,
        "(" * 50_000 + " les rebelles ont attaqué",
        "12 " * 30_000 + "morts",
        "http://" + "a/" * 50_000 + " attaque",
    ],
    ids=range(12),
)
def test_a_text_without_end_is_coded_in_bounded_time(text: str, coder: Coder) -> None:
    coded(coder, GOOD)  # the model is loaded
    with within(90):
        assert coded(coder, text).status == "coded"


@pytest.mark.parametrize(
    "text",
    [
        "Les rebelles\u202e ont attaqué\u202c un con\u200bvoi à Gao.",
        "Les rebelles \x1b[31mont attaqué\x07 un convoi à Gao.",
        "Les rebelles\x00 ont attaqué un convoi.".replace("\x00", "\x01"),
        "L\u2028e\u2029s rebelles\x85 ont attaqué\x0b un\x0c convoi.",
        "𝐋𝐞𝐬 𝐫𝐞𝐛𝐞𝐥𝐥𝐞𝐬 ont attaqué un convoi 🚀 à Gao.",
        "Lеs rеbеllеs ont attaqué un convoi.",
        "LES REBELLES ONT ATTAQUÉ UN CONVOI À GAO",
        "Les rebelles ont attaqué <script>alert(1)</script> un convoi {{ 7*7 }}.",
    ],
)
def test_offsets_hold_whatever_the_characters(text: str, coder: Coder) -> None:
    assert coded(coder, text).status == "coded"


def test_a_lone_surrogate_in_json_does_no_harm(coder: Coder) -> None:
    line = '{"text": "Les rebelles \\ud83d ont attaqu\\u00e9 un convoi \\udc00 \\u00e0 Gao."}'
    outcome = coded(coder, line, "json")
    assert outcome.article is not None
    assert outcome.article.text == "Les rebelles \ufffd ont attaqué un convoi \ufffd à Gao."

"""The command line: what is printed where, exit codes, and that no traceback reaches a user."""

from __future__ import annotations

import errno
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline import cli
from dateline.config import Settings
from dateline.model import ArticleRef, Claim, Document, Extent, Outcome, Span, claim_id
from dateline.stages.extract import extract

SAMPLES = Path(cli.__file__).parent / "resources" / "samples" / "fr"
REPORT = "Sahel : une attaque près de Talmori\n\nLes rebelles ont lancé une attaque mardi.\n"


def one_claim_a_word(settings: Settings) -> Callable[[Document | Outcome], Outcome]:
    """In place of the real coder: the real article, a claim at each "attaque"."""

    def code(item: Document | Outcome) -> Outcome:
        if isinstance(item, Outcome):
            return item
        article = extract(item, ("fr",), settings)
        if isinstance(article, Outcome):
            return article
        if "panne" in article.text:
            raise ZeroDivisionError("a fault\nin two lines")
        named = ArticleRef(id=article.id, ref=article.ref, title=article.title)
        claims = []
        for match in re.finditer("attaque", article.text):
            trigger = Span.of(article.text, *match.span())
            id = claim_id(article.id, trigger, "armed-attack")
            extent = Extent(*match.span())
            claims.append(
                Claim(id=id, article=named, type="armed-attack", trigger=trigger, sentence=extent)
            )
        return Outcome(ref=item.ref, status="coded", article=article, claims=tuple(claims))

    return code


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_coder", one_claim_a_word)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli.main, [str(a) for a in args], **more)


def refused(result: Result, code: int = 2) -> str:
    """The one line on standard error of a request that failed."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    # An interrupt also ends the line that the terminal shows ^C on.
    lines = result.stderr.lstrip("\n").splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("dateline: ")
    return lines[0]


def test_claims_go_to_standard_output_and_totals_to_standard_error(report: Path) -> None:
    result = run("code", report)
    assert result.exit_code == 0
    assert "Sahel : une attaque près de Talmori" in result.stdout
    assert result.stdout.count("armed-attack") == 2
    assert result.stderr == "dateline: 1 report, 2 claims\n"


def test_json_lines_are_claims_and_nothing_else(report: Path) -> None:
    result = run("code", report, "--format", "jsonl", "--with-text")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["article"]["text"] for row in rows] == [REPORT, REPORT]


def test_a_page_holds_the_failed_too(report: Path) -> None:
    result = run("code", report, "missing.txt", "--format", "html")
    assert result.exit_code == 1
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert "missing.txt" in result.stdout


def test_some_failed_is_1_and_each_is_named(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = run("code", report, tmp_path / "empty.txt", "missing.txt")
    assert result.exit_code == 1
    assert result.stdout.count("armed-attack") == 2
    assert "empty.txt: there is nothing in it" in result.stderr
    assert "missing.txt: there is no such file or folder" in result.stderr
    assert "1 report, 2 claims, 2 failed" in result.stderr


def test_files_of_other_kinds_in_a_folder_are_no_fault(report: Path) -> None:
    (report.parent / "photo.jpg").touch()
    result = run("code", report.parent)
    assert result.exit_code == 0
    assert "1 file of other kinds passed over" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["code"], "Missing argument 'PATH...'; see main code --help"),
        (["code", "x.txt", "--format", "xml"], "'xml' is not one of"),
        (["code", "x.txt", "--workers", "0"], "0 is not in the range"),
        (["code", "x.txt", "--published", "hier"], "--published: 'hier' is not a date"),
        (["code", "x.txt", "--lang", "zz"], "--lang: there are no resources for 'zz'"),
        (["code", "x.txt", "--with-text"], "--with-text goes with --format jsonl"),
        (["code", "x.txt"], "x.txt: there is no such file or folder; check the path"),
        (["code", "x.txt", "--output", "/no/such/place"], "choose another place"),
        (["code", "x.txt", "--output", "."], "is a folder"),
        (["cod"], "No such command 'cod'"),
        (["gazetteer", "build", "/no/dump"], "does not exist"),
    ],
)
def test_a_wrong_request_is_one_line_and_2(args: list[str], said: str) -> None:
    assert said in refused(run(*args))


def test_a_wrong_setting_is_one_line_and_2(report: Path) -> None:
    result = run("code", report, env={"DATELINE_WORKERS": "x"})
    assert "DATELINE_WORKERS" in refused(result)


def test_a_fault_of_dateline_is_the_outcome_of_its_report(report: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("Une panne est survenue pendant la nuit dans la ville.")
    result = run("code", bad, report)
    assert result.exit_code == 1
    assert "bad.txt: internal error: ZeroDivisionError: a fault in two lines" in result.stderr
    assert "Traceback" not in result.output


def test_a_broken_resource_is_one_line_and_2(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.language.loading import ResourceError

    def broken(settings: Settings) -> Callable[[object], Outcome]:
        def code(item: object) -> Outcome:
            raise ResourceError("lang/fr/time.toml:3: unit: field required")

        return code

    monkeypatch.setattr(cli, "_coder", broken)
    assert refused(run("code", report)) == "dateline: lang/fr/time.toml:3: unit: field required"


def test_an_output_file_is_whole_or_not_there(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    monkeypatch.setattr(cli, "_write", fail)
    result = run("code", report, "--format", "jsonl", "--output", out)
    assert "No space left" in refused(result)
    assert out.read_text() == "before"
    assert {p.name for p in tmp_path.iterdir()} == {"report.txt", "out.jsonl"}
    monkeypatch.undo()
    monkeypatch.setattr(cli, "_coder", one_claim_a_word)
    assert run("code", report, "--format", "jsonl", "--output", out).exit_code == 0
    assert len(out.read_text().splitlines()) == 2


def fail(*args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), RuntimeError("x\ny")])
def test_nothing_that_is_raised_shows_a_traceback(
    error: BaseException, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*args: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_write", write)
    refused(run("code", report), cli.INTERRUPTED if isinstance(error, KeyboardInterrupt) else 2)


@pytest.mark.parametrize("verb", [[], ["code"], ["gazetteer"], ["gazetteer", "build"]])
def test_help_shows_an_example(verb: list[str]) -> None:
    result = run(*verb, "--help")
    assert result.exit_code == 0
    assert re.search(rf"\bdateline {' '.join(verb)}", result.stdout.partition("Example")[2])


def test_no_verb_is_help() -> None:
    assert run().stdout == run("--help").stdout


def test_verbs_of_other_modules_are_listed_without_being_loaded() -> None:
    program = (
        "import sys; from dateline.cli import main; main(['--help'], standalone_mode=False); "
        "heavy = {'spacy', 'pydantic', 'rich', 'jinja2', 'trafilatura', 'dateline.evaluate'}; "
        "print(heavy & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == "set()\n"
    assert "evaluate" in done.stdout


PROGRAM = [sys.executable, "-m", "dateline.cli"]


def test_help_is_there_at_once() -> None:
    began = time.monotonic()
    subprocess.run([*PROGRAM, "--help"], check=True, capture_output=True)
    assert time.monotonic() - began < 1.5  # 0.1 s alone; the rest is for a busy machine


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{' '.join(PROGRAM)} code --help | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.endswith("0\n")
    assert done.stderr == ""


def test_an_output_that_takes_nothing_is_one_line_and_2() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("dateline: ")
    assert "No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_standard_input_that_is_closed_is_one_line_and_2() -> None:
    command = f"{' '.join(PROGRAM)} code - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("dateline: stdin: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [*PROGRAM, "code", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == cli.INTERRUPTED
    assert said.strip() == "dateline: stopped"


def test_the_samples_give_the_same_claims_with_one_worker_and_with_two() -> None:
    def coded(*more: str) -> str:
        command = [*PROGRAM, "code", str(SAMPLES), "--published", "2023-03-17"]
        command += ["--format", "jsonl", *more]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    alone = coded()
    assert coded("--workers", "2") == alone
    refs = [json.loads(line)["article"]["ref"] for line in alone.splitlines()]
    assert refs == sorted(refs)
    assert len(set(refs)) == 3

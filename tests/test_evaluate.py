"""The command: files of several forms, what it prints and writes, and the gate's exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline import evaluate
from dateline.cli import main
from dateline.evaluate import evaluate_command, gold_of
from dateline.gold import READERS, readers
from dateline.gold.reading import GoldError
from dateline.model import ArticleRef, Claim, Document, Extent, Outcome, Span

TEXT = "Gunmen attacked Kora. A raid followed."
SENTENCE = {"id": "s", "event": "ASSAULT", "eventText": "attacked", "text": TEXT, "language": "en"}


def claim(type: str, words: str) -> dict[str, Any]:
    at = TEXT.index(words)
    lists = ("actors", "targets", "means", "casualties", "attribution", "evidence")
    return {
        "type": type,
        "trigger": {"start": at, "end": at + len(words), "text": words},
        **{name: [] for name in lists},
        "place": None,
        "when": None,
        "modality": "asserted",
        "negated": False,
    }


REPORT = {
    "id": "r",
    "lang": "en",
    "text": TEXT,
    "claims": [claim("armed-attack", "attacked"), claim("air-strike", "raid")],
}


def code(document: Document) -> Outcome:
    """Finds the attack and not the raid."""
    at = TEXT.index("attacked")
    found = Claim(
        id="c",
        article=ArticleRef(id="0" * 64, ref=document.ref),
        type="armed-attack",
        trigger=Span(at, at + 8, "attacked"),
        sentence=Extent(0, len(TEXT)),
        provenance={"type": "some-rule@en@1"},
    )
    return Outcome(ref=document.ref, status="coded", claims=(found,))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, row in (("claims", REPORT), ("sentences", SENTENCE)):
        lines = [json.dumps({**row, "id": f"{name}{n}"}) for n in range(3)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(evaluate, "_coder", lambda every_paragraph=False: code)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, exits: int = 0) -> Result:
    result = CliRunner().invoke(evaluate_command, args)
    assert result.exit_code == exits, result.output
    return result


def test_files_of_several_forms_have_a_table_each(folder: Path) -> None:
    shown = run("claims.jsonl", "sentences.jsonl").stdout
    assert "claims.jsonl: Claims, slot by slot" in shown
    assert re.search(r"claims, typed +6 +3 +3   1\.00  0\.50  0\.67", shown)
    assert "sentences.jsonl: Sentences with one PLOVER event" in shown
    assert re.search(r"category +3 +3   1\.00 right", shown)
    assert "faults" not in shown


def test_one_row_in_so_many(folder: Path) -> None:
    shown = run("claims.jsonl", "--every", "2").stdout
    assert "claims.jsonl, one row in 2" in shown
    assert "2 items" in shown


def test_errors_list_the_worst_items_with_the_reason(folder: Path) -> None:
    shown = run("claims.jsonl", "--errors", "2").stdout
    assert "faults: 3\n    3 missed air-strike" in shown
    assert shown.count("-- claims") == 2
    assert "missed air-strike at 24  gold [air-strike]" in shown
    assert "⟦raid⟧" in shown
    assert "faults: 0" in run("claims.jsonl", "--errors", "2", "--kind", "slot").stdout


def test_json_holds_the_measures_and_when_asked_the_faults(folder: Path) -> None:
    shown = json.loads(run("claims.jsonl", "sentences.jsonl", "--format", "json").stdout)
    claims, sentences = shown["files"]
    assert claims["file"] == "claims.jsonl"
    assert claims["measures"][0]["recall"] == 0.5
    assert "faults" not in claims
    assert sentences["measures"][0] == {
        "group": "overall",
        "name": "category",
        "right": 3,
        "of": 3,
        "share": 1.0,
    }
    asked = json.loads(run("claims.jsonl", "--format", "json", "--errors", "1").stdout)
    assert [fault["kind"] for fault in asked["files"][0]["faults"]] == ["missed"] * 3


def test_a_text_cannot_act_on_the_terminal(folder: Path) -> None:
    evil = TEXT.replace("raid", "r\x1b[31m")
    line = json.dumps({**REPORT, "text": evil + "\ud800"})
    (folder / "evil.jsonl").write_text(line, encoding="utf-8")
    assert "\x1b" not in run("evil.jsonl", "--errors", "1").stdout
    run("evil.jsonl", "--errors", "1", "--page", "errors.html")
    shown = json.loads(run("evil.jsonl", "--errors", "1", "--format", "json").stdout)
    assert "\x1b" in shown["files"][0]["faults"][0]["words"]


def test_the_page_is_written(folder: Path) -> None:
    run("claims.jsonl", "sentences.jsonl", "--page", "errors.html", "--kind", "missed")
    text = (folder / "errors.html").read_text(encoding="utf-8")
    assert text.count('<article class="item">') == 3
    assert "claims.jsonl" in text


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", r":3: not JSON"), ('{"id": "a", "text": "b"}', r":3: .*no claims"), ("[]", ":3: not a")],
)
def test_a_row_that_is_no_gold_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "a", "text": "b", "claims": []}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        gold_of(path)
    assert CliRunner().invoke(evaluate_command, [str(path)]).exit_code == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no gold in it"), (b'{"colour": 1}', "its keys are colour"), (b"\xff", "not UTF-8")],
)
def test_a_file_of_no_known_form_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=reason):
        gold_of(path)


@pytest.mark.parametrize("args", [[], ["--raise"], ["--gate", "none.json"], ["--fast"]])
def test_a_request_that_makes_no_sense_is_refused(folder: Path, args: list[str]) -> None:
    run(*args, exits=2)


def test_every_reader_is_there_and_says_what_it_reads() -> None:
    found = list(readers())
    assert len({reader.name for reader in found}) == len(READERS)
    assert all(reader.title and reader.needs for reader in found)
    rows = [dict.fromkeys(reader.needs) for reader in found]
    for reader in found:
        assert [reader.accepts(row) for row in rows].count(True) == 1, reader.name


def floors(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
    return loaded


def pin(folder: Path, floor: float) -> None:
    changed = floors(folder)
    changed["sets"]["claims"]["floors"]["overall"]["claims, typed"] = floor
    (folder / "quality.json").write_text(json.dumps(changed), encoding="utf-8")


def gate(*args: str, exits: int = 0) -> Result:
    return run("--gate", "quality.json", *args, exits=exits)


def test_the_gate_holds_rises_and_is_lowered_only_with_a_reason(folder: Path) -> None:
    gate("claims.jsonl", exits=2)
    gate("claims.jsonl", "--raise")
    assert floors(folder)["sets"]["claims"]["floors"]["overall"]["claims, typed"] == 0.6666
    assert gate().stdout == ""

    pin(folder, 0.5)
    gate()
    gate("--raise")
    assert floors(folder)["sets"]["claims"]["floors"]["overall"]["claims, typed"] == 0.6666

    pin(folder, 0.9)
    fallen = "claims: overall: claims, typed: was 0.9000, is 0.6666"
    assert gate(exits=1).stdout.splitlines() == [fallen]
    gate("--raise", exits=1)
    assert floors(folder)["sets"]["claims"]["floors"]["overall"]["claims, typed"] == 0.9
    gate("--allow-regression", " ", exits=2)
    gate("--allow-regression", "the rule for raids was wrong")
    gate()
    (kept,) = floors(folder)["lowered"]
    assert (kept["was"], kept["now"]) == (0.9, 0.6666)
    assert kept["reason"] == "the rule for raids was wrong"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["day"])


def test_another_gold_file_shuts_the_gate(folder: Path) -> None:
    gate("claims.jsonl", "--raise")
    path = folder / "claims.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "another gold file" in gate(exits=1).stdout
    before = floors(folder)
    gate("--raise", exits=1)
    assert floors(folder) == before
    gate("--allow-regression", "a blank line")
    gate()


def test_slow_sets_and_sets_that_are_not_there_are_passed_over(folder: Path) -> None:
    gate("claims.jsonl", "sentences.jsonl", "--every", "2", "--raise")
    assert set(floors(folder)["sets"]) == {"claims, one in 2", "sentences, one in 2"}
    changed = floors(folder)
    changed["sets"]["claims, one in 2"]["slow"] = True
    (folder / "quality.json").write_text(json.dumps(changed), encoding="utf-8")
    (folder / "sentences.jsonl").unlink()
    shown = gate("--fast").stderr
    assert "passed over: there is no sentences.jsonl" in shown
    assert "0 floors hold" in shown


def test_the_gate_fails_through_the_command_line_too(folder: Path) -> None:
    gate("claims.jsonl", "--raise")
    pin(folder, 0.9)
    result = CliRunner().invoke(main, ["evaluate", "--gate", "quality.json"])
    assert result.exit_code == 1

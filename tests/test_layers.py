"""Imports run one way: the contracts of pyproject.toml hold, and cover every module there is."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "dateline"
THIRD_PARTY = {
    "spacy": {"stages/annotate.py"},
    "trafilatura": {"stages/extract.py"},
}
"""Engines that one file each may know."""
SOCKETS = {"socket", "http.client", "urllib.request", "requests", "httpx", "urllib3", "aiohttp"}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_the_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", is_debug_mode=False) == 0


def test_the_page_of_the_architecture_draws_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(
        contract["layers"]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["id"] == "layers"
    )
    wanted = [set(re.findall(r"(?<!\()\b\w+\b(?!\))", layer)) for layer in layers]
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = page.split("Lower knows nothing of higher:")[1].split("```")[1].strip()
    drawn: list[set[str]] = []
    for line in block.split("\n"):
        names = re.split(r" {2,}", line)[0]
        drawn += [set(re.findall(r"\w+", part)) for part in names.split(">")]
    assert drawn == wanted


@pytest.mark.parametrize("engine", THIRD_PARTY)
def test_an_engine_is_known_to_one_file(engine: str) -> None:
    users = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if any(name.split(".")[0] == engine for name in imports(path))
    }
    assert users <= THIRD_PARTY[engine]


def test_nothing_opens_a_socket() -> None:
    """Coding a report needs no network; a source that fetches will be named here, alone."""
    for path in SOURCE.rglob("*.py"):
        assert not imports(path) & SOCKETS, path


def test_no_pickle() -> None:
    for path in SOURCE.rglob("*.py"):
        assert not imports(path) & {"pickle", "marshal", "shelve", "dill", "joblib"}, path


def test_stages_are_pure() -> None:
    """No clock, no files, no chance in a stage."""
    for path in (SOURCE / "stages").glob("*.py"):
        forbidden = {"os", "pathlib", "time", "random", "sqlite3", "subprocess", "io", "tempfile"}
        assert not imports(path) & forbidden, path
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "print", "input", "eval", "exec"}, path


LONG: dict[str, str] = {}
"""Files of more than 500 lines, each with its reason."""


def test_no_vague_names_and_no_long_files() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "processor", "misc"}
    for path in SOURCE.rglob("*.py"):
        assert path.stem not in vague, path
        lines = path.read_text(encoding="utf-8").count("\n")
        name = str(path.relative_to(SOURCE))
        assert lines <= 500 or name in LONG, f"{name} has {lines} lines: split it, or say why"


def test_the_lock_pins_every_direct_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    for lock, wanted in {
        "requirements.lock": runtime,
        "requirements-dev.lock": runtime + project["dependency-groups"]["dev"],
        "requirements-calibrate.lock": project["dependency-groups"]["calibrate"],
    }.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        entries = text.split("\n")
        pinned = {line.split("==")[0] for line in entries if "==" in line}
        missing = {need.split(">")[0].split("=")[0].strip() for need in wanted} - pinned
        assert not missing, f"{lock}: run make lock; not pinned: {missing}"
        assert text.count("--hash=sha256:") >= len(pinned)

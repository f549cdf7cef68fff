"""What a user installs: the wheel holds the resources and works outside the source tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REPORT = (
    "Tarsala : douze soldats tués dans une attaque\n\n"
    "Des rebelles ont attaqué une caserne de l'armée à Tarsala jeudi, selon la police.\n"
)


def run(*command: str | Path, **options: object) -> str:
    """Run to its end; what it printed. Fails with its messages when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_every_resource_and_the_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    resources = {
        str(path.relative_to(source))
        for path in (source / "dateline" / "resources").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert resources
    assert resources <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if name.startswith(("tests", "docs", "bench"))]


def test_the_licence_is_the_whole_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "APPENDIX: How to apply the Apache License" in text


def test_the_wheel_codes_a_report_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    """The wheel in an environment of its own; the dependencies are borrowed from this one."""
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    borrowed = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--quiet", "--ignore-installed", wheel)  # fmt: skip
    where = run(python, "-c", "import dateline; print(dateline.__file__)", cwd=tmp_path)
    assert str(tmp_path) in where
    code = tmp_path / "venv" / "bin" / "dateline"
    command = [code, "code", "-", "--lang", "fr", "--published", "2020-05-21", "--format", "jsonl"]
    claims = [json.loads(line) for line in run(*command, cwd=tmp_path, input=REPORT).splitlines()]
    assert "armed-attack" in {claim["type"] for claim in claims}
    for claim in claims:
        trigger = claim["trigger"]
        assert REPORT[trigger["start"] : trigger["end"]] == trigger["text"]


@pytest.mark.slow
def test_a_fresh_clone_runs(tmp_path: Path) -> None:
    """`make run` from nothing: a copy of what git keeps, an environment of its own."""
    files = run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).split("\n")
    for name in filter(None, files):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    environ = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    first = run("make", "run", cwd=tmp_path, env=environ)
    assert "air-strike" in first or "armed-attack" in first
    again = run("make", "run", cwd=tmp_path, env=environ)
    assert "install" not in again

"""The documentation does not drift: reference pages are the code's, and what prose names exists."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import click
import pytest

from dateline.language.loading import resource

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = generator()


def prose() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == GENERATE.PAGES[name](), "run make docs"


def test_every_reference_page_is_generated() -> None:
    pages = {page.name for page in (ROOT / "docs" / "reference").iterdir()}
    assert pages == set(GENERATE.PAGES)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor and linked.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, target


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(
        re.findall(r"(?:`|^)make ([a-z-]+)(?=`| [A-Z]|\s*(?:#.*)?$)", prose(), re.MULTILINE)
    )
    assert named
    assert named <= targets


def test_commands_that_are_named_exist() -> None:
    from dateline.cli import main

    verbs = set(main.list_commands(click.Context(main)))
    named = set(re.findall(r"(?:`|^|\$ |\| )dateline ([a-z]+)", prose(), re.MULTILINE))
    assert named
    assert named <= verbs


def test_every_verb_has_an_example() -> None:
    from dateline.cli import main

    context = click.Context(main)
    for verb in main.list_commands(context):
        command = main.get_command(context, verb)
        assert command is not None
        shown = command.get_help(click.Context(command, info_name=f"dateline {verb}"))
        assert re.search(rf"(?<!Usage: )dateline {verb} ", shown), verb


def test_paths_that_are_named_exist() -> None:
    """`src/...`, `tests/...`, `docs/...` in back quotes; "<code>" and the like stand for any."""
    for path in set(re.findall(r"`((?:src|tests|docs|bench)/[\w./<>-]*)`", prose())):
        parts = re.sub(r"<[^>]+>", "*", path.rstrip("/"))
        assert list(ROOT.glob(parts)), path


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    needs = project["project"]["dependencies"] + groups["build"] + groups["dev"]
    needs += groups["calibrate"]
    names = {re.split(r"[<>=~! ;\[]", need)[0] for need in needs}
    explained = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    assert names == explained


def test_the_sample_output_of_the_readme_is_what_comes_out() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    command = [Path(sys.executable).parent / "dateline", "code", "samples/reports.jsonl"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    # Wide and narrow terminals break lines differently; the words are the same.
    printed = " ".join(done.stdout.split())
    for block in filter(None, shown.split("\n\n")):
        assert " ".join(block.split()) in printed, block


def test_the_changelog_has_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['project']['version']}" in text


def test_every_language_and_event_type_is_in_the_coverage_matrix() -> None:
    page = (ROOT / "docs" / "reference" / "languages.md").read_text(encoding="utf-8")
    codebook = tomllib.loads(resource("codebook", "event_types.toml").read_text(encoding="utf-8"))
    for entry in codebook["type"]:
        assert f"[{entry['id']}](" in page

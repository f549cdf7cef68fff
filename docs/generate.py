"""Writes the pages of ``docs/reference`` from the code and the resources: ``make docs``.

A page is a function that returns its text; tests/test_docs.py compares each with the file.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from dateline import config, model
from dateline.gold import accuracy
from dateline.language import available, language
from dateline.language.coverage import FORMS, CoverageExample, load_coverage
from dateline.language.loading import resource

REFERENCE = Path(__file__).resolve().parent / "reference"


def cli() -> str:
    """Every verb with its options, as ``--help`` prints them."""
    from dateline.cli import main

    lines = ["# Commands", "", "What `--help` says, verb by verb.", ""]

    def add(command: click.Command, name: str, parent: click.Context | None = None) -> None:
        context = command.make_context(
            name, [], parent=parent, resilient_parsing=True, terminal_width=88, max_content_width=88
        )
        shown = context.command_path
        lines.extend([f"## `{shown}`", "", "```text", command.get_help(context), "```", ""])
        if isinstance(command, click.Group):
            for verb in command.list_commands(context):
                part = command.get_command(context, verb)
                if part is not None and not part.hidden:
                    add(part, verb, context)

    add(main, "dateline")
    lines += ["Exit codes: 0 done; 1 done, but some items failed, each named; 2 the request itself"]
    lines += ["was wrong. Results go to standard output, messages to standard error.", ""]
    return "\n".join(lines)


def _toml(*parts: str) -> dict[str, Any]:
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))


def event_types() -> str:
    """Every event type: what it is, what counts, what does not, its crosswalk."""
    types = _toml("codebook", "event_types.toml")["type"]
    lines = [
        "# Event types",
        "",
        f"The {len(types)} types that a claim can have. The crosswalk names the nearest type of",
        "ACLED, PLOVER and CAMEO; where there are several, the means and who was targeted decide.",
        "Types of one family are near each other in an evaluation.",
        "",
        "| type | family | ACLED sub-event | PLOVER | CAMEO |",
        "|---|---|---|---|---|",
    ]
    for t in types:
        acled, plover = "; ".join(t["acled"]), ", ".join(t["plover"])
        anchor = f"[{t['id']}](#{t['id']})"
        lines.append(f"| {anchor} | {t['family']} | {acled} | {plover} | {t.get('cameo', '-')} |")
    for t in types:
        lines += ["", f"## {t['id']}", "", t["definition"], ""]
        lines += [f"- Counts: {'; '.join(t['counts'])}."] if t.get("counts") else []
        if t.get("does_not_count"):
            lines += [f"- Does not count: {'; '.join(t['does_not_count'])}."]
        lines += [f"- Example: {example}" for example in t.get("examples", ())]
    return "\n".join([*lines, ""])


_NOUNS = (
    model.Claim,
    model.ArticleRef,
    model.Span,
    model.Extent,
    model.Actor,
    model.Target,
    model.Means,
    model.Place,
    model.When,
    model.Casualties,
    model.Attribution,
    model.Evidence,
)
_WORDS = {
    "Claim.modality": model.MODALITIES,
    "Attribution.role": model.ROLES,
    "Attribution.form": model.FORMS,
    "Evidence.kind": model.EVIDENCE_KINDS,
    "Casualties.kind": model.CASUALTY_KINDS,
    "Place.precision": model.PLACE_PRECISIONS,
    "When.precision": model.WHEN_PRECISIONS,
    "When.anchor": model.WHEN_ANCHORS,
}


def _example() -> model.Claim:
    """An invented claim with most of its fields filled."""
    text = "Selon la police, des rebelles ont attaqué une caserne à Kora jeudi : 12 soldats tués."

    def at(words: str) -> tuple[int, int, str]:
        start = text.index(words)
        return start, start + len(words), words

    article = model.ArticleRef(id=model.sha256(text.encode()), ref="kora.txt", lang="fr")
    trigger = model.Span(*at("attaqué"))
    return model.Claim(
        id=model.claim_id(article.id, trigger, "armed-attack"),
        article=dataclasses.replace(article, published="2020-05-22"),
        type="armed-attack",
        trigger=trigger,
        sentence=model.Extent(0, len(text)),
        actors=(model.Actor(*at("rebelles")),),
        targets=(model.Target(*at("caserne"), civilian=False),),
        places=(model.Place(*at("Kora")),),
        when=model.When(*at("jeudi"), "2020-05-21", "2020-05-21", "day", "published"),
        casualties=(model.Casualties(*at("12 soldats"), "killed", "soldiers", 12, 12),),
        attribution=(model.Attribution(*at("police"), role="police"),),
        provenance={"type": "fr/events/violence:attack@1"},
    )


def claim() -> str:
    """The claim as JSON, field by field."""
    example = json.dumps(_example().to_json(), ensure_ascii=False, indent=2)
    lines = [
        "# The claim",
        "",
        "`dateline code --format jsonl` prints one such object a line. Offsets are Unicode code",
        "points into the article's text; `text[start:end]` always equals the quoted `text`. Absent",
        "values are null or an empty list: never left out, never guessed.",
        "",
        "An invented example, spread over lines:",
        "",
        "```json",
        example,
        "```",
    ]
    for noun in _NOUNS:
        said = " ".join((inspect.getdoc(noun) or "").replace("``", "`").split())
        inherited = [f.name for f in dataclasses.fields(model.Span)]
        based = issubclass(noun, model.Span) and noun is not model.Span
        lines += ["", f"## {noun.__name__}", "", said, "", "| field | type |", "|---|---|"]
        for field in dataclasses.fields(noun):
            if based and field.name in inherited:
                continue
            words = _WORDS.get(f"{noun.__name__}.{field.name}")
            kind = str(field.type).replace("|", "\\|")
            values = ": " + ", ".join(words) if words else ""
            lines.append(f"| `{field.name}` | {kind}{values} |")
        if based:
            lines.append("| `start`, `end`, `text` | as in [Span](#span) |")
    return "\n".join([*lines, ""])


def _rules(value: Any) -> Iterator[dict[str, Any]]:
    """Every table below a TOML value that carries examples: the rules."""
    if isinstance(value, dict):
        if "examples" in value:
            yield value
        for part in value.values():
            yield from _rules(part)
    elif isinstance(value, list):
        for part in value:
            yield from _rules(part)


def _files(code: str) -> Iterator[tuple[str, dict[str, Any]]]:
    root = resource("lang", code)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name == "events":
            for part in sorted(entry.iterdir(), key=lambda e: e.name):
                if part.name.endswith(".toml"):
                    yield f"events/{part.name}", _toml("lang", code, "events", part.name)
        elif entry.name.endswith(".toml"):
            yield entry.name, _toml("lang", code, entry.name)


def languages() -> str:
    """What each language has: rules and examples by file, and words for each event type."""
    codes = available()
    types = [t["id"] for t in _toml("codebook", "event_types.toml")["type"]]
    lines = [
        "# Languages",
        "",
        "What there is for each language. Every rule carries examples, and every example runs as a",
        "test.",
    ]
    words: dict[str, Counter[str]] = {}
    for code in codes:
        about = language(code).about
        lines += ["", f"## {about.name} (`{code}`)", ""]
        lines += [f"Parser: `{about.parser}`.", "", "| file | rules | examples |", "|---|---|---|"]
        words[code] = Counter()
        for name, content in _files(code):
            rules = list(_rules(content))
            examples = sum(len(rule["examples"]) for rule in rules)
            lines.append(f"| `{name}` | {len(rules) or '-'} | {examples or '-'} |")
            for trigger in content.get("trigger", ()) if name.startswith("events/") else ():
                parts = ("verb", "noun", "adjective", "phrase")
                words[code][trigger["type"]] += sum(len(trigger.get(p, ())) for p in parts)
    lines += [
        "",
        "## Words",
        "",
        "How many words and phrases can name each event type. In which forms they do is on",
        "[another page](coverage.md).",
        "",
        f"| event type | {' | '.join(codes)} |",
        "|---|" + "---|" * len(codes),
    ]
    for name in types:
        counts = " | ".join(str(words[code][name] or "-") for code in codes)
        lines.append(f"| [{name}](event-types.md#{name}) | {counts} |")
    return "\n".join([*lines, ""])


def coverage() -> str:
    """Every event type in every form, in every language: a sentence that is coded so."""
    types = [t["id"] for t in _toml("codebook", "event_types.toml")["type"]]
    lines = [
        "# Coverage",
        "",
        "A sentence for each event type in each form: active verb, passive, noun, headline. Each",
        "runs as a test; the word in bold is the one that is found. An empty cell is a gap, and a",
        "language that is declared complete may have none.",
    ]
    for code in available():
        about = language(code).about
        matrix = load_coverage(code)
        declared = "Declared complete." if about.complete else "Not complete yet."
        filled = sum(len(forms) for forms in matrix.type.values())
        lines += ["", f"## {about.name} (`{code}`)", ""]
        lines += [f"{declared} {filled} of {len(types) * len(FORMS)} cells filled.", ""]
        lines += [f"| event type | {' | '.join(FORMS)} |", "|---|" + "---|" * len(FORMS)]
        for name in types:
            forms = matrix.type.get(name, {})
            cells = [_cell(forms.get(form)) for form in FORMS]
            lines.append(f"| [{name}](event-types.md#{name}) | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(example: CoverageExample | None) -> str:
    if example is None:
        return ""
    before, word, after = example.text.partition(example.trigger)
    return f"{before}**{word}**{after}".replace("|", "\\|")


def accuracy_page() -> str:
    """What was measured on the real sets, as ``make evaluate`` wrote it down."""
    measured = Path(__file__).resolve().parent / "measured.json"
    return accuracy.page(json.loads(measured.read_text(encoding="utf-8")))


PAGES: dict[str, Callable[[], str]] = {
    "accuracy.md": accuracy_page,
    "cli.md": cli,
    "coverage.md": coverage,
    "event-types.md": event_types,
    "claim.md": claim,
    "languages.md": languages,
    "settings.md": config.reference,
}


def main() -> None:
    """Write every page whose text has changed."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: docs/reference/{name}")


if __name__ == "__main__":
    main()

"""Every example of every trigger and light verb of every language runs as a test."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.codebook import codebook
from dateline.language import available, language
from dateline.language.events import TriggerExample
from dateline.model import Claim
from dateline.stages.code import code
from gold import report_of


def _examples() -> list[tuple[str, str, str | None, TriggerExample]]:
    found: list[tuple[str, str, str | None, TriggerExample]] = []
    for lang in available():
        lexicon = language(lang).lexicon
        for trigger in lexicon.triggers:
            found += [(lang, trigger.id, trigger.type, e) for e in trigger.examples]
        for light in lexicon.frames.light_verb:
            found += [(lang, f"light.{light.id}", None, e) for e in light.examples]
    return found


def _not_examples() -> list[tuple[str, str, str]]:
    return [
        (lang, trigger.id, text)
        for lang in available()
        for trigger in language(lang).lexicon.triggers
        for text in trigger.not_examples
    ]


@cache
def coded(lang: str, text: str) -> tuple[Claim, ...]:
    report = report_of(text, lang)
    return tuple(c.claim for c in code(report, language(lang), codebook(), conflict=True))


@pytest.mark.parametrize(("lang", "rule", "type_", "example"), _examples())
def test_rule_finds_its_example(
    lang: str, rule: str, type_: str | None, example: TriggerExample
) -> None:
    claims = coded(lang, example.text)
    wanted = example.type or type_
    found = [c for c in claims if c.trigger.text == example.trigger]
    assert found, f"{rule}: no claim at {example.trigger!r}: {[c.trigger.text for c in claims]}"
    claim = next((c for c in found if wanted in (None, c.type)), found[0])
    assert wanted in (None, claim.type), f"{rule}: type {claim.type}"
    for role in ("actors", "targets", "means"):
        mentions = getattr(claim, role)
        for words in getattr(example, role):
            assert any(words in m.text or m.text in words for m in mentions), (
                f"{rule}: {role}: wanted {words!r}, found {[m.text for m in mentions]}"
            )


@pytest.mark.parametrize(("lang", "rule", "text"), _not_examples())
def test_rule_leaves_its_not_example(lang: str, rule: str, text: str) -> None:
    report = report_of(text, lang)
    rules = {
        c.claim.provenance["type"].split("@")[0]
        for c in code(report, language(lang), codebook(), conflict=False)
    }
    assert rule not in rules, f"{rule} fires on {text!r}"

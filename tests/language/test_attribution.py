"""Every example of the attribution, modality and negation rules of every language, and what the
loader refuses."""

from __future__ import annotations

import pytest

from dateline.language import available, language
from dateline.language.attribution import (
    AttributionFile,
    AttributionRules,
    SpeechExample,
    load_attribution,
)
from dateline.language.loading import ResourceError, read
from dateline.language.modality import ModalityExample, ModalityFile, NegationFile
from dateline.model import ArticleRef, Claim, Extent, claim_id
from dateline.stages.attribute import attribute
from dateline.stages.qualify import qualify
from dateline.syntax import Candidate
from gold import report_of

LANGUAGES = {code: load_attribution(code) for code in available()}
RULES = LANGUAGES["fr"]


class NoActors:
    """A codebook that knows nobody."""

    def actor(self, text: str, lang: str, country: str | None = None) -> None:
        return None


def coded(text: str, trigger: str, code: str = "fr") -> Claim:
    """The claim that the first token beginning with ``trigger`` becomes after both stages."""
    report = report_of(text, code, published="2020-06-01")
    number, token = next(
        (n, t) for n, s in enumerate(report.sentences) for t in s if t.text == trigger
    )
    sentence, article = report.sentences[number], report.article
    span = report.span(token.start, token.end)
    claim = Claim(
        id=claim_id(article.id, span, "armed-attack"),
        article=ArticleRef(id=article.id, ref=article.ref),
        type="armed-attack",
        trigger=span,
        sentence=Extent(sentence.start, sentence.end),
    )
    candidate = Candidate(claim=claim, sentence=number, trigger=token.i, anchor=token.i)
    spoken = language(code)
    found = attribute(report, (candidate,), spoken, NoActors())
    return qualify(report, found, spoken)[0].claim


def speech_examples(rules: AttributionRules) -> list[tuple[str, SpeechExample]]:
    speech = rules.speech
    tables = (
        speech.preposition,
        speech.chain,
        speech.verb,
        speech.publishing,
        speech.evidence,
        speech.showing,
        speech.role,
    )
    return [
        (getattr(rule, "id", None) or str(getattr(rule, "role", "")), example)
        for table in tables
        for rule in table
        for example in rule.examples
    ]


def modality_examples(rules: AttributionRules) -> list[tuple[str, ModalityExample]]:
    tables = (
        rules.modality.mood,
        rules.modality.governor,
        rules.modality.background,
        rules.negation.particle,
        rules.negation.determiner,
        rules.negation.without,
    )
    return [(rule.id, e) for table in tables for rule in table for e in rule.examples]


@pytest.mark.parametrize(
    ("code", "rule", "example"),
    [(code, *each) for code, rules in LANGUAGES.items() for each in speech_examples(rules)],
)
def test_speech_examples(code: str, rule: str, example: SpeechExample) -> None:
    claim = coded(example.text, example.trigger, code)
    said = [a.text for a in claim.attribution]
    assert len(said) == len(example.speakers), (rule, said)
    for found, wanted in zip(said, example.speakers, strict=True):
        assert wanted in found or found in wanted, (rule, said)
    if example.roles:
        assert tuple(a.role for a in claim.attribution) == example.roles, rule
    if example.evidence or not example.speakers:
        assert tuple(e.kind for e in claim.evidence) == example.evidence, rule


@pytest.mark.parametrize(
    ("code", "rule", "example"),
    [(code, *each) for code, rules in LANGUAGES.items() for each in modality_examples(rules)],
)
def test_modality_examples(code: str, rule: str, example: ModalityExample) -> None:
    claim = coded(example.text, example.trigger, code)
    assert (claim.modality, claim.negated) == (example.modality, example.negated), rule
    if example.background is not None:
        assert claim.background == example.background, rule


def test_roles_see_through_spokesmen() -> None:
    assert RULES.role("porte-parole du ministère de la Défense") == "official"
    assert RULES.role("porte-parole de l'armée") == "military"
    assert RULES.role("chef de la police") == "police"
    assert RULES.role("passant") == "witness"
    assert RULES.role("agence de presse des rebelles") == "belligerent"
    assert RULES.role("quelqu'un") is None


def test_firm_roles_leave_spokesmen_to_the_words_before_them() -> None:
    rules = LANGUAGES["en"]
    assert rules.role("spokesman") == "official"
    assert rules.role("spokesman", firm=True) is None
    assert rules.role("spokesman for the army", firm=True) == "military"
    assert rules.role("officer", "officer who asked not to be named", firm=True) == "anonymous"


@pytest.mark.parametrize(
    ("model", "text", "reason"),
    [
        (NegationFile, 'version = "1"\ncolour = "red"\n', "colour"),
        (
            ModalityFile,
            'version = "1"\n[[governor]]\nid = "x"\nmodality = "maybe"\nexamples = []\n',
            "governor",
        ),
        (AttributionFile, 'version = "1"\n[[verb]]\nid = "x"\nverbs = ["dire"]\n', "verb"),
    ],
)
def test_broken_files_are_refused(model: type, text: str, reason: str) -> None:
    with pytest.raises(ResourceError, match="toml"):
        read(model, text, "lang/xx/broken.toml")


def test_an_unknown_language_has_no_rules() -> None:
    with pytest.raises(ResourceError, match="no such resource"):
        load_attribution("xx")


def test_rules_are_compiled_once() -> None:
    assert isinstance(RULES, AttributionRules)
    assert RULES.prepositions is RULES.prepositions

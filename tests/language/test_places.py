"""Every example of every rule in ``places.toml`` holds, in every language that has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.gazetteer import Gazetteer, open_gazetteer
from dateline.language import available, loading
from dateline.language.loading import ResourceError
from dateline.language.placerules import (
    BehindRule,
    Deixis,
    Exonym,
    PlaceExample,
    PlaceFile,
    PlaceNoun,
    RelationRule,
)
from dateline.language.places import PlaceWords, load_places

LANGUAGES = [c for c in available() if loading.resource("lang", c, "places.toml").is_file()]


def before(words: PlaceWords, example: PlaceExample) -> str:
    assert example.name in example.text
    return example.text[: example.text.rindex(example.name)]


def relations() -> Iterator[tuple[PlaceWords, RelationRule]]:
    for code in LANGUAGES:
        words = load_places(code)
        yield from ((words, rule) for rule in words.file.relation)


@pytest.mark.parametrize(("words", "rule"), list(relations()), ids=lambda x: getattr(x, "id", ""))
def test_relations(words: PlaceWords, rule: RelationRule) -> None:
    for example in rule.examples:
        cue = words.before(before(words, example))
        assert cue.rule == rule.id, example
        assert (cue.kind, cue.relation, cue.radius_km, cue.noun) == (
            rule.kind,
            example.relation,
            example.radius_km,
            example.noun,
        )
    for example in rule.not_examples:
        assert words.before(before(words, example)).rule != rule.id, example


def nouns() -> Iterator[tuple[PlaceWords, PlaceNoun]]:
    for code in LANGUAGES:
        words = load_places(code)
        yield from ((words, noun) for noun in words.file.noun)


@pytest.mark.parametrize(("words", "noun"), list(nouns()), ids=lambda x: getattr(x, "kind", ""))
def test_place_nouns(words: PlaceWords, noun: PlaceNoun) -> None:
    for example in noun.examples:
        assert words.before(before(words, example)).noun == (example.noun or noun.kind), example


def deictics() -> Iterator[tuple[PlaceWords, Deixis]]:
    for code in LANGUAGES:
        words = load_places(code)
        yield from ((words, rule) for rule in words.file.deixis)


@pytest.mark.parametrize(("words", "rule"), list(deictics()), ids=lambda x: getattr(x, "id", ""))
def test_places_by_role(words: PlaceWords, rule: Deixis) -> None:
    def found(text: str) -> list[str]:
        return [text[m.start : m.end] for m in words.deictic(text) if m.rule == rule.id]

    for example in rule.examples:
        assert example.name in found(example.text)
    for text in rule.not_examples:
        assert not found(text)


def exonyms() -> Iterator[tuple[PlaceWords, Exonym]]:
    for code in LANGUAGES:
        words = load_places(code)
        yield from ((words, exonym) for exonym in words.file.exonym)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(("words", "exonym"), list(exonyms()), ids=lambda x: getattr(x, "is_", ""))
def test_exonyms_lead_to_a_place(words: PlaceWords, exonym: Exonym, gazetteer: Gazetteer) -> None:
    entries = gazetteer.lookup(exonym.is_, exonym.country)
    assert [e for e in entries if exonym.kind in (None, e.kind)]
    for text in exonym.examples:
        assert any(name in text for name in exonym.names)


@pytest.mark.parametrize("code", LANGUAGES)
def test_word_lists_show_an_example(code: str) -> None:
    file = load_places(code).file
    for entry in (*file.holder, *file.not_place):
        for text in entry.examples:
            assert any(word in text for word in entry.words), text


@pytest.mark.parametrize("code", LANGUAGES)
def test_capitals_lead_to_a_place(code: str, gazetteer: Gazetteer) -> None:
    words = load_places(code)
    missing = [
        name
        for country, name in words.capital_of.items()
        if not gazetteer.lookup(name, country) and words.key(name) not in words.exonyms
    ]
    assert missing == []


def test_a_language_without_the_file() -> None:
    with pytest.raises(ResourceError, match=r"places\.toml: no such resource file"):
        load_places("xx")


def test_an_unknown_key_is_refused() -> None:
    text = loading.resource("lang", LANGUAGES[0], "places.toml").read_text(encoding="utf-8")
    with pytest.raises(ResourceError, match="colour"):
        loading.read(PlaceFile, f'colour = "red"\n{text}', "places.toml")


def test_before_is_bounded() -> None:
    words = load_places(LANGUAGES[0])
    for text in ("à " * 20_000, "l'" * 20_000, "entre a et " * 5_000, "de la ville de " * 5_000):
        words.before(text)
        words.deictic(text)


def behinds() -> Iterator[tuple[PlaceWords, BehindRule]]:
    for code in LANGUAGES:
        words = load_places(code)
        yield from ((words, rule) for rule in words.file.behind)


@pytest.mark.parametrize(("words", "rule"), list(behinds()), ids=lambda x: getattr(x, "id", ""))
def test_words_behind_a_name(words: PlaceWords, rule: BehindRule) -> None:
    for example in rule.examples:
        at = example.text.rindex(example.name)
        behind = words.behind(example.text[at + len(example.name) :])
        assert behind is not None, example
        assert behind.rule.id == rule.id, example
        cue = behind.of(words.before(example.text[:at]))
        assert (cue.noun, cue.radius_km) == (example.noun, example.radius_km), example
    for example in rule.not_examples:
        at = example.text.rindex(example.name)
        behind = words.behind(example.text[at + len(example.name) :])
        assert behind is None or behind.rule.id != rule.id, example

"""qualify: whether a happening is stated as fact, denied in its own clause, or told as background.

The happening's verb, and the words above it in the tree, decide; the climb stops where another
clause begins, since what governs that clause says nothing of this one. All words are data.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.language import Language
from dateline.language.attribution import AttributionRules
from dateline.language.modality import Background
from dateline.language.standing import Standing
from dateline.syntax import Candidate, Report, Token

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_OLD_DAYS = 60
_NOT_DONE = ("planned", "threatened", "hypothetical")
_NEAR = 400
"""Characters to either side in which words of the past are looked for."""


def qualify(
    report: Report, candidates: tuple[Candidate, ...], language: Language
) -> tuple[Candidate, ...]:
    """The candidates with ``modality``, ``negated`` and ``background`` filled. A modality or
    negation that the trigger's own entry has set is kept."""
    rules = language.attribution
    return tuple(_qualified(report, c, rules, language.version) for c in candidates)


def _qualified(
    report: Report, candidate: Candidate, rules: AttributionRules, version: str
) -> Candidate:
    claim = candidate.claim
    sentence = report.sentences[candidate.sentence]
    place = Standing(sentence, candidate.trigger, candidate.anchor, rules, claim.type)
    negation = None if claim.negated or candidate.settled else place.negation()
    if negation is not None:
        candidate = candidate.fill(f"negation.{negation}@{version}", negated=True)
    if claim.modality == "asserted":
        found = None if candidate.settled else place.modality()
        spoken = bool(claim.attribution) and not candidate.toll
        if found is None and negation is not None and spoken and place.denies():
            found = "denied", f"negation.{negation}"
        if found is not None:
            candidate = candidate.fill(f"{found[1]}@{version}", modality=found[0])
        if found is not None and found[0] in _NOT_DONE and claim.casualties:
            # Nobody has been harmed by what is only planned.
            candidate = candidate.fill(f"{found[1]}@{version}", casualties=())
    behind = None if candidate.claim.negated else _background(report, candidate, place)
    if behind is not None:
        candidate = candidate.fill(f"background.{behind}@{version}", background=True)
    return candidate


def _background(report: Report, candidate: Candidate, place: Standing) -> str | None:
    sentence, rules = place.sentence, place.rules
    claim = candidate.claim
    published = _day(report.article.published)
    latest = _day(claim.when.latest)
    if published is not None and latest is not None:
        return "dated" if (published - latest).days > _OLD_DAYS else None
    base = max(sentence.start, claim.trigger.start - _NEAR)
    text = report.view[base : min(sentence.end, claim.trigger.end + _NEAR)]
    verb = _own_verb(place)
    year = _earlier_year(text, published)
    for rule, pattern in rules.backgrounds:
        worded = pattern is not None and any(
            _hangs_on(place, verb, base + m.start(), base + m.end()) for m in pattern.finditer(text)
        )
        if rule.aux_morph is None:
            if worded and not _present(rule, verb):
                return rule.id
        elif verb is not None and (worded or year):
            forms = sentence.children(verb.i, "aux")
            if any(rule.aux_morph in f.morph for f in forms):
                return rule.id
    return None


def _hangs_on(place: Standing, verb: Token | None, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` hang on the happening or on its verb."""
    sentence = place.sentence
    mine = {place.trigger, place.anchor}
    if verb is not None:
        mine.add(verb.i)
    inside = {t.i for t in sentence if start <= t.start < end}
    return any(sentence[i].head in mine for i in inside if sentence[i].head not in inside)


def _present(rule: Background, verb: Token | None) -> bool:
    """Whether the happening's verb goes on, where the rule wants it over."""
    if rule.not_morph is None or verb is None:
        return False
    return "VerbForm=Fin" in verb.morph and rule.not_morph in verb.morph


def _own_verb(place: Standing) -> Token | None:
    """The verb of the happening's clause."""
    trigger = place.sentence[place.trigger]
    if trigger.pos in ("VERB", "AUX"):
        return trigger
    if place.anchor != place.trigger:
        return place.sentence[place.anchor]
    for ancestor in place.sentence.ancestors(place.trigger):
        if ancestor.pos in ("VERB", "AUX"):
            return ancestor
    return None


def _earlier_year(text: str, published: date | None) -> bool:
    """Whether the only years in the sentence lie before the year of publication."""
    years = [int(y) for y in _YEAR.findall(text)]
    return bool(years) and published is not None and max(years) < published.year


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None

"""weigh: how likely it is that each claim was coded right, from how it was coded.

The features are named and can be checked by a reader: what kind of word named the happening, which
conditions its rule had, which slots its sentence filled. What is made of them is a model
(:mod:`dateline.confidence`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dateline.language import Language
from dateline.syntax import Candidate, Report

_DIGITS = 2
_LONG = 40
_CROWD = 20


class Weights(Protocol):
    """What this stage asks of the model."""

    @property
    def version(self) -> str: ...
    def probability(self, features: Mapping[str, float], /) -> float: ...


def weigh(
    report: Report, candidates: tuple[Candidate, ...], language: Language, weights: Weights
) -> tuple[Candidate, ...]:
    """The candidates, each with its confidence from 0 to 1, in hundredths."""
    others = len(candidates) - 1
    return tuple(
        c.fill(
            f"confidence@{weights.version}",
            confidence=round(weights.probability(features(report, c, language, others)), _DIGITS),
        )
        for c in candidates
    )


def features(
    report: Report, candidate: Candidate, language: Language, others: int
) -> dict[str, float]:
    """The features of a claim, by name; each is 0 or 1, or a share. ``others``: how many more
    claims its report has."""
    claim, sentence = candidate.claim, report.sentences[candidate.sentence]
    token = sentence[candidate.trigger]
    rule = language.lexicon.by_id.get(claim.provenance.get("type", "").split("@")[0])
    found: dict[str, bool | float] = {
        "named by a verb": token.pos in ("VERB", "AUX"),
        "named by a name": token.pos == "PROPN",
        "named by a toll": candidate.toll,
        "the verb of a noun": candidate.anchor != candidate.trigger,
        "rule counts only beside others": rule is not None and rule.strength == "soft",
        "rule asks for words": rule is not None and bool(rule.needs),
        "rule asks for a role": rule is not None and rule.needs_role is not None,
        "rule is a phrase": rule is not None and bool(rule.phrase) and not (rule.verb or rule.noun),
        "actor": bool(claim.actors),
        "actor in the codebook": any(a.id for a in claim.actors),
        "target": bool(claim.targets),
        "means": bool(claim.means),
        "casualties": bool(claim.casualties),
        "place": any(p.id is not None for p in claim.places),
        "date": claim.when.text is not None,
        "attributed": bool(claim.attribution),
        "not asserted": claim.modality != "asserted",
        "negated": claim.negated,
        "background": claim.background,
        "in the headline": sentence.headline,
        "in the first paragraph": sentence.paragraph <= 1,
        "long sentence": len(sentence) > _LONG,
        "alone in its report": not others,
        "many claims in its report": min(1.0, others / _CROWD),
        f"type: {claim.type}": True,
        f"written in: {language.code}": True,
    }
    return {name: float(value) for name, value in found.items()}

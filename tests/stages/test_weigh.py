from __future__ import annotations

import json

import pytest

from dateline import confidence
from dateline.codebook import codebook
from dateline.confidence import Weights, weights
from dateline.config import Settings
from dateline.language import language
from dateline.language.loading import ResourceError
from dateline.model import Document
from dateline.pipeline import Coder
from dateline.stages.code import code
from dateline.stages.weigh import features, weigh
from dateline.syntax import Candidate, Report
from gold import report_of

TEXT = "Rebels attacked the barracks of Gao on Monday, a spokesman said."


def coded() -> tuple[Report, tuple[Candidate, ...]]:
    report = report_of(TEXT, "en")
    return report, code(report, language("en"), codebook(), conflict=True)


def test_weigh_gives_every_claim_the_probability_of_its_features() -> None:
    report, candidates = coded()
    model = Weights("7", 0.0, {"target": 1.0})
    (found,) = weigh(report, candidates, language("en"), model)
    assert found.claim.confidence == 0.73
    assert found.claim.provenance["confidence"] == "confidence@7"


def test_weigh_reads_features_that_hold() -> None:
    report, candidates = coded()
    found = features(report, candidates[0], language("en"), 0)
    assert found["named by a verb"] == found["actor"] == found["target"] == 1.0
    assert found["type: armed-attack"] == found["alone in its report"] == 1.0
    assert found["negated"] == found["casualties"] == found["in the headline"] == 0.0


def test_weigh_comes_with_a_model_that_knows_its_features() -> None:
    report, candidates = coded()
    known = weights()
    assert set(features(report, candidates[0], language("en"), 3)) & set(known.weights)
    assert 0 < known.probability({}) < 1


def test_weigh_is_part_of_the_coding() -> None:
    document = Document(data=TEXT.encode(), ref="given", lang="en", published="2021-03-17")
    claims = Coder(Settings()).code(document).claims
    assert claims
    assert all(claim.confidence is not None for claim in claims)
    assert json.loads(claims[0].to_line())["confidence"] == claims[0].confidence


def test_weigh_refuses_broken_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def read_text(self, encoding: str) -> str:
            return "{}"

    monkeypatch.setattr(confidence, "resource", lambda *parts: Broken())
    weights.cache_clear()
    with pytest.raises(ResourceError, match=r"confidence\.json"):
        weights()
    weights.cache_clear()

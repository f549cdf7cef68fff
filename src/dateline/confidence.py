"""How likely it is that a claim was coded right: the weights of named features of its coding.

A logistic regression over features that a reader can check (``stages/weigh.py``). Its weights are
data
(``resources/codebook/confidence.json``), fitted on development gold alone by
``calibration/train.py``; how well they hold is in ``docs/explanation/confidence.md``. "Right" means
what it means there: a reader of the same report wrote down a claim of this type at this word. It
says nothing of whether the claim is true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.language.loading import ResourceError, resource

_MANY = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: its version, and a weight for each feature."""

    version: str
    intercept: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability for these features, from 0 to 1. Features without a weight count
        nothing."""
        score = self.intercept
        score += sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-_MANY, min(_MANY, score))))


@cache
def weights() -> Weights:
    """The weights that come with dateline. Raises ResourceError for a broken file."""
    name = "codebook/confidence.json"
    try:
        raw = json.loads(resource("codebook", "confidence.json").read_text(encoding="utf-8"))
        return Weights(raw["version"], float(raw["intercept"]), raw["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"{name}:1: not the weights of a confidence: {error!r}") from None

"""Fits the confidence of claims on development gold, and says how well it holds.

    make calibrate

Codes every report of the development sets, calls a claim right when the gold has one of its type at
its word (:mod:`dateline.agreement`, "typed"), and fits a logistic regression on the features of
``stages/weigh.py``. The probabilities that are judged are those of reports the model has not seen
(leave one report out of ten groups). Writes ``resources/codebook/confidence.json`` and
``docs/explanation/confidence.svg``, and prints what ``docs/explanation/confidence.md`` reports.

Sets that are not here are left out, and the file says which were used; test sets never are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss
from sklearn.model_selection import GroupKFold, cross_val_predict

from dateline.agreement import pair
from dateline.config import Settings
from dateline.gold.claims import document_of, plain
from dateline.gold.reading import read_rows
from dateline.language import available, language
from dateline.model import Outcome
from dateline.pipeline import candidates_of
from dateline.stages.extract import extract
from dateline.stages.weigh import features

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src/dateline/resources/codebook/confidence.json"
PLOT = ROOT / "docs/explanation/confidence.svg"
DEVELOPMENT = ("../shared/eval/fr-dev.jsonl", "gold/fr-readers.jsonl", "gold/en-readers.jsonl")
STRENGTH = 0.2
FOLDS = 10
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A claim that was coded: its report, its features, and whether the gold has it too."""

    report: str
    features: dict[str, float]
    right: bool


def examples(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Every claim coded from gold rows."""
    settings = Settings.from_environment()
    for row in rows:
        article = extract(document_of(row), available(), settings)
        assert not isinstance(article, Outcome), row["id"]
        assert article.lang is not None
        lang = language(article.lang)
        report, candidates = candidates_of(article, lang)
        ours = [plain(c.claim) for c in candidates]
        right = {o for _, o in pair(row["claims"], ours, "typed")}
        for n, candidate in enumerate(candidates):
            found = features(report, candidate, lang, len(candidates) - 1)
            yield Example(str(row["id"]), found, n in right)


def main() -> None:
    used, found = {}, []
    for name in DEVELOPMENT:
        path = ROOT / name
        if not path.is_file():
            print(f"left out, not here: {name}")
            continue
        used[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        found += list(examples(read_rows(path)))
    names = sorted({name for e in found for name in e.features})
    x = np.array([[e.features.get(name, 0.0) for name in names] for e in found])
    y = np.array([e.right for e in found], dtype=int)
    groups = np.array([e.report for e in found])
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    unseen = cross_val_predict(
        model, x, y, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    model.fit(x, y)
    old = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)}
    made = {
        "version": str(int(old["version"]) + 1),
        "trained_on": used,
        "claims": len(found),
        "right": int(y.sum()),
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": {name: weight for name, weight in weights.items() if weight},
    }
    WEIGHTS.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    base = np.full(len(y), y.mean())
    print(f"{len(found)} claims of {len(set(groups))} reports, {y.mean():.3f} of them right")
    score, constant = brier_score_loss(y, unseen), brier_score_loss(y, base)
    print(f"Brier score {score:.4f}; of one figure for all {constant:.4f}")
    bins = list(_bins(unseen, y))
    gap = sum(n * abs(said - was) for said, was, n in bins) / len(y)
    print(f"expected calibration error {gap:.3f}")
    print("said  was   claims")
    for said, was, n in bins:
        print(f"{said:.2f}  {was:.2f}  {n:5}")
    _plot(bins)


def _bins(said: Any, right: Any) -> Iterator[tuple[float, float, int]]:
    """Mean probability, share right and number of the claims of each bin that has ten."""
    for low, high in pairwise(BINS):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        if inside.sum() >= 10:
            yield float(said[inside].mean()), float(right[inside].mean()), int(inside.sum())


def _plot(bins: Sequence[tuple[float, float, int]]) -> None:
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "dateline"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 5), layout="constrained")
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, label="said as it was")
    said, was, sizes = zip(*bins, strict=True)
    error = [1.96 * (p * (1 - p) / n) ** 0.5 for p, n in zip(was, sizes, strict=True)]
    axes.errorbar(
        said,
        was,
        yerr=error,
        fmt="o-",
        color="tab:blue",
        capsize=3,
        label="claims of unseen reports",
    )
    for x, y, n in bins:
        axes.annotate(f"{n}", (x, y), textcoords="offset points", xytext=(6, -12), fontsize=8)
    axes.set(
        xlabel="confidence said",
        ylabel="share of claims that were right",
        xlim=(0, 1),
        ylim=(0, 1.02),
    )
    axes.legend(loc="lower right", frameon=False)
    axes.set_title("Reliability of the confidence of claims")
    figure.savefig(PLOT, metadata={"Date": None})


if __name__ == "__main__":
    main()

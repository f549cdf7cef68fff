"""``coverage.toml`` of a language: a sentence for each event type in each form it can take.

The matrix shows at a glance what a language can say; an empty cell is a gap. A language that
``language.toml`` declares complete has none.
"""

from __future__ import annotations

from typing import Literal, get_args

from dateline.language import loading
from dateline.language.loading import Rules

Form = Literal["active", "passive", "noun", "headline"]
FORMS: tuple[Form, ...] = get_args(Form)


class CoverageExample(Rules):
    """A sentence, and the word in it that must become the trigger."""

    text: str
    trigger: str


class Coverage(Rules):
    """The whole of ``coverage.toml``: examples by event type and form."""

    version: str
    type: dict[str, dict[Form, CoverageExample]]


def load_coverage(code: str) -> Coverage:
    """The matrix of a language. Raises ResourceError for a missing or broken file."""
    return loading.load(Coverage, "lang", code, "coverage.toml")


def gaps(coverage: Coverage, types: tuple[str, ...]) -> tuple[tuple[str, Form], ...]:
    """The cells, of these event types in every form, that hold no example."""
    return tuple((t, f) for t in types for f in FORMS if f not in coverage.type.get(t, {}))

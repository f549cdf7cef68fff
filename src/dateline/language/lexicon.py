"""Placeholder until written."""

from __future__ import annotations


class Lexicon:
    """Placeholder."""


def load_lexicon(code: str) -> Lexicon:
    return Lexicon()

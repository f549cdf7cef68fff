"""Placeholder until written."""

from __future__ import annotations


class TimeGrammar:
    """Placeholder."""


def load_time(code: str) -> TimeGrammar:
    return TimeGrammar()

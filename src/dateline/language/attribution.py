"""Placeholder until written."""

from __future__ import annotations


class AttributionRules:
    """Placeholder."""


def load_attribution(code: str) -> AttributionRules:
    return AttributionRules()

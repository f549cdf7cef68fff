"""Placeholder until written."""

from __future__ import annotations


class PlaceWords:
    """Placeholder."""


def load_places(code: str) -> PlaceWords:
    return PlaceWords()

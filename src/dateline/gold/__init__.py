"""The forms of gold that claims are scored against, one reader a file.

A reader is listed by the name of its module and class and imported when it is asked for. What they
share is in :mod:`dateline.gold.reading`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.gold.reading import Reader, Row

READERS = (
    "claims:ClaimGold",
    "plover:PloverGold",
    "muc:MucGold",
    "dates:DateGold",
    "geovirus:GeoVirusGold",
    "entities:EntityGold",
)
"""Module and class of every reader."""


def readers() -> Iterator[Reader]:
    """Every reader, in the order of the list."""
    for place in READERS:
        module, _, name = place.partition(":")
        found = getattr(importlib.import_module(f"dateline.gold.{module}"), name)
        reader: Reader = found()
        yield reader


def reader_of(row: Row) -> Reader | None:
    """The reader that knows a row of gold; None when none does."""
    return next((reader for reader in readers() if reader.accepts(row)), None)

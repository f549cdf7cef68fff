"""Work for the process pool to do in tests: in a module of its own, since a spawned process must be
able to import it by name."""

from __future__ import annotations

import os
from collections.abc import Callable


def work(item: int) -> int:
    if item == 3:
        raise ValueError("not\nthree")
    if item == 5:
        os._exit(9)
    return item * item


def make() -> Callable[[int], int]:
    return work


def make_nothing() -> Callable[[int], int]:
    raise OSError("no model here")

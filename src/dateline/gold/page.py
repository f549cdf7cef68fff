"""page: the faults of results as one self-contained HTML page, to read.

Each faulty item is shown with its whole text, in which what the gold names and what was found are
marked in two colours, and with the values of both sides. The page asks nothing of any network, runs
only its own script, and shows every text as data: the template escapes all of it, and a content
security policy allows just the style and script whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline import __version__
from dateline.gold.reading import Fault, Mark, Result
from dateline.gold.tables import worst

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text under the same marks: what the gold says of it, and what was found."""

    text: str
    gold: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text cut wherever a mark begins or ends; joined, the pieces are the text again."""
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = {0, len(text)} | {edge for mark in kept for edge in (mark.start, mark.end)}
    result = []
    for start, end in itertools.pairwise(sorted(edges)):
        over = [mark for mark in kept if mark.start <= start and end <= mark.end]
        gold, ours = (
            tuple(dict.fromkeys(mark.label for mark in over if mark.side == side))
            for side in ("gold", "ours")
        )
        result.append(Piece(text[start:end], gold, ours))
    return tuple(result)


def page(results: Sequence[tuple[str, Result]], limit: int | None = None) -> str:
    """The page of some results, each with the name of its file. ``limit``: at most so many items of
    each, the worst first."""
    from markupsafe import Markup

    template, style, script = _template()
    sections = [_section(name, result, limit) for name, result in results]
    kinds = Counter(fault.kind for _, result in results for fault in result.faults)
    text: str = template.render(
        sections=sections,
        kinds=kinds.most_common(),
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text


def _section(name: str, result: Result, limit: int | None) -> dict[str, Any]:
    items = [_item(ref, faults) for ref, faults in worst(result.faults, limit)]
    return {
        "name": name,
        "items": items,
        "faulty": len({(fault.ref, fault.text) for fault in result.faults}),
        "all": result.items,
    }


def _item(ref: str, faults: Sequence[Fault]) -> dict[str, Any]:
    marks = dict.fromkeys(mark for fault in faults for mark in fault.marks)
    text = max((fault.text for fault in faults), key=len)
    return {
        "ref": ref,
        "faults": faults,
        "kinds": tuple(dict.fromkeys(fault.kind for fault in faults)),
        "pieces": pieces(text, marks),
    }


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template() -> tuple[Any, str, str]:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("dateline").joinpath("gold", "templates")

    def source(name: str) -> str:
        return folder.joinpath(name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What may not stand in a page (controls, lone surrogates) is shown as what it is: unknown.
        finalize=lambda value: _CONTROLS.sub("\ufffd", value) if type(value) is str else value,
    )
    return environment.get_template("errors.html"), source("errors.css"), source("errors.js")

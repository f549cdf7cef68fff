"""Where an article's text is between quotation marks. Punctuation only, of no language."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Span

_OPENING = "«“„‟〝"
_CLOSING = "»”〞"
_EITHER = '"＂'


def quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Span, ...]:
    """The outermost quotations of these paragraphs of a text, marks left out, in text order.

    A quotation may hold several sentences; one that is not closed ends with its paragraph when its
    mark can only open, and is none when the mark is a plain one.
    """
    found = []
    for paragraph in paragraphs:
        depth, start, plain = 0, -1, False
        for at in range(paragraph.start, paragraph.end):
            char = text[at]
            if char in _EITHER:
                if depth == 0:
                    depth, start, plain = 1, at + 1, True
                elif plain:
                    found.append(Span.of(text, start, at))
                    depth, plain = 0, False
            elif plain:
                continue
            elif char in _OPENING:
                depth += 1
                if depth == 1:
                    start = at + 1
            elif char in _CLOSING and depth:
                depth -= 1
                if depth == 0:
                    found.append(Span.of(text, start, at))
        if depth and not plain:
            found.append(Span.of(text, start, paragraph.end))
    return tuple(found)

"""Offset-preserving hygiene: a view of the text for matching, one code point for one.

The article's text is frozen; what is matched and parsed is its view, where typographic
apostrophes, quotation marks, dashes and spaces are plain. View and text have the same length, so
an offset in one is the same offset in the other.
"""

from __future__ import annotations

import re
import unicodedata

from dateline.model import Span

_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07"
_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c\x85"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u061c"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_BREAKS = "\r\u2028\u2029"

_PLAIN = {
    **{ord(c): "'" for c in _APOSTROPHES},
    **{ord(c): '"' for c in _QUOTES},
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _SPACES + _INVISIBLE + _BIDI},
    **{ord(c): "\n" for c in _LINE_BREAKS},
    **{c: " " for c in range(32) if chr(c) not in "\t\n\r\x0b\x0c"},
    **{c: " " for c in range(0xD800, 0xE000)},
}

_PARAGRAPH = re.compile(r"[^\n]+")


def view(text: str) -> str:
    """The matching view of a text: same length, typographic characters made plain.

    >>> view("l’opération «\\u00a0Volcan\\u00a0»")
    'l\\'opération " Volcan "'
    """
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """Lower case without accents, one code point for one: what the lexical gate looks at.

    >>> fold("Enlèvement à Évry")
    'enlevement a evry'
    """
    if text.isascii():
        return text.lower()
    return "".join(_folded(c) for c in text)


_FOLDED: dict[str, str] = {}


def _folded(char: str) -> str:
    known = _FOLDED.get(char)
    if known is None:
        base = unicodedata.normalize("NFD", char)[0].lower()
        known = base if len(base) == 1 else char
        if len(_FOLDED) < 65536:
            _FOLDED[char] = known
    return known


def paragraphs(text: str) -> tuple[Span, ...]:
    """The non-empty lines of a text as spans, outer white space left out. A line break always
    ends a sentence, so a line is the unit that is parsed."""
    spans = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if end > start:
            spans.append(Span(start, end, text[start:end]))
    return tuple(spans)


def suspicious(text: str) -> tuple[str, ...]:
    """What may mislead a reader's eye: "bidi" controls, "invisible" characters, and
    "mixed-script" words (Latin with Cyrillic or Greek in one word)."""
    found = []
    if any(c in text for c in _BIDI):
        found.append("bidi")
    if any(c in text for c in _INVISIBLE):
        found.append("invisible")
    if _mixed_script(text):
        found.append("mixed-script")
    return tuple(found)


_WORD = re.compile(r"[^\W\d_]+")


def _mixed_script(text: str) -> bool:
    if text.isascii():
        return False
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        scripts = {unicodedata.name(c, "").split(" ")[0] for c in word}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return True
    return False

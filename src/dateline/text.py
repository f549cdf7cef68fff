"""Bytes to text, and offset-preserving hygiene: a view of the text for matching, one code point
for one.

The article's text is frozen; what is matched and parsed is its view, where typographic
apostrophes, quotation marks, dashes and spaces are plain. View and text have the same length, so
an offset in one is the same offset in the other.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from dateline.model import Span

_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07"
_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000\t\x0b\x0c\x85"
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
    **dict.fromkeys(range(0xD800, 0xE000), " "),
}

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?\u2026\u061f\u06d4][\"'\u00bb\u201d\u2019)\]]*\s")


def view(text: str) -> str:
    """The matching view of a text: same length, typographic characters made plain.

    >>> view("l’opération «\\u00a0Volcan\\u00a0»")
    'l\\'opération " Volcan "'
    """
    return unwrapped(text).translate(_PLAIN)


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


_NARROWEST, _WIDEST = 40, 100
_WRAPPED_PAIRS = 2
_WRAPPED_SHARE = 0.8
_RAGGED = 4
_BLOCK = re.compile(r"(?:[^\n\r]*\S[^\n\r]*(?:\r\n?|\n|\Z))+")


def unwrapped(text: str) -> str:
    """A text whose lines were broken to fit a width, with a space for each such line break (the
    same length); any other text as it is.

    Lines are broken to a width when, nearly always, the first word of a line would not have
    fitted on the line before, and no line is wider than a page of type.
    """
    if max(map(len, text.split("\n"))) > _WIDEST:
        return text
    broken: list[tuple[int, int]] = []
    pairs = 0
    for block in _BLOCK.finditer(text):
        lines = list(_PARAGRAPH.finditer(text, block.start(), block.end()))
        width = max(len(line.group().rstrip()) for line in lines)
        for one, two in pairwise(lines):
            if two.group()[0].isspace():
                continue  # indented: a new paragraph
            pairs += 1
            word = two.group().split(None, 1)[0]
            taken = len(one.group().rstrip()) + 1 + len(word)
            if width >= _NARROWEST and taken > width - _RAGGED:
                broken.append((one.end(), two.start()))
    if len(broken) < _WRAPPED_PAIRS or len(broken) < _WRAPPED_SHARE * pairs:
        return text
    characters = list(text)
    for start, end in broken:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def paragraphs(text: str, longest: int | None = None) -> tuple[Span, ...]:
    """The non-empty lines of a text as spans, outer white space left out. A line break always
    ends a sentence, so a line is the unit that is parsed. Lines broken to a width are one
    (:func:`unwrapped`).

    A line of more than ``longest`` code points comes as several spans, each at most that long, cut
    after the end of a sentence, else at white space, else anywhere.
    """
    spans = []
    for match in _PARAGRAPH.finditer(unwrapped(text)):
        for start, end in _pieces(text, match.start(), match.end(), longest):
            piece = text[start:end]
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
            if end > start:
                spans.append(Span(start, end, text[start:end]))
    return tuple(spans)


def _pieces(text: str, start: int, end: int, longest: int | None) -> Iterator[tuple[int, int]]:
    while longest is not None and end - start > longest:
        stop = start + longest
        cut = start
        for match in _SENTENCE_END.finditer(text, start + longest // 2, stop):
            cut = match.end()
        if cut == start:
            at = max(text.rfind(" ", start + longest // 2, stop), start)
            cut = at + 1 if at > start else stop
        yield start, cut
        start = cut
    yield start, end


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


class UndecodableError(ValueError):
    """Bytes that are no text; the message says, in a few words, what they look like."""


_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
# What browsers do with these names (https://encoding.spec.whatwg.org/#names-and-labels).
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
# The 8-bit encodings that news text is met in; others make detection worse, not better.
_CANDIDATES = ["cp1252", "cp1251", "cp1256", "koi8_u", "iso8859_6"]
_SAMPLE = 65_536
# Above this share of bytes over 127 to ASCII letters, the letters themselves are not Latin.
_WESTERN = 0.5


def decode(data: bytes, declared: str | None = None) -> str:
    """Bytes to text: by byte order mark, as UTF-8 if they are that, by the ``declared`` encoding,
    else as Windows-1252 if most letters are ASCII, else by the likeliest 8-bit encoding
    (charset-normalizer). A byte order mark is no text.

    Raises UndecodableError for what is no text (a known file format, NUL bytes, control
    characters) or fits no encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UndecodableError(
                    f"its byte order mark says {encoding}, but byte {error.start + len(mark)} "
                    "is not that"
                ) from None
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UndecodableError(f"it is {what}")
    if b"\0" in data:
        raise UndecodableError(
            "it is binary, or UTF-16 without a byte order mark (it holds NUL bytes)"
        )
    if len(data) - len(data.translate(None, _CONTROLS)) > max(4, len(data) // 100):
        raise UndecodableError("it is binary (it holds many control characters)")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is not None:
        found = _declared(data, declared)
        if found is not None:
            return found
    return _detected(data)


def _declared(data: bytes, name: str) -> str | None:
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    encoding = _WINDOWS.get(encoding, encoding)
    try:
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError, UnicodeError):
        return None
    # A few broken bytes in a page do not make its declaration wrong.
    return text if text.count("\ufffd") <= max(3, len(data) // 1000) else None


def _detected(data: bytes) -> str:
    likely = ["cp1252"]
    high = sum(byte > 127 for byte in data[:_SAMPLE])
    letters = sum(65 <= byte <= 122 for byte in data[:_SAMPLE])
    if high > letters * _WESTERN:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES, enable_fallback=False).best()
        likely = [best.encoding, *likely] if best is not None else likely
    for encoding in likely:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UndecodableError("its encoding cannot be told; save it as UTF-8")


def well_formed(text: str) -> str:
    """The text with each lone surrogate, which is no character and can be written nowhere, made
    U+FFFD: one for one, so offsets hold.

    >>> well_formed("a\\ud800b") == "a\\ufffdb"
    True
    """
    if _SURROGATE.search(text) is None:
        return text
    return _SURROGATE.sub("\ufffd", text)


def printable(text: str) -> str:
    """The text with every character that could act on a terminal or disturb the order of a line
    (controls, escapes, bidi marks) made U+FFFD, and line breaks and tabs made spaces.

    >>> printable("a\\x1b[31mb\\nc") == "a\\ufffd[31mb c"
    True
    """
    return _ACTIVE.sub("\ufffd", _BREAKS.sub(" ", text))


_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]")
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

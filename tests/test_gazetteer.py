"""The place index: what it finds, how it is built, and what happens when it cannot be kept."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import pickle
import sqlite3
import zipfile
from pathlib import Path

import pytest

from dateline.gazetteer import (
    Gazetteer,
    GazetteerError,
    build_from_geonames,
    fold_name,
    open_gazetteer,
    skeleton,
)
from dateline.gazetteer import build as build_module
from dateline.gazetteer.build import AddedPlaces
from dateline.gazetteer.names import spelling, without_admin_words
from dateline.language.loading import load


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds read the countries and three towns instead of the 234,908 places of the package."""
    real = build_module._packaged

    def towns(name: str) -> dict[str, dict[str, object]]:
        if name == "countries.json":
            return real(name)
        return {
            str(id): {
                "geonameid": id,
                "name": label,
                "latitude": 10.0,
                "longitude": 20.0,
                "countrycode": "ML",
                "admin1code": "09",
                "population": 900,
                "alternatenames": [],
            }
            for id, label in ((1, "Alpha"), (2, "Beta"), (3, "Gamma"))
        }

    monkeypatch.setattr(build_module, "_packaged", towns)


def test_spelling_rules_keep_their_examples() -> None:
    for rule in spelling().rule:
        for one, other in rule.same:
            assert skeleton(fold_name(one)) == skeleton(fold_name(other)), (rule.id, one, other)
        for one, other in rule.other:
            assert skeleton(fold_name(one)) != skeleton(fold_name(other)), (rule.id, one, other)
    for entry in spelling().admin_word:
        for whole, short in entry.examples:
            assert without_admin_words(whole) == short


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Tarhouna", "LY", "Tarhuna"),
        ("Kounduz", "AF", "Kunduz"),
        ("Le Caire", "EG", "Cairo"),
        ("N’Djamena", "TD", "N'Djamena"),
        ("Deir ez-Zor", "SY", "Deir ez-Zor"),
        ("Khan Cheikhoune", "SY", "Khān Shaykhūn"),
        ("Бахмут", "UA", "Bakhmut"),
        ("Nangarhar", "AF", "Nangarhar"),
        ("Donbass", "UA", "Donbas"),
    ],
)
def test_lookup(gazetteer: Gazetteer, name: str, country: str, found: str) -> None:
    assert found in [e.name for e in gazetteer.lookup(name, country)]


def test_a_name_that_is_not_there_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Zzyzxville-sur-Rien") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("!?") == ()


def test_countries(gazetteer: Gazetteer) -> None:
    for name in ("Mali", "ML", "MLI"):
        mali = gazetteer.country(name)
        assert mali is not None
        assert (mali.country, mali.kind) == ("ML", "country")
        assert mali.lat == pytest.approx(17, abs=2)
    assert gazetteer.country("Timbuktu") is None


def test_divisions_have_their_name_and_point(gazetteer: Gazetteer) -> None:
    (kidal,) = [e for e in gazetteer.lookup("Kidal", "ML") if e.kind == "admin1"]
    assert kidal.lat == pytest.approx(18.9, abs=1.5)
    town = next(e for e in gazetteer.lookup("Kidal", "ML") if e.kind == "place")
    assert town.admin1 == "Kidal"


def test_most_populous_first(gazetteer: Gazetteer) -> None:
    populations = [e.population for e in gazetteer.lookup("Paris")]
    assert populations == sorted(populations, reverse=True)
    assert gazetteer.lookup("Paris")[0].country == "FR"


def test_added_places_are_found_under_every_name(gazetteer: Gazetteer) -> None:
    for place in load(AddedPlaces, "gazetteer", "places.toml").place:
        for name in place.names:
            assert any(
                e.country == place.country and e.lat == place.lat for e in gazetteer.lookup(name)
            ), name


def test_crosses_to_another_process(gazetteer: Gazetteer) -> None:
    copy = pickle.loads(pickle.dumps(gazetteer))
    assert copy.lookup("Gao") == gazetteer.lookup("Gao")
    assert copy.version == gazetteer.version


@pytest.mark.usefixtures("few")
def test_built_at_first_use_and_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    first = open_gazetteer()
    assert first.path.parent == tmp_path / "cache"
    assert [e.name for e in first.lookup("beta")] == ["Beta"]
    written = first.path.stat().st_mtime_ns
    assert open_gazetteer().path.stat().st_mtime_ns == written
    assert [p.name for p in first.path.parent.iterdir()] == [first.path.name]


@pytest.mark.usefixtures("few")
def test_a_cache_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("DATELINE_CACHE", str(blocked / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert open_gazetteer().lookup("Alpha")


def _build(path: Path) -> int:
    return build_module.build_packaged(path).places


@pytest.mark.usefixtures("few")
def test_two_builders_at_once(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=fork) as pool:
        counts = list(pool.map(_build, [path, path]))
    assert counts[0] == counts[1] > 3
    assert Gazetteer(path).lookup("Gamma")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("few")
def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> dict[str, dict[str, object]]:
        raise OSError("disk full")

    monkeypatch.setattr(build_module, "_packaged", broken)
    with pytest.raises(OSError, match="disk full"):
        build_module.build_packaged(tmp_path / "index.sqlite")
    assert list(tmp_path.iterdir()) == []


def row(
    id: int, name: str, feature: str, code: str, admin1: str = "09", alternate: str = ""
) -> str:
    cells = [str(id), name, name, alternate, "15.28", "-1.70", feature, code, "ML", "", admin1]
    return "\t".join([*cells, "", "", "", "1200", "", "", "Africa/Bamako", "2020-01-01"])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("zipped", [True, False])
def test_from_a_geonames_download(tmp_path: Path, zipped: bool) -> None:
    rows = [
        row(70, "Tinzawaten-Nord", "P", "PPL", alternate="Tin Zaouaten Nord,تين"),
        row(71, "Camp Dix", "L", "MILB"),
        row(72, "Some Stream", "H", "STM"),
        "not a row",
        row(73, "Gourma-Test", "A", "ADM1", admin1="99"),
    ]
    text = "\n".join(rows) + "\n"
    dump = tmp_path / ("ML.zip" if zipped else "ML.txt")
    if zipped:
        with zipfile.ZipFile(dump, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("ML.txt", text)
    else:
        dump.write_text(text, encoding="utf-8")
    counts = build_from_geonames(dump, tmp_path / "own.sqlite")
    assert (counts.read, counts.skipped) == (5, 2)
    own = Gazetteer(tmp_path / "own.sqlite")
    assert [e.id for e in own.lookup("Tin Zaouaten Nord")] == [70]
    assert [e.kind for e in own.lookup("camp dix")] == ["spot"]
    assert [e.kind for e in own.lookup("Gourma-Test")] == ["admin1"]
    assert own.lookup("Alpha")
    assert dump.name in own.version


@pytest.mark.usefixtures("few")
def test_a_dump_that_is_none(tmp_path: Path) -> None:
    for name, data in (("a.txt", b"hello\n"), ("b.txt", b""), ("c.zip", b"PK\x03\x04broken")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(GazetteerError, match=name):
            build_from_geonames(tmp_path / name, tmp_path / "own.sqlite")
    with pytest.raises(GazetteerError, match=r"missing\.zip"):
        build_from_geonames(tmp_path / "missing.zip", tmp_path / "own.sqlite")
    assert not (tmp_path / "own.sqlite").exists()


def test_a_file_that_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"not a database, only some bytes that are long enough to be read" * 40)
    with pytest.raises(GazetteerError, match="not a place index"):
        open_gazetteer(path)
    with pytest.raises(GazetteerError):
        open_gazetteer(tmp_path / "missing.sqlite")
    old = tmp_path / "old.sqlite"
    db = sqlite3.connect(old)
    db.execute("CREATE TABLE about (key TEXT, value TEXT)")
    db.execute("INSERT INTO about VALUES ('schema', '0')")
    db.commit()
    db.close()
    with pytest.raises(GazetteerError, match="another version"):
        open_gazetteer(old)


def test_gazetteer_keeps_no_index_of_earlier_data(tmp_path: Path) -> None:
    from dateline.gazetteer import _forget_older

    for name in ("places-1-old.sqlite", "places-1-new.sqlite", "places-own-1.sqlite"):
        (tmp_path / name).touch()
    _forget_older(tmp_path, "places-1-new.sqlite")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "places-1-new.sqlite",
        "places-own-1.sqlite",
    ]


def test_gazetteer_takes_no_airport_code_for_a_name() -> None:
    from dateline.gazetteer.build import _spoken

    assert list(_spoken(["GAO", "Guantanamo", "KGAO", "Ga"])) == ["Guantanamo", "Ga"]

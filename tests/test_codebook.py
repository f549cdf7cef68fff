"""The codebook: its types, its actors and their names, and what a broken file is told."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from dateline import actors as records
from dateline.actor_names import ActorNames, searched
from dateline.actor_phrases import ActorPhrases
from dateline.codebook import Codebook, EventTypes, codebook
from dateline.language import available, loading
from dateline.language.loading import ResourceError
from dateline.text import fold, view

CODEBOOK = codebook()
WORDS = loading.load(records.ActorWords, "lang", "fr", "actors.toml")
COUNTRY_WORDS = loading.load(records.CountryNames, "lang", "fr", "countries.toml").country
CONTRACT = """air-strike shelling explosion suicide-bombing chemical-attack armed-clash armed-attack
killing abduction sexual-violence ill-treatment territory-gained withdrawal offensive deployment
arms-transfer interception seizure destruction siege protest riot crackdown arrest coup
displacement ceasefire ceasefire-violation agreement rejection talks release demand threat
accusation responsibility sanction aid aid-obstructed""".split()


def test_the_types_are_those_of_the_contract_in_its_order() -> None:
    assert list(CODEBOOK.types) == CONTRACT


def test_families() -> None:
    families = defaultdict(list)
    for type in CODEBOOK.types.values():
        families[type.family].append(type.id)
    assert sorted(families["territory"]) == sorted(
        ["territory-gained", "withdrawal", "offensive", "deployment", "siege"]
    )
    assert sorted(families["words"]) == sorted(
        ["accusation", "demand", "threat", "rejection", "responsibility", "talks"]
    )
    assert len(families["violence"]) == 11 - ("abduction" not in families["violence"])


def test_refinements() -> None:
    for rule in CODEBOOK.refinements:
        for example in rule.examples:
            assert CODEBOOK.refine(example.type, example.means) == rule.to, example
    assert CODEBOOK.refine("armed-attack", []) == "armed-attack"
    assert CODEBOOK.refine("armed-attack", ["firearm"]) == "armed-attack"
    assert CODEBOOK.refine("protest", ["rocket"]) == "protest"


def test_precision_scales_are_those_of_claims() -> None:
    from dateline.model import PLACE_PRECISIONS, WHEN_PRECISIONS

    assert tuple(step.id for step in CODEBOOK.precision.place) == PLACE_PRECISIONS
    assert tuple(step.id for step in CODEBOOK.precision.when) == WHEN_PRECISIONS


def test_version_names_the_content() -> None:
    assert CODEBOOK.version.startswith("codebook@1.")


def _names(entry: records.ActorEntry, lang: str) -> list[tuple[str, bool, str | None]]:
    """Each name of an entry with whether it is loaded and the country it needs."""
    found = []
    for names, loaded, local in (
        (entry.aliases, False, False),
        (entry.loaded, True, False),
        (entry.local, False, True),
    ):
        for form in (*names.get("any", ()), *names.get(lang, ())):
            found.append((form, loaded, entry.country[0] if local else None))
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_name_is_its_own_actor_s(lang: str) -> None:
    wrong = []
    for entry in CODEBOOK.actors.values():
        for form, loaded, country in _names(entry, lang):
            match = CODEBOOK.actor(form, lang, country)
            if match is None or (match.id, match.loaded) != (entry.id, loaded):
                wrong.append((entry.id, form, match))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_name_is_two_actors_unless_the_country_decides() -> None:
    for lang in ("fr", "en"):
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for entry in CODEBOOK.actors.values():
            for form, _, country in _names(entry, lang):
                if country is None:
                    owners[form].add(entry.id)
        assert not {form: ids for form, ids in owners.items() if len(ids) > 1}


def test_every_actor_has_a_name_in_french_and_in_english() -> None:
    nameless = [
        (entry.id, lang)
        for entry in CODEBOOK.actors.values()
        for lang in ("fr", "en")
        if not (_names(entry, lang) or entry.leaders or entry.territories)
    ]
    assert not nameless


@pytest.mark.parametrize("entry", CODEBOOK.actors.values(), ids=lambda entry: entry.id)
def test_examples_of_actors(entry: records.ActorEntry) -> None:
    for lang, examples in entry.examples.items():
        for text in examples:
            country = entry.country[0] if entry.country else None
            match = CODEBOOK.actor(text, lang, country)
            assert match is not None, text
            assert match.id == entry.id, (text, match)


@pytest.mark.parametrize(
    "rule", [*WORDS.institution, *WORDS.member], ids=lambda rule: rule.words[0]
)
def test_examples_of_words(rule: records.InstitutionWords | records.Member) -> None:
    for example in rule.examples:
        match = CODEBOOK.actor(example.text, "fr", example.country)
        assert (match.id if match else None) == example.id, (example, match)
        assert (match.loaded if match else False) == example.loaded, (example, match)


def test_institutions_are_made_for_every_country() -> None:
    for institution in CODEBOOK.institutions.values():
        for id in institution.examples:
            assert CODEBOOK.kind_of(id) == institution.kind
    assert CODEBOOK.kind_of("lby.lna") == "rebel"
    assert CODEBOOK.kind_of("zzz.police") is None
    assert CODEBOOK.kind_of("nobody") is None


def test_every_country_is_called_something() -> None:
    assert {words.iso2 for words in COUNTRY_WORDS} == set(CODEBOOK.countries)
    assert len({c.iso3 for c in CODEBOOK.countries.values()}) == len(CODEBOOK.countries)
    for country in CODEBOOK.countries.values():
        assert -90 <= country.lat <= 90
        assert -180 <= country.lon <= 180
    for words in COUNTRY_WORDS:
        iso3 = CODEBOOK.countries[words.iso2].iso3.lower()
        for form in words.adjectives:
            match = CODEBOOK.actor(f"autorités {form}", "fr", words.iso2)
            assert match is not None, form
            assert match.id == f"{iso3}.government", (form, match)


def test_a_shared_adjective_needs_the_country() -> None:
    assert CODEBOOK.actor("armée congolaise", "fr") is None
    match = CODEBOOK.actor("armée congolaise", "fr", "CG")
    assert match is not None
    assert match.id == "cog.armed-forces"


@pytest.mark.parametrize(
    ("text", "country", "id", "via", "loaded"),
    [
        ("forces affiliées au GNA", None, "lby.gna", "part", False),
        ("les « milices de Haftar »", None, "lby.lna", "name", True),
        ("hommes de Khalifa Haftar", None, "lby.lna", "part", False),
        ("combattants pro-Haftar", None, "lby.lna", "part", False),
        ("Haftar", None, "lby.lna", "leader", False),
        ("organisation terroriste PKK", None, "pkk", "name", True),
        ("E.I.", None, "islamic-state", "name", False),
        ("L’État islamique", None, "islamic-state", "name", False),
        ("Minusma", None, "un.minusma", "name", False),
        ("shebab", None, "som.al-shabaab", "name", False),
        ("shebab", "MZ", "moz.ansar-al-sunna", "name", False),
        ("talibans", "PK", "pak.ttp", "name", False),
        ("talibans", "AF", "afg.taliban", "name", False),
        ("Damas", None, "syr.government", "capital", False),
        ("Syrie", None, "syr.government", "metonym", False),
        ("Djibouti", None, "dji.government", "metonym", False),
        ("israélienne", None, "isr.government", "metonym", False),
        ("une vingtaine de soldats syriens", None, "syr.armed-forces", "name", False),
        ("forces du régime syrien", None, "syr.armed-forces", "name", True),
        ("FDS", "SY", "syr.sdf", "name", False),
        ("FDS", "BF", "bfa.security-forces", "name", False),
        ("policiers et passants", "TN", "tun.police", "name", False),
    ],
)
def test_phrases(text: str, country: str | None, id: str, via: str, loaded: bool) -> None:
    match = CODEBOOK.actor(text, "fr", country)
    assert match is not None
    assert (match.id, match.via, match.loaded) == (id, via, loaded)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("chef de police", "AF"),
        ("l'armée", None),
        ("armée kurde", "TR"),
        ("forces hostiles au GNA", None),
        ("coalition de villageois contre Boko Haram", None),
        ("quartier général du Hamas", None),
        ("civils et combattants du Hamas", None),
        ("ei", None),
        ("je fis", None),
        ("Abdel Hadi", None),
        ("Karim Haftar-Benali", None),
        ("Afghans", None),
        ("habitants", "FR"),
        ("", "FR"),
        ("…", "FR"),
        ("12", "FR"),
    ],
)
def test_unknown_stays_unknown(text: str, country: str | None) -> None:
    assert CODEBOOK.actor(text, "fr", country) is None


def test_find_takes_the_longest_with_offsets() -> None:
    text = view("L’armée de l’air israélienne a visé le Hezbollah libanais ; l’ONU et la police…")
    found = CODEBOOK.find(text, "fr")
    assert [(m.id, text[m.start : m.end]) for m in found] == [
        ("isr.armed-forces", "armée de l'air israélienne"),
        ("lbn.hezbollah", "Hezbollah libanais"),
        ("un", "ONU"),
    ]
    assert CODEBOOK.find(text, "fr", "LB")[-1].id == "lbn.police"
    assert CODEBOOK.find("", "fr") == ()


def test_find_leaves_countries_and_namesakes() -> None:
    assert CODEBOOK.find("Le ministre Mohamed Hadi Saïd est né à Damas, en Syrie.", "fr") == ()
    assert CODEBOOK.find("ils ont eu un état islamique, un fis et une mie", "fr") == ()


def test_a_language_without_its_words_knows_the_names() -> None:
    match = CODEBOOK.actor("Free Syrian Army", "en")
    assert match is not None
    assert match.id == "syr.fsa"
    assert CODEBOOK.actor("Armée syrienne libre", "en") is None


ENGLISH = loading.read(
    records.ActorWords,
    """version = "1"
head = "last"
adjective = "before"
of = ["of", "from", "to"]
qualifiers = ["national"]
fillers = ["the", "some"]
blocks = ["against", "and", "hostile"]
[[institution]]
id = "armed-forces"
words = ["army", "troops", "forces"]
bare = ["army"]
examples = [{ text = "Libyan army", id = "lby.armed-forces" }]
[[member]]
words = ["fighters", "forces", "branch"]
examples = [{ text = "Islamic State fighters", id = "islamic-state" }]
""",
    "actors.toml",
)


@pytest.mark.parametrize(
    ("text", "country", "id"),
    [
        ("the Taliban", None, "afg.taliban"),
        ("Islamic State fighters", None, "islamic-state"),
        ("a branch of the Islamic State", None, None),
        ("the branch of the Islamic State", None, "islamic-state"),
        ("Hamas headquarters", None, None),
        ("forces loyal to Khalifa Haftar", None, "lby.lna"),
        ("forces hostile to Khalifa Haftar", None, None),
        ("the Libyan national forces", None, "lby.armed-forces"),
        ("army of Libya", None, "lby.armed-forces"),
        ("the army", "LY", "lby.armed-forces"),
        ("the army", None, None),
        ("Tripoli", None, "lby.government"),
    ],
)
def test_a_language_whose_heads_come_last(text: str, country: str | None, id: str | None) -> None:
    libya = records.CountryWords(
        iso2="LY",
        names=("Libya",),
        adjectives=("Libyan",),
        people=("Libyan", "Libyans"),
        capitals=("Tripoli",),
    )
    book = CODEBOOK
    names = ActorNames("en", book.actors, book.institutions, book.countries, ENGLISH, [libya])
    match = ActorPhrases(names).actor(text, country)
    assert (match.id if match else None) == id


def test_lengths_stay_equal() -> None:
    for text in ("État-major « pro-Haftar »", "İstanbul ß ﬁ", "Ỳ\u0301-x"):
        assert len(searched(view(text))) == len(text) == len(fold(text))


def _refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str) -> str:
    """What a codebook says when one of its files is replaced by another text."""
    from dateline import codebook as module

    root = tmp_path / "resources"
    for lang in available():
        (root / "lang" / lang).mkdir(parents=True)
        for name in ("actors.toml", "countries.toml"):
            copy = loading.resource("lang", lang, name)
            if copy.is_file():
                (root / "lang" / lang / name).write_text(copy.read_text("utf-8"), "utf-8")
    (root / "codebook" / "actors").mkdir(parents=True)
    for name in ("countries.toml", "institutions.toml", "event_types.toml", "actors/sahel.toml"):
        kept = loading.resource("codebook", *name.split("/")).read_text("utf-8")
        (root / "codebook" / name).write_text(kept, "utf-8")
    (root / file).write_text(text, "utf-8")

    def resource(*parts: str) -> Path:
        return root.joinpath(*parts)

    monkeypatch.setattr(loading, "resource", resource)
    monkeypatch.setattr(module, "resource", resource)
    with pytest.raises(ResourceError) as refusal:
        module.codebook.__wrapped__().actor("x", "fr")
    return str(refusal.value)


ACTOR = """version = "1"

[[actor]]
id = "a.b"
name = "B"
kind = "rebel"
country = ["ML"]
side = "a"
aliases = { any = ["B"] }
examples = { fr = ["B"] }
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ACTOR.replace("rebel", "heroes"), "codebook/actors/x.toml:6: actor.0.kind: Input should"),
        (ACTOR.replace("aliases", "alias"), "x.toml:9: actor.0.alias: Extra inputs"),
        (ACTOR.replace('examples = { fr = ["B"] }', ""), "x.toml:3: actor.0.examples: Field"),
        (ACTOR.replace('["ML"]', '["XX"]'), "x.toml:4: a.b: no such country: XX"),
        (ACTOR.replace("a.b", "mli.mnla"), "x.toml:4: mli.mnla: id given twice"),
        (ACTOR.replace("[[actor]]", "[[actor"), "x.toml:3: not TOML"),
    ],
)
def test_a_broken_actor_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    assert message in _refused(tmp_path, monkeypatch, "codebook/actors/x.toml", text)


def test_broken_types_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = loading.resource("codebook", "event_types.toml").read_text("utf-8")
    text = text.replace('to = "shelling"', 'to = "sheling"')
    line = 1 + text[: text.index('"sheling"')].count("\n")
    told = _refused(tmp_path, monkeypatch, "codebook/event_types.toml", text)
    assert told == f"codebook/event_types.toml:{line}: refine: no type 'sheling'"


def test_the_codebook_is_loaded_once() -> None:
    assert codebook() is CODEBOOK
    assert isinstance(CODEBOOK, Codebook)
    types = loading.load(EventTypes, "codebook", "event_types.toml")
    assert {type.id for type in types.type} == set(CODEBOOK.types)


WORDS_EN = loading.load(records.ActorWords, "lang", "en", "actors.toml")


@pytest.mark.parametrize(
    "rule", [*WORDS_EN.institution, *WORDS_EN.member], ids=lambda rule: rule.words[0]
)
def test_examples_of_english_words(rule: records.InstitutionWords | records.Member) -> None:
    for example in rule.examples:
        match = CODEBOOK.actor(example.text, "en", example.country)
        assert (match.id if match else None) == example.id, (example, match)
        assert (match.loaded if match else False) == example.loaded, (example, match)


@pytest.mark.parametrize(
    ("text", "country", "id"),
    [
        ("Iran-backed Houthi fighters", None, "yem.houthi"),
        ("Chad's army", None, "tcd.armed-forces"),
        ("army troops", "SV", "slv.armed-forces"),
        ("members of the Armed Forces in the north", "GT", "gtm.armed-forces"),
        ("suspected Shining Path guerrillas", None, "per.shining-path"),
        ("Salvadoran guerrillas", None, "slv.fmln"),
        ("army of God", "UG", None),
        ("anti-Taliban fighters", None, None),
        ("a Taliban-held town", None, None),
        ("police chief", "CO", None),
        ("they told us", "CO", None),
    ],
)
def test_english_phrases(text: str, country: str | None, id: str | None) -> None:
    match = CODEBOOK.actor(text, "en", country)
    assert (match.id if match else None) == id

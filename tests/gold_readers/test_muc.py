"""The MUC-4 reader: templates read from their strings, fillers by their heads, claims as incidents.
Every report here is invented."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from dateline.codebook import codebook
from dateline.gold.muc import MucGold
from dateline.gold.muc_incidents import Filler
from dateline.gold.muc_mapping import Incidents
from dateline.gold.muc_scores import Agreement, score_role
from dateline.gold.muc_templates import (
    DateFill,
    Entity,
    Template,
    entities,
    published,
    templates,
)
from dateline.gold.muc_words import HeadExample, muc_words
from dateline.gold.reading import OVERALL, SLOT, Share
from dateline.language import language
from dateline.model import (
    Actor,
    Article,
    ArticleRef,
    Casualties,
    Claim,
    Document,
    Extent,
    Means,
    Outcome,
    Place,
    Span,
    Target,
    When,
    claim_id,
)

WORDS = muc_words()
DAY = datetime.date(1990, 1, 9)
TEXT = (
    "BOGOTA, 9 JAN 90 (XYZ) -- [TEXT] ARMED MEN OF THE RED\nDAWN FRONT YESTERDAY KILLED THE MAYOR "
    "OF VADOLUZ, ANA PRIETO. THE RED DAWN FRONT CLAIMED RESPONSIBILITY. A BOMB DAMAGED A BANK IN "
    "PUERTO LINDO. SOLDIERS CLASHED WITH REBELS."
)


def raw(**slots: list[str]) -> dict[str, Any]:
    """A template as the files write it, empty but for what is given."""
    names = (
        "template date location type stage instrument_id instrument_type perp_category "
        "perp_individual perp_org perp_org_confidence phys_id phys_type phys_number phys_nation "
        "phys_effect phys_total hum_name hum_description hum_type hum_number hum_nation "
        "hum_effect hum_total"
    )
    return {**{name: [] for name in names.split()}, "template": ["1"], "type": ["ATTACK"], **slots}


def row(*found: dict[str, Any], text: str = TEXT, dateline: str = "BOGOTA, 9 JAN 90 (XYZ) ") -> Any:
    return {"id": "INVENTED-1", "text": text, "dateline": dateline, "templates": list(found)}


def only(**slots: list[str]) -> Template:
    return templates(row(raw(**slots)), WORDS)[0]


def span(words: str, text: str = TEXT) -> tuple[int, int, str]:
    start = text.index(words)
    return start, start + len(words), words


def claim(type: str, trigger: str, **more: Any) -> Claim:
    """A claim on the invented text; its sentence is the one its trigger stands in."""
    start, end, _ = span(trigger)
    first = TEXT.rfind(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    last = TEXT.find(".", end)
    word = Span(start, end, trigger)
    return Claim(
        id=claim_id("a", word, type),
        article=ArticleRef(id="a", ref="INVENTED-1"),
        type=type,
        trigger=word,
        sentence=Extent(first, last),
        **more,
    )


YESTERDAY = When(*span("YESTERDAY"), "1990-01-08", "1990-01-08", "day", "published")
VADOLUZ = Place(*span("VADOLUZ"), name="Vadoluz", country="CO", precision="place")
LINDO = Place(*span("PUERTO LINDO"), name="Puerto Lindo", country="CO", precision="place")
MAYOR = Target(*span("MAYOR"))
KILLING = claim(
    "killing",
    "KILLED",
    actors=(Actor(*span("ARMED MEN")),),
    targets=(MAYOR,),
    places=(VADOLUZ,),
    when=YESTERDAY,
)
BOMBING = claim(
    "explosion",
    "BOMB",
    targets=(Target(*span("BANK")),),
    means=(Means(*span("BOMB"), kind="ied"),),
    places=(LINDO,),
)


@pytest.fixture(scope="module")
def incidents() -> Incidents:
    return Incidents(WORDS, language("en"), codebook())


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return Agreement(WORDS, codebook())


# Words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", WORDS.heads.example, ids=lambda e: e.phrase)
def test_the_head_of_a_phrase(example: HeadExample) -> None:
    assert WORDS.head(example.phrase) == example.head


def test_a_phrase_without_words_has_no_head() -> None:
    assert WORDS.head(" -- ") == ""


def test_phrases_compare_without_case_articles_and_marks() -> None:
    assert WORDS.plain('THE "RED\nDAWN"') == WORDS.plain("Red Dawn")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("SAN LUIS, 3 JAN 90 (XYZ) ", "1990-01-03"),
        ("PERTH (AUSTRALIA), JUNE 11 89 ", "1989-06-11"),
        ("SAN LUIS, 3 March 1990", "1990-03-03"),
        ("SAN LUIS, NO DATE (XYZ)", None),
        ("SAN LUIS, 7 FEB (XYZ)", None),
        ("SAN LUIS, 31 FEB 90", None),
    ],
)
def test_the_day_of_a_dateline(line: str, day: str | None) -> None:
    found = published(row(dateline=line), WORDS)
    assert (found.isoformat() if found else None) == day


# Templates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fill", "strings", "optional"),
    [
        ('"ARMED MEN"', ("ARMED MEN",), False),
        ('"RED DAWN FRONT" / "RDF"', ("RED DAWN FRONT", "RDF"), False),
        ('? "SOMEBODY"', ("SOMEBODY",), True),
        ('?"SOMEBODY"/"ONE"', ("SOMEBODY", "ONE"), True),
        (r'"\"9 MAY\" FRONT"', ('"9 MAY" FRONT',), False),
        ('MACHINEGUNS"', ("MACHINEGUNS",), False),
    ],
)
def test_a_string_fill(fill: str, strings: tuple[str, ...], optional: bool) -> None:
    assert only(perp_individual=[fill]).fillers["PerpInd"] == (Entity(strings, optional),)


@pytest.mark.parametrize("fill", ["*", "-"])
def test_an_empty_fill(fill: str) -> None:
    assert only(phys_id=[fill]).fillers["Target"] == ()


def test_people_are_who_they_are_called_and_who_they_are_said_to_be() -> None:
    found = only(
        hum_name=['"ANA PRIETO"'],
        hum_description=[
            '"MAYOR OF VADOLUZ" / "MAYOR": "ANA PRIETO"',
            '"PEASANTS"',
            '-: "JUAN LUZ"',
        ],
    )
    assert [e.strings for e in found.fillers["Victim"]] == [
        ("ANA PRIETO", "MAYOR OF VADOLUZ", "MAYOR"),
        ("PEASANTS",),
        ("JUAN LUZ",),
    ]


@pytest.mark.parametrize(
    ("fill", "ends"),
    [
        ("30 DEC 89", [("1989-12-30", "1989-12-30")]),
        ("17 FEB 90 - 18 FEB 90", [("1990-02-17", "1990-02-18")]),
        ("- 08 JAN 90", [(None, "1990-01-08")]),
        ("-08 JAN 90", [(None, "1990-01-08")]),
        ("07 JAN", [("1990-01-07", "1990-01-07")]),
        ("07 JAN 90 / - 08 JAN 90", [("1990-01-07", "1990-01-07"), (None, "1990-01-08")]),
        ("(- 08 JAN 90) / (06 JAN 90 - 07 JAN 90)",
         [(None, "1990-01-08"), ("1990-01-06", "1990-01-07")]),
        ("31 NOV 89", []),
    ],
)  # fmt: skip
def test_a_date_fill(fill: str, ends: list[tuple[str | None, str]]) -> None:
    found = only(date=[fill]).dates
    assert [(d.earliest.isoformat() if d.earliest else None, d.latest.isoformat()) for d in found] \
        == ends  # fmt: skip


@pytest.mark.parametrize(
    ("fill", "steps"),
    [
        ("COLOMBIA", [[("colombia",)]]),
        ("COLOMBIA: NORTE (DEPARTMENT): PUERTO LINDO (TOWN)",
         [[("colombia",), ("norte",), ("puerto lindo",)]]),
        ("COLOMBIA: LINDO (CITY) - VADOLUZ (RURAL AREA)", [[("colombia",), ("lindo", "vadoluz")]]),
        ("(PERU: LINDO (TOWN)) / (PERU: VADOLUZ (CITY))",
         [[("peru",), ("lindo",)], [("peru",), ("vadoluz",)]]),
        ("? PERU", [[("peru",)]]),
        ("PERU / CHILE", [[("peru",)], [("chile",)]]),
    ],
)  # fmt: skip
def test_a_place_fill(fill: str, steps: list[list[tuple[str, ...]]]) -> None:
    found = only(location=[fill]).places
    assert [[level.names for level in place] for place in found] == steps


def test_set_fills() -> None:
    found = only(
        template=["2 (OPTIONAL)"],
        type=["ATTACK / BOMBING"],
        stage=["ACCOMPLISHED"],
        hum_effect=['INJURY: "ANA PRIETO"', '? DEATH: "JUAN LUZ" / "LUZ"'],
        perp_org_confidence=['SUSPECTED OR ACCUSED BY AUTHORITIES / REPORTED AS FACT: "RDF"'],
    )
    assert found.optional
    assert found.types == ("ATTACK", "BOMBING")
    assert found.effect == "death"
    assert found.confidence == {"suspected", "fact"}


def test_entities_that_share_a_string_are_one() -> None:
    both = templates(
        row(
            raw(perp_org=['"RED DAWN FRONT" / "RDF"'], template=["1 (OPTIONAL)"]),
            raw(perp_org=['? "RDF"', '"ARMY"']),
        ),
        WORDS,
    )
    assert entities(both, "PerpOrg", WORDS) == (
        Entity(("RED DAWN FRONT", "RDF"), optional=True),
        Entity(("ARMY",)),
    )


# Fillers ----------------------------------------------------------------------------------------


def filler(words: str, role: str = "Victim") -> Filler:
    return Filler(0, len(words), words, role)


@pytest.mark.parametrize(
    ("gold", "ours", "counts"),
    [
        ([Entity(("MAYOR OF VADOLUZ",))], ["the mayor"], (1, 1, 1)),
        ([Entity(("MAYOR OF VADOLUZ",))], ["mayors"], (1, 1, 0)),
        # Two words for one entity are one find, and one wrong word said twice is one fault.
        ([Entity(("ANA PRIETO", "MAYOR"))], ["mayor", "Ana Prieto"], (1, 1, 1)),
        ([Entity(("MAYOR",))], ["clerk", "the clerk", "mayor"], (1, 2, 1)),
        # What is optional counts only when it is found.
        ([Entity(("MAYOR",), optional=True)], [], (0, 0, 0)),
        ([Entity(("MAYOR",), optional=True)], ["mayor"], (1, 1, 1)),
        # A head that two entities share finds the one that is named in full.
        ([Entity(("RED FRONT",)), Entity(("BLUE FRONT",))], ["Blue Front", "Red Front"], (2, 2, 2)),
        ([], ["mayor"], (0, 1, 0)),
    ],
)
def test_role_fillers(gold: list[Entity], ours: list[str], counts: tuple[int, int, int]) -> None:
    count = score_role(gold, [filler(words) for words in ours], WORDS).count
    assert (count.gold, count.ours, count.right) == counts


def test_whole_strings_are_counted_apart() -> None:
    scored = score_role([Entity(("THE MAYOR OF VADOLUZ",))], [filler("mayor")], WORDS)
    assert (scored.count.right, scored.exact.right) == (1, 0)


# Incidents --------------------------------------------------------------------------------------


def test_claims_of_one_act_are_one_incident(incidents: Incidents) -> None:
    again = claim("armed-attack", "KILLED", targets=(MAYOR,))
    found, left = incidents.of([KILLING, again, BOMBING], DAY, TEXT)
    assert [(i.type, len(i.claims)) for i in found] == [("ATTACK", 2), ("BOMBING", 1)]
    assert left == []


def test_its_date_place_effect_and_stage(incidents: Incidents) -> None:
    (attack, bombing), _ = incidents.of([KILLING, BOMBING], DAY, TEXT)
    assert attack.when == YESTERDAY
    assert bombing.when is None
    assert attack.place == VADOLUZ
    assert (attack.effect, bombing.effect) == ("death", "none")
    assert attack.stage == "accomplished"


def test_roles(incidents: Incidents) -> None:
    (attack, bombing), _ = incidents.of([KILLING, BOMBING], DAY, TEXT)
    assert [(f.role, f.text) for f in attack.fillers] == [
        ("PerpInd", "ARMED MEN"),
        ("Victim", "MAYOR"),
    ]
    assert [(f.role, f.text) for f in bombing.fillers] == [("Target", "BANK"), ("Weapon", "BOMB")]


def test_a_body_is_an_organisation(incidents: Incidents) -> None:
    front = Actor(*span("RED\nDAWN FRONT"))
    assert [f.role for f in incidents.roles.perpetrator(front, KILLING, TEXT)] == ["PerpOrg"]


def test_who_claims_an_act_did_it(incidents: Incidents) -> None:
    front = Actor(*span("RED DAWN FRONT"))
    said = claim("responsibility", "RESPONSIBILITY", actors=(front,))
    (attack,), left = incidents.of([KILLING, said], DAY, TEXT)
    assert attack.confidence == "claimed"
    assert [f.text for f in attack.of("PerpOrg")] == ["RED DAWN FRONT"]
    assert [out.reason for out in left] == ["type"]


def test_a_denied_responsibility_is_nobodys(incidents: Incidents) -> None:
    front = Actor(*span("RED DAWN FRONT"))
    said = claim("responsibility", "RESPONSIBILITY", actors=(front,), modality="denied")
    (attack,), _ = incidents.of([KILLING, said], DAY, TEXT)
    assert attack.of("PerpOrg") == []
    assert attack.confidence == "fact"


def changed(**more: Any) -> Claim:
    given = {
        "actors": KILLING.actors, "targets": KILLING.targets, "places": KILLING.places,
        "when": KILLING.when, **more,
    }  # fmt: skip
    return claim(given.pop("type", "killing"), "KILLED", **given)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (changed(type="talks"), "type"),
        (changed(negated=True), "unsaid"),
        (changed(modality="hypothetical"), "unsaid"),
        (changed(when=When(*span("YESTERDAY"), "1989-10-01", "1989-10-01", "day")), "old"),
        (changed(places=(Place(*span("VADOLUZ"), country="FR", precision="place"),)), "abroad"),
        (changed(targets=(Target(*span("SOLDIERS")),)), "war"),
        (changed(type="threat", actors=(Actor(*span("ANA PRIETO")),)), "lawful"),
        (changed(targets=(Target(*span("REBELS"), civilian=False),)), "war"),
        (claim("armed-clash", "CLASHED", actors=(Actor(*span("SOLDIERS")),)), "war"),
        (claim("armed-attack", "KILLED"), "vague"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_incident(incidents: Incidents, given: Claim, reason: str) -> None:
    found, left = incidents.of([given], DAY, TEXT)
    assert found == []
    assert [out.reason for out in left] == [reason]


def test_soldiers_hit_beside_others_are_victims_too(incidents: Incidents) -> None:
    both = changed(targets=(MAYOR, Target(*span("SOLDIERS"))))
    (attack,), _ = incidents.of([both], DAY, TEXT)
    assert [f.text for f in attack.of("Victim")] == ["MAYOR", "SOLDIERS"]


def test_another_day_or_place_is_another_incident(incidents: Incidents) -> None:
    day = When(*span("YESTERDAY"), "1990-01-02", "1990-01-02", "day", "text")
    found, _ = incidents.of([KILLING, changed(when=day), changed(places=(LINDO,))], DAY, TEXT)
    assert len(found) == 3


def test_a_threat_is_a_stage(incidents: Incidents) -> None:
    (attack,), _ = incidents.of([changed(modality="threatened")], DAY, TEXT)
    assert (attack.stage, attack.effect) == ("threatened", "none")


def test_a_toll_that_only_counts_names_nobody(incidents: Incidents) -> None:
    toll = Casualties(*span("9"), kind="killed", min=9, max=9)
    (attack,), _ = incidents.of([changed(targets=(), casualties=(toll,))], DAY, TEXT)
    assert attack.effect == "death"
    assert attack.of("Victim") == []


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("ARMED MEN", ["PerpInd"]),
        ("RED\nDAWN FRONT", ["PerpOrg"]),
        ("XYZ", ["PerpInd"]),
        ("SOLDIERS", ["PerpInd"]),
    ],
)
def test_individuals_and_organisations(incidents: Incidents, words: str, roles: list[str]) -> None:
    found = incidents.roles.perpetrator(Actor(*span(words)), KILLING, TEXT)
    assert [f.role for f in found] == roles


@pytest.mark.parametrize(
    "text",
    [
        "THE ZQF [UNITED FISHERMEN OF LINDO] DID IT.",
        "THE UNITED FISHERMEN (ZQF) DID IT. ZQF SAID SO.",
    ],
)
def test_an_abbreviation_is_an_organisation(incidents: Incidents, text: str) -> None:
    actor = Actor(*span("ZQF", text))
    assert [f.role for f in incidents.roles.perpetrator(actor, KILLING, text)] == ["PerpOrg"]


def test_fighters_of_a_known_group_are_both(incidents: Incidents) -> None:
    text = "FARC GUERRILLAS CAME."
    found = incidents.roles.perpetrator(Actor(*span("FARC GUERRILLAS", text)), KILLING, text)
    assert [(f.role, f.text) for f in found] == [
        ("PerpInd", "FARC GUERRILLAS"),
        ("PerpOrg", "FARC"),
    ]


def test_a_group_without_a_name_is_nobody(incidents: Incidents) -> None:
    text = "NO ORGANIZATION CLAIMED IT."
    actor = Actor(*span("ORGANIZATION", text))
    assert incidents.roles.perpetrator(actor, KILLING, text) == []


def test_bare_plurals_are_nobody_certain(incidents: Incidents) -> None:
    text = "THEY KILL NURSES. THE NURSES DIED. TWO NURSES DIED. ANA PRIETO DIED."
    places = [text.index(w) for w in ("NURSES", "NURSES DIED", "TWO", "ANA")]
    words = ("NURSES", "NURSES", "TWO NURSES", "ANA PRIETO")
    spans = [Span(at, at + len(w), w) for at, w in zip(places, words, strict=True)]
    assert [incidents.roles.certain(s, text) for s in spans] == [False, True, True, True]


@pytest.mark.parametrize(
    ("given", "type"),
    [
        (claim("destruction", "DAMAGED", targets=BOMBING.targets, places=(LINDO,)), "ATTACK"),
        (
            claim(
                "destruction",
                "DAMAGED",
                targets=BOMBING.targets,
                provenance={"type": "set-fire@en@1"},
            ),
            "ARSON",
        ),
        (claim("destruction", "DAMAGED", targets=BOMBING.targets, means=BOMBING.means), "BOMBING"),
        (claim("abduction", "DAMAGED", targets=(MAYOR,)), "KIDNAPPING"),
        (claim("shelling", "DAMAGED", targets=BOMBING.targets), "ATTACK"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_types(incidents: Incidents, given: Claim, type: str) -> None:
    (found,), _ = incidents.of([given], DAY, TEXT)
    assert found.type == type


def test_the_attack_is_the_incident_last_told_of(incidents: Incidents) -> None:
    more = claim("armed-attack", "CLASHED")
    (found,), _ = incidents.of([BOMBING, more], DAY, TEXT)
    assert (found.type, len(found.claims)) == ("BOMBING", 2)


def test_nobody_named_is_killed_twice(incidents: Incidents) -> None:
    prieto = Target(*span("ANA PRIETO"))
    again = claim("killing", "CLASHED", targets=(prieto,), places=(LINDO,))
    (found,), _ = incidents.of([changed(targets=(prieto,)), again], DAY, TEXT)
    assert len(found.claims) == 2


def test_a_dateline_says_neither_when_nor_where(incidents: Incidents) -> None:
    line = Place(*span("BOGOTA"), name="Paris", country="FR", precision="place")
    (found,), _ = incidents.of([changed(places=(line,))], DAY, TEXT, TEXT.index("--"))
    assert found.place == line
    _, left = incidents.of([changed(places=(line,))], DAY, TEXT)
    assert [out.reason for out in left] == ["abroad"]


# Slots of a pair --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fill", "exact", "agrees"),
    [
        ("08 JAN 90", True, True),
        ("07 JAN 90", False, False),
        ("07 JAN 90 - 08 JAN 90", False, True),
        ("- 09 JAN 90", False, True),
        ("- 09 JAN 90 / 08 JAN 90", True, True),
    ],
)
def test_dates(
    incidents: Incidents, agreement: Agreement, fill: str, exact: bool, agrees: bool
) -> None:
    (attack,), _ = incidents.of([KILLING], DAY, TEXT)
    template = only(date=[fill])
    assert agreement.date_exact(template, attack, DAY) is exact
    assert agreement.date_agrees(template, attack) is agrees


def test_an_open_date_is_left_open(incidents: Incidents, agreement: Agreement) -> None:
    (bombing,), _ = incidents.of([BOMBING], DAY, TEXT)
    assert agreement.date_exact(only(date=["- 09 JAN 90"]), bombing, DAY)
    assert not agreement.date_exact(only(date=["- 05 JAN 90"]), bombing, DAY)
    assert not agreement.date_exact(only(date=["08 JAN 90"]), bombing, DAY)


@pytest.mark.parametrize(
    ("fill", "right"),
    [
        ("COLOMBIA: VADOLUZ (TOWN)", True),
        ("COLOMBIA", True),
        ("COLOMBIA: VADOLUZ (NEIGHBORHOOD)", True),
        ("PERU", False),
        ("COLOMBIA: PUERTO LINDO (TOWN)", False),
        ("COLOMBIA: VADOLUZ (TOWN) - PUERTO LINDO (TOWN)", True),
        ("COLOMBIA: VADOLUZ (TOWN): CENTRO (NEIGHBORHOOD)", False),
    ],
)
def test_places(incidents: Incidents, agreement: Agreement, fill: str, right: bool) -> None:
    (attack,), _ = incidents.of([KILLING], DAY, TEXT)
    assert agreement.place_right(only(location=[fill]), attack) is right


def test_a_place_may_be_called_by_its_kind(incidents: Incidents, agreement: Agreement) -> None:
    place = Place(0, 15, "CENTRO DISTRICT", country="CO", precision="place")
    (attack,), _ = incidents.of([changed(places=(place,))], DAY, TEXT)
    assert agreement.place_right(only(location=["COLOMBIA: CENTRO (DISTRICT)"]), attack)


def test_alignment_goes_by_type_and_fillers(incidents: Incidents, agreement: Agreement) -> None:
    ours, _ = incidents.of([KILLING, BOMBING], DAY, TEXT)
    gold = templates(
        row(raw(type=["BOMBING"], phys_id=['"BANK"']), raw(hum_name=['"MAYOR"'])), WORDS
    )
    assert agreement.align(gold, ours) == [(0, 1), (1, 0)]
    assert agreement.align(templates(row(raw(type=["ARSON"])), WORDS), ours) == []


def test_a_date_fill_is_a_value() -> None:
    assert DateFill(None, DAY) == DateFill(None, DAY)


# The reader -------------------------------------------------------------------------------------


def coder(*claims: Claim) -> Callable[[Document], Outcome]:
    def code(document: Document) -> Outcome:
        article = Article(id="a", ref=document.ref, text=TEXT, published=document.published)
        return Outcome(ref=document.ref, status="coded", article=article, claims=claims)

    return code


GOLD = row(
    raw(
        date=["08 JAN 90"],
        location=["COLOMBIA: VADOLUZ (TOWN)"],
        stage=["ACCOMPLISHED"],
        perp_individual=['"ARMED MEN"'],
        perp_org=['"RED DAWN FRONT"'],
        perp_org_confidence=['REPORTED AS FACT: "RED DAWN FRONT"'],
        hum_name=['"ANA PRIETO"'],
        hum_description=['"MAYOR": "ANA PRIETO"'],
        hum_effect=['DEATH: "ANA PRIETO"'],
    )
)


def test_the_reader_knows_its_files() -> None:
    assert MucGold().accepts(GOLD)
    assert not MucGold().accepts({"id": "1", "text": "", "claims": []})


def test_a_report_is_scored() -> None:
    seen: list[int] = []
    result = MucGold().score([GOLD], coder(KILLING, BOMBING), lambda: seen.append(1))
    assert result.items == len(seen) == 1
    assert result.score(OVERALL, "incident detection") == 1.0
    count = result.measure(OVERALL, "role fillers, together").figure
    assert (count.gold, count.ours, count.right) == (3, 4, 2)  # type: ignore[union-attr]
    assert result.score(OVERALL, "role fillers, average F1") == 0.4
    for slot in ("type", "date exact", "place", "effect", "stage"):
        assert result.measure(SLOT, slot).figure == Share(1, 1)
    assert result.measure(SLOT, "confidence").figure == Share()


def test_faults_say_why_and_where() -> None:
    result = MucGold().score([GOLD], coder(KILLING, BOMBING))
    kinds = {(f.kind, f.name): f for f in result.faults}
    assert set(kinds) == {
        ("spurious incident", "BOMBING"),
        ("missed filler", "PerpOrg"),
        ("spurious filler", "Target"),
        ("spurious filler", "Weapon"),
    }
    missed = kinds["missed filler", "PerpOrg"]
    assert missed.ours == "unfilled in the sentence of killing"
    # The first mention runs over a line break.
    assert TEXT[missed.at : missed.at + 14] == "RED\nDAWN FRONT"
    assert all(TEXT[m.start : m.end] for m in missed.marks)


def test_a_missed_incident_says_what_there_was() -> None:
    talks = claim("talks", "CLASHED")
    war = claim("armed-clash", "CLASHED")
    for claims, reason in (
        ((), "no claim"),
        ((talks,), "talks type"),
        ((talks, war), "armed-clash war"),
    ):
        result = MucGold().score([GOLD], coder(*claims))
        missed = [f for f in result.faults if f.kind == "missed incident"]
        assert [f.ours for f in missed] == [reason]
        assert missed[0].weight > 1


def test_an_optional_template_may_be_missed() -> None:
    optional = row(raw(template=["1 (OPTIONAL)"], hum_name=['"ANA PRIETO"']))
    assert MucGold().score([optional], coder()).faults == ()


def test_a_report_without_templates_wants_no_incident() -> None:
    result = MucGold().score([row()], coder(BOMBING))
    count = result.measure(OVERALL, "incident detection").figure
    assert (count.gold, count.ours, count.right) == (0, 1, 0)  # type: ignore[union-attr]
    assert {f.gold for f in result.faults} == {"no incident"}


def test_a_refused_text_is_one_without_claims() -> None:
    def refuse(document: Document) -> Outcome:
        return Outcome(ref=document.ref, status="too_large", reason="no")

    result = MucGold().score([GOLD], refuse)
    assert result.refused == (("INVENTED-1", "too_large: no"),)
    assert result.score(OVERALL, "incident detection") == 0.0

"""Which triggers become claims, and which are part of another or of no conflict at all."""

from __future__ import annotations

import pytest

from dateline.codebook import codebook
from dateline.language import language
from dateline.model import Claim
from dateline.stages.code import code
from dateline.stages.qualify import qualify
from gold import report_of


def coded(text: str, *, conflict: bool = False) -> list[Claim]:
    found = code(report_of(text), language("fr"), codebook(), conflict=conflict)
    return [c.claim for c in found]


def types(text: str, *, conflict: bool = False) -> list[tuple[str, str]]:
    return [(c.type, c.trigger.text) for c in coded(text, conflict=conflict)]


def test_code_gives_the_killing_of_an_attack_to_the_attack() -> None:
    text = "Une attaque des rebelles a tué dix policiers."
    assert types(text) == [("armed-attack", "attaque")]
    assert [t.text for t in coded(text)[0].targets] == ["dix policiers"]


def test_code_keeps_a_killing_by_somebody_else() -> None:
    text = "Après l'attaque de la caserne, deux assaillants ont été tués par la police."
    assert ("killing", "tués") in types(text) or ("armed-attack", "attaque") in types(text)
    text = "Des rebelles ont attaqué la caserne. La police a tué deux assaillants."
    assert types(text) == [("armed-attack", "attaqué"), ("killing", "tué")]


def test_code_types_a_bare_toll_as_what_the_report_has_established() -> None:
    text = (
        "Une bombe a explosé sur un marché de la capitale mardi matin.\nLe bilan est de 12 morts."
    )
    assert types(text) == [("explosion", "explosé"), ("explosion", "morts")]


def test_code_holds_to_the_last_count_of_a_sentence() -> None:
    text = "Une bombe a explosé au marché.\nLe bilan était de 13 morts, il est passé à 27 morts."
    found = [c for c in coded(text) if c.trigger.text == "morts"]
    assert len(found) == 1
    assert found[0].trigger.start > text.index("13 morts")


def test_code_makes_the_type_exact_by_the_means() -> None:
    assert types("Les rebelles ont mené une attaque à la roquette.")[0][0] == "shelling"
    assert types("Le convoi a été attaqué par un drone.")[0][0] == "air-strike"
    assert types("Un attentat à la voiture piégée a visé le marché.")[0][0] == "explosion"


def test_code_leaves_open_means_to_the_rest_of_the_report() -> None:
    plain = "Des frappes ont visé la base pendant la nuit de mardi."
    assert types(plain)[0][0] == "air-strike"
    missiles = "Des frappes ont visé la base.\nTrente missiles ont touché la piste, dit l'armée."
    assert types(missiles)[0][0] == "shelling"


def test_code_counts_soft_words_only_in_a_report_of_conflict() -> None:
    soft = "Le gouvernement a demandé aux habitants de rester chez eux."
    assert coded(soft) == []
    hard = f"Des rebelles ont bombardé la ville.\n{soft}"
    assert ("demand", "demandé") in types(hard)


def test_code_takes_an_offensive_and_its_aim_for_one() -> None:
    text = "L'armée a lancé une offensive pour reprendre la ville de Kidal aux rebelles."
    assert [t for t, _ in types(text)] == ["offensive"]


def test_code_does_not_code_an_agreement_that_is_only_rejected() -> None:
    text = "Les rebelles, qui bombardent la ville, ont rejeté l'accord."
    assert "agreement" not in [t for t, _ in types(text)]


@pytest.mark.parametrize(
    "text",
    [
        "L'attaque du PSG a été décisive.",
        "La bataille juridique pour l'héritage continue.",
        "Une avalanche tue quatre skieurs.",
        "Collision sur l'autoroute : trois morts\nDeux voitures se sont percutées dans la nuit.",
        "Le gouvernement d'entente nationale s'est réuni jeudi.",
    ],
)
def test_code_gives_nothing_for_what_only_looks_like_conflict(text: str) -> None:
    assert coded(text) == []


def test_code_marks_words_that_take_a_side_and_gives_the_neutral_name() -> None:
    claim = coded("Les milices de Haftar ont attaqué un convoi.")[0]
    assert [(a.id, a.loaded) for a in claim.actors] == [("lby.lna", True)]
    assert claim.actors[0].name == "Libyan National Army"


def test_code_keeps_the_words_of_an_unknown_actor() -> None:
    claim = coded("Des combattants du Front des Sables ont attaqué un convoi.")[0]
    assert claim.actors[0].text == "combattants du Front des Sables"
    assert claim.actors[0].id is None


def test_code_says_which_rule_filled_what() -> None:
    claim = coded("Les rebelles ont attaqué la caserne.")[0]
    assert set(claim.provenance) >= {"type", "trigger", "actors", "targets"}
    assert claim.provenance["type"].endswith(f"@{language('fr').version}")


def test_code_quotes_slices_of_the_text() -> None:
    text = "L’armée a attaqué « le camp » à la roquette ; l’ennemi n’a pas répondu."
    for claim in coded(text):
        for span in claim.spans():
            assert text[span.start : span.end] == span.text


def one(text: str, trigger: str) -> Claim:
    return next(c for c in coded(text, conflict=True) if c.trigger.text == trigger)


def test_code_takes_no_part_of_an_actors_name_for_a_trigger() -> None:
    text = "Le Gouvernement d'entente nationale a bombardé la ville. Les rebelles ont fui."
    assert "entente" not in [w for _, w in types(text, conflict=True)]


def test_code_follows_a_possessive_to_the_one_subject() -> None:
    claim = one("L'armée a souffert pendant son offensive dans le nord.", "offensive")
    assert [a.text for a in claim.actors] == ["armée"]


def test_code_takes_whom_others_call_the_author_for_the_actor() -> None:
    text = "Le maire accuse les rebelles d'être responsables de l'attaque."
    assert [a.text for a in one(text, "attaque").actors] == ["rebelles"]


def test_code_names_a_group_by_what_it_is_called() -> None:
    text = "Un groupe armé appelé « Armée nationale libyenne » a attaqué le convoi."
    assert [a.id for a in one(text, "attaqué").actors] == ["lby.lna"]


def test_code_does_not_take_a_bombed_capital_for_its_government() -> None:
    claim = one("Les rebelles ont attaqué Damas.", "attaqué")
    assert [t.id for t in claim.targets] in ([], [None])


def test_code_settles_the_negation_that_a_rejection_holds() -> None:
    report = report_of("Le général affirme que l'accord n'est plus valide.")
    found = code(report, language("fr"), codebook(), conflict=True)
    rejection = next(c for c in qualify(report, found, language("fr")) if c.settled)
    assert (rejection.claim.negated, rejection.claim.modality) == (False, "asserted")


def test_code_tells_sport_by_the_words_of_the_whole_report() -> None:
    text = "Une attaque décisive\nLe match est fini. L'attaque a marqué ; l'entraîneur est content."
    assert coded(text) == []


def test_code_takes_the_first_of_two_nouns_beside_each_other_for_the_subject() -> None:
    text = "Le chauffeur, un homme de 26 ans, a été arrêté par la police."
    assert [t.text for t in one(text, "arrêté").targets] == ["chauffeur"]


def test_code_finds_no_conflict_in_one_attack_told_far_below_the_lead() -> None:
    dull = " ".join(["Le conseil de la ville a voté le budget des écoles hier soir."] * 4)
    soft = "Le maire demande aux habitants de rester chez eux pour le moment."
    text = f"Budget de la ville\n{dull}\nOn se souvient de l'attentat. {soft}"
    assert [t for t, _ in types(text)] == ["armed-attack"]


def test_code_takes_a_month_for_no_march() -> None:
    def triggers(text: str) -> list[str]:
        report = report_of(text, "en")
        found = code(report, language("en"), codebook(), conflict=True)
        return [c.claim.trigger.text for c in found]

    assert "March" not in triggers("In March, thousands of students fled the town.")
    assert "march" in triggers("Police dispersed a protest march of students against the regime.")

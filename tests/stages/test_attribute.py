"""Who says it, across sentences and quotations, and the slot measured on the gold reports."""

from __future__ import annotations

from types import SimpleNamespace

from dateline.language import language
from dateline.model import Actor, ArticleRef, Claim, Extent, claim_id
from dateline.quotations import quotations
from dateline.stages.attribute import attribute
from dateline.syntax import Candidate, Report
from dateline.text import paragraphs
from gold import gold_reports, needs_shared, report_of

FRENCH = language("fr")


class Stub:
    """A codebook that knows one armed group."""

    def actor(self, text: str, lang: str, country: str | None = None) -> object:
        known = "Front du Nord" in text
        return SimpleNamespace(id="xxx.front" if known else None, kind="rebel" if known else "")


def candidate(report: Report, word: str, type: str = "armed-attack", actor: str = "") -> Candidate:
    """The claim whose trigger is the first token that reads ``word``."""
    number, token = next(
        (n, t) for n, s in enumerate(report.sentences) for t in s if t.text == word
    )
    sentence, span = report.sentences[number], report.span(token.start, token.end)
    at = report.article.text.find(actor)
    actors = (Actor(at, at + len(actor), actor),) if actor else ()
    claim = Claim(
        id=claim_id(report.article.id, span, type),
        article=ArticleRef(id=report.article.id, ref="given"),
        type=type,
        trigger=span,
        sentence=Extent(sentence.start, sentence.end),
        actors=actors,
    )
    return Candidate(claim=claim, sentence=number, trigger=token.i, anchor=token.i)


def speakers(text: str, word: str, type: str = "armed-attack", actor: str = "") -> list[str]:
    return [a.text for a in coded(text, word, type, actor).attribution]


def coded(text: str, word: str, type: str = "armed-attack", actor: str = "") -> Claim:
    report = report_of(text)
    (found,) = attribute(report, (candidate(report, word, type, actor),), FRENCH, Stub())
    for span in found.claim.spans():
        assert text[span.start : span.end] == span.text
    return found.claim


def test_the_outlet_itself_needs_no_speaker() -> None:
    assert coded("Dix soldats ont été tués lundi.", "tués").attribution == ()


def test_a_chain_names_the_nearest_speaker_first() -> None:
    claim = coded("Selon l'agence Volcan, citant un officier, un convoi a été attaqué.", "attaqué")
    assert [(a.text, a.role) for a in claim.attribution] == [
        ("agence Volcan", "media"),
        ("officier", "military"),
    ]


def test_a_nested_speaker_follows_the_outer_one() -> None:
    text = "L'agence Volcan annonce que, selon la police, un convoi a été attaqué."
    assert speakers(text, "attaqué") == ["agence Volcan", "police"]


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    text = (
        "Titre\n\n« Les rebelles ont attaqué le poste vers minuit. Ils ont tué trois soldats. "
        "Puis ils ont fui », a raconté le maire."
    )
    for word in ("attaqué", "tué", "fui"):
        claim = coded(text, word)
        assert [(a.text, a.form) for a in claim.attribution] == [("maire", "direct")], word


def test_a_second_quotation_inherits_the_speaker() -> None:
    text = (
        "Titre\n\n« Les rebelles ont attaqué le poste », a raconté le maire. "
        "« Ils ont tué trois de nos soldats. »"
    )
    assert speakers(text, "tué") == ["maire"]


def test_what_follows_a_quotation_is_the_outlet_s_again() -> None:
    text = "« Nous avons peur », a raconté le maire. Les rebelles ont attaqué le poste lundi."
    assert speakers(text, "attaqué") == []


def test_a_name_before_a_colon_speaks() -> None:
    assert speakers("Le maire : « Ils ont attaqué le poste. »", "attaqué") == ["maire"]


def test_a_name_on_the_line_below_speaks() -> None:
    text = "Titre\n\n« Ils ont attaqué le poste. »\n— Paul Durand, maire de la ville"
    assert speakers(text, "attaqué")[0].startswith("Paul Durand")


def test_straight_quotes_count_like_the_others() -> None:
    text = '"Ils ont attaqué le poste", a dit le maire.'
    claim = coded(text, "attaqué")
    assert [(a.text, a.form) for a in claim.attribution] == [("maire", "direct")]


def test_a_pronoun_is_left_empty_unless_its_sentence_names_him() -> None:
    assert speakers("Il affirme que le poste a été attaqué.", "attaqué") == []
    named = "Le maire évoque deux blessés et il affirme que le poste a été attaqué."
    assert speakers(named, "attaqué") == ["maire"]


def test_who_makes_a_speech_act_is_its_actor() -> None:
    text = "Le maire a annoncé « réclamer le départ des troupes »."
    assert speakers(text, "réclamer", "demand", "maire") == []
    other = "Selon la radio, le maire réclame le départ des troupes."
    assert speakers(other, "réclame", "demand", "maire") == ["radio"]


def test_a_denial_of_knowledge_says_nothing() -> None:
    assert speakers("L'armée n'a pas confirmé que le poste a été attaqué.", "attaqué") == []


def test_a_title_elsewhere_tells_the_role() -> None:
    text = (
        "Titre\n\nLe gouverneur Paul Durand est arrivé lundi.\n"
        "Selon Paul Durand, dix soldats ont été tués."
    )
    assert [a.role for a in coded(text, "tués").attribution] == ["official"]


def test_the_codebook_names_the_speaker_and_whom_he_speaks_for() -> None:
    claim = coded("Le porte-parole du Front du Nord affirme que dix soldats ont été tués.", "tués")
    assert [(a.actor, a.role) for a in claim.attribution] == [("xxx.front", "belligerent")]


def test_a_statement_is_evidence_and_its_owner_speaks() -> None:
    claim = coded("D'après un communiqué de presse de l'armée, dix hommes ont été tués.", "tués")
    assert [a.text for a in claim.attribution] == ["armée"]
    assert [(e.text, e.kind) for e in claim.evidence] == [("communiqué", "statement")]


def test_provenance_names_rule_and_version() -> None:
    claim = coded("Selon des témoins, dix hommes ont été tués.", "tués")
    assert claim.provenance["attribution"] == f"attribution.selon@{FRENCH.version}"
    assert claim.provenance["evidence"] == f"evidence.selon@{FRENCH.version}"


def test_quotations_nest_and_end_with_their_paragraph() -> None:
    text = 'Il dit « a « b » c » et "d".\n« Sans fin\nPuis "rien'
    found = [q.text for q in quotations(text, paragraphs(text))]
    assert found == [" a « b » c ", "d", " Sans fin"]


def test_no_claim_no_work() -> None:
    assert attribute(report_of("Rien."), (), FRENCH, Stub()) == ()


@needs_shared
def test_gold_floors() -> None:
    """Speakers by overlap on the gold reports, with the other slots given."""
    hits = false = missed = right = sure = wrong = lost = 0
    for report, candidates, claims in gold_reports():
        for found, gold in zip(attribute(report, candidates, FRENCH, Stub()), claims, strict=True):
            said = found.claim.attribution
            for one in gold["attribution"]:
                same = [s for s in said if s.start < one["end"] and one["start"] < s.end]
                hits += bool(same)
                missed += not same
                right += bool(same) and same[0].role == one["role"]
            false += sum(
                not any(s.start < g["end"] and g["start"] < s.end for g in gold["attribution"])
                for s in said
            )
            kinds = [e.kind for e in found.claim.evidence]
            wanted = [e["kind"] for e in gold["evidence"]]
            sure += sum(k in wanted for k in kinds)
            wrong += sum(k not in wanted for k in kinds)
            lost += sum(w not in kinds for w in wanted)
    assert 2 * hits / (2 * hits + false + missed) >= 0.85
    assert right / hits >= 0.9
    assert 2 * sure / (2 * sure + wrong + lost) >= 0.8

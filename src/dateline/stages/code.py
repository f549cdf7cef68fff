"""code: from parsed sentences to candidate claims: type, trigger, actors, targets and means.

One claim per type per happening per sentence. A killing or toll told together with the attack it
belongs to is that attack's; a bare toll takes the type that the report has established.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from dateline.drafts import ActorMatch, Codebook, Draft, Drafter
from dateline.language import Language
from dateline.model import Actor, ArticleRef, Claim, Extent, Means, Target, claim_id
from dateline.syntax import Candidate, Report, Sentence
from dateline.wording import any_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# More different words of a firm domain than this say what a report is about, whatever it is armed
# with: a game has soldiers and rifles, too.
_OUTWEIGHING = 3

# The types a toll told alone may belong to; others follow from an attack or have no toll.
_DOERS = ("actor", "target")
_WITH_TOLL = (
    "air-strike",
    "shelling",
    "explosion",
    "suicide-bombing",
    "chemical-attack",
    "armed-attack",
    "riot",
)

# How many sentences of the report are its lead, and how many words make one (a dateline has
# fewer).
_LEAD = 3
_SENTENCE_OF_TEXT = 7
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


class _Coder(Drafter):
    """Reads a whole report: which drafts are one happening, and what the report is about."""

    # One claim per happening ------------------------------------------------------------------

    def merge(self, sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
        """Let the killing of an attack be the attack's, and a toll be its happening's."""
        violent = [d for d in drafts if self.violent(d) and not self.is_toll(d)]
        kept: list[Draft] = []
        given: dict[int, list[Draft]] = {}
        tolls: list[Draft] = []
        for draft in drafts:
            at = draft.match.token
            host: Draft | None = None
            if self.is_toll(draft):
                if not violent:
                    tolls.append(draft)
                    continue
                host = min(violent, key=lambda d: abs(d.match.token - at))
            elif draft.type == "killing" or self.only_harm(draft):
                others = [d for d in violent if d is not draft and not self.only_harm(d)]
                host = self.host(sentence, draft, others)
                if host is None and self.only_harm(draft):
                    host = self.told_with(sentence, draft, others)
            elif (self.violent(draft) or draft.type == "destruction") and self.carries(
                sentence, draft, violent
            ):
                host = next(d for d in violent if d.anchor == at and d is not draft)
            elif draft.type == "protest" and not draft.arguments:
                if any(d.type == "protest" and d.arguments for d in drafts):
                    continue
            elif self.violent(draft) and not draft.arguments and not draft.means:
                host = self.same_told_again(draft, violent)
            if host is None and (
                self.only_spoken_of(draft, drafts) or self.aim_of(sentence, draft, drafts)
            ):
                continue
            if host is None:
                kept.append(draft)
            else:
                given.setdefault(id(host), []).append(draft)
        if tolls:
            # The last count of a sentence is the one it holds to ("first 13, now 27").
            kept.append([t for t in tolls if t.match.trigger.id == tolls[0].match.trigger.id][-1])
        return [self.joined(k, given.get(id(k), [])) for k in kept]

    def violent(self, draft: Draft) -> bool:
        return self.violent_type(draft.type)

    def only_harm(self, draft: Draft) -> bool:
        """Whether an attack is known by the harm alone that it did ("wounded nine")."""
        return draft.type == "armed-attack" and draft.match.trigger.frame == "harm"

    def told_with(self, sentence: Sentence, harm: Draft, violent: Sequence[Draft]) -> Draft | None:
        """The killing that the same clause tells of ("killed four and wounded nine")."""
        at = sentence[harm.match.token]
        near = {at.head} if at.dep == "conj" else set()
        near |= {c.i for c in sentence.children(at.i, "conj")}
        return next((d for d in violent if d.match.token in near), None)

    def is_toll(self, draft: Draft) -> bool:
        return draft.match.trigger.toll

    def host(self, sentence: Sentence, killing: Draft, violent: Sequence[Draft]) -> Draft | None:
        """The attack of the same sentence that a killing only tells the outcome of: the one it
        hangs together with, or, when nobody is said to have killed, the nearest."""
        attacks = [d for d in violent if d.type != "killing"]
        at = killing.match.token
        if killing.match.part == "noun":
            return None if killing.arguments else self.same_told_again(killing, violent)
        # "killed two and wounded three in an attack": what one verb tells, both do.
        joined = [at, *(c.i for c in sentence.children(at, "conj") if c.pos == "VERB")]
        below = {
            t.i
            for verb in joined
            for c in sentence.children(verb)
            if c.dep.split(":")[0] in ("nsubj", "obl", "advcl")
            for t in (c, *sentence.conjuncts(c.i), *sentence.children(c.i, "nmod"))
            # "killed by rebels in an ambush": the parse may hang the ambush on the rebels.
        }
        above: set[int] = set()
        token = sentence[at]
        for head in sentence.ancestors(at):
            if token.dep.split(":")[0] not in ("advcl", "acl", "conj", "xcomp", "parataxis"):
                break
            above.add(head.i)
            token = head
        for attack in attacks:
            if ({attack.match.token, attack.anchor} - {at}) & (below | above):
                return attack
        if attacks and not any(a.role == "actor" for a in killing.arguments):
            return min(attacks, key=lambda d: abs(d.match.token - at))
        return self.same_told_again(killing, violent) if not killing.arguments else None

    def only_spoken_of(self, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether an agreement is only what somebody rejects or criticises here."""
        return draft.type == "agreement" and any(
            d.type in ("rejection", "accusation")
            and any(a.head == draft.match.token for a in d.arguments)
            for d in drafts
        )

    def aim_of(self, sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> bool:
        """Whether taking ground is only what an offensive is for ("une offensive pour reprendre
        la ville")."""
        if (
            draft.type != "territory-gained"
            or "VerbForm=Inf" not in sentence[draft.match.token].morph
        ):
            return False
        for above in sentence.ancestors(draft.match.token):
            if any(d.type == "offensive" and above.i in (d.match.token, d.anchor) for d in drafts):
                return True
            if above.pos == "VERB":
                # "a achevé l'offensive en réussissant à prendre la ville": that was done.
                return False
        return False

    def carries(self, sentence: Sentence, draft: Draft, violent: Sequence[Draft]) -> bool:
        """Whether a trigger is only the light verb of another ("l'explosion visait un hôtel")."""
        at = draft.match.token
        return sentence[at].lemma in self.lexicon.light_verbs and any(
            d.anchor == at and d.match.token != at and self.at_core(sentence, d.match.token)
            for d in violent
        )

    def at_core(self, sentence: Sentence, i: int) -> bool:
        """Whether a noun is subject, object or doer of its verb, and not beside it ("during the
        attack")."""
        beside = sentence[i].dep.startswith("obl")
        return not beside or sentence.case(i) in self.lexicon.frames.by

    def same_told_again(self, bare: Draft, violent: Sequence[Draft]) -> Draft | None:
        """Another happening of the same type in the sentence, which a word without arguments of
        its own can only repeat."""
        others = [d for d in violent if d is not bare and d.type == bare.type and d.arguments]
        return others[0] if others else None

    def joined(self, draft: Draft, absorbed: Sequence[Draft]) -> Draft:
        """The draft with the targets and means of what it absorbed, and with its actors where the
        draft has none ("rebels killed two in an attack")."""
        if not absorbed:
            return draft
        known = {a.head for a in draft.arguments}
        taken = ("target",) if any(a.role == "actor" for a in draft.arguments) else _DOERS
        more = [
            a
            for other in absorbed
            for a in other.arguments
            if a.role in taken and a.head not in known
        ]
        means = [m for other in absorbed for m in other.means if m not in draft.means]
        # What a killing that counts by itself is the outcome of counts as well.
        hard = any(self.hard(other) for other in absorbed)
        return replace(
            draft,
            arguments=(*draft.arguments, *more),
            means=(*draft.means, *means),
            strength="hard" if hard else draft.strength,
        )

    # The report -------------------------------------------------------------------------------

    def code(self, conflict: bool) -> tuple[Candidate, ...]:
        if self.outside() and not conflict:
            return ()
        drafts: list[Draft] = []
        for n, sentence in enumerate(self.report.sentences):
            drafts.extend(self.merge(sentence, self.drafts(n, sentence)))
        if not conflict and not self.about_conflict(drafts):
            # A happening that the report only touches on is one; the softer words around it are
            # those of ordinary news.
            # Done by rebels and the like, a softer word is one as well.
            drafts = [
                d
                for d in drafts
                if (d.strength != "soft" or self.by_armed(d)) and not self.is_toll(d)
            ]
        candidates: list[Candidate] = []
        established: str | None = None
        for draft in self.unrepeated(drafts):
            type_ = self.type_by_report(draft)
            if self.is_toll(draft):
                type_ = established or self.first_violent(drafts) or type_
            elif draft.type in _WITH_TOLL:
                established = type_
            candidates.append(self.candidate(draft, type_))
        return tuple(candidates)

    def outside(self) -> bool:
        """Whether the headline says that the report is about sport, an accident and the like."""
        if self.of_another_domain():
            return True
        headline = next((s for s in self.report.sentences if s.headline), None)
        if headline is None:
            return False
        words = frozenset(t.norm for t in headline) | frozenset(t.lemma for t in headline)
        view = self.report.view[headline.start : headline.end].lower()
        if not any(any_of(d.title, words, view) for d in self.lexicon.domains if d.title):
            return False
        matches = self.lexicon.matches(headline)
        if any(m.trigger.of_crowds for m in matches):
            return self.near_domain(words, view, firm=True)
        if self.near_domain(words, view):
            return True
        return not any(self.lexicon.agent_terms.kind(t) == "armed" for t in headline) and not any(
            m.trigger.strength == "hard" and self.violent_type(m.trigger.type) for m in matches
        )

    def of_another_domain(self) -> bool:
        """Whether the report's words are those of another domain, and none of conflict's. Looks at
        the whole text, parsed or not."""
        text = self.report.view.lower()
        words = set(_WORD.findall(text))
        words |= {w[:-1] for w in words if w.endswith("s")}
        armed = bool(words & self.lexicon.armed_words)
        return any(
            sum(any_of((w,), frozenset(words), text) for w in d.report)
            > (_OUTWEIGHING if armed and d.firm else 1)
            for d in self.lexicon.domains
            if d.report and (d.firm or not armed)
        )

    def by_armed(self, draft: Draft) -> bool:
        """Whether the one who did it is called armed (rebels, gunmen), not a state."""
        sentence = self.report.sentences[draft.sentence]
        return any(
            a.role == "actor" and self.kind(sentence, a.head) == "armed" for a in draft.arguments
        )

    def hard(self, draft: Draft) -> bool:
        return draft.strength == "hard" and not self.is_toll(draft)

    @cached_property
    def means_kinds(self) -> frozenset[str]:
        """The kinds of means that the report names anywhere."""
        return frozenset(k for s in self.report.sentences for _, _, k in self.means(s))

    def type_by_report(self, draft: Draft) -> str:
        """The type of a draft whose word leaves the means open ("frappe"), by what the rest of the
        report says it was done with."""
        instead = draft.match.trigger.instead
        named = [k for k in instead if k in self.means_kinds]
        if not named or draft.means or draft.type != draft.match.trigger.type:
            return draft.type
        own = {
            k for k in self.means_kinds if self.codebook.refine("armed-attack", [k]) == draft.type
        }
        return draft.type if own else instead[named[0]]

    def about_conflict(self, drafts: Sequence[Draft]) -> bool:
        """Whether the report is about conflict: a hard trigger stands in the headline or in the
        first sentences, or there are several."""
        hard = [d for d in drafts if self.hard(d)]
        end = self.lead_end()
        return len(hard) > 1 or any(
            self.report.sentences[d.sentence].start < end
            or self.report.sentences[d.sentence].headline
            for d in hard
        )

    def lead_end(self) -> int:
        """Where the report's first sentences end, by the text alone: which paragraphs are parsed
        must not matter."""
        left = _LEAD
        for paragraph in self.report.body:
            if paragraph == self.report.headline:
                continue
            for sentence in _SENTENCE.finditer(self.report.view, paragraph.start, paragraph.end):
                if len(sentence.group().split()) >= _SENTENCE_OF_TEXT:
                    left -= 1
                if not left:
                    return sentence.end()
        return len(self.report.view)

    def first_violent(self, drafts: Sequence[Draft]) -> str | None:
        return next(
            (d.type for d in drafts if d.type in _WITH_TOLL and not self.is_toll(d)),
            None,
        )

    def unrepeated(self, drafts: Sequence[Draft]) -> list[Draft]:
        """One claim per type per happening per sentence: a second trigger of one type in a
        sentence counts only with arguments of its own."""
        kept: list[Draft] = []
        for draft in drafts:
            same = [k for k in kept if k.sentence == draft.sentence and k.type == draft.type]
            fresh = {a.head for a in draft.arguments}
            if any(
                fresh <= {a.head for a in k.arguments} and not draft.means
                for k in same
                if k.anchor == draft.anchor or (fresh and not draft.means)
            ):
                continue
            kept.append(draft)
        return kept

    def candidate(self, draft: Draft, type_: str) -> Candidate:
        report, sentence = self.report, self.report.sentences[draft.sentence]
        article = report.article
        token = sentence[draft.match.token]
        trigger = report.span(token.start, token.end)
        stop = {draft.match.token, draft.anchor}
        actors: list[Actor] = []
        targets: list[Target] = []
        means = [
            Means(*_span(report, sentence[i].start, sentence[i + length - 1].end), kind=kind)
            for i, length, kind in draft.means
            # "attaque chimique": it makes the type exact, but names no weapon.
            if any(sentence[n].pos != "ADJ" for n in range(i, i + length))
        ]
        for argument in draft.arguments:
            first, last = self.phrase(sentence, argument.head, stop)
            start, end, text = _span(report, sentence[first].start, sentence[last].end)
            known = self.codebook.actor(
                report.view[start:end], self.language.code, report.country
            ) or self.called(sentence, argument.head)
            if argument.role == "actor":
                loaded = (known is not None and known.loaded) or self.loaded(sentence, first, last)
                actors.append(
                    Actor(
                        start,
                        end,
                        text,
                        id=known.id if known else None,
                        name=known.name if known else None,
                        loaded=loaded,
                    )
                )
            elif argument.role == "target":
                kind = self.kind(sentence, argument.head)
                if known is not None and known.via in _PLACES and self.violent(draft):
                    # A bombed capital is a place, not its government.
                    known = None
                targets.append(
                    Target(
                        start,
                        end,
                        text,
                        id=known.id if known else None,
                        name=known.name if known else None,
                        civilian=_CIVILIAN.get(kind or ""),
                    )
                )
            elif argument.role == "means":
                means.append(Means(start, end, text, kind=None))
        version = self.language.version
        rule = f"{draft.match.trigger.id}@{version}"
        provenance = {"type": rule, "trigger": rule}
        for role, filled in (("actors", actors), ("targets", targets), ("means", means)):
            if filled:
                slots = dict.fromkeys(a.slot for a in draft.arguments if a.role == role.rstrip("s"))
                slot = "+".join(slots) or "lexicon"
                provenance[role] = f"frame.{draft.match.trigger.frame}.{slot}@{version}"
        if any(a.id for a in actors) or any(t.id for t in targets):
            provenance["codebook"] = self.codebook.version
        claim = Claim(
            id=claim_id(article.id, trigger, type_),
            article=ArticleRef(
                id=article.id,
                ref=article.ref,
                title=article.title,
                lang=article.lang,
                published=article.published,
                url=article.url,
                outlet=article.outlet,
            ),
            type=type_,
            trigger=trigger,
            sentence=Extent(sentence.start, sentence.end),
            actors=_distinct(actors),
            targets=_distinct(targets),
            means=_distinct(means),
            modality=draft.match.trigger.modality or "asserted",
            negated=draft.match.trigger.negated,
            provenance=provenance,
        )
        return Candidate(
            claim=claim,
            sentence=draft.sentence,
            trigger=draft.match.token,
            anchor=draft.anchor,
            family=self.codebook.types[type_].family,
            toll=self.is_toll(draft),
            settled=draft.match.trigger.settled,
        )

    def called(self, sentence: Sentence, head: int) -> ActorMatch | None:
        """The actor that a phrase is said to be called ("un groupe armé appelé X")."""
        naming = self.lexicon.frames.naming
        for noun in (head, *(c.i for c in sentence.children(head, "nmod"))):
            for child in sentence.children(noun, "acl"):
                if child.lemma in naming:
                    words = sentence.subtree(child.i)
                    text = self.report.view[words[0].start : words[-1].end]
                    found = self.codebook.find(text, self.language.code)
                    if len({a.id for a in found}) == 1:
                        return found[0]
        return None

    def loaded(self, sentence: Sentence, first: int, last: int) -> bool:
        return any(
            self.lexicon.loaded_terms.at(sentence, i) is not None for i in range(first, last + 1)
        )


_PLACES = ("capital", "metonym")
_CIVILIAN = {"civilian": True, "armed": False, "state": None}


def _span(report: Report, start: int, end: int) -> tuple[int, int, str]:
    span = report.span(start, end)
    return span.start, span.end, span.text


M = TypeVar("M", Actor, Target, Means)


def _distinct(mentions: list[M]) -> tuple[M, ...]:
    return tuple({(m.start, m.end): m for m in reversed(mentions)}.values())[::-1]


def code(
    report: Report, language: Language, codebook: Codebook, *, conflict: bool = False
) -> tuple[Candidate, ...]:
    """The candidate claims of a report, in text order, with type, trigger, actors, targets and
    means; an empty tuple for a report that tells of no conflict.

    With ``conflict`` the report is taken to be about conflict even if no trigger in it shows that
    on its own: for a rule's examples, which are single sentences.
    """
    return _Coder(report, language, codebook).code(conflict)

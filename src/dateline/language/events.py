"""``events/*.toml``, ``frames.toml``, ``agents.toml``, ``means.toml`` and ``domains.toml`` of a
language: what names a happening, who can act or suffer, with what, and what only looks like it.

A **trigger** names a happening in any of its forms: verbs, nouns, adjectives (lemmas) and fixed
phrases. Each entry has one event type, a frame (which grammatical slot is which role), and
examples that run as tests.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.language.loading import Rules

Role = Literal["actor", "target", "means", "place", "none"]


class TriggerExample(Rules):
    """A sentence, the word in it that must become the trigger, and the words (whole noun phrases
    or the head of them) that must be found in each role. ``type`` when a means or a context
    makes it another type than the entry's.
    """

    text: str
    trigger: str
    type: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


class Trigger(Rules):
    """One entry of an ``events/*.toml``.

    verb, noun, adjective: lemmas. phrase: words in a row, each a lower-case form or "lemma:x"; a
    word may offer several forms with "|"; the word marked with a leading "*" is the trigger (else
    the first). frame: name of a frame in ``frames.toml``. strength "soft": a word that is common
    in peaceful news; it counts only in a report that holds a "hard" trigger. needs: at least one
    of these words or lemmas must stand in the sentence. unless: none of these may. needs_role:
    the claim is dropped unless this role is filled by an agent or place ("actor", "target",
    "armed": an armed or state agent in some role, "armed-actor": an armed agent or an army as the
    actor, "powers": two agents, one of them armed, a state or
    an entry of the codebook, "person": somebody as the target, "place": a
    place). settled: the entry's words hold a negation that is no denial of the happening.
    instead: the type it has, by a kind of means, in a report that names such a means and none
    that goes with the entry's own type.
    """

    id: str
    type: str
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    frame: str = "act"
    strength: Literal["hard", "firm", "soft"] = "hard"
    toll: bool = False
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs_role: (
        Literal[
            "actor",
            "target",
            "armed",
            "armed-actor",
            "powers",
            "person",
            "place",
            "armed+place",
            "any",
        ]
        | None
    ) = None
    modality: str | None = None
    negated: bool = False
    settled: bool = False
    instead: dict[str, str] = Field(default_factory=dict)
    examples: tuple[TriggerExample, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()

    @property
    def of_crowds(self) -> bool:
        """Whether it tells of people in the street, or of force against them, by itself."""
        return self.strength == "hard" and self.type in ("protest", "riot", "crackdown")


class Frame(Rules):
    """Which slot of the grammar is which role, for the verbs and nouns that use this frame.

    subject, object, passive_subject, agent ("par X"), indirect ("à X"): of verbs. of: the "de X"
    of a noun; "auto" decides by what X is (an armed or state agent acts; a place, thing or
    civilian suffers). adjective: the role of "israélien" in "frappe israélienne". compound: the
    role of a noun right before the happening's noun ("rebel attack"), "auto" as for "of".
    objectless: what a past form without object and auxiliary is, where one form is both past and
    participle ("Four killed in Y"). clause: the role of the subject of the verb's clause ("demands
    that X leave"). within: that of the first agent named inside the verb's complements, where
    no agent has it yet ("rejects an offer of X"). at: prepositions under which a thing that can be
    attacked is the target ("a bomb went off in a bank"); a town, an area or a road is only where.
    preposition:
    overrides of the file's prepositions for this frame, e.g. {"avec" = "actor"}. reflexive: the
    role of the subject of a reflexive use. only_agents: a target must be one who can act.
    """

    subject: Role = "none"
    object: Role = "none"
    passive_subject: Role = "none"
    agent: Role = "actor"
    indirect: Role = "none"
    of: Role | Literal["auto"] = "none"
    adjective: Role = "actor"
    compound: Role | Literal["auto"] = "none"
    objectless: Literal["active", "passive"] = "active"
    clause: Role = "none"
    within: Role = "none"
    at: tuple[str, ...] = ()
    preposition: dict[str, Role] = Field(default_factory=dict)
    reflexive: Role = "none"
    only_agents: bool = False


class LightVerb(Rules):
    """Verbs that lend their subject to the noun that is the happening ("mener une attaque", "faire
    l'objet d'une attaque"): ``subject`` is the role their subject takes, or their object
    where the happening itself is the subject (slot "subject"); ``indirect`` that of their
    indirect object; ``object`` that of their object where the happening is in a phrase with
    a preposition (slot "oblique": "prendre X en otage").
    """

    id: str
    verb: tuple[str, ...]
    subject: Role = "actor"
    passive_subject: Role = "none"
    indirect: Role = "none"
    object: Role = "none"
    slot: Literal["object", "subject", "oblique"] = "object"
    examples: tuple[TriggerExample, ...] = Field(min_length=1)


class Preposition(Rules):
    """What a preposition makes of its noun under a happening ("contre X": target)."""

    words: tuple[str, ...]
    role: Role


class Domain(Rules):
    """A domain that shares words with conflict but is none (sport, accident, disaster, law). A
    report is in it when its words outweigh; ``near`` words drop a trigger in the same
    sentence (beside an armed word only if ``firm``: a film has armed rebels too), ``title``
    words in the headline drop the whole report unless an armed word is there too, and so do
    two different ``report`` words anywhere in a report that names no armed agent and no
    weapon.
    """

    id: str
    near: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    firm: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()


class Forms(Rules):
    """Regular forms of the verbs that end in ``of``, which a parser may take for adjectives or
    nouns."""

    of: str
    forms: tuple[str, ...]


class Frames(Rules):
    """The whole of ``frames.toml``. endings: what is cut from a lemma to get what all of its forms
    begin with (longest first; accents do not count). stems: of the irregular words, what
    their forms begin with instead. by, of, between: the prepositions of the passive's doer,
    of the genitive, and of two sides; to: of the indirect object; upon: those that before a
    place name say where, and before anything else whom. contraction: a preposition fused
    with an article, and the preposition it stands for. containers: nouns that hold the
    happening's noun ("a series of", "the target of"); victims: those of them whose subject
    suffers, culprits: those whose subject did it. deeds: nouns in "is the deed of X".
    among: prepositions in "X is among the dead". causatives: verbs that take another verb's
    object ("make explode"). passive_auxiliary: lemmas of the passive's auxiliary.
    never_passive: verbs whose perfect looks like a passive ("sont entrés"). quantities:
    nouns that count what follows ("hundreds of"). naming: verbs in "a group called X".
    such_as: what stands before the names given as examples. reflexive: the reflexive
    pronouns. participle, finite: past participles, and forms of the present, that are taken
    for other parts of speech. relative: relative pronouns that stand for their antecedent.
    grounds: things that can be attacked and yet, under one of a frame's ``at``, say only where
    ("in the town"); parts: those that are only a part of one ("the entrance of the bank").
    not_agents: nouns that never act or suffer (times, reasons, pronouns). homographs: whether
    nouns and verbs share their forms ("attack"), so that a noun is only ever read as the verb
    when it has a subject or an object.
    """

    version: str
    endings: tuple[str, ...]
    stems: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    by: tuple[str, ...]
    of: tuple[str, ...]
    between: tuple[str, ...]
    to: tuple[str, ...]
    upon: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    contraction: dict[str, str]
    containers: tuple[str, ...]
    victims: tuple[str, ...]
    culprits: tuple[str, ...]
    deeds: tuple[str, ...]
    among: tuple[str, ...]
    causatives: tuple[str, ...]
    never_passive: tuple[str, ...]
    passive_auxiliary: tuple[str, ...]
    such_as: tuple[str, ...]
    quantities: tuple[str, ...]
    naming: tuple[str, ...]
    reflexive: tuple[str, ...]
    relative: tuple[str, ...]
    not_agents: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    homographs: bool = False
    participle: tuple[Forms, ...] = ()
    finite: tuple[Forms, ...] = ()
    frame: dict[str, Frame]
    preposition: tuple[Preposition, ...] = ()
    light_verb: tuple[LightVerb, ...] = ()


class Events(Rules):
    """The whole of one ``events/*.toml``."""

    version: str
    trigger: tuple[Trigger, ...]


class Domains(Rules):
    """The whole of ``domains.toml``."""

    version: str
    domain: tuple[Domain, ...]


class Agent(Rules):
    """Nouns (lemmas or phrases) for people and bodies. kind: armed (rebels, militia, attackers),
    state (army, police, government), political (party, opposition), civilian (villagers,
    students, journalists), person (man, leader: kind open), body (NGO, UN, company).
    loaded: takes a side.
    """

    kind: Literal["armed", "state", "political", "civilian", "person", "body"]
    words: tuple[str, ...]
    loaded: bool = False


class Agents(Rules):
    """The whole of ``agents.toml``. thing: nouns for objects and places that can be attacked."""

    version: str
    agent: tuple[Agent, ...]
    thing: tuple[str, ...] = ()


class MeansEntry(Rules):
    """Words for one kind of means ("drone", "rocket", "car-bomb", "chemical", ...)."""

    kind: str
    words: tuple[str, ...]


class MeansFile(Rules):
    """The whole of ``means.toml``."""

    version: str
    means: tuple[MeansEntry, ...]

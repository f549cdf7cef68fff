"""``modality.toml`` and ``negation.toml`` of a language: whether a happening is stated as fact,
told as background, or denied in its own clause. Models of the files only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.language.loading import Rules
from dateline.syntax import Token

Modality = Literal[
    "asserted", "denied", "alleged", "planned", "threatened", "demanded", "hypothetical"
]
Words = tuple[str, ...]


class Verbs(Rules):
    """Verbs by lemma, and by what a form begins with where the lemmatizer errs. ``forms`` count
    even where the parse takes them for no verb."""

    verbs: Words = ()
    stems: Words = ()
    forms: Words = ()

    def names(self, token: Token) -> bool:
        """Whether this token is a form of one of the verbs."""
        if token.lemma in self.verbs or token.norm in self.forms:
            return True
        return any(token.norm.startswith(stem) for stem in self.stems)


class ModalityExample(Rules):
    """A sentence, a claim's trigger in it, and what must be found of it."""

    text: str
    trigger: str
    modality: Modality = "asserted"
    negated: bool = False
    background: bool | None = None


class ModalityRule(Rules):
    """What every entry of ``modality.toml`` and ``negation.toml`` has."""

    id: str
    examples: tuple[ModalityExample, ...] = Field(min_length=1)


class Mood(ModalityRule):
    """A verb form (UD features) that sets the modality. ``endings``: what such a form ends with,
    where the parse errs; ``forms``: such forms whatever the parse says. ``exceptions``: verbs that
    do not count. ``unless_marks``: words of the same sentence that undo it. ``beside``: one of
    these must be among the verb's other auxiliaries ("may have killed"). ``own_only``: only the
    happening's own verb, or the verb it is subject or object of, counts, and that only where it is
    no exception and does not speak of the happening as known."""

    modality: Modality
    morph: str
    forms: Words = ()
    endings: Words = ()
    exceptions: Words = ()
    unless_marks: Words = ()
    beside: Words = ()
    own_only: bool = False


class Governor(ModalityRule, Verbs):
    """Words above the happening that set its modality. ``clause_only``: verbs of the list that
    count only above another verb. ``only_morph``: a feature that a verb of the list must have;
    ``only_case``: the prepositions that a noun under it must have.
    ``modals``: verbs of the list of which the happening may be the subject, if the verb under them
    says that it takes place. ``subject``: the happening may be the subject of the verb in the
    passive. ``presupposes``: a happening that is spoken of as known, further down ("took part in
    the attack"), is not touched. ``own``: claim types of which the word itself may be the trigger.
    ``marks``: words that open a clause; ``purpose``: words before an infinitive."""

    modality: Modality
    clause_only: Words = ()
    only_morph: dict[str, str] = Field(default_factory=dict)
    only_case: dict[str, Words] = Field(default_factory=dict)
    modals: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    adverbs: Words = ()
    subject: bool = False
    presupposes: bool = False
    own: Words = ()
    marks: Words = ()
    purpose: Words = ()


class Transparent(Rules):
    """Words that pass on what governs them; ``definite``: determiners of what is presupposed,
    ``definite_case``: prepositions with such a determiner in them; ``complement_marks``:
    prepositions that make a participle the complement of a verb ("suspected of attacking")."""

    nouns: Words
    verbs: Words
    definite: Words
    definite_case: Words
    complement_marks: Words = ()


class Background(ModalityRule):
    """Words or patterns that say a happening lies far back; with ``aux_morph`` only where the
    auxiliary of the happening's verb has this feature, and a year before the report's counts
    too; with ``not_morph`` not where that verb is finite and has the feature."""

    words: Words = ()
    patterns: Words = ()
    aux_morph: str | None = None
    not_morph: str | None = None


class ModalityFile(Rules):
    """The whole of ``modality.toml``."""

    version: str
    mood: tuple[Mood, ...]
    governor: tuple[Governor, ...]
    transparent: Transparent
    background: tuple[Background, ...]


class Particle(ModalityRule):
    """Adverbs that negate the verb they hang on; those in ``needed_by`` only with one of
    ``needs`` there; none before one of ``not_before`` ("not only")."""

    words: Words
    needs: Words = ()
    needed_by: Words = ()
    not_before: Words = ()


class NegativeWord(ModalityRule):
    """A determiner, preposition or mark that negates."""

    words: Words


class Carriers(Rules):
    """Verbs whose negation negates the happening that is their object or their subject;
    ``subject_needs``: what must depend on the verb as well; ``identity``: those that say what a
    happening is, so that their negation, if somebody is quoted with it, is a denial."""

    object: Words
    subject: Words
    identity: Words
    subject_needs: dict[str, str] = Field(default_factory=dict)


class NegationFile(Rules):
    """The whole of ``negation.toml``."""

    version: str
    particle: tuple[Particle, ...]
    determiner: tuple[NegativeWord, ...]
    without: tuple[NegativeWord, ...]
    carriers: Carriers

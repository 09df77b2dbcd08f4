"""What may stand in the files that all cards share: factors, advice, words, figures, sources."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from server.cards.kinds import LEVELS, SURROUNDINGS, Sourced, references
from server.content.fields import Day, Strict, Text, like, names, one_of, part, row


class OwnFile(Strict):
    """The same thing in the voice of one card, where the shared sentence does not fit."""

    text = Text()
    now = Text()

    @ma.validates_schema(skip_on_field_errors=True)
    def say_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if not data:
            raise ma.ValidationError("schrijf hier een text, een now of allebei.", "text")


class FactorFile(Sourced):
    level = one_of(SURROUNDINGS, required=True)
    text = Text(required=True)
    own = names(part(OwnFile), load_default=dict)


class RiskFile(FactorFile):
    id = like(r"R-\d{2}", "kies een id zoals R-05.", required=True)


class ProtectiveFile(FactorFile):
    id = like(r"P-\d{2}", "kies een id zoals P-05.", required=True)
    now = Text(required=True)


class FactorsFile(Strict):
    risk_note = Text(required=True)
    risk = row(part(RiskFile), required=True)
    protective = row(part(ProtectiveFile), required=True)


class SentenceFile(Sourced):
    id = like(r"[HNVD]-\d{2}", "kies een id zoals H-05, N-05, V-05 of D-05.", required=True)
    text = Text(required=True)
    own = names(part(OwnFile), load_default=dict)


class QuestionFile(Sourced):
    id = like(r"D-\d{2}", "kies een id zoals D-01.", required=True)
    question = Text(required=True)


class WayFile(Sourced):
    id = like(r"A-\d{2}", "kies een id zoals A-01.", required=True)
    title = Text(required=True, longest=60)
    text = Text(required=True)
    contact = Text(longest=40)


class OwnLevelFile(Strict):
    title = Text(longest=40)
    when = Text(longest=60)
    text = Text()
    steps = row(Text(), least=1)
    contacts = references(least=1, required=False)


class LevelFile(Sourced):
    name = Text(required=True, longest=20)
    title = Text(required=True, longest=40)
    when = Text(required=True, longest=60)
    text = Text(required=True)
    steps = row(Text(), required=True, least=1)
    contacts = references(least=1)
    own = names(part(OwnLevelFile), load_default=dict)


LevelsFile = Strict.from_dict(
    {level: part(LevelFile, required=True) for level in LEVELS}, name="Levels"
)


class MeldcodeFile(Sourced):
    text = Text(required=True)
    steps = row(Text(), required=True, least=1)


class AdviceFile(Strict):
    review_note = Text(required=True)
    levels = part(LevelsFile, required=True)
    cautions = names(Text(), required=True)
    meldcode = part(MeldcodeFile, required=True)
    do = row(part(SentenceFile), required=True)
    dont = row(part(SentenceFile), required=True)
    pitfalls = row(part(SentenceFile), required=True)
    sharing = row(part(QuestionFile), required=True, least=4)
    sharing_rules = row(part(SentenceFile), required=True)
    afraid = row(part(WayFile), required=True)


class SourceFile(Strict):
    title = Text(required=True)
    url = like(
        r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?",
        "schrijf een adres dat met https:// begint.",
        longest=400,
    )


class ConceptFile(Sourced):
    name = Text(required=True, longest=80)
    could_be = Text(required=True)
    could_also_be = Text(required=True)
    also = references(required=False)


class WordFile(Sourced):
    id = like(r"W-\d{2}", "kies een id zoals W-05.", required=True)
    word = Text(required=True, longest=60)
    text = Text(required=True)
    also = references(required=False)


class WordsFile(Strict):
    words = row(part(WordFile), required=True, least=1)


class FigureFile(Sourced):
    id = like(r"C-\d{2}", "kies een id zoals C-05.", required=True)
    text = Text(required=True)
    line = Text(required=True, longest=120)


class FiguresFile(Strict):
    figures = row(part(FigureFile), required=True, least=1)


class StepFile(Sourced):
    id = like(r"S-\d{2}", "kies een id zoals S-05.", required=True)
    title = Text(required=True, longest=60)
    who = Text(required=True, longest=60)
    text = Text(required=True)


class RouteFile(Strict):
    title = Text(required=True, longest=60)
    intro = Text(required=True)
    steps = row(part(StepFile), required=True, least=1)
    notes = row(Text(), required=True)


class AskedFile(Sourced):
    id = like(r"[OJ]-\d{2}", "kies een id zoals O-05 of J-05.", required=True)
    text = Text(required=True, longest=120)


class EvaluationFile(Strict):
    meeting = row(part(AskedFile), required=True, least=3)
    year = row(part(AskedFile), required=True, least=1)

    @ma.validates_schema(skip_on_field_errors=True)
    def ask_three(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if len(data["meeting"]) > 3:
            raise ma.ValidationError("houd het na een overleg bij drie vragen.", "meeting")


class RetiredFile(Strict):
    id = Text(required=True, longest=40)
    on = Day(required=True)
    was = Text(required=True)


class RetirementsFile(Strict):
    retired = row(part(RetiredFile), load_default=list)


# Two files whose keys are free: they hold a table of names.
SOURCES_FILE = names(part(SourceFile))
CONCEPTS_FILE = names(part(ConceptFile))

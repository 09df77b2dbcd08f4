"""What a card looks like in the API."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from server.cards.gemeente_answers import GemeenteOut
from server.cards.kinds import DESKS, LEVELS, NAMES, WEIGHTS
from server.wire import Out


def _text(example: str, **kwargs: Any) -> fields.String:
    return fields.String(required=True, metadata={"example": example}, **kwargs)


def _words(*example: str) -> fields.List[str]:
    metadata = {"example": list(example)} if example else {}
    return fields.List(fields.String(), required=True, metadata=metadata)


def _rows(shape: type[Out]) -> fields.List[Any]:
    return fields.List(fields.Nested(shape), required=True)


class ChoiceOut(Out):
    id = _text("leerplicht")
    name = _text("Leerplicht")


class SignalOut(Out):
    id = _text("BOA-05")
    group = _text("geld-en-spullen")
    concept = _text("unexplained-money")
    text = _text("De jongere heeft veel contant geld en kan niet vertellen hoe hij eraan komt.")
    weight = fields.String(required=True, metadata={"enum": list(WEIGHTS)})
    top = fields.Boolean(
        required=True, metadata={"description": "Staat vooraan: vijf of zes signalen per kaart."}
    )
    choices = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "Voor welke keuze van de kaart dit signaal is; leeg = voor iedereen.",
            "example": ["leerplicht"],
        },
    )
    could_be = _text("Geld voor een klusje van een ander.")
    could_also_be = _text("Een bijbaan, gespaard geld of een cadeau.")
    caution = fields.String(required=True, allow_none=True)
    alarm = _text("Zie je nu een wapen? Bel 112.", allow_none=True)


class FactorOut(Out):
    id = _text("R-05")
    level = _text("individu")
    text = _text("Voelt zich alleen of wil er heel graag bij horen.")


class ProtectiveOut(FactorOut):
    id = _text("P-04")
    now = fields.String(
        required=True,
        metadata={
            "description": "Iets kleins dat je nu kunt doen.",
            "example": "Vraag wie hij thuis het liefst belt.",
        },
    )


class LevelOut(Out):
    id = fields.String(required=True, metadata={"enum": list(LEVELS)})
    name = _text("Geel")
    title = _text("Overleg en meld")
    when = _text("Meer signalen of twijfel")
    text = fields.String(required=True)
    steps = _words()
    contacts = _words("procesregisseur")


class CardFormOut(Out):
    wpg = fields.Boolean(required=True)
    names = fields.String(required=True, metadata={"enum": list(NAMES)})
    desk = fields.String(required=True, metadata={"enum": list(DESKS)})


class ConversationOut(Out):
    moment = _text("Kies een rustig moment, zonder publiek.")
    say = _text("‘Ik zie je hier vaker. Hoe gaat het met je?’")
    ask = _words("‘Met wie ben je hier?’")


class MeldcodeOut(Out):
    text = fields.String(required=True)
    steps = _words("Breng de signalen in kaart.")


class ProtocolOut(Out):
    id = _text("K-01")
    name = _text("De Veilige School")
    text = fields.String(required=True)


class SharingQuestionOut(Out):
    id = _text("D-01")
    question = _text("Is dit mijn taak?")
    text = fields.String(required=True)


class SharingOut(Out):
    questions = _rows(SharingQuestionOut)
    rules = _words("Is de jongere 16 of ouder? Dan beslist hij zelf over zijn gegevens.")


class WayOut(Out):
    id = _text("A-01")
    title = _text("Zonder naam")
    text = fields.String(required=True)
    contact = _text("meld-misdaad-anoniem", allow_none=True)


class FigureOut(Out):
    id = _text("C-02")
    text = _text("De meeste kinderen die worden gevraagd, zeggen nee.")
    source = fields.String(required=True, metadata={"description": "Toon deze regel erbij."})


class AnswerOut(Out):
    text = fields.String(required=True)
    right = fields.Boolean(required=True)
    explanation = fields.String(required=True)


class SituationOut(Out):
    id = _text("OEF-BOA-01")
    text = fields.String(required=True)
    question = _text("Wat doe je?")
    signals = _words("BOA-08")
    choices = _rows(AnswerOut)


class CardChangeOut(Out):
    version = fields.Integer(required=True, metadata={"example": 2})
    on = fields.Date(required=True)
    lines = _words("Nieuw signaal: BOA-18.")


class SourceOut(Out):
    code = _text("KEER")
    title = fields.String(required=True)
    url = fields.String(required=True, allow_none=True)


class CardOut(Out):
    id = _text("boa")
    title = _text("Boa")
    audience = _text("Voor boa’s op straat")
    emblem = _text("boa")
    version = fields.Integer(required=True, metadata={"example": 1})
    public = fields.Boolean(
        required=True,
        metadata={"description": "Voor ouders of jongeren zelf, zonder formulier."},
    )
    reviewed_on = fields.Date(required=True)
    review_note = fields.String(required=True)
    headline = _text("Maak je je zorgen over je kind?", allow_none=True)
    intro = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    tip = _text("Groet, maak een praatje.")
    form = fields.Nested(CardFormOut, required=True)
    choices = _rows(ChoiceOut)
    signals = _rows(SignalOut)
    risk_note = fields.String(required=True)
    risk_factors = _rows(FactorOut)
    protective_factors = _rows(ProtectiveOut)
    levels = _rows(LevelOut)
    steps = _words()
    conversation = fields.Nested(ConversationOut, required=True)
    do = _words()
    dont = _words()
    pitfalls = _words()
    meldcode = fields.Nested(MeldcodeOut, required=True, allow_none=True)
    protocols = _rows(ProtocolOut)
    sharing = fields.Nested(SharingOut, required=True)
    afraid = _rows(WayOut)
    figures = _rows(FigureOut)
    words = _words("W-01")
    practice = _rows(SituationOut)
    changes = fields.List(
        fields.Nested(CardChangeOut),
        required=True,
        metadata={"description": "Wat er veranderde, de nieuwste versie voorop."},
    )
    contacts = _words("alarm")
    sources = _rows(SourceOut)


class ConceptOut(Out):
    id = _text("several-phones")
    name = _text("Meer telefoons, altijd bereikbaar")
    also = _words("tweede telefoon")


class WordOut(Out):
    id = _text("W-05")
    word = _text("geldezel")
    text = _text("Iemand die zijn bankrekening laat gebruiken voor crimineel geld.")
    also = _words("money mule")


class StepOut(Out):
    id = _text("S-01")
    title = _text("Jij meldt")
    who = _text("Jij")
    text = fields.String(required=True)


class RouteOut(Out):
    title = _text("Wat gebeurt er met je melding?")
    intro = fields.String(required=True)
    steps = _rows(StepOut)
    notes = _words()


class PublishedKeyOut(Out):
    id = _text("2026-11-3f9c")
    public_key = fields.String(required=True, metadata={"description": "Punt op P-256, base64."})


class CardsOut(Out):
    version = fields.String(required=True)
    gemeente = fields.Nested(GemeenteOut, required=True)
    seal_key = fields.Nested(PublishedKeyOut, required=True)
    cards = _rows(CardOut)
    concepts = _rows(ConceptOut)
    words = _rows(WordOut)
    route = fields.Nested(RouteOut, required=True)

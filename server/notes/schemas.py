"""What is shown of the notes for organisations."""

from __future__ import annotations

from marshmallow import fields

from server.briefings.schemas import SheetOut
from server.reports.schemas import QUARTER
from server.wire import Id, Moment, Out, Part, Row


class NoteOut(Out):
    id = Id(required=True)
    quarter = fields.String(required=True, metadata=QUARTER)
    organisation = fields.String(required=True)
    made_at = Moment(required=True)


class ReadNoteOut(NoteOut):
    sheet = Part(SheetOut, required=True)


class NotesOut(Out):
    items = Row(Part(ReadNoteOut), required=True)


class NotesToPrintOut(Out):
    items = Row(Part(NoteOut), required=True)

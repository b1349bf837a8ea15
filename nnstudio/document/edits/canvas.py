"""Edits of what stands around the network: title, notes, tidy places, training settings."""

from dataclasses import replace
from typing import Any

from nnstudio.document.arrange import arrange
from nnstudio.document.edits.checks import plain_text
from nnstudio.document.project import Note, Project
from nnstudio.engine.graph import new_id
from nnstudio.errors import Refused, StudioError
from nnstudio.i18n import translate

NOTE_LENGTH = 4000


def set_title(project: Project, title: str) -> Project:
    """Name the project."""
    return project.but(title=plain_text(title, 200))


def set_training(project: Project, name: str, value: Any) -> Project:
    """Change one setting of the training plan or of its optimiser."""
    try:
        training = project.training.with_setting(name, value)
    except StudioError as error:
        raise Refused(error.text, error.hint) from None
    return project if training == project.training else project.but(training=training)


def add_note(project: Project, text: str, x: float, y: float, id: str = "") -> Project:
    """Stick a note on the canvas."""
    taken = {note.id for note in project.notes}
    note = Note(id or new_id("note", taken), plain_text(text, NOTE_LENGTH), float(x), float(y))
    if note.id in taken:
        raise Refused(
            translate("Edit", "The id {id} is used twice.").format(id=note.id),
            translate("Edit", "Give each note its own id."),
        )
    return project.but(notes=(*project.notes, note))


def edit_note(project: Project, id: str, text: str) -> Project:
    """Change the text of a note."""
    return _change(project, id, text=plain_text(text, NOTE_LENGTH))


def move_note(project: Project, id: str, x: float, y: float) -> Project:
    """Move a note."""
    return _change(project, id, x=float(x), y=float(y))


def remove_note(project: Project, id: str) -> Project:
    """Take a note away."""
    _known(project, id)
    return project.but(notes=tuple(note for note in project.notes if note.id != id))


def tidy(project: Project) -> Project:
    """Lay the network out in columns from input to output."""
    return project.but(places=dict(arrange(project.graph)))


def _change(project: Project, id: str, **changes: Any) -> Project:
    _known(project, id)
    return project.but(
        notes=tuple(replace(n, **changes) if n.id == id else n for n in project.notes)
    )


def _known(project: Project, id: str) -> None:
    if not any(note.id == id for note in project.notes):
        raise Refused(
            translate("Edit", "There is no note {id}.").format(id=id),
            translate("Edit", "It may have been removed already."),
        )

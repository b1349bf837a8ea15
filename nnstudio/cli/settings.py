"""KEY=VALUE of the command line: settings of the training and of layers, told from text."""

import json
from typing import Any

from nnstudio.document import edits
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.numbers import parse_number
from nnstudio.parameters import Choice, Flag, Float, Int, Parameter, Text

FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def configured(project: Project, changes: list[str], seed: int | None) -> Project:
    """Return the project with KEY=VALUE changes and, with a seed, freshly drawn weights.

    Raise StudioError for an unknown key, a value that doesn't fit, or a change after which the
    project can't be trained though it could before.
    """
    before = project
    for change in changes:
        key, equals, text = change.partition("=")
        owner, dot, name = key.strip().rpartition(".")
        if not equals or not dot:
            raise StudioError(
                translate("Command", "{change} is not KEY=VALUE.").format(change=change),
                translate("Command", "Write it like training.learning_rate=0.1."),
            )
        try:
            project = _changed(project, owner, name, text.strip())
        except StudioError as error:
            raise StudioError(f"{key.strip()}: {error.text}", error.hint) from None
    if seed is not None:
        project = edits.reset_weights(edits.set_training(project, "seed", seed), seed)
    _check(before, project)
    return project


def _changed(project: Project, owner: str, name: str, text: str) -> Project:
    if owner == "training":
        value = _value(project.training.parameters(), name, text)
        return edits.set_training(project, name, value)
    if owner not in project.graph:
        owners = ["training", *(node.id for node in project.graph.nodes)]
        raise StudioError(
            translate("Command", "There is no layer {name}.").format(name=owner),
            translate("Command", "A key begins with one of: {ids}.").format(ids=", ".join(owners)),
        )
    value = _value(project.graph[owner].layer.parameters, name, text)
    return edits.set_setting(project, owner, name, value)


def _value(parameters: tuple[Parameter, ...], name: str, text: str) -> Any:
    """Return what a text means for the setting `name`; the setting itself checks it then."""
    kind = next((row for row in parameters if row.name == name), None)
    if isinstance(kind, Text | Choice):
        return text
    if isinstance(kind, Flag):
        return FLAGS.get(text.lower(), text)
    if isinstance(kind, Int | Float):
        return parse_number(text)
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return tuple(value) if isinstance(value, list) else value


def _check(before: Project, project: Project) -> None:
    """Raise StudioError with the first problem the changes have made."""
    if project is before:
        return
    known = {(found.node, found.code) for found in problems(before)}
    for found in problems(project):
        if found.severity == "error" and (found.node, found.code) not in known:
            raise StudioError(found.text, found.hint)

"""The mends of a wire whose shape differs from what it is to be joined with."""

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers


def match_units(project: Project, source: str, target: str, units: int) -> Project:
    """Give the Dense layer `source` as many neurons as `target` joins, and draw the wire."""
    return edits.connect(edits.set_setting(project, source, "units", units), source, target)


def use_concatenate(project: Project, source: str, target: str) -> Project:
    """Put a Concatenate in the place of `target`, and draw the wire to it."""
    return edits.connect(edits.replace_layer(project, target, layers.Concatenate()), source, target)

"""Makes the change that a repair stands for."""

from dataclasses import replace

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.training.outcome import Repair


def apply_repair(project: Project, repair: Repair) -> Project:
    """Return the mended project; raise Refused when the change doesn't fit any more."""
    for name, value in repair.training:
        project = edits.set_training(project, name, value)
    for node, name, value in repair.settings:
        project = edits.set_setting(project, node, name, value)
    if repair.scale and project.data is not None:
        columns = tuple(
            replace(column, scaling="standard")
            if column.role == "feature" and column.kind in ("number", "date")
            else column
            for column in project.data.columns
        )
        steps = tuple(replace(step, scaling="standard") for step in project.data.features)
        project = edits.set_data_spec(
            project, replace(project.data, columns=columns, features=steps)
        )
    return project

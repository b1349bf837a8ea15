"""How good an exported network was on rows it never learned from."""

from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from nnstudio.document.compile import losses_of, metric_names, network_of, prepared_of
from nnstudio.document.project import Project
from nnstudio.engine import Trainer
from nnstudio.errors import StudioError


@dataclass(frozen=True)
class Score:
    """Loss and metrics on `part` ("test", "validation" or "training"), and rows of each part."""

    part: str
    values: dict[str, float]
    rows: dict[str, int]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON values; what is no number is null."""
        values = {name: value if isfinite(value) else None for name, value in self.values.items()}
        return {"part": self.part, "rows": self.rows, **values}


def score_of(project: Project, folder: Path | None = None) -> Score | None:
    """Return the score on test rows, else validation rows, else those it was trained on.

    `folder` is where relative paths start. None for a network without data, one that was never
    trained, or whose data isn't there.
    """
    if project.data is None or not project.run.iteration:
        return None
    try:
        prepared = prepared_of(project, folder)
        network = network_of(project)
        losses = {id: loss for id, loss in losses_of(project).items() if id in network.sinks}
        trainer = Trainer(network, loss=losses, metrics=metric_names(project))
        parts = {
            "test": prepared.test,
            "validation": prepared.validation,
            "training": prepared.train,
        }
        name, rows = next((name, part) for name, part in parts.items() if len(part))
        values = trainer.evaluate(rows.inputs, rows.targets)
    except (StudioError, StopIteration):
        return None
    return Score(name, values, {name: len(part) for name, part in parts.items()})

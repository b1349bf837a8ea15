"""Why a run exploded: the layer, the reason in one sentence, and the repairs that help."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.names import layer_name
from nnstudio.document.problems_training import RATE_LIMITS
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.i18n import translate
from nnstudio.training.advice import SCALED
from nnstudio.training.outcome import Diverged, Repair

Array = NDArray[Any]
TINY_RATE = 1e-4


def diagnose(
    project: Project,
    loss: float,
    good: Mapping[str, Array],
    bad: Mapping[str, Array],
    input_scale: float,
    position: tuple[int, int],
) -> Diverged:
    """Return the outcome of an explosion at `position` (epoch, iteration).

    `good` are the weights gone back to, `bad` those after the explosion; `input_scale` is the
    largest absolute input value.
    """
    node = culprit(project.graph, good, bad)
    layer = layer_name(project.graph, node)
    if np.isfinite(loss):
        what = translate("Training", "The loss grew to {loss}: the weights of {layer} ran away.")
    else:
        what = translate(
            "Training", "The loss is no number any more: the weights of {layer} ran away."
        )
    back = translate("Training", "Training went back to the last good step.")
    told = (what.format(loss=f"{loss:.3g}", layer=layer), _reason(project, input_scale), back)
    return Diverged(" ".join(told), node, *position, repairs=tuple(_repairs(project, input_scale)))


def culprit(graph: Graph, good: Mapping[str, Array], bad: Mapping[str, Array]) -> str:
    """Return the layer whose weights grew most, the first with infinite ones above all."""
    worst, found = -1.0, ""
    for name, before in good.items():
        after = np.asarray(bad.get(name, before), np.float64)
        size = float(np.abs(before).max(initial=0.0))
        with np.errstate(over="ignore"):
            growth = float(np.abs(after).max(initial=0.0)) / max(size, 1e-3)
        if not np.isfinite(after).all():
            growth = float("inf")
        if growth > worst:
            worst, found = growth, name.partition("/")[0]
    return found or next(iter(graph.order), "")


def _reason(project: Project, input_scale: float) -> str:
    """Return the likeliest reason, the one the first repair takes away."""
    if input_scale > SCALED and project.data is not None:
        text = translate("Training", "Inputs as large as {size} make the steps too large.")
        return text.format(size=f"{input_scale:.3g}")
    text = translate("Training", "The learning rate {rate} makes the steps too large.")
    return text.format(rate=f"{project.training.learning_rate:g}")


def _repairs(project: Project, input_scale: float) -> list[Repair]:
    rate = project.training.learning_rate
    limit = RATE_LIMITS.get(project.training.optimizer.id, math.inf)
    smaller = rate / 10
    while smaller > limit:
        smaller /= 10
    smaller = float(f"{smaller:.2g}")
    slower = Repair(
        translate("Training", "Learning rate {rate}").format(rate=f"{smaller:g}"),
        (("learning_rate", smaller),),
    )
    clip = Repair(translate("Training", "Clip the gradients at 1"), (("clip_norm", 1.0),))
    scale = Repair(translate("Training", "Scale the data"), scale=True)
    found = [slower, clip] if rate > TINY_RATE else [clip, slower]
    if project.training.clip_norm:
        found.remove(clip)
    if input_scale > SCALED and project.data is not None:
        found.insert(0, scale)
    return found

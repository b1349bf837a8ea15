"""Brings a run to where it stood: from a file, or over an edit made while it went on."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.carry import carry
from nnstudio.document.edits import complete_weights
from nnstudio.document.project import Project, RunState
from nnstudio.engine import Trainer
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]


def carried(old: Project, new: Project, weights: Mapping[str, Array], run: RunState) -> Project:
    """Return `new` with the live `weights` and `run` that `old` had grown to.

    Live values follow their layers as `carry` says. What the edit itself changed (a typed
    weight, another saved state) wins over the live value, entry by entry; arrays the edit
    forgot start anew.
    """
    if restarted(old, new):
        return new
    drawn = complete_weights(old).weights if new.weights else old.weights
    alone = carry(old.but(weights=drawn), new.but(weights=drawn, run=old.run))
    live = carry(old.but(weights=dict(weights)), new.but(weights=dict(weights), run=run))
    merged = dict(live.weights)
    for name, array in new.weights.items():
        merged[name] = _merged(merged.get(name), array, alone.weights.get(name))
    for name in old.weights:
        if name not in new.weights:
            merged.pop(name, None)
    return new.but(weights=merged, run=live.run)


def restarted(old: Project, new: Project) -> bool:
    """Tell whether the edit replaced the run itself: reset, undone training, another project."""
    if new.run is old.run:
        return False
    moved = (new.run.epoch, new.run.iteration) != (old.run.epoch, old.run.iteration)
    return moved or (new.graph is old.graph and new.data is old.data)


def _merged(live: Array | None, edited: Array, expected: Array | None) -> Array:
    """Return the live array with the entries that the edit changed against `expected`."""
    if edited is expected and live is not None:
        return live
    if live is None or expected is None or not live.shape == edited.shape == expected.shape:
        return edited
    changed = edited != expected
    return np.where(changed, edited, live).astype(live.dtype) if changed.any() else live


def go_on(trainer: Trainer, run: RunState) -> None:
    """Bring a trainer to where a run stood; raise StudioError when the file's state is broken."""
    try:
        trainer.restore(run.slots, run.generator)
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise StudioError(
            translate("Training", "Where the last run stood can't be read from this project."),
            translate("Training", "Reset the weights to start anew."),
            details=repr(error),
        ) from None
    trainer.epoch, trainer.iteration = run.epoch, run.iteration

"""Fitting: many epochs of a trainer, with what is measured between them."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nnstudio.engine.history import History
from nnstudio.engine.threads import blas_threads

if TYPE_CHECKING:
    from nnstudio.engine.trainer import Trainer

OnEpoch = Callable[[int, Mapping[str, float]], Any]
Pair = tuple[Any, Any]


def fit(
    trainer: "Trainer",
    x: Any,
    y: Any,
    epochs: int,
    validation: Pair | None,
    on_epoch: OnEpoch | None,
    patience: int | None,
    restore_best: bool,
) -> dict[str, list[float]]:
    """Train and return the history; see Trainer.fit."""
    trainer.begin(x, y)
    watched = "loss" if validation is None else "validation_loss"
    history = History(trainer.network, watched, patience, restore_best)
    free = not (trainer.metrics or validation or on_epoch or patience)
    goal = trainer.epoch + epochs
    with blas_threads(1):
        while trainer.epoch < goal:
            if free and (losses := trainer.advance_epochs(goal - trainer.epoch)):
                history.extend("loss", losses)
                continue
            trainer.advance(max_steps=sys.maxsize)
            values = _measure(trainer, x, y, validation)
            stop = history.add(values)
            if (on_epoch is not None and on_epoch(trainer.epoch, values)) or stop:
                break
    return history.finish()


def _measure(trainer: "Trainer", x: Any, y: Any, validation: Pair | None) -> dict[str, float]:
    values = {"loss": trainer.epoch_loss}
    if trainer.metrics:
        values = {**trainer.evaluate(x, y), **values}
    if validation is not None:
        for name, value in trainer.evaluate(*validation).items():
            values[f"validation_{name}"] = value
    return values

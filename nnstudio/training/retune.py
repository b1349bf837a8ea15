"""Changes settings and single weights of a running trainer without compiling anything anew."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from nnstudio.document.project import Project
from nnstudio.engine import Trainer
from nnstudio.training.watch import Watch

LIVE = ("batch_size", "l1", "l2", "clip_norm")
PLAN_ONLY = ("epochs", "explosion_guard", "restore_best")


def retuned(
    running: tuple[Trainer, Watch],
    old: Project,
    new: Project,
    weights: Mapping[str, NDArray[Any]],
) -> bool:
    """Bring a run of `old` to the settings and typed weights of `new`.

    `weights` are what the network has now. Return False, with nothing changed, when the change
    needs another network or trainer.
    """
    trainer, watch = running
    if new.graph != old.graph or not _same_arrays(old.masks, new.masks):
        return False
    before, after = old.training.values(), new.training.values()
    changed = [name for name in after if name not in before or after[name] != before[name]]
    adjustable = (*LIVE, *PLAN_ONLY, *trainer.optimizer.settings)
    if before.keys() != after.keys() or any(name not in adjustable for name in changed):
        return False
    typed = {name: array for name, array in new.weights.items() if array is not weights.get(name)}
    known = trainer.network.graph.weights
    if weights.keys() - new.weights.keys() or any(
        name in known and known[name].shape != array.shape for name, array in typed.items()
    ):
        return False
    for name in changed:
        if name not in PLAN_ONLY:
            trainer.set(name, after[name] or None if name == "clip_norm" else after[name])
    watch.adopt(new)
    if typed:
        trainer.network.set_weights({n: array for n, array in typed.items() if n in known})
        watch.remember()
    return True


def _same_arrays(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    return first.keys() == second.keys() and all(first[n] is second[n] for n in first)

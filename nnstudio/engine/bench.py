"""Bench: how fast this engine trains the standard workloads on this machine."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from nnstudio.engine.examples import unknown_name
from nnstudio.engine.threads import blas_threads
from nnstudio.engine.workloads import WORKLOADS

ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """One measurement: processor time per update, and what follows from it."""

    workload: str
    network: str
    batch: int
    optimizer: str
    microseconds: float
    examples_per_second: float
    gigaflops: float


def run(workloads: Sequence[str] = (), seconds: float = 0.3) -> list[Row]:
    """Return a row per workload id (all of them by default), each measured for about `seconds`.

    Whole epochs through Trainer.fit with one BLAS thread; the median of several rounds.
    """
    for id in workloads:
        if id not in WORKLOADS:
            raise unknown_name(id, tuple(WORKLOADS))
    with blas_threads():
        return [measure(id, seconds) for id in workloads or WORKLOADS]


def measure(id: str, seconds: float) -> Row:
    """Return the row of one workload."""
    workload = WORKLOADS[id]
    trainer = workload.trainer()
    x, y = workload.examples()
    trainer.fit(x, y, 1)
    begun = time.process_time()
    trainer.fit(x, y, 1)
    once = max(time.process_time() - begun, 1e-6)
    epochs = max(1, int(seconds / ROUNDS / once))
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        trainer.fit(x, y, epochs)
        times.append((time.process_time() - begun) / (epochs * workload.batches))
    step = statistics.median(times)
    return Row(
        workload=id,
        network="-".join(map(str, workload.sizes)),
        batch=workload.batch,
        optimizer=trainer.optimizer.label,
        microseconds=step * 1e6,
        examples_per_second=workload.batch / step,
        gigaflops=workload.multiplications() / step / 1e9,
    )

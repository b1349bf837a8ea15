"""This engine as a peer: whole epochs through Trainer.fit."""

import argparse
from collections.abc import Callable

from nnstudio.engine.workloads import WORKLOADS
from tests.benchmarks.serving import serve


def build(name: str, options: argparse.Namespace) -> tuple[Callable[[], object], int]:
    """Return a call that fits some epochs, and its number of steps."""
    workload = WORKLOADS[name]
    trainer = workload.trainer(options.dtype)
    x, y = workload.examples()
    epochs = 4 if workload.sizes[0] > 100 else 40
    return lambda: trainer.fit(x, y, epochs), epochs * workload.batches


if __name__ == "__main__":
    serve(build)

"""scikit-learn as a peer: one call of partial_fit is one epoch, the fair way to call it."""

import argparse
import warnings
from collections.abc import Callable

import numpy as np
from sklearn.neural_network import MLPClassifier

from nnstudio.engine.workloads import WORKLOADS
from tests.benchmarks.serving import serve

ACTIVATIONS = {"tanh": "tanh", "sigmoid": "logistic", "relu": "relu"}


def build(name: str, options: argparse.Namespace) -> tuple[Callable[[], object], int]:
    """Return a call that trains one epoch, and its number of steps."""
    warnings.filterwarnings("ignore")
    workload = WORKLOADS[name]
    x, y = workload.examples()
    examples, classes = x.astype(np.float32), y.ravel().astype(int)
    model = MLPClassifier(
        workload.sizes[1:-1],
        activation=ACTIVATIONS[workload.hidden],
        solver="adam" if workload.optimizer == "adam" else "sgd",
        batch_size=workload.batch,
        learning_rate_init=workload.rate,
        momentum=0.9 if workload.optimizer == "momentum" else 0.0,
        nesterovs_momentum=False,
        alpha=0.0,
    )
    model.partial_fit(examples, classes, classes=np.unique(classes))
    return lambda: model.partial_fit(examples, classes), workload.batches


if __name__ == "__main__":
    serve(build)

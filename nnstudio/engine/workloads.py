"""Workloads: the trainings whose speed is measured, here and beside other libraries."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.layers import Dense
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import SGD, Adam, Momentum, Optimizer
from nnstudio.engine.trainer import Trainer

Array = NDArray[Any]


@dataclass(frozen=True)
class Workload:
    """A dense network, its batch size, loss and optimiser; `batches` of examples make an epoch."""

    id: str
    sizes: tuple[int, ...]
    batch: int
    hidden: str
    last: str
    loss: str
    optimizer: str
    rate: float
    batches: int = 25

    @property
    def has_classes(self) -> bool:
        """Tell whether targets are class numbers."""
        return self.loss == "categorical_crossentropy"

    def examples(self) -> tuple[Array, Array]:
        """Return inputs (N, features) and targets: class numbers (N,) or values (N, 1)."""
        generator = np.random.default_rng(0)
        x = generator.standard_normal((self.batch * self.batches, self.sizes[0]))
        if self.has_classes:
            return x, generator.integers(0, self.sizes[-1], len(x))
        low = -1.0 if self.last == "tanh" else 0.0
        return x, np.where(x[:, :1] * x[:, 1:2] > 0, 1.0, low)

    def multiplications(self) -> int:
        """Return the useful operations of one step's matrix products (additions counted too)."""
        pairs = list(zip(self.sizes, self.sizes[1:], strict=False))
        return sum(
            2 * self.batch * a * b * (3 if index else 2) for index, (a, b) in enumerate(pairs)
        )

    def network(self, dtype: Any = None) -> Network:
        """Return the network of this workload."""
        hidden = [Dense(size, self.hidden) for size in self.sizes[1:-1]]
        return Network.sequential(
            (self.sizes[0],), [*hidden, Dense(self.sizes[-1], self.last)], dtype=dtype
        )

    def trainer(self, dtype: Any = None) -> Trainer:
        """Return a trainer ready to fit the examples."""
        kinds: dict[str, Optimizer] = {
            "sgd": SGD(self.rate),
            "momentum": Momentum(self.rate, momentum=0.9),
            "adam": Adam(self.rate),
        }
        return Trainer(
            self.network(dtype),
            loss=self.loss,
            optimizer=kinds[self.optimizer],
            batch_size=self.batch,
        )


def _squared(id: str, sizes: tuple[int, ...], batch: int, act: str, opt: str, rate: float) -> Any:
    return Workload(id, sizes, batch, act, act, "half_squared_error", opt, rate)


def _classes(
    id: str,
    sizes: tuple[int, ...],
    batch: int,
    act: str,
    opt: str,
    rate: float,
    batches: int = 25,
) -> Any:
    loss = "categorical_crossentropy"
    return Workload(id, sizes, batch, act, "softmax", loss, opt, rate, batches)


WORKLOADS: dict[str, Workload] = {
    workload.id: workload
    for workload in (
        _squared("W1a", (2, 4, 2, 1), 10, "tanh", "sgd", 0.03),
        _squared("W1b", (2, 8, 8, 8, 8, 1), 10, "tanh", "sgd", 0.03),
        _squared("W2", (3, 4, 1), 1, "sigmoid", "momentum", 0.5),
        _classes("W3", (4, 16, 16, 3), 16, "relu", "adam", 0.01),
        _classes("W4s", (784, 200, 10), 100, "sigmoid", "momentum", 0.1),
        _classes("W4r", (784, 200, 10), 100, "relu", "momentum", 0.1),
        _classes("W4a", (784, 200, 10), 100, "relu", "adam", 0.001),
        _classes("W5a", (1000, 100, 10), 64, "relu", "momentum", 0.05),
        _classes("W5b", (784, 1024, 1024, 10), 128, "relu", "momentum", 0.05, 8),
    )
}

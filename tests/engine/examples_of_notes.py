"""Data and starting weights of the lecture notes' examples."""

from itertools import pairwise

import numpy as np

from nnstudio.data import datasets
from nnstudio.engine import Network, layers

PATTERNS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
LAST = np.array([0.0, 0.0, 1.0, 1.0])
XOR = np.array([0.0, 1.0, 1.0, 0.0])
GATES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)


class Matlab:
    """MATLAB's rng(3): uniform numbers from −1 to 1, drawn per matrix (out, in) in column order."""

    def __init__(self) -> None:
        self._random = np.random.RandomState(3)

    def weight(self, outputs: int, inputs: int) -> np.ndarray:
        """Return the next matrix in our layout, (in, out)."""
        values = 2.0 * self._random.random_sample(outputs * inputs) - 1.0
        return values.reshape((outputs, inputs), order="F").T


def without_bias(sizes: list[int], hidden: str, last: str) -> Network:
    """Return dense layers without biases, started by rng(3)."""
    kinds = [hidden] * (len(sizes) - 2) + [last]
    net = Network.sequential(
        (sizes[0],),
        [layers.Dense(n, kind, bias="none") for n, kind in zip(sizes[1:], kinds, strict=True)],
        dtype=np.float64,
    )
    start = Matlab()
    net.set_weights(
        {
            f"dense_{i}/weight": start.weight(outputs, inputs)
            for i, (inputs, outputs) in enumerate(pairwise(sizes), 1)
        }
    )
    return net


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the five digits and the five altered ones, (5, 25), pixels in column order."""
    pictures = np.asarray(datasets["digits5x5"].load().values("pixels"))
    rows = np.array([np.asarray(p).reshape(5, 5).T.reshape(25) for p in pictures])
    return rows[:5], rows[5:]

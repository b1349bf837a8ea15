"""Signal: the values flowing out of one node, feature-major, and the gradient flowing back."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.layer import Shape
from nnstudio.engine.plans.code import Code

Array = NDArray[Any]


class Buffer:
    """(rows + 1, batch) numbers; the last row is ones, so that a bias is one more weight."""

    def __init__(self, rows: int, batch: int, dtype: Any, memory: Array | None = None) -> None:
        shape = (rows + 1, batch)
        self.full: Array = np.ones(shape, dtype) if memory is None else memory.reshape(shape)
        self.data: Array = self.full[:rows]
        self.flat: Array = self.data.reshape(-1)
        self.full_rows: Array = self.full.T
        self.data_rows: Array = self.data.T
        self.flat[...] = 0.0


class Signal:
    """Values (features, batch) of one node; `shape` is the conventional shape of one example."""

    def __init__(self, shape: Shape, batch: int, dtype: Any, needs_gradient: bool = True) -> None:
        self.shape = shape
        self.batch = batch
        self.dtype = np.dtype(dtype)
        self.rows = prod(shape)
        self.size = self.rows * batch
        self.needs_gradient = needs_gradient
        self._received = False

    @cached_property
    def values(self) -> Buffer:
        """The buffer the node writes."""
        return Buffer(self.rows, self.batch, self.dtype)

    @cached_property
    def gradient(self) -> Buffer:
        """∂loss/∂values, complete once every reader has gone backward."""
        return Buffer(self.rows, self.batch, self.dtype)

    @cached_property
    def _extra(self) -> Buffer:
        return Buffer(self.rows, self.batch, self.dtype)

    def reshaped(self, shape: Shape) -> "Signal":
        """Return the same numbers and gradient, shown under another shape."""
        return Reshaped(self, shape)

    def want_ones(self) -> None:
        """A reader will multiply by weights that include a bias."""

    def read(self, code: Code) -> Buffer:
        """Return the values for reading element by element."""
        return self.values

    def columns(self, code: Code, ones: bool) -> Array | str:
        """Return (features [+ 1], batch) as an operand of a matrix product."""
        return self.values.full if ones else self.values.data

    def examples(self, code: Code, ones: bool) -> Array | str:
        """Return (batch, features [+ 1]) as an operand of a matrix product."""
        return self.values.full_rows if ones else self.values.data_rows

    @property
    def has_gradient(self) -> bool:
        """Tell whether any reader has sent a gradient back."""
        return self._received

    @contextmanager
    def receive(self, code: Code) -> Iterator[Buffer]:
        """Yield the buffer a reader writes its gradient to; later ones are added to the first."""
        if not self._received:
            self._received = True
            yield self.gradient
            return
        yield self._extra
        code.call("add", self.gradient.flat, self._extra.flat, out=self.gradient.flat)


class Reshaped(Signal):
    """Another signal under another shape."""

    def __init__(self, base: Signal, shape: Shape) -> None:
        super().__init__(shape, base.batch, base.dtype, base.needs_gradient)
        self._base = base

    @property
    def values(self) -> Buffer:
        return self._base.values

    @property
    def gradient(self) -> Buffer:
        return self._base.gradient

    @property
    def has_gradient(self) -> bool:
        return self._base.has_gradient

    def want_ones(self) -> None:
        self._base.want_ones()

    def read(self, code: Code) -> Buffer:
        return self._base.read(code)

    def columns(self, code: Code, ones: bool) -> Array | str:
        return self._base.columns(code, ones)

    def examples(self, code: Code, ones: bool) -> Array | str:
        return self._base.examples(code, ones)

    @contextmanager
    def receive(self, code: Code) -> Iterator[Buffer]:
        with self._base.receive(code) as goal:
            yield goal


class InputSignal(Signal):
    """Values that arrive from outside, a new (batch, features [+ 1]) array at every step."""

    def __init__(self, index: int, shape: Shape, batch: int, dtype: Any) -> None:
        super().__init__(shape, batch, dtype, needs_gradient=False)
        self.index = index
        self.augmented = False
        self._copied = False

    def want_ones(self) -> None:
        self.augmented = True

    def read(self, code: Code) -> Buffer:
        if not self._copied:
            self._copied = True
            goal = self.values.full if self.augmented else self.values.data
            code.line(f"copyto({code.bind(goal)}, {code.loop(f'x{self.index}t')})")
        return self.values

    def columns(self, code: Code, ones: bool) -> Array | str:
        if ones == self.augmented:
            return code.loop(f"x{self.index}t")
        return self.read(code).data

    def examples(self, code: Code, ones: bool) -> Array | str:
        if ones == self.augmented:
            return code.loop(f"x{self.index}")
        return self.read(code).data_rows

"""Update: the last lines of a step, from the raw gradient to the new weights."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.optimizers.optimizer import Optimizer
from nnstudio.engine.plans.code import Code

Array = NDArray[Any]

RATED = "rate * g"  # how rules write the plain gradient step
TABLE = 512  # updates whose varying numbers are computed together
PIECE = 32768  # numbers per pass: five float32 arrays of it stay in the second-level cache


@dataclass
class Update:
    """What is done to the flat weights with the flat gradient, shared by all plans of a trainer.

    In this order: masked entries of the gradient become 0; the whole is clipped to `clip_norm`
    (PyTorch's rule: times clip/(norm + 1e-6) where that is below 1); L2 and L1 are added; the
    optimiser's rule; frozen entries get their values back.
    """

    optimizer: Optimizer
    weights: Array
    gradient: Array
    slots: dict[str, Array]
    mask: Array | None = None
    frozen: Array | None = None
    kept: Array | None = None
    clip_norm: float | None = None
    shares: Array | None = None
    decay: Array | None = None
    lasso: Array | None = None
    numbers: dict[str, Array] = field(default_factory=dict)
    rate: float = 0.0
    _outdated: bool = True
    _tables: dict[int, list[tuple[float, ...]]] = field(default_factory=dict)

    def set_optimizer(self, optimizer: Optimizer) -> None:
        """Go on with other settings of the same optimiser."""
        self.optimizer = optimizer
        self._outdated = True

    def rates(self, rate: float, done: int, count: int) -> Sequence[tuple[float, ...]]:
        """Return the varying numbers of the next `count` updates after `done` ones.

        Sets the rule's constant numbers for the scheduled `rate` on the way.
        """
        if rate != self.rate or self._outdated:
            self._set_rate(rate)
        if not self.optimizer.varying:
            return ()
        first, last = done // TABLE, (done + count - 1) // TABLE
        if first == last:
            return self._table(first)[done % TABLE : done % TABLE + count]
        rows = [row for index in range(first, last + 1) for row in self._table(index)]
        return rows[done % TABLE : done % TABLE + count]

    def _set_rate(self, rate: float) -> None:
        if self.rate > 0.0 and rate != self.rate:
            for name in self.optimizer.scaled:
                self.slots[name] *= rate / self.rate
        self.rate = rate
        self._outdated = False
        self._tables.clear()
        for name, value in self.optimizer.numbers(rate, 1).items():
            self.number(name)[...] = value

    def number(self, name: str) -> Array:
        """Return the 0-d array that holds one number of the rule."""
        if name not in self.numbers:
            self.numbers[name] = np.zeros((), dtype=self.weights.dtype)
        return self.numbers[name]

    def _table(self, index: int) -> list[tuple[float, ...]]:
        """Return the varying numbers of the updates from index·TABLE + 1 on."""
        if index not in self._tables:
            if len(self._tables) > 1:
                self._tables.pop(next(iter(self._tables)))
            steps = np.arange(index * TABLE + 1, (index + 1) * TABLE + 1, dtype=np.float64)
            numbers = self.optimizer.numbers(self.rate, steps)
            columns = [np.asarray(numbers[name]).tolist() for name in self.optimizer.varying]
            self._tables[index] = list(zip(*columns, strict=True))
        return self._tables[index]

    def write(self, code: Code) -> None:
        """Append the lines of the update."""
        for index, name in enumerate(self.optimizer.varying):
            code.line(f"{code.bind(self.number(name))}[()] = {code.loop(f'r{index}')}")
        if self.mask is not None:
            code.call("multiply", self.gradient, self.mask, out=self.gradient)
        if self.clip_norm is not None:
            self._write_clip(code, self.clip_norm)
        if len(self.weights) <= 2 * PIECE:
            code_names = {name: code.bind(array) for name, array in self._arrays().items()}
            self._write_rule(code, code_names, len(self.weights))
        else:
            self._write_pieces(code)
        if self.frozen is not None:
            weights, kept = code.bind(self.weights), code.bind(self.kept)
            code.line(f"copyto({weights}, {kept}, where={code.bind(self.frozen)})")

    def _write_clip(self, code: Code, limit: float) -> None:
        gradient = code.bind(self.gradient)
        counted = gradient
        if self.shares is not None:
            counted = code.scratch(0, len(self.gradient))
            code.line(f"multiply({gradient}, {code.bind(self.shares)}, out={counted})")
        code.line(f"norm = {code.bind(np.sqrt)}({gradient}.dot({counted}))")
        code.line(f"if norm + 1e-06 > {limit!r}:")
        code.line(f"    multiply({gradient}, {limit!r} / (norm + 1e-06), out={gradient})")

    def _arrays(self) -> dict[str, Array]:
        return {"p": self.weights, "g": self.gradient, **self.slots, **self.penalties()}

    def penalties(self) -> dict[str, Array]:
        """Return the flat vectors of λ that are in use, by their name in the rule."""
        given = {"decay": self.decay, "lasso": self.lasso}
        return {name: vector for name, vector in given.items() if vector is not None}

    @property
    def factor(self) -> Array | None:
        """The rate, where kernels are to multiply their gradients with it.

        In a large layer errors are far fewer than weights: the rate then goes to the errors
        before the gradient is made of them, which saves a pass over all weights.
        """
        rule = " ".join(self.optimizer.rule)
        linear = rule.count(RATED) == len(re.findall(r"\bg\b", rule)) > 0
        plain = self.clip_norm is None and not self.penalties()
        large = len(self.weights) > PIECE
        return self.number("rate") if linear and plain and large else None

    def rule(self) -> tuple[str, ...]:
        """Return the formulas of an update: penalties on the gradient, then the optimiser's."""
        added: tuple[str, ...] = ("g = g + decay * p",) if self.decay is not None else ()
        added += ("g = g + lasso * sign(p)",) if self.lasso is not None else ()
        return added + self.optimizer.rule

    def _write_rule(self, code: Code, names: dict[str, str], size: int) -> None:
        places = {name: code.bind(array) for name, array in self._numbers().items()}
        rule = self.rule()
        if self.factor is not None:
            rule = tuple(text.replace(RATED, "g") for text in rule)
        code.formula(rule, {**places, **names}, size)

    def _numbers(self) -> dict[str, Array]:
        return {name: self.number(name) for name in self.optimizer.numbers(1.0, 1)}

    def _write_pieces(self, code: Code) -> None:
        """Run the whole rule piece by piece, so that each piece stays in the cache."""
        arrays = {**self._arrays(), "_0": np.empty_like(self.weights[:PIECE])}
        arrays["_1"] = np.empty_like(arrays["_0"])
        starts = range(0, len(self.weights), PIECE)
        size = len(self.weights)
        pieces = [
            tuple(
                array[: min(PIECE, size - start)]
                if name.startswith("_")
                else array[start : start + PIECE]
                for name, array in arrays.items()
            )
            for start in starts
        ]
        names = {name: f"w{index}" for index, name in enumerate(arrays)}
        code.line(f"for {', '.join(names.values())} in {code.bind(pieces)}:")
        with code.indented(), code.scratch_named((names["_0"], names["_1"])):
            self._write_rule(code, names, size)

"""Code: collects the lines of a plan and the arrays they name, and compiles them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.formula import UFUNCS, ArrayCode, call

Array = NDArray[Any]


class Code:
    """Straight-line source under construction; objects appear in it by index only (`a3`)."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)
        self.loop_variables: list[str] = []
        self._lines: list[str] = []
        self._objects: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self._numbers: dict[float, str] = {}
        self._scratch: dict[tuple[int, int], str] = {}
        self._given_scratch: tuple[str, ...] = ()
        self._indent = ""

    def line(self, text: str) -> None:
        """Append one line of the step."""
        self._lines.append(self._indent + text)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Append lines one level deeper, inside a block opened by the line before."""
        outer, self._indent = self._indent, self._indent + "    "
        yield
        self._indent = outer

    @contextmanager
    def scratch_named(self, variables: tuple[str, ...]) -> Iterator[None]:
        """Let formulas use these variables as their temporaries."""
        self._given_scratch = variables
        yield
        self._given_scratch = ()

    def bind(self, item: Any) -> str:
        """Return the name under which the source knows `item`."""
        if id(item) not in self._names:
            name = f"a{len(self._objects)}"
            self._objects[name] = item
            self._names[id(item)] = name
        return self._names[id(item)]

    def number(self, value: float) -> str:
        """Return the name of a 0-d array that holds `value` (faster than a Python number)."""
        if value not in self._numbers:
            self._numbers[value] = self.bind(np.array(value, dtype=self.dtype))
        return self._numbers[value]

    def loop(self, variable: str) -> str:
        """Declare a variable that the batch loop sets (`x0`, `t0`, ...) and return it."""
        if variable not in self.loop_variables:
            self.loop_variables.append(variable)
        return variable

    def dot(self, left: Array | str, right: Array | str, out: str | Array) -> None:
        """Append out = left @ right; the left array's bound method is the fastest call."""
        call = f"{left}.dot" if isinstance(left, str) else self.bind(_method(left))
        operand = right if isinstance(right, str) else self.bind(right)
        self.line(f"{call}({operand}, {out if isinstance(out, str) else self.bind(out)})")

    def call(self, kind: str, *operands: str | Array, out: str | Array) -> None:
        """Append a ufunc call; operands are names or arrays."""
        names = [o if isinstance(o, str) else self.bind(o) for o in (*operands, out)]
        self.line(call(kind, names[:-1], names[-1]))

    def formula(
        self,
        statements: Sequence[str],
        places: Mapping[str, str | Array],
        size: int,
        numbers: Mapping[str, float] | None = None,
    ) -> None:
        """Append a formula on flat arrays of `size`; `numbers` are its constants by name."""

        def place(variable: str) -> str:
            if variable in places:
                found = places[variable]
                return found if isinstance(found, str) else self.bind(found)
            assert numbers is not None
            return self.number(numbers[variable])

        writer = ArrayCode(place, self.number, lambda index: self.scratch(index, size))
        for statement in statements:
            for line in writer.lines(statement):
                self.line(line)

    def scratch(self, index: int, size: int) -> str:
        """Return the name of the `index`-th shared temporary of `size` elements."""
        if self._given_scratch:
            return self._given_scratch[index]
        if (index, size) not in self._scratch:
            self._scratch[index, size] = self.bind(np.empty(size, dtype=self.dtype))
        return self._scratch[index, size]

    def source(self) -> str:
        """Return the whole source: `run(batches, rates)` repeats the lines for every batch."""
        body = "".join(f"        {line}\n" for line in self._lines) or "        pass\n"
        given = ", ".join(f"{name}={name}" for name in self.environment())
        rates = [name for name in self.loop_variables if name[0] == "r"]
        batch = "".join(f"{name}, " for name in self.batch_variables)
        header = f"for ({batch}) in batches:" if batch else "for _ in batches:"
        if rates:
            header = f"for ({batch}), ({', '.join(rates)},) in zip(batches, rates):"
        return f"def run(batches, rates, *, {given}):\n    {header}\n{body}"

    @property
    def batch_variables(self) -> list[str]:
        """The loop variables that come from the batch, in the order a batch gives them."""
        return [name for name in self.loop_variables if name[0] != "r"]

    def environment(self) -> dict[str, Any]:
        """Return everything the source names."""
        return {**UFUNCS, "copyto": np.copyto, **self._objects}

    def function(self, source: str) -> Callable[[Sequence[Any], Sequence[Any]], None]:
        """Compile `source` and return its `run`."""
        space = self.environment()
        exec(compile(source, "<plan>", "exec"), space)
        run: Callable[[Sequence[Any], Sequence[Any]], None] = space.pop("run")
        return run


def _method(array: Array) -> Any:
    return array.dot

"""Computes the parts of a snapshot from a network at rest, never from training buffers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Examples
from nnstudio.engine import Network
from nnstudio.engine.metrics import class_of, confusion_matrix
from nnstudio.training.measures import gradient_statistics, unit_statistics
from nnstudio.training.reading import Reading, grid, names_of
from nnstudio.training.snapshot import (
    SETS,
    Curve,
    Example,
    OutputMap,
    Plane,
    Predictions,
    PredictionSet,
    Wants,
    sealed,
)

Array = NDArray[Any]
PROBE_ROWS = 256
TABLE_ROWS = 2000
MAP_UNITS = 256
OUTPUT_FINENESS = 2


class Probe:
    """Looks at one network with one set of data; `losses` are the loss ids by output node.

    Encoded grids are kept between snapshots, everything else is computed when it is asked for.
    """

    def __init__(
        self, network: Network, reading: Reading | None, losses: Mapping[str, str]
    ) -> None:
        self._network = network
        self._reading = reading
        self._losses = losses
        self._plane = reading.plane() if reading else None
        self._grids: dict[int, dict[str, Array]] = {}

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names of the first output; () for numbers and without data."""
        node = self._first_output()
        if node is None or self._reading is None:
            return ()
        return self._reading.fitted.classes(self._reading.outputs[node])

    def parts(self, wants: Wants) -> dict[str, Any]:
        """Return the fields of a Snapshot for the parts that are wanted and make sense here."""
        found: dict[str, Any] = {"classes": self.classes, "plane": self._plane}
        parts = wants.parts
        if "weights" in parts:
            found["weights"] = self.weights()
        if "signals" in parts:
            found |= self._signals(wants.example)
        if self._reading is None:
            return found
        if "maps" in parts and self._plane:
            found["maps"] = self._maps(self._plane, wants.resolution)
        if "output_map" in parts and self._plane:
            found["output_map"] = self._output_map(self._plane, wants.resolution)
        if "curve" in parts:
            found["curve"] = self._curve()
        if parts & {"gradients", "statistics"}:
            found |= self._health("gradients" in parts)
        if parts & {"predictions", "confusion"}:
            found |= self._tables("predictions" in parts, "confusion" in parts)
        return found

    def weights(self) -> dict[str, Array]:
        """Return read-only copies of every array."""
        return {name: sealed(array) for name, array in self._network.weights.items()}

    def _signals(self, wanted: int | Mapping[str, Any]) -> dict[str, Any]:
        if self._reading is None:
            example = _blank_example(self._network, wanted)
        else:
            example = self._reading.example(wanted)
        batch = {node: array[None] for node, array in example.inputs.items()}
        signals = self._network.signals(batch)
        return {
            "example": example,
            "signals": {node: sealed(values[0]) for node, values in signals.items()},
        }

    def _grid(self, plane: Plane, resolution: int) -> dict[str, Array]:
        assert self._reading is not None
        if resolution not in self._grids:
            if len(self._grids) > 4:
                self._grids.clear()
            self._grids[resolution] = self._reading.encode(grid(plane, resolution))
        return self._grids[resolution]

    def _maps(self, plane: Plane, resolution: int) -> dict[str, Array]:
        signals = self._network.signals(self._grid(plane, resolution))
        return {
            node: sealed(
                values[:, :MAP_UNITS].T.reshape(-1, resolution, resolution), dtype=np.float32
            )
            for node, values in signals.items()
            if values.ndim == 2
        }

    def _output_map(self, plane: Plane, resolution: int) -> OutputMap | None:
        node = self._first_output()
        if node is None:
            return None
        side = resolution * OUTPUT_FINENESS
        values = self._predict(self._grid(plane, side))[node]
        values = values.reshape(side * side, -1)
        labels = class_of(values).reshape(side, side) if self.classes else None
        return OutputMap(
            node,
            sealed(values.reshape(side, side, -1), dtype=np.float32),
            None if labels is None else sealed(labels),
            plane,
            self.classes,
        )

    def _curve(self) -> Curve | None:
        node = self._first_output()
        assert self._reading is not None
        line = self._reading.line()
        if node is None or line is None:
            return None
        name, x = line
        columns, fitted = self._reading.outputs[node], self._reading.fitted
        y = self._predict(self._reading.encode({name: x}))[node]
        if not self.classes:
            y = fitted.decode_target(columns, y)
        return Curve(name, sealed(x), names_of(fitted, columns), sealed(y.reshape(len(x), -1)))

    def _health(self, gradients: bool) -> dict[str, Any]:
        assert self._reading is not None
        rows = self._reading.prepared.train
        inputs = {node: array[:PROBE_ROWS] for node, array in rows.inputs.items()}
        found: dict[str, Any] = {
            "statistics": unit_statistics(self._network.graph, self._network.signals(inputs))
        }
        if gradients and self._losses:
            targets = {node: array[:PROBE_ROWS] for node, array in rows.targets.items()}
            found["gradients"] = gradient_statistics(
                self._network.gradients(inputs, targets, self._losses)
            )
        return found

    def _tables(self, predictions: bool, confusion: bool) -> dict[str, Any]:
        node = self._first_output()
        if node is None:
            return {}
        assert self._reading is not None
        prepared = self._reading.prepared
        sets = dict(zip(SETS, (prepared.train, prepared.validation, prepared.test), strict=True))
        outputs = {
            name: self._predict(examples.inputs)[node]
            for name, examples in sets.items()
            if len(examples)
        }
        found: dict[str, Any] = {}
        if predictions:
            found["predictions"] = Predictions(
                **{name: self._set(node, sets[name], array) for name, array in outputs.items()}
            )
        if confusion and self.classes:
            found["confusion"] = {
                name: sealed(confusion_matrix(array, sets[name].targets[node], len(self.classes)))
                for name, array in outputs.items()
            }
        return found

    def _set(self, node: str, examples: Examples, outputs: Array) -> PredictionSet:
        assert self._reading is not None
        fitted, columns = self._reading.fitted, self._reading.outputs[node]
        outputs = outputs[:TABLE_ROWS].reshape(len(outputs[:TABLE_ROWS]), -1)
        targets = examples.targets[node][:TABLE_ROWS].reshape(len(outputs), -1)
        rows = sealed(examples.rows[:TABLE_ROWS])
        if self.classes:
            shares = outputs if outputs.shape[1] > 1 else np.hstack([1 - outputs, outputs])
            return PredictionSet(
                rows,
                sealed(class_of(targets)),
                sealed(class_of(outputs)),
                names_of(fitted, columns),
                self.classes,
                sealed(shares),
            )
        names = names_of(fitted, columns)
        return PredictionSet(
            rows,
            sealed(fitted.decode_target(columns, targets)),
            sealed(fitted.decode_target(columns, outputs)),
            names,
        )

    def _predict(self, inputs: Mapping[str, Array]) -> Mapping[str, Array]:
        return by_output(self._network, self._network.predict(dict(inputs)))

    def _first_output(self) -> str | None:
        if self._reading is None or not self._reading.outputs:
            return None
        return next(iter(self._reading.outputs))


def by_output(network: Network, predicted: Any) -> Mapping[str, Array]:
    """Return predictions by output node, also when there is only one."""
    if isinstance(predicted, Mapping):
        return predicted
    return {network.sinks[0]: predicted}


def _blank_example(network: Network, wanted: int | Mapping[str, Any]) -> Example:
    """Return an example without data: values x1, x2, … in reading order, 0 where not given."""
    given = {} if isinstance(wanted, int) else wanted
    inputs: dict[str, Array] = {}
    raw: dict[str, Any] = {}
    for node in network.sources:
        values = np.zeros(network.graph.shapes[node])
        for place in range(min(values.size, 64)):
            name = f"x{len(raw) + 1}"
            raw[name] = float(given.get(name, 0.0))
            values.flat[place] = raw[name]
        inputs[node] = sealed(values)
    return Example(None, raw, inputs, None)

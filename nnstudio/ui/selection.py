"""What is selected: layers, wires, one neuron, one connection; it is not part of the document."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine.graph import Wire


@dataclass(frozen=True)
class Entry:
    """One number of a weight array: `Entry("dense_1/weight", (0, 2))` or a bias."""

    weight: str
    index: tuple[int, ...]

    @property
    def node(self) -> str:
        """Id of the layer that owns the number."""
        return self.weight.partition("/")[0]


class Selection(QObject):
    """The one selection all views share; it forgets what leaves the document."""

    changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: frozenset[str] = frozenset()
        self.wires: frozenset[Wire] = frozenset()
        self.entry: Entry | None = None
        self.neuron: tuple[str, int] | None = None
        self._unsubscribe = store.subscribe(self._prune)

    def select(
        self,
        nodes: Iterable[str] = (),
        wires: Iterable[Wire] = (),
        neuron: tuple[str, int] | None = None,
        entry: Entry | None = None,
    ) -> None:
        """Select exactly this; what isn't named is deselected."""
        new = (frozenset(nodes), frozenset(wires), neuron, entry)
        if new != (self.nodes, self.wires, self.neuron, self.entry):
            self.nodes, self.wires, self.neuron, self.entry = new
            self.changed.emit()

    def clear(self) -> None:
        """Select nothing."""
        self.select()

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return not (self.nodes or self.wires or self.neuron or self.entry)

    @property
    def single(self) -> str | None:
        """Id of the one selected layer, also when one of its neurons or weights is; else None."""
        if len(self.nodes) == 1 and not self.wires:
            return next(iter(self.nodes))
        if self.nodes or self.wires:
            return None
        if self.entry is not None:
            return self.entry.node
        return self.neuron[0] if self.neuron is not None else None

    def close(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def _prune(self, changes: Changes, old: Project, new: Project) -> None:
        graph, wires = new.graph, set(new.graph.wires)
        entry, neuron = self.entry, self.neuron
        self.select(
            (id for id in self.nodes if id in graph),
            (wire for wire in self.wires if wire in wires),
            neuron if neuron is not None and self._has_neuron(new, *neuron) else None,
            entry if entry is not None and self._has_entry(new, entry) else None,
        )

    @staticmethod
    def _has_neuron(project: Project, node: str, index: int) -> bool:
        shape = project.graph.shapes.get(node)
        return shape is not None and index < int(_size(shape))

    @staticmethod
    def _has_entry(project: Project, entry: Entry) -> bool:
        weight = project.graph.weights.get(entry.weight)
        return weight is not None and all(
            i < n for i, n in zip(entry.index, weight.shape, strict=True)
        )


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size

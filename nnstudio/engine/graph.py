"""Graph: what a network is (nodes and wires), without positions and without arrays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from nnstudio.engine.layer import Layer, Shape, Weight
from nnstudio.errors import Refused, StudioError
from nnstudio.i18n import translate


@dataclass(frozen=True)
class Node:
    """One layer in a graph. The id is given once and never changes; the label is the user's."""

    id: str
    layer: Layer
    label: str = ""


@dataclass(frozen=True)
class Wire:
    """A connection from a node's output to a node's input port."""

    source: str
    target: str
    target_port: str = "input"
    source_port: str = "output"


@dataclass(frozen=True)
class Graph:
    """Nodes in the order they were made and wires in the order they were drawn.

    A graph may be incomplete (that is how a user draws); `shapes` and `problems` then say what
    is known. A network needs a complete one: `check` raises StudioError otherwise.
    """

    nodes: tuple[Node, ...] = ()
    wires: tuple[Wire, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Wire, ...]]:
        """Wires into each node, by the node's port order, then in drawing order."""
        found: dict[str, list[Wire]] = {node.id: [] for node in self.nodes}
        for wire in self.wires:
            found[wire.target].append(wire)
        for node in self.nodes:
            rank = {port.name: i for i, port in enumerate(node.layer.ports)}
            found[node.id].sort(key=lambda wire: rank.get(wire.target_port, 0))
        return {id: tuple(wires) for id, wires in found.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Wire, ...]]:
        """Wires out of each node, in drawing order."""
        found: dict[str, list[Wire]] = {node.id: [] for node in self.nodes}
        for wire in self.wires:
            found[wire.source].append(wire)
        return {id: tuple(wires) for id, wires in found.items()}

    def __contains__(self, id: object) -> bool:
        return id in self.by_id

    def __getitem__(self, id: str) -> Node:
        return self.by_id[id]

    def of_kind(self, kind: str) -> Iterator[Node]:
        """Yield the nodes whose layer has the id `kind`, such as "input"."""
        return (node for node in self.nodes if node.layer.id == kind)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Node ids, sources before targets (Kahn 1962); nodes on a cycle are left out."""
        waiting = {node.id: len(self.incoming[node.id]) for node in self.nodes}
        ready = [node.id for node in self.nodes if not waiting[node.id]]
        done: list[str] = []
        while ready:
            id = ready.pop(0)
            done.append(id)
            for wire in self.outgoing[id]:
                waiting[wire.target] -= 1
                if not waiting[wire.target]:
                    ready.append(wire.target)
        return tuple(done)

    def reaches(self, start: str, goal: str) -> bool:
        """Tell whether a path of wires leads from `start` to `goal`."""
        seen, todo = set[str](), [start]
        while todo:
            id = todo.pop()
            if id == goal:
                return True
            if id not in seen:
                seen.add(id)
                todo.extend(wire.target for wire in self.outgoing[id])
        return False

    @cached_property
    def analysis(self) -> tuple[Mapping[str, Shape], Mapping[str, StudioError]]:
        """Shapes of every node that can be known, and the first error at each node that can't."""
        shapes: dict[str, Shape] = {}
        errors: dict[str, StudioError] = {}
        for id in self.order:
            sources = [wire.source for wire in self.incoming[id]]
            if any(source not in shapes for source in sources):
                continue
            try:
                self._check_ports(self.by_id[id])
                inputs = tuple(shapes[source] for source in sources)
                shapes[id] = self.by_id[id].layer.output_shape(inputs)
            except StudioError as error:
                errors[id] = error
        return shapes, errors

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Output shape of one example at each node whose shape is known."""
        return self.analysis[0]

    def input_shapes(self, id: str) -> tuple[Shape, ...]:
        """Shapes arriving at a node; raise KeyError while one is not known."""
        return tuple(self.shapes[wire.source] for wire in self.incoming[id])

    @cached_property
    def weights(self) -> Mapping[str, Weight]:
        """Every array of the network by full name, `dense_1/weight`, in node order."""
        return {
            f"{id}/{weight.name}": weight
            for id in self.order
            if id in self.shapes
            for weight in self.by_id[id].layer.weights(self.input_shapes(id))
        }

    @cached_property
    def sinks(self) -> tuple[str, ...]:
        """Ids of Output nodes; without any, the nodes nothing reads."""
        marked = tuple(node.id for node in self.of_kind("output"))
        return marked or tuple(id for id in self.order if not self.outgoing[id])

    def check(self) -> None:
        """Raise StudioError unless the graph can be compiled."""
        for error in self.analysis[1].values():
            raise error
        if len(self.order) < len(self.nodes):
            raise StudioError(
                translate("Graph", "The wires form a circle."),
                translate("Graph", "Remove one of the wires of the circle."),
            )
        if not any(True for _ in self.of_kind("input")):
            raise StudioError(
                translate("Graph", "The network has no input."),
                translate("Graph", "Add an Input and wire it."),
            )

    def with_layer(self, id: str, layer: Layer) -> "Graph":
        """Return a copy in which node `id` has another layer."""
        nodes = tuple(replace(n, layer=layer) if n.id == id else n for n in self.nodes)
        return Graph(nodes, self.wires)

    def _check_ports(self, node: Node) -> None:
        for port in node.layer.ports:
            count = sum(wire.target_port == port.name for wire in self.incoming[node.id])
            if count == 0 and self.incoming[node.id]:
                raise Refused(
                    translate("Graph", "{node} needs {count} wires, but it has {received}.").format(
                        node=node.label or node.id,
                        count=len(node.layer.ports),
                        received=len(self.incoming[node.id]),
                    ),
                    translate("Graph", "Draw the missing wire to it."),
                )
            if count == 0:
                raise Refused(
                    translate("Graph", "{node} has no input.").format(node=node.label or node.id),
                    translate("Graph", "Draw a wire to it."),
                )
            if count > 1 and not port.variadic:
                raise Refused(
                    translate("Graph", "{node} takes one input, but {count} wires arrive.").format(
                        node=node.label or node.id, count=count
                    ),
                    translate("Graph", "Join them with Concatenate first."),
                    fix="insert_concatenate",
                    arguments={"node": node.id},
                )


def new_id(kind: str, taken: Mapping[str, object] | set[str]) -> str:
    """Return the first free id for a layer kind: `dense_1`, `dense_2`, ..."""
    number = 1
    while f"{kind}_{number}" in taken:
        number += 1
    return f"{kind}_{number}"


class GraphBuilder:
    """Builds a Graph in code: `x = build.add(Input((2,)))`, `h = build.add(Dense(4), x)`."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._wires: list[Wire] = []

    def add(self, layer: Layer, *inputs: str, label: str = "", id: str = "") -> str:
        """Add a layer fed by `inputs` (ids returned earlier) and return its id.

        Several inputs fill the ports in order; the last variadic port takes the rest. Raise
        StudioError when the shapes don't fit.
        """
        ref = id or new_id(layer.id, self._nodes)
        if ref in self._nodes:
            raise StudioError(
                translate("Graph", "The id {id} is used twice.").format(id=ref),
                translate("Graph", "Give each layer its own id."),
            )
        for source in inputs:
            if source not in self._nodes:
                raise StudioError(
                    translate("Graph", "There is no layer {id}.").format(id=source),
                    translate("Graph", "Use what add() returned."),
                )
        self._nodes[ref] = Node(ref, layer, label)
        ports = [port.name for port in layer.ports]
        for index, source in enumerate(inputs):
            name = ports[min(index, len(ports) - 1)] if ports else "input"
            self._wires.append(Wire(source, ref, name))
        error = Graph(tuple(self._nodes.values()), tuple(self._wires)).analysis[1].get(ref)
        if error is not None:
            raise error
        return ref

    def build(self) -> Graph:
        """Return the finished graph; raise StudioError when it can't be compiled."""
        graph = Graph(tuple(self._nodes.values()), tuple(self._wires))
        graph.check()
        return graph

"""What the rows and columns of a layer's weight matrix are called, as in the neuron view."""

from math import prod

from nnstudio.data.labels import shown_name
from nnstudio.document.picture.dissection import PASSING
from nnstudio.document.picture.names import neuron_names
from nnstudio.document.project import Project


class Names:
    """`rows` name what a layer reads, `columns` its neurons; empty while that isn't known."""

    def __init__(self, project: Project, node: str) -> None:
        graph = project.graph
        source = graph.incoming[node][0].source if graph.incoming[node] else ""
        width = int(graph.shapes[node][-1]) if graph.shapes.get(node) else 0
        self.rows = _called(project, source, prod(graph.shapes.get(source, ()))) if source else ()
        self.columns = _called(project, node, width)


def _called(project: Project, node: str, size: int) -> tuple[str, ...]:
    """Return the names of a layer's numbers; one that passes them on has those it reads."""
    graph = project.graph
    following = (graph[wire.target] for wire in graph.outgoing[node])
    outputs = tuple(after.id for after in following if after.layer.id == "output")
    while graph[node].layer.id in PASSING and graph.incoming[node]:
        node = graph.incoming[node][0].source
    weighted = [id for id in graph.order if graph[id].layer.id == "dense"]
    several = node in weighted and len(weighted) > 2
    number = weighted.index(node) + 1 if several else 0
    names = neuron_names(project, node, size, outputs, number)
    source = project.data.source if project.data is not None else None
    return names if source is None else tuple(shown_name(source, name) for name in names)

"""What sentences call the pieces of a network."""

from nnstudio.engine.graph import Graph
from nnstudio.i18n import translate


def layer_name(graph: Graph, node: str) -> str:
    """Return the user's label of a layer, else its kind with the number of its id: "Dense 2"."""
    found = graph.by_id.get(node)
    if found is None:
        return node
    if found.label:
        return found.label
    kind = translate("Layer", found.layer.label)
    number = node.rpartition("_")[2]
    return f"{kind} {number}" if number.isdigit() else kind

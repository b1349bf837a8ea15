"""What sentences call the pieces of a network and the values of settings."""

from collections.abc import Mapping
from typing import Any

from nnstudio.engine.graph import Graph
from nnstudio.i18n import translate
from nnstudio.parameters import Choice, Parameter


def layer_name(graph: Graph, node: str) -> str:
    """Return the user's label of a layer, else its kind, numbered when there are several."""
    found = graph.by_id.get(node)
    if found is None:
        return node
    if found.label:
        return found.label
    kind = translate("Layer", found.layer.label)
    same = [n for n in graph.nodes if n.layer.id == found.layer.id and not n.label]
    number = node.rpartition("_")[2]
    return kind if len(same) == 1 or not number.isdigit() else f"{kind} {number}"


def spoken(parameters: tuple[Parameter, ...], name: str, value: Any) -> str:
    """Return a setting's value as a form shows it: the label of a choice, a short number."""
    for row in parameters:
        if row.name == name and isinstance(row, Choice):
            labels: Mapping[str, str] = dict(row.choices())
            if value in labels:
                return translate(row.context, labels[value])
    return f"{value:g}" if isinstance(value, int | float) else str(value)

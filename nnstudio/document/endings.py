"""What stands at the end of a network: the last activation, the loss and metrics that suit it."""

from typing import cast

from nnstudio.data.prepare import Fitted
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.engine.layer import Layer
from nnstudio.errors import StudioError

PASSING = ("dropout", "flatten", "reshape", "permute")
_SAME_WIDTH = (
    *("activation", "dropout", "gaussian_noise"),
    *("batch_normalization", "layer_normalization"),
)


def texts_of(layer: Layer, name: str) -> tuple[str, ...]:
    """Return a setting that is a list of texts, such as the columns of an Input; () without it."""
    return cast(tuple[str, ...], layer.settings.get(name, ()))


def last_activation(graph: Graph, output: str) -> tuple[str, str]:
    """Return (node, activation id) of what an Output receives; ("", "") when that is unknown."""
    id = output
    for _ in graph.nodes:
        if len(graph.incoming[id]) != 1:
            return "", ""
        id = graph.incoming[id][0].source
        settings = graph[id].layer.settings
        if graph[id].layer.id == "dense":
            return id, str(settings["activation"])
        if graph[id].layer.id == "activation":
            return id, str(settings["function"])
        if graph[id].layer.id not in PASSING:
            return id, "identity"
    return "", ""


def last_dense(graph: Graph, output: str) -> str:
    """Return the Dense whose units are the width at an Output; "" when there is none."""
    id = output
    for _ in graph.nodes:
        if len(graph.incoming[id]) != 1:
            return ""
        id = graph.incoming[id][0].source
        if graph[id].layer.id == "dense":
            return id
        if graph[id].layer.id not in _SAME_WIDTH:
            return ""
    return ""


def target_kind(project: Project, output: str) -> str:
    """Return "binary", "classes", "numbers", "tensor", or "" when no data tells."""
    fitted: Fitted | None = project.fitted
    columns = texts_of(project.graph[output].layer, "columns")
    if fitted is not None:
        try:
            return fitted.target_kind(columns)
        except StudioError:
            return ""
    if project.data is None:
        return ""
    for name in columns or project.data.target_columns():
        kinds = {column.kind for column in project.data.columns if column.name == name}
        if "category" in kinds:
            classes = texts_of(project.graph[output].layer, "classes")
            return "binary" if len(classes) == 2 else "classes"
        return "tensor" if "tensor" in kinds else "numbers" if kinds else ""
    return ""


def loss_of(project: Project, output: str) -> str:
    """Return the loss of an Output: its own, else what suits its target and last activation."""
    own = str(project.graph[output].layer.settings.get("loss", "")) if output else ""
    if own:
        return own
    activation = last_activation(project.graph, output)[1]
    if activation == "softmax":
        return "categorical_crossentropy"
    if activation == "sigmoid" and target_kind(project, output) in ("", "binary"):
        return "binary_crossentropy"
    return "mean_squared_error"


def metrics_of(project: Project, output: str) -> tuple[str, ...]:
    """Return the metrics shown for an Output: accuracy for classes, else error measures."""
    kind = target_kind(project, output)
    classes = kind in ("binary", "classes") or (
        not kind and loss_of(project, output).endswith("crossentropy")
    )
    return ("accuracy",) if classes else ("mean_absolute_error", "r2")

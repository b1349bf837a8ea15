"""What a card says about its layer: title, settings, shapes, numbers; read from the project."""

from collections.abc import Mapping
from dataclasses import dataclass

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.document.problems import Problem
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph, Node
from nnstudio.engine.layer import Shape
from nnstudio.i18n import translate
from nnstudio.parameters import Choice, Flag, Float, Int, Parameter, Texts

CLASSES_SHOWN = 3


@dataclass(frozen=True)
class Face:
    """Everything a card shows, in words and numbers; equal faces need no repaint."""

    kind: str
    group: str
    title: str
    settings: str
    short_settings: str
    shape: str
    parameters: int
    units: int
    picture: tuple[int, int, int] | None
    function: str
    inputs: tuple[tuple[str, bool, int], ...]
    has_output: bool
    severity: str = ""

    @property
    def sentence(self) -> str:
        """The card read aloud."""
        parts = [self.title, self.settings, self.shape, parameters_text(self.parameters)]
        return ", ".join(part for part in parts if part)


def faces(project: Project, problems: tuple[Problem, ...]) -> dict[str, Face]:
    """Return the face of every node of the project."""
    graph = project.graph
    counts = _parameter_counts(graph)
    titles = title_of_each(graph)
    severities = _severities(problems)
    source = project.data.source if project.data is not None else None
    return {
        node.id: Face(
            kind=node.layer.id,
            group=node.layer.group,
            title=titles[node.id],
            settings=settings_line(node, source),
            short_settings=settings_line(node, source, short=True),
            shape=shape_line(graph, node.id),
            parameters=counts.get(node.id, 0),
            units=_units(graph.shapes.get(node.id)),
            picture=_picture(graph.shapes.get(node.id)),
            function=_function(node),
            inputs=tuple(
                (
                    port.name,
                    port.variadic,
                    sum(wire.target_port == port.name for wire in graph.incoming[node.id]),
                )
                for port in node.layer.ports
            ),
            has_output=node.layer.has_output,
            severity=severities.get(node.id, ""),
        )
        for node in graph.nodes
    }


def title_of_each(graph: Graph) -> dict[str, str]:
    """Return the user's label, else the kind's name, numbered where a kind stands twice."""
    kinds = [node.layer.id for node in graph.nodes if not node.label]
    found: dict[str, str] = {}
    for node in graph.nodes:
        name = node.label or translate("Layer", node.layer.label)
        if not node.label and kinds.count(node.layer.id) > 1:
            name = f"{name} {node.id.rpartition('_')[2]}"
        found[node.id] = name
    return found


def settings_line(node: Node, source: Source | None = None, short: bool = False) -> str:
    """Return the two settings that say most, such as "Neurons 4 · Hyperbolic tangent".

    Names of columns and classes of shipped data (`source`) are translated. `short` says "tanh"
    instead: the id, as formulas and programs write it.
    """
    layer = node.layer
    shown = [
        text
        for parameter in layer.parameters
        if (isinstance(parameter, Texts) or not parameter.advanced)
        and (parameter.visible_if is None or parameter.visible_if(layer.settings))
        and (text := _setting(parameter, layer.settings[parameter.name], source, short))
    ]
    return " · ".join(shown[:2])


def _setting(parameter: Parameter, value: object, source: Source | None, short: bool) -> str:
    if isinstance(parameter, Choice):
        if short or value == "":
            return str(value).replace("_", " ")
        labels: Mapping[str, str] = dict(parameter.choices())
        return translate(parameter.context, labels.get(str(value), ""))
    if isinstance(parameter, Texts) and isinstance(value, tuple) and value:
        given = [str(name) for name in value[:CLASSES_SHOWN]]
        names = given if source is None else [shown_name(source, name) for name in given]
        return ", ".join(names) + (" …" if len(value) > CLASSES_SHOWN else "")
    if isinstance(parameter, Int | Float) and not isinstance(parameter, Flag):
        if value == parameter.default and parameter.name.endswith("_weight"):
            return ""
        return f"{translate('Parameter', parameter.label)} {value:g}"
    return ""


def shape_text(shape: Shape | None) -> str:
    """Return a shape in the way people write it: 28×28×1; a question mark while unknown."""
    return "×".join(str(size) for size in shape) if shape else "?"


def shape_line(graph: Graph, id: str) -> str:
    """Return the shapes in and out of a node, such as "2 → 4"."""
    out = shape_text(graph.shapes.get(id))
    arriving = [graph.shapes.get(wire.source) for wire in graph.incoming[id]]
    if not graph[id].layer.ports or not arriving:
        return out
    if len(set(arriving)) == 1 and len(arriving) > 1:
        into = f"{len(arriving)} × {shape_text(arriving[0])}"
    else:
        into = " + ".join(shape_text(shape) for shape in arriving[:3])
    if into == out == "?":
        return out
    return f"{into} → {out}" if graph[id].layer.has_output else into


def parameters_text(count: int) -> str:
    """Return the number of trained numbers in words; nothing for none."""
    if not count:
        return ""
    return translate("Canvas", "{count} params").format(count=f"{count:,}")


def _parameter_counts(graph: Graph) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, weight in graph.weights.items():
        if weight.role == "parameter":
            size = 1
            for length in weight.shape:
                size *= length
            id = name.partition("/")[0]
            counts[id] = counts.get(id, 0) + size
    return counts


def _severities(problems: tuple[Problem, ...]) -> dict[str, str]:
    worst: dict[str, str] = {}
    for problem in problems:
        if problem.node and worst.get(problem.node) != "error":
            worst[problem.node] = problem.severity
    return worst


def _units(shape: Shape | None) -> int:
    size = 1 if shape else 0
    for length in shape or ():
        size *= length
    return size


def _picture(shape: Shape | None) -> tuple[int, int, int] | None:
    """Return (height, width, channels) of a layer whose values are a picture."""
    if shape is None or len(shape) != 3:
        return None
    return shape[0], shape[1], shape[2]


def _function(node: Node) -> str:
    """Return the id of the activation a layer applies; empty for none or the identity."""
    settings = node.layer.settings
    found = str(settings.get("activation") or settings.get("function") or "")
    return "" if found == "identity" else found

"""Problems of the drawing: pieces missing, wires missing, shapes that don't fit."""

from collections.abc import Iterator

from nnstudio.document.compile import live_graph
from nnstudio.document.endings import texts_of
from nnstudio.document.names import layer_name
from nnstudio.document.problem import Problem
from nnstudio.document.project import Project
from nnstudio.document.size import parameter_counts, too_large
from nnstudio.errors import Refused
from nnstudio.i18n import translate


def empty(project: Project) -> Iterator[Problem]:
    """Nothing on the canvas."""
    if not project.graph.nodes:
        yield Problem(
            "",
            "empty",
            translate("Problem", "The canvas is empty."),
            translate("Problem", "Drag layers from the palette, or take a ready example."),
            "starter",
        )


def ends(project: Project) -> Iterator[Problem]:
    """No Input or no Output."""
    if not project.graph.nodes:
        return
    if not any(True for _ in project.graph.of_kind("input")):
        yield Problem(
            "",
            "no_input",
            translate("Problem", "The network has no Input."),
            translate("Problem", "Add an Input: the data comes in there."),
            "add_input",
        )
    if not any(True for _ in project.graph.of_kind("output")):
        yield Problem(
            "",
            "no_output",
            translate("Problem", "The network has no Output."),
            translate("Problem", "Add an Output: there it is compared with the target."),
            "add_output",
        )


def unwired(project: Project) -> Iterator[Problem]:
    """Layers that wait for a wire, and layers that lead nowhere."""
    graph = project.graph
    live = live_graph(graph)
    outputs = any(True for _ in graph.of_kind("output"))
    for node in graph.nodes:
        name = layer_name(project.graph, node.id)
        if node.layer.ports and not graph.incoming[node.id]:
            source = _free_end(project, node.id)
            yield Problem(
                node.id,
                "unconnected",
                translate("Problem", "Nothing is wired to {name}.").format(name=name),
                translate("Problem", "Draw a wire to it, or remove it."),
                "connect" if source else "remove",
                {"source": source, "target": node.id} if source else {"node": node.id},
                severity="error" if node.id in live else "warning",
            )
        elif outputs and node.id not in live:
            yield Problem(
                node.id,
                "dead_end",
                translate("Problem", "{name} leads to no Output.").format(name=name),
                translate("Problem", "It is left out of the training. Wire it on, or remove it."),
                "remove",
                {"node": node.id},
                severity="warning",
            )


def _free_end(project: Project, target: str) -> str:
    """Return the only layer with a free output that can be wired to `target`, or ""."""
    graph = project.graph
    free = [
        node.id
        for node in graph.nodes
        if node.layer.has_output
        and node.id != target
        and not graph.outgoing[node.id]
        and not graph.reaches(target, node.id)
        and (not node.layer.ports or graph.incoming[node.id])
    ]
    return free[0] if len(free) == 1 else ""


def circles(project: Project) -> Iterator[Problem]:
    """Wires that form a circle (only a damaged file has them)."""
    graph = project.graph
    on_circle = [n.id for n in graph.nodes if n.id not in graph.order]
    if on_circle:
        wire = next(w for w in graph.wires if w.source in on_circle and w.target in on_circle)
        yield Problem(
            on_circle[0],
            "circle",
            translate("Problem", "The wires form a circle."),
            translate("Problem", "Remove one of the wires of the circle."),
            "remove_wire",
            {"source": wire.source, "target": wire.target},
        )


def shapes(project: Project) -> Iterator[Problem]:
    """Layers that can't take what arrives."""
    graph = project.graph
    live = live_graph(graph)
    for id, error in graph.analysis[1].items():
        if not graph.incoming[id]:
            continue
        fix, arguments = "", {}
        if isinstance(error, Refused):
            fix, arguments = error.fix, dict(error.arguments)
        if fix == "insert_flatten":
            arguments = {"source": graph.incoming[id][0].source, "target": id}
        elif fix == "insert_concatenate":
            arguments = {"node": id}
        yield Problem(
            id,
            "shape",
            error.text,
            error.hint,
            fix,
            arguments,
            severity="error" if id in live else "warning",
        )


def size(project: Project) -> Iterator[Problem]:
    """Too many parameters for the memory of a usual computer, or none at all."""
    live = live_graph(project.graph)
    if not live.nodes or live.analysis[1] or len(live.shapes) < len(live.nodes):
        return
    counts = parameter_counts(live)
    error = too_large(live)
    if error is not None:
        largest = max(counts, key=counts.__getitem__)
        yield Problem(largest.partition("/")[0], "too_large", error.text, error.hint)
    if not any(counts.values()) and not any(node.layer.id == "unknown" for node in live.nodes):
        yield Problem(
            "",
            "nothing_to_learn",
            translate("Problem", "The network has nothing to learn."),
            translate("Problem", "Add a Dense layer between Input and Output."),
            *_dense_before(project),
        )


def _dense_before(project: Project) -> tuple[str, dict[str, object]]:
    """Return the mend that puts a Dense before the first Output with one wire."""
    for node in project.graph.of_kind("output"):
        if len(project.graph.incoming[node.id]) == 1:
            classes = len(texts_of(node.layer, "classes"))
            return "set_units", {"output": node.id, "units": classes if classes > 2 else 1}
    return "", {}


RULES = (empty, ends, circles, shapes, unwired, size)

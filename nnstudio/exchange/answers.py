"""The end of an exported program: percentages and class names, or numbers in their unit."""

import numpy as np

from nnstudio.data.prepare import Fitted
from nnstudio.document.endings import texts_of
from nnstudio.document.names import layer_name
from nnstudio.engine.graph import Graph, Node
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ops import ProgramBuilder


def emit_answers(
    build: ProgramBuilder,
    graph: Graph,
    fitted: Fitted,
    node: Node,
    value: str,
    prefix: str,
) -> None:
    """Emit what an output's `value` means and declare it.

    Classes give `probabilities` (N, classes), `class_index` (N,) and `class_name` (N,); numbers
    give `value` in the unit of their columns. Raise StudioError when the output doesn't have
    as many neurons as there are classes.
    """
    columns, shape = texts_of(node.layer, "columns"), graph.shapes[node.id]
    if fitted.target_kind(columns) in ("numbers", "tensor"):
        result = fitted.lower_target(columns, value, build)
        build.output(build.emit("identity", result, name=f"{prefix}value"), shape)
        return
    classes = fitted.classes(columns)
    if shape == (1,) and len(classes) == 2:
        probabilities, chosen = _two(build, value, prefix)
    elif shape == (len(classes),):
        probabilities = build.emit("identity", value, name=f"{prefix}probabilities")
        chosen = probabilities
    else:
        text = translate("Export", "{layer} gives {shape} values for {count} classes.")
        sizes = "×".join(map(str, shape))
        raise StudioError(
            text.format(layer=layer_name(graph, node.id), shape=sizes, count=len(classes)),
            translate("Export", "Give the last layer as many neurons as there are classes."),
        )
    build.output(probabilities, (len(classes),))
    index = build.emit("argmax", chosen, name=f"{prefix}class_index")
    build.output(index, (), "int")
    name = build.emit("take_text", index, name=f"{prefix}class_name", texts=classes)
    build.output(name, (), "text")


def _two(build: ProgramBuilder, value: str, prefix: str) -> tuple[str, str]:
    """Return both probabilities of one neuron, and what decides: 0.5 counts for the second."""
    one = build.constant(f"{value}.one", np.array([1.0]))
    half = build.constant(f"{value}.half", np.array([0.5]))
    rest = build.emit("subtract", one, value, name=f"{value}_rest")
    both = build.emit("concat", rest, value, name=f"{prefix}probabilities", axis=1)
    second = build.emit("greater_equal", value, half, name=f"{value}_second")
    first = build.emit("subtract", one, second, name=f"{value}_first")
    return both, build.emit("concat", first, second, name=f"{value}_chosen", axis=1)

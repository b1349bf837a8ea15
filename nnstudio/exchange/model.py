"""Model: a trained project as one program from raw values to answers, with rows that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.fitted import Range
from nnstudio.data.prepare import Fitted
from nnstudio.document.compile import complete_weights, live_graph, prepared_of
from nnstudio.document.project import Project
from nnstudio.engine.graph import Node
from nnstudio.engine.interpret import run
from nnstudio.engine.lowering import lower_into
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ops import Program, ProgramBuilder

Array = NDArray[Any]
SAMPLE_ROWS = 32


@dataclass(frozen=True)
class Model:
    """A program, how raw columns fill its inputs, and sample rows with their answers.

    `columns` lists the raw columns of each input slot in order; `sample` and `answers` hold
    arrays by slot name, answers computed in float64.
    """

    program: Program
    columns: Mapping[str, tuple[str, ...]]
    sample: Mapping[str, Array]
    answers: Mapping[str, Array]
    fitted: Fitted | None


def model_of(project: Project) -> Model:
    """Return the model of a trained project.

    Raise StudioError naming the layer when a layer can't be exported, or when the project can't
    be compiled or its data isn't there.
    """
    project = complete_weights(project.but(graph=live_graph(project.graph)))
    project.graph.check()
    if project.data is None:
        return _bare_model(project)
    fitted = project.fitted or prepared_of(project).fitted
    build, columns, given = ProgramBuilder(), dict[str, tuple[str, ...]](), dict[str, str]()
    nodes = list(project.graph.of_kind("input"))
    for node in nodes:
        prefix = f"{node.id}." if len(nodes) > 1 else ""
        given[node.id] = fitted.lower(_columns(node), build, prefix)
        columns.update(_slots(fitted, _columns(node), prefix))
    values = lower_into(build, project.graph, project.weights, project.masks, given)
    outputs = [project.graph[id] for id in project.graph.sinks]
    for node in outputs:
        prefix = f"{node.id}." if len(outputs) > 1 else ""
        _answers(build, project, fitted, node, values[node.id], prefix)
    program = build.build()
    sample = _sample(fitted, nodes)
    return Model(program, columns, sample, run(program, sample), fitted)


def _bare_model(project: Project) -> Model:
    build, given = ProgramBuilder(), dict[str, str]()
    rng = np.random.default_rng(0)
    sample = dict[str, Array]()
    for node in project.graph.of_kind("input"):
        shape = project.graph.shapes[node.id]
        given[node.id] = build.input(node.id, shape)
        sample[node.id] = rng.uniform(-1, 1, (SAMPLE_ROWS, *shape))
    values = lower_into(build, project.graph, project.weights, project.masks, given)
    for id in project.graph.sinks:
        build.output(values[id], project.graph.shapes[id])
    program = build.build()
    columns = {slot.name: (slot.name,) for slot in program.inputs}
    return Model(program, columns, sample, run(program, sample), None)


def _columns(node: Node) -> tuple[str, ...]:
    return tuple(node.layer.settings["columns"])  # type: ignore[arg-type]


def _slots(fitted: Fitted, columns: tuple[str, ...], prefix: str) -> dict[str, tuple[str, ...]]:
    ranges = fitted.ranges(columns)
    numbers = tuple(found.name for found in ranges if found.kind not in ("category", "tensor"))
    slots = {prefix + f.name: (f.name,) for f in ranges if f.kind in ("category", "tensor")}
    return {**slots, **({f"{prefix}numbers": numbers} if numbers else {})}


def _sample(fitted: Fitted, nodes: list[Node]) -> dict[str, Array]:
    # made up within the ranges: rows of the user's own data must not leave with the file
    rng = np.random.default_rng(0)
    made = {found.name: _values(found, rng) for found in fitted.ranges()}
    sample: dict[str, Array] = {}
    for node in nodes:
        prefix = f"{node.id}." if len(nodes) > 1 else ""
        names = fitted.raw_columns(_columns(node))
        sample.update(fitted.feed(_columns(node), {name: made[name] for name in names}, prefix))
    return sample


def _values(found: Range, rng: np.random.Generator) -> Array:
    if found.kind == "category":
        names = np.array(found.categories or ("",), dtype=object)
        return names[np.arange(SAMPLE_ROWS) % len(names)]
    values = rng.uniform(found.minimum, found.maximum, (SAMPLE_ROWS, *found.shape))
    return np.round(values) if found.whole else values


def _answers(
    build: ProgramBuilder, project: Project, fitted: Fitted, node: Node, value: str, prefix: str
) -> None:
    columns = _columns(node) if node.layer.id == "output" else ()
    kind = fitted.target_kind(columns)
    shape = project.graph.shapes[node.id]
    if kind in ("numbers", "tensor"):
        result = fitted.lower_target(columns, value, build)
        build.output(build.emit("identity", result, name=f"{prefix}value"), shape)
        return
    classes = fitted.classes(columns)
    if shape == (1,):
        one = build.constant(f"{value}.one", np.array([1.0]))
        rest = build.emit("subtract", one, value, name=f"{value}_rest")
        result = build.emit("concat", rest, value, name=f"{prefix}probabilities", axis=1)
    elif shape == (len(classes),):
        result = build.emit("identity", value, name=f"{prefix}probabilities")
    else:
        text = translate("Export", "{node} gives {shape} values for {count} classes.")
        raise StudioError(
            text.format(node=node.label or node.id, shape=shape, count=len(classes)),
            translate("Export", "Give the last layer as many neurons as there are classes."),
        )
    build.output(result, (len(classes),))
    index = build.emit("argmax", result, name=f"{prefix}class_index")
    build.output(index, (), "int")
    name = build.emit("take_text", index, name=f"{prefix}class_name", texts=classes)
    build.output(name, (), "text")

"""Model: a trained project as one program from raw values to answers, with rows that prove it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.codes import NumberCode, TensorCode
from nnstudio.data.lowering import numbers_slot
from nnstudio.data.prepare import Fitted
from nnstudio.document.compile import complete_weights, live_graph, prepared_of
from nnstudio.document.endings import texts_of
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.engine.interpret import run
from nnstudio.engine.lowering import lower_into
from nnstudio.errors import StudioError
from nnstudio.exchange.answers import emit_answers
from nnstudio.exchange.sample import SAMPLE_ROWS, made_up
from nnstudio.i18n import translate
from nnstudio.ops import Program, ProgramBuilder

Array = NDArray[Any]


@dataclass(frozen=True)
class Model:
    """A program, how raw columns fill its inputs, and sample rows with their answers.

    `columns` lists the raw columns of each input slot in order (an array column: its cells);
    `sample` and `answers` hold arrays by slot name, answers computed in float64. `project` is
    the part of the document that leads to an Output, with every weight; `folder` is where
    relative paths of its data start.
    """

    project: Project
    program: Program
    columns: Mapping[str, tuple[str, ...]]
    sample: Mapping[str, Array]
    answers: Mapping[str, Array]
    fitted: Fitted | None
    folder: Path | None = None

    @property
    def rows(self) -> int:
        """How many sample rows there are."""
        return len(next(iter(self.sample.values())))


def model_of(project: Project, known: Collection[str] = (), folder: Path | None = None) -> Model:
    """Return the model of a project.

    `known` are the primitive operations the format can spell; () means all. `folder` is where
    relative paths of data start. Raise StudioError
    naming the layer when one can't be exported, or when the project can't be compiled or its
    data isn't there.
    """
    project = complete_weights(project.but(graph=live_graph(project.graph)))
    project.graph.check()
    _refuse_empty(project)
    model = _bare_model(project) if project.data is None else _raw_model(project, folder)
    if known:
        _check_operations(model, known)
    return model


def _refuse_empty(project: Project) -> None:
    if not project.graph.sinks or not list(project.graph.of_kind("input")):
        raise StudioError(
            translate("Export", "There is no network to export."),
            translate("Export", "Wire an Input through layers to an Output first."),
        )


def _raw_model(project: Project, folder: Path | None) -> Model:
    fitted = project.fitted or prepared_of(project, folder).fitted
    build, columns, given = ProgramBuilder(), dict[str, tuple[str, ...]](), dict[str, str]()
    sample = dict[str, Array]()
    nodes = list(project.graph.of_kind("input"))
    made = made_up(fitted)
    for node in nodes:
        prefix, names = f"{node.id}." if len(nodes) > 1 else "", texts_of(node.layer, "columns")
        given[node.id] = fitted.lower(names, build, prefix)
        columns.update(_slots(fitted, names, prefix))
        raw = {name: made[name] for name in fitted.raw_columns(names)}
        sample.update(fitted.feed(names, raw, prefix))
    values = lower_into(build, project.graph, project.weights, project.masks, given)
    outputs = [project.graph[id] for id in project.graph.sinks]
    for node in outputs:
        prefix = f"{node.id}." if len(outputs) > 1 else ""
        emit_answers(build, project.graph, fitted, node, values[node.id], prefix)
    program = build.build()
    return Model(project, program, columns, sample, run(program, sample), fitted, folder)


def _bare_model(project: Project) -> Model:
    """Return the model of a network without data: it takes what its Inputs take."""
    build, given, sample = ProgramBuilder(), dict[str, str](), dict[str, Array]()
    rng = np.random.default_rng(0)
    for node in project.graph.of_kind("input"):
        shape = project.graph.shapes[node.id]
        given[node.id] = build.input(node.id, shape)
        sample[node.id] = rng.uniform(-1, 1, (SAMPLE_ROWS, *shape))
    values = lower_into(build, project.graph, project.weights, project.masks, given)
    for id in project.graph.sinks:
        name = build.emit("identity", values[id], name=f"{id}.value")
        build.output(name, project.graph.shapes[id])
    program = build.build()
    columns = {slot.name: _cells(slot.name, slot.shape) for slot in program.inputs}
    return Model(project, program, columns, sample, run(program, sample), None)


def _slots(fitted: Fitted, columns: tuple[str, ...], prefix: str) -> dict[str, tuple[str, ...]]:
    raw = fitted.raw_columns(columns)
    codes = [fitted.code(name) for name in raw]
    numbers = tuple(code.name for code in codes if isinstance(code, NumberCode))
    slots = {
        prefix + code.name: code.names() if isinstance(code, TensorCode) else (code.name,)
        for code in codes
        if not isinstance(code, NumberCode)
    }
    return {**slots, **({numbers_slot(raw, prefix): numbers} if numbers else {})}


def _cells(name: str, shape: tuple[int, ...]) -> tuple[str, ...]:
    return TensorCode(name, shape).names() if shape != (1,) else (name,)


def _check_operations(model: Model, known: Collection[str]) -> None:
    for op in model.program.ops:
        if op.kind not in known:
            graph = model.project.graph
            makers = [id for id in graph.order if op.output.startswith(id)]
            node = max(makers, key=len, default="")
            text = translate("Export", "{layer} can't be written in this format.")
            raise StudioError(
                text.format(layer=layer_name(graph, node) if node else op.kind),
                translate("Export", "Choose another format, or replace the layer."),
                f"{op.kind}: {op.output}",
            )

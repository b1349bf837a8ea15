"""Problems between the network and its data: nothing bound, another width, classes."""

import math
from collections.abc import Iterator

from nnstudio.document.compile import live_graph
from nnstudio.document.endings import last_dense, texts_of
from nnstudio.document.names import layer_name
from nnstudio.document.problem import Problem
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate


def no_data(project: Project) -> Iterator[Problem]:
    """No table to learn from, or one without a target."""
    if not project.graph.nodes:
        return
    if project.data is None:
        yield Problem(
            "",
            "no_data",
            translate("Problem", "The project has no data yet."),
            translate("Problem", "Choose a dataset, or drop a table on the window."),
        )
        return
    if not project.data.target_columns():
        yield Problem(
            "",
            "no_target",
            translate("Problem", "The data has no target."),
            translate("Problem", "Choose the column the network shall learn."),
        )
    if not project.data.feature_columns():
        yield Problem(
            "",
            "no_features",
            translate("Problem", "The data has no inputs."),
            translate("Problem", "Choose at least one column as input."),
        )


def lost_table(project: Project) -> Iterator[Problem]:
    """The table in the project file is gone."""
    data = project.data
    if data is not None and data.source.kind == "embedded" and data.source.id not in project.tables:
        yield Problem(
            "",
            "lost_table",
            translate("Problem", "The table of this project is not in the file."),
            translate("Problem", "Bring the data in again."),
        )


def inputs(project: Project) -> Iterator[Problem]:
    """Inputs that expect other columns or another shape than the data gives."""
    data, fitted = project.data, project.fitted
    if data is None:
        return
    live = live_graph(project.graph)
    known = set(data.feature_columns()) | {column.name for column in data.columns}
    for node in live.of_kind("input"):
        columns = texts_of(node.layer, "columns")
        lost = [name for name in columns if name not in known]
        if lost:
            yield Problem(
                node.id,
                "lost_columns",
                translate("Problem", "The data has no column “{name}”.").format(name=lost[0]),
                translate("Problem", "Fit the Input to the data."),
                "rebind",
            )
            continue
        if fitted is None:
            continue
        try:
            shape = fitted.shape(columns)
        except StudioError as error:
            yield Problem(node.id, "lost_columns", error.text, error.hint, "rebind")
            continue
        if shape != live.shapes.get(node.id):
            yield Problem(
                node.id,
                "input_shape",
                translate(
                    "Problem", "{name} expects {expected} values, the data has {given}."
                ).format(
                    name=layer_name(project.graph, node.id),
                    expected=math.prod(live.shapes.get(node.id, (0,))),
                    given=math.prod(shape),
                ),
                translate("Problem", "Fit the Input to the data."),
                "rebind",
            )


def outputs(project: Project) -> Iterator[Problem]:
    """Outputs whose width isn't that of the target."""
    fitted = project.fitted
    live = live_graph(project.graph)
    for node in live.of_kind("output"):
        have = live.shapes.get(node.id)
        if have is None:
            continue
        columns = texts_of(node.layer, "columns")
        classes = texts_of(node.layer, "classes")
        try:
            if fitted is not None:
                need, classes = fitted.target_shape(columns), fitted.classes(columns)
            elif len(classes) > 1:
                need = (1,) if len(classes) == 2 else (len(classes),)
            else:
                continue
        except StudioError as error:
            yield Problem(node.id, "lost_target", error.text, error.hint, "rebind")
            continue
        if have == need:
            continue
        if classes:
            text = translate("Problem", "{name} has {given} values, but there are {count} classes.")
            text = text.format(
                name=layer_name(project.graph, node.id), given=math.prod(have), count=len(classes)
            )
        else:
            text = translate("Problem", "{name} has {given} values, but the target has {count}.")
            text = text.format(
                name=layer_name(project.graph, node.id),
                given=math.prod(have),
                count=math.prod(need),
            )
        fixable = len(need) == 1 and (last_dense(live, node.id) or len(live.incoming[node.id]) == 1)
        yield Problem(
            node.id,
            "output_width",
            text,
            translate("Problem", "Give the layer before it {count} neurons.").format(
                count=math.prod(need)
            ),
            "set_units" if fixable else "",
            {"output": node.id, "units": need[0]} if fixable else {},
        )


RULES = (no_data, lost_table, inputs, outputs)

"""What gestures do to the project: pure functions Project -> Project, made of edits."""

from collections.abc import Iterable, Mapping

import numpy as np

from nnstudio.document import edits
from nnstudio.document.picture.anatomy import Anatomy, Indices
from nnstudio.document.project import Project
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.selection import Entry

Cuts = Mapping[str, tuple[Indices, Indices]]


def cut_all(project: Project, cuts: Cuts) -> Project:
    """Cut the connections (rows, columns) of several weight arrays."""
    for name, index in cuts.items():
        project = edits.cut(project, name, index)
    return project


def wired(project: Project, entry: Entry) -> bool:
    """Return whether a connection is there (not cut)."""
    mask = project.masks.get(f"{entry.weight}.mask")
    return mask is None or bool(mask[entry.index])


def locked(project: Project, entry: Entry) -> bool:
    """Return whether an entry is frozen."""
    flags = project.masks.get(f"{entry.weight}.frozen")
    return flags is not None and bool(flags[entry.index])


def toggle_entry(project: Project, entry: Entry) -> Project:
    """Cut a connection, or wire it again."""
    change = edits.cut if wired(project, entry) else edits.join
    return change(project, entry.weight, entry.index)


def entry_between(anatomy: Anatomy, source: tuple[str, int], target: tuple[str, int]) -> Entry:
    """Return the connection from one neuron to another; raise Refused when there can be none."""
    link = anatomy.into(target[0])
    rows = link.rows_from(*source) if link is not None else []
    if link is not None and rows:
        return Entry(link.weight, (rows[0], target[1]))
    if source[0] == target[0]:
        raise Refused(
            translate("Neurons", "Neurons of one layer are not connected with each other."),
            translate("Neurons", "Draw to a neuron of the next layer."),
        )
    raise Refused(
        translate("Neurons", "No wire leads from this layer to that one."),
        translate("Neurons", "Wire the two layers in the layer view first (key N)."),
    )


def outgoing(anatomy: Anatomy, neuron: tuple[str, int]) -> dict[str, Indices]:
    """Return the rows a neuron feeds, by weight array."""
    found = {link.weight: link.rows_from(*neuron) for link in anatomy.out_of(neuron[0])}
    return {name: np.array(rows, np.intp) for name, rows in found.items() if rows}


def is_off(project: Project, anatomy: Anatomy, neuron: tuple[str, int]) -> bool:
    """Return whether nothing that a neuron sends arrives anywhere."""
    rows = outgoing(anatomy, neuron)
    if rows:
        masks = {name: project.masks.get(f"{name}.mask") for name in rows}
        return all(mask is not None and not mask[rows[name]].any() for name, mask in masks.items())
    link = anatomy.into(neuron[0])
    mask = project.masks.get(f"{link.weight}.mask") if link is not None else None
    return mask is not None and not mask[:, neuron[1]].any()


def switch(project: Project, anatomy: Anatomy, neuron: tuple[str, int]) -> Project:
    """Switch a neuron off by cutting what it sends (an output: what it gets), or on again."""
    change = edits.join if is_off(project, anatomy, neuron) else edits.cut
    rows = outgoing(anatomy, neuron)
    for name, which in rows.items():
        project = change(project, name, (which, slice(None)))
    link = anatomy.into(neuron[0])
    if not rows and link is not None:
        project = change(project, link.weight, (slice(None), neuron[1]))
    if not rows and link is None:
        raise Refused(
            translate("Neurons", "This neuron is connected with nothing."),
            translate("Neurons", "Wire its layer in the layer view first (key N)."),
        )
    return project


def lock_entry(project: Project, entry: Entry) -> Project:
    """Lock one connection or bias, or unlock it."""
    return edits.freeze_entries(project, entry.weight, entry.index, not locked(project, entry))


def lock_neuron(project: Project, anatomy: Anatomy, neuron: tuple[str, int]) -> Project:
    """Lock what a neuron learns (incoming weights and its own bias), or unlock it."""
    link, group = anatomy.into(neuron[0]), anatomy.groups[neuron[0]]
    if link is None:
        raise _nothing_to_learn()
    flags = project.masks.get(f"{link.weight}.frozen")
    flag = flags is None or not flags[:, neuron[1]].all()
    project = edits.freeze_entries(project, link.weight, (slice(None), neuron[1]), flag)
    if group.bias and not group.shared_bias:
        project = edits.freeze_entries(project, group.bias, (neuron[1],), flag)
    return project


def lock_layers(project: Project, nodes: Iterable[str]) -> Project:
    """Lock everything some layers learn, or unlock all of it."""
    names = [
        name
        for node in nodes
        for name, weight in project.graph.weights.items()
        if name.startswith(f"{node}/") and weight.role == "parameter"
    ]
    if not names:
        raise _nothing_to_learn()
    flag = not all(_all_locked(project, name) for name in names)
    for name in names:
        project = edits.freeze_entries(project, name, None, flag)
    return project


def _all_locked(project: Project, name: str) -> bool:
    flags = project.masks.get(f"{name}.frozen")
    return flags is not None and bool(flags.all())


def _nothing_to_learn() -> Refused:
    return Refused(
        translate("Neurons", "There is nothing to lock: this layer learns no weights."),
        translate("Neurons", "Choose a neuron of a fully connected layer."),
    )


def resize(project: Project, node: str, by: int) -> Project:
    """Add neurons to a fully connected layer or take the last ones away."""
    (units,) = project.graph.shapes[node]
    if units + by < 1:
        raise Refused(
            translate("Neurons", "A layer needs at least one neuron."),
            translate("Neurons", "Delete the whole layer in the layer view (key N)."),
        )
    return edits.set_setting(project, node, "units", units + by)


def revive(project: Project, entry: Entry, value: float) -> Project:
    """Wire a connection that was cut, with a new weight."""
    joined = edits.join(project, entry.weight, entry.index)
    return edits.set_weight(joined, entry.weight, entry.index, value)

"""Small projects the document tests start from."""

from nnstudio.data.dataset import datasets
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers


def chain(*pieces: object, shape: tuple[int, ...] = (2,)) -> Project:
    """Return Input → the given layers → Output, wired, laid out in a row."""
    project = edits.add_node(Project(), layers.Input(shape), 0, 0)
    last = "input_1"
    for place, layer in enumerate([*pieces, layers.Output()]):
        id = edits.next_id(project, layer.id)  # type: ignore[attr-defined]
        project = edits.add_node(project, layer, 200 * (place + 1), 0, wire_from=last)  # type: ignore[arg-type]
        last = id
    return project


def small() -> Project:
    """Return a 2-4-2-1 tanh network without data."""
    return chain(layers.Dense(4, "tanh"), layers.Dense(2, "tanh"), layers.Dense(1, "sigmoid"))


def circle() -> Project:
    """Return the 2-4-2-1 network bound to the circle, with its first weights."""
    return edits.complete_weights(edits.bind_data(small(), datasets["circle"].default_spec()))

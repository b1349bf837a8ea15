"""Small projects to train: a network on one of the shipped datasets."""

from collections.abc import Mapping, Sequence
from typing import Any

from nnstudio.data import datasets
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import GraphBuilder, layers


def trainable(
    dataset: str,
    hidden: Sequence[int] = (),
    activation: str = "tanh",
    training: Mapping[str, Any] | None = None,
    last: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Project:
    """Return a project with Dense layers of `hidden` units, bound to a built-in dataset.

    `training` are settings of the plan, `last` settings of the last Dense, `settings` those of
    the dataset.
    """
    build = GraphBuilder()
    end = build.add(layers.Input())
    for units in hidden:
        end = build.add(layers.Dense(units, activation=activation), end)
    end = build.add(layers.Dense(1), end)
    build.add(layers.Output(), end)
    spec = datasets[dataset].default_spec(**settings)
    project = edits.bind_data(Project(graph=build.build()), spec)
    for name, value in (last or {}).items():
        project = edits.set_setting(project, end, name, value)
    for name, value in (training or {}).items():
        project = edits.set_training(project, name, value)
    return project


def circle(**training: Any) -> Project:
    """Return the playground's circle with a 2-4-2-1 network."""
    return trainable("circle", (4, 2), training={"seed": 3, **training})

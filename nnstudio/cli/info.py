"""`nnstudio info`: what a project file holds."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from nnstudio.cli.files import load_project
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def run(options: Namespace) -> None:
    """Print the project's layers, data, training and problems."""
    facts = describe(load_project(options.project))
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(facts)))


def describe(project: Project) -> dict[str, Any]:
    """Return the facts of a project as plain JSON values."""
    graph = project.graph
    sizes = {name: _size(weight.shape) for name, weight in graph.weights.items()}
    layers = [
        {
            "id": id,
            "kind": graph[id].layer.id,
            "label": graph[id].label,
            "settings": graph[id].layer.settings,
            "shape": list(graph.shapes[id]) if id in graph.shapes else None,
            "parameters": sum(
                size
                for name, size in sizes.items()
                if name.startswith(f"{id}/") and graph.weights[name].role == "parameter"
            ),
            "inputs": [wire.source for wire in graph.incoming[id]],
        }
        for id in graph.order
    ]
    return {
        "title": project.title,
        "template": project.template,
        "layers": layers,
        "parameters": sum(int(layer["parameters"]) for layer in layers),  # type: ignore[call-overload]
        "data": _data(project),
        "training": {"optimizer": project.training.optimizer.id, **project.training.settings},
        "epochs_trained": project.run.epoch,
        "iterations_trained": project.run.iteration,
        "problems": [
            {"node": found.node, "code": found.code, "text": found.text}
            for found in problems(project)
        ],
    }


def _size(shape: tuple[int, ...]) -> int:
    count = 1
    for length in shape:
        count *= length
    return count


def _data(project: Project) -> dict[str, Any] | None:
    if project.data is None:
        return None
    spec = project.data
    return {
        "source": spec.source.kind,
        "id": spec.source.id or spec.source.path,
        "features": [column.name for column in spec.columns if column.role == "feature"],
        "targets": [column.name for column in spec.columns if column.role == "target"],
        "seed": spec.seed,
    }


def lines(facts: dict[str, Any]) -> list[str]:
    """Return the facts as lines for a terminal."""
    shown = [facts["title"] or facts["template"] or translate("Command", "Untitled"), ""]
    for layer in facts["layers"]:
        shape = "×".join(str(n) for n in layer["shape"]) if layer["shape"] else "?"
        name = layer["label"] or layer["id"]
        count = layer["parameters"]
        shown.append(f"  {name:<24} {layer['kind']:<20} {shape:>12}  {count:>9}")
    shown += ["", translate("Command", "Parameters: {count}").format(count=facts["parameters"])]
    data = facts["data"]
    if data is None:
        shown.append(translate("Command", "No data."))
    else:
        text = translate("Command", "Data: {id}, {inputs} inputs, target {targets}")
        shown.append(
            text.format(
                id=data["id"], inputs=len(data["features"]), targets=", ".join(data["targets"])
            )
        )
    text = translate("Command", "Epochs trained: {count}")
    shown.append(text.format(count=facts["epochs_trained"]))
    shown += [f"! {problem['text']}" for problem in facts["problems"]]
    return shown

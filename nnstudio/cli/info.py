"""`nnstudio info`: what a project file holds."""

import json
from argparse import ArgumentParser, Namespace
from math import prod
from pathlib import Path
from typing import Any

from nnstudio.cli.files import load_project
from nnstudio.cli.table import aligned
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.exchange.templates import TEMPLATES
from nnstudio.exchange.templates import describe as describe_template
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
    counts = dict.fromkeys(graph.order, 0)
    for name, weight in graph.weights.items():
        if weight.role == "parameter":
            counts[name.partition("/")[0]] += prod(weight.shape)
    layers = [
        {
            "id": id,
            "kind": graph[id].layer.id,
            "label": graph[id].label,
            "name": graph[id].layer.label,
            "settings": graph[id].layer.settings,
            "shape": list(graph.shapes[id]) if id in graph.shapes else None,
            "parameters": counts[id],
            "inputs": [wire.source for wire in graph.incoming[id]],
        }
        for id in graph.order
    ]
    return {
        "title": project.title,
        "template": project.template,
        "layers": layers,
        "parameters": sum(counts.values()),
        "data": _data(project),
        "training": project.training.values(),
        "epochs_trained": project.run.epoch,
        "iterations_trained": project.run.iteration,
        "problems": [
            {"node": found.node, "code": found.code, "text": found.text}
            for found in problems(project)
        ],
    }


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
    template = describe_template(facts["template"])[0] if facts["template"] in TEMPLATES else ""
    shown = [facts["title"] or template or translate("Command", "Untitled"), ""]
    table = [
        (
            layer["id"],
            layer["label"] or translate("Layer", layer["name"]),
            "×".join(map(str, layer["shape"] or ["?"])),
            f"{layer['parameters']:,}",
        )
        for layer in facts["layers"]
    ]
    shown += [f"  {line}" for line in aligned(table, right=(2, 3))]
    shown += [
        "",
        translate("Command", "Parameters: {count}").format(count=f"{facts['parameters']:,}"),
    ]
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

"""The card that travels with an exported network: what goes in, what comes out, how good it is."""

from dataclasses import dataclass
from typing import Any

from nnstudio import __version__
from nnstudio.data.fitted import Range
from nnstudio.document.endings import texts_of
from nnstudio.document.project import Project
from nnstudio.engine import METRICS
from nnstudio.exchange.model import Model
from nnstudio.exchange.score import Score, score_of
from nnstudio.exchange.templates import TEMPLATES, describe
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.numbers import format_number
from nnstudio.ops import Slot

PARTS = {
    "test": QT_TRANSLATE_NOOP("Card", "test"),
    "validation": QT_TRANSLATE_NOOP("Card", "validation"),
    "training": QT_TRANSLATE_NOOP("Card", "training"),
}
TYPES = {
    "float": QT_TRANSLATE_NOOP("Card", "numbers"),
    "int": QT_TRANSLATE_NOOP("Card", "whole number"),
    "text": QT_TRANSLATE_NOOP("Card", "text"),
}


@dataclass(frozen=True)
class Card:
    """What a receiver must know: as Markdown for people, as plain facts for programs."""

    markdown: str
    facts: dict[str, Any]


def card_of(model: Model) -> Card:
    """Return the card in the current language; the facts keep the program's own words."""
    score = score_of(model.project, model.folder)
    title = _title(model.project)
    parts = [f"# {_line(title)}", ""]
    for heading, lines in (
        (translate("Card", "What goes in"), _inputs(model)),
        (translate("Card", "What comes out"), _outputs(model)),
        (translate("Card", "How good it is"), _bullets(_goodness(model, score))),
        (translate("Card", "Limits"), _bullets(_limits())),
    ):
        parts += [f"## {heading}", "", *lines, ""]
    return Card("\n".join(parts), _facts(model, score))


def _title(project: Project) -> str:
    if project.title:
        return project.title
    known = project.template in TEMPLATES and project.template != "blank"
    return describe(project.template)[0] if known else translate("Card", "A neural network")


def _bullets(lines: list[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _line(text: str) -> str:
    return " ".join(text.split())


def _inputs(model: Model) -> list[str]:
    ranges = {found.name: found for found in model.fitted.ranges()} if model.fitted else {}
    lines = []
    for slot in model.program.inputs:
        columns = model.columns[slot.name]
        lines.append(_slot(slot))
        if len(slot.shape) != 1 or columns == (slot.name,):
            found = ranges.get(slot.name)
            lines += [f"    - {_range(found)}"] if found else []
            continue
        for place, column in enumerate(columns, start=1):
            shown = ranges.get(column)
            lines.append(
                f"    - {place}. {_line(column)}" + (f": {_range(shown)}" if shown else "")
            )
    return lines


def _slot(slot: Slot) -> str:
    sizes = " × ".join(["N", *map(str, slot.shape)])
    return f"- `{_line(slot.name)}`: {translate('Card', TYPES[slot.type])}, {sizes}"


def _range(found: Range) -> str:
    if found.kind == "category":
        text = translate("Card", "one of {names}").format(
            names=", ".join(_line(name) for name in found.categories)
        )
    else:
        low, high = format_number(found.minimum), format_number(found.maximum)
        unit = f" {_line(found.unit)}" if found.unit else ""
        text = translate("Card", "{low} to {high}{unit}").format(low=low, high=high, unit=unit)
    if found.kind == "date":
        text += translate("Card", " (days since 1970-01-01)")
    return text


def _outputs(model: Model) -> list[str]:
    lines = []
    for slot in model.program.outputs:
        lines.append(_slot(slot))
        names = _names(model, slot)
        if names:
            words = translate("Card", "in this order: {names}")
            lines.append("    - " + words.format(names=", ".join(_line(name) for name in names)))
    return lines


def _names(model: Model, slot: Slot) -> tuple[str, ...]:
    """Return what the numbers of an output stand for: classes or target columns."""
    if model.fitted is None or slot.type != "float":
        return ()
    prefix = slot.name.rpartition(".")[0]
    node = prefix if prefix in model.project.graph else model.project.graph.sinks[0]
    columns = texts_of(model.project.graph[node].layer, "columns")
    return model.fitted.classes(columns) or columns or model.fitted.targets


def _goodness(model: Model, score: Score | None) -> list[str]:
    run = model.project.run
    if not run.iteration:
        return [translate("Card", "It was not trained.")]
    seed = model.project.training.seed
    words = translate("Card", "trained for {epochs} epochs, seed {seed}")
    lines = [words.format(epochs=f"{run.epoch:,}", seed=seed)]
    if score is None:
        return lines
    for part, count in reversed(score.rows.items()):
        text = translate("Card", "{part} rows: {count}")
        lines.append(text.format(part=translate("Card", PARTS[part]), count=f"{count:,}"))
    if score.part == "training":
        lines.append(translate("Card", "No rows were held back, so this is no proof:"))
    for name, value in score.values.items():
        text = translate("Card", "{measure} on {part} rows: {value}")
        shown = {"measure": _measure(name), "part": translate("Card", PARTS[score.part])}
        lines.append(text.format(**shown, value=format_number(value)))
    return lines


def _measure(name: str) -> str:
    """Return the label of a metric; `<output>.<metric>` where there are several outputs."""
    output, _, plain = name.rpartition(".")
    kind = METRICS.get(plain)
    shown = translate("Metric", kind.label) if kind else translate("Card", "loss")
    return f"{shown} ({output})" if output else shown


def _limits() -> list[str]:
    return [
        translate("Card", "It knows only what its data showed."),
        translate(
            "Card",
            "Values outside the ranges above, or rows of another kind, may give wrong answers "
            "with high percentages.",
        ),
    ]


def _facts(model: Model, score: Score | None) -> dict[str, Any]:
    ranges = {found.name: found for found in model.fitted.ranges()} if model.fitted else {}
    columns = [_column(ranges[name]) for name in ranges]
    classes = {
        slot.name: list(_names(model, slot))
        for slot in model.program.outputs
        if slot.type == "float"
    }
    return {
        "program": f"NN Studio {__version__}",
        "title": model.project.title,
        "inputs": {name: list(names) for name, names in model.columns.items()},
        "columns": columns,
        "outputs": classes,
        "epochs": model.project.run.epoch,
        "seed": model.project.training.seed,
        "score": score.plain() if score else None,
    }


def _column(found: Range) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": found.name, "kind": found.kind}
    if found.kind == "category":
        return {**plain, "categories": list(found.categories)}
    return {**plain, "minimum": found.minimum, "maximum": found.maximum, "unit": found.unit}

"""The card that travels with an exported network: what goes in, what comes out, how good it is."""

from nnstudio.data.fitted import Range
from nnstudio.document.project import Project
from nnstudio.exchange.model import Model
from nnstudio.i18n import translate


def card(project: Project, model: Model) -> str:
    """Return the card as Markdown in the current language."""
    title = project.title or translate("Card", "A neural network")
    parts = [f"# {title}", "", f"## {translate('Card', 'What goes in')}", ""]
    parts += [f"- {line}" for line in _inputs(model)]
    parts += ["", f"## {translate('Card', 'What comes out')}", ""]
    parts += [f"- {line}" for line in _outputs(model)]
    scores = _scores(project)
    if scores:
        parts += ["", f"## {translate('Card', 'How good it was')}", ""]
        parts += [f"- {line}" for line in scores]
    limits = translate(
        "Card",
        "It knows only what its data showed. Values outside the ranges above, or rows of "
        "another kind, may give wrong answers with high percentages.",
    )
    return "\n".join([*parts, "", f"## {translate('Card', 'Limits')}", "", limits, ""])


def _inputs(model: Model) -> list[str]:
    if model.fitted is None:
        return [f"`{slot.name}`: {slot.shape}" for slot in model.program.inputs]
    ranges = {found.name: found for found in model.fitted.ranges()}
    lines = []
    for slot, columns in model.columns.items():
        for place, column in enumerate(columns, start=1):
            found = ranges.get(column)
            shown = _range(found) if found is not None else ""
            where = f"`{slot}` {place}" if len(columns) > 1 else f"`{slot}`"
            lines.append(f"{where}: {column}{shown}")
    return lines


def _range(found: Range) -> str:
    if found.kind == "category":
        return " (" + ", ".join(found.categories) + ")"
    unit = f" {found.unit}" if found.unit else ""
    return f" ({found.minimum:g} … {found.maximum:g}{unit})"


def _outputs(model: Model) -> list[str]:
    lines = [f"`{slot.name}`: {slot.type} {slot.shape}" for slot in model.program.outputs]
    classes = model.fitted.classes() if model.fitted is not None and model.fitted.targets else ()
    if classes:
        lines.append(
            translate("Card", "classes in order: {names}").format(names=", ".join(classes))
        )
    return lines


def _scores(project: Project) -> list[str]:
    lines = [
        translate("Card", "epochs trained: {count}").format(count=project.run.epoch),
    ]
    for name, values in project.run.curves.items():
        if values and name != "epoch":
            lines.append(f"{name}: {values[-1]:.4g}")
    return lines if project.run.epoch else []

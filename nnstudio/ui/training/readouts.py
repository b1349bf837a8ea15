"""What the bar says in numbers: epoch, loss and the metric that suits the target."""

from collections.abc import Mapping

from nnstudio.i18n import translate
from nnstudio.numbers import format_number, shown_number
from nnstudio.training.snapshot import Snapshot

WIDEST_LOSS = "0.000000"


def epoch_text(epoch: int, goal: int) -> str:
    """Return "Epoch 128 / 500"."""
    return translate("Training bar", "Epoch {epoch} / {goal}").format(
        epoch=f"{epoch:,}", goal=f"{goal:,}"
    )


def loss_text(loss: float | None) -> str:
    """Return "Loss 0.0834", a dash before the first number."""
    shown = "–" if loss is None else shown_number(loss, 3)
    return translate("Training bar", "Loss {value}").format(value=shown)


def metric_text(metrics: Mapping[str, float]) -> str:
    """Return the metric of a part of the data: "Accuracy 97.5 %" or "R² 0.931"; "" without any."""
    if "accuracy" in metrics:
        value = format_number(100 * metrics["accuracy"], decimals=1)
        return translate("Training bar", "Accuracy {value} %").format(value=value)
    if "r2" in metrics:
        return translate("Training bar", "R² {value}").format(
            value=format_number(metrics["r2"], decimals=3)
        )
    return ""


def details(snapshot: Snapshot) -> str:
    """Return a line for each part of the data with every number measured."""
    names = {
        "training": translate("Training bar", "Training"),
        "validation": translate("Training bar", "Validation"),
        "test": translate("Training bar", "Test"),
    }
    parts = {
        "training": snapshot.metrics,
        "validation": snapshot.validation,
        "test": snapshot.test,
    }
    lines = []
    for part, metrics in parts.items():
        shown = [loss_text(metrics["loss"])] if "loss" in metrics else []
        shown += [text for text in (metric_text(metrics),) if text]
        if shown:
            lines.append(f"{names[part]}: {' · '.join(shown)}")
    return "\n".join(lines)

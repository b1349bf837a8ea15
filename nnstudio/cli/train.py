"""`nnstudio train`: the same training as in the window, without one."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import Any

from nnstudio.cli.files import load_project, project_target, save_project
from nnstudio.cli.interrupt import Interrupt
from nnstudio.cli.progress import Progress
from nnstudio.cli.settings import configured
from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.numbers import format_number
from nnstudio.training.outcome import Diverged, Failed, Finished, Outcome, Stopped
from nnstudio.training.session import Session

PARTS = {
    "training": QT_TRANSLATE_NOOP("Command", "training"),
    "validation": QT_TRANSLATE_NOOP("Command", "validation"),
    "test": QT_TRANSLATE_NOOP("Command", "test"),
}
ENDS = {Finished: "finished", Stopped: "interrupted", Diverged: "diverged", Failed: "failed"}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument(
        "--epochs",
        type=_positive,
        default=0,
        metavar="N",
        help=translate("Command", "further epochs; by default those of the project"),
    )
    parser.add_argument(
        "--seed",
        type=_whole,
        metavar="S",
        help=translate("Command", "draw new weights from this seed"),
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=translate("Command", "such as training.learning_rate=0.1 or dense_1.units=8"),
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT.nns",
        help=translate("Command", "where to write"),
    )
    where.add_argument(
        "--in-place", action="store_true", help=translate("Command", "write into the project file")
    )
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def _positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise ArgumentTypeError(translate("Command", "use a whole number of at least 1"))
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(translate("Command", "use a whole number")) from None


def run(options: Namespace) -> int:
    """Train and save; on Ctrl-C the last state is saved and the code is 130.

    A run that diverged is saved as it was before that, and raises StudioError.
    """
    output = options.project if options.in_place else options.output
    if output is None:
        raise StudioError(
            translate("Command", "The result has no place to go."),
            translate("Command", "Add -o OUT.nns, or --in-place to overwrite the project."),
        )
    project = load_project(options.project)
    project_target(output)
    project = configured(project, options.set, options.seed)
    with Interrupt() as interrupt:
        session = Session(project, options.project.parent)
        outcome, seconds = _train(session, options.epochs, interrupt)
        save_project(session.result(project), output)
    facts = report(session, outcome, seconds)
    if options.json:
        print(json.dumps(_strict(facts), ensure_ascii=False))
    else:
        print("\n".join(lines(facts)))
    return _ending(outcome)


def _train(session: Session, epochs: int, interrupt: Interrupt) -> tuple[Outcome, float]:
    """Return how the run ended and the seconds it took; the interrupt stops it."""
    session.prolong(epochs)
    begun, first = perf_counter(), session.epoch
    progress = Progress(session.goal - first)
    loss = translate("Command", "loss {value}")

    def watch(watched: Session) -> bool:
        value = watched.loss
        shown = loss.format(value=format_number(value)) if value is not None else ""
        progress.show(watched.epoch - first, shown)
        return interrupt.asked

    try:
        outcome = session.train(epochs, watch)
    finally:
        progress.close()
    return outcome, perf_counter() - begun


def _ending(outcome: Outcome) -> int:
    """Return the exit code; raise StudioError for a run that went wrong."""
    if isinstance(outcome, Diverged):
        repair = outcome.repairs[0].label if outcome.repairs else ""
        raise StudioError(outcome.text, repair)
    if isinstance(outcome, Failed):
        raise outcome.error
    if isinstance(outcome, Stopped):
        raise KeyboardInterrupt
    return 0


def report(session: Session, outcome: Outcome, seconds: float) -> dict[str, Any]:
    """Return the facts of a run as plain JSON values; "loss" is that of the training rows."""
    scores = session.evaluate()
    return {
        "epochs": session.epoch,
        "iterations": session.iteration,
        "seconds": round(seconds, 3),
        "ended": ENDS[type(outcome)],
        "reason": outcome.reason if isinstance(outcome, Finished) else "",
        "loss": scores["training"].get("loss"),
        **scores,
    }


def _strict(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with null for what JSON has no number for."""
    plain: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            plain[name] = _strict(value)
        else:
            plain[name] = None if isinstance(value, float) and not isfinite(value) else value
    return plain


def lines(facts: Mapping[str, Any]) -> list[str]:
    """Return the facts as lines for a terminal."""
    text = translate("Command", "{epochs} epochs, {iterations} iterations, {seconds} s")
    shown = [text.format(**{name: facts[name] for name in ("epochs", "iterations", "seconds")})]
    if facts["reason"]:
        shown.append(facts["reason"])
    for part, name in PARTS.items():
        if facts[part]:
            values = "  ".join(
                f"{key} {format_number(value)}" for key, value in facts[part].items()
            )
            shown.append(f"{translate('Command', name)}: {values}")
    return shown

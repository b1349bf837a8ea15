"""`nnstudio train`: the same training as in the window, without one."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter
from typing import Any

from nnstudio.cli.files import load_project, save_project
from nnstudio.cli.progress import Progress
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.training.outcome import Diverged, Failed, Finished, Outcome
from nnstudio.training.session import Session


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
        type=int,
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
    where.add_argument("-o", "--output", type=Path, metavar="OUT.nns")
    where.add_argument(
        "--in-place", action="store_true", help=translate("Command", "write into the project file")
    )
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run(options: Namespace) -> int:
    """Train; on Ctrl-C the last state is saved and the code is 130."""
    output = options.project if options.in_place else options.output
    if output is None:
        raise StudioError(
            translate("Command", "The result has no place to go."),
            translate("Command", "Add -o OUT.nns, or --in-place to overwrite the project."),
        )
    project = configured(load_project(options.project), options.set, options.seed)
    session = Session(project, options.project.parent)
    outcome, seconds = _train(session, options.epochs)
    save_project(session.result(project), output)
    facts = report(session, outcome, seconds)
    print(json.dumps(facts, ensure_ascii=False) if options.json else "\n".join(lines(facts)))
    if isinstance(outcome, Diverged):
        raise StudioError(outcome.text, outcome.repairs[0].label if outcome.repairs else "")
    if isinstance(outcome, Failed):
        raise outcome.error
    return 130 if outcome is None else 0


def configured(project: Project, changes: list[str], seed: int | None) -> Project:
    """Return the project with KEY=VALUE changes and, with a seed, freshly drawn weights.

    Raise StudioError for an unknown key or a value that doesn't fit.
    """
    for change in changes:
        key, equals, text = change.partition("=")
        owner, dot, name = key.strip().partition(".")
        if not equals or not dot:
            raise StudioError(
                translate("Command", "{change} is not KEY=VALUE.").format(change=change),
                translate("Command", "Write it like training.learning_rate=0.1."),
            )
        value = _value(text.strip())
        if owner == "training":
            project = edits.set_training(project, name, value)
        else:
            project = edits.set_setting(project, owner, name, value)
    if seed is not None:
        project = edits.reset_weights(edits.set_training(project, "seed", seed), seed)
    return project


def _value(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return tuple(value) if isinstance(value, list) else value


def _train(session: Session, epochs: int) -> tuple[Outcome | None, float]:
    """Return how the run ended (None: Ctrl-C) and the seconds it took."""
    session.prolong(epochs)
    begun, first = perf_counter(), session.epoch
    progress = Progress(session.goal - first)

    def watch(watched: Session) -> None:
        loss = watched.loss
        progress.show(watched.epoch - first, f"loss {loss:.4g}" if loss is not None else "")

    outcome: Outcome | None = None
    try:
        outcome = session.train(epochs, watch)
    except KeyboardInterrupt:
        print(translate("Command", "Interrupted; the last state is saved."), file=sys.stderr)
    finally:
        progress.close()
    return outcome, perf_counter() - begun


def report(session: Session, outcome: Outcome | None, seconds: float) -> dict[str, Any]:
    """Return the facts of a run as plain JSON values."""
    ended = type(outcome).__name__.lower() if outcome is not None else "interrupted"
    scores = session.evaluate()
    return {
        "epochs": session.epoch,
        "iterations": session.iteration,
        "seconds": round(seconds, 3),
        "ended": ended,
        "reason": outcome.reason if isinstance(outcome, Finished) else "",
        "loss": scores["training"].get("loss"),
        **scores,
    }


def lines(facts: dict[str, Any]) -> list[str]:
    """Return the facts as lines for a terminal."""
    text = translate("Command", "{epochs} epochs, {iterations} iterations, {seconds} s")
    names = {
        "training": translate("Command", "training"),
        "validation": translate("Command", "validation"),
        "test": translate("Command", "test"),
    }
    shown = [text.format(**facts)]
    for part, name in names.items():
        if facts[part]:
            values = "  ".join(f"{key} {value:.4g}" for key, value in facts[part].items())
            shown.append(f"{name}: {values}")
    return shown

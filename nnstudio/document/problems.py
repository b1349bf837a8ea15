"""Problems: everything that keeps a project from training well, always known, never raised."""

import logging
from collections.abc import Callable, Iterator

from nnstudio.document import problems_data, problems_graph, problems_training
from nnstudio.document.problem import Problem
from nnstudio.document.project import Project

__all__ = ["Problem", "can_train", "problems"]

Rule = Callable[[Project], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    *problems_graph.RULES,
    *problems_data.RULES,
    *problems_training.RULES,
)

_log = logging.getLogger(__name__)


def problems(project: Project) -> tuple[Problem, ...]:
    """Return every problem, errors first; never raises.

    At one node only the first error is told: what follows from it would only confuse.
    """
    found: list[Problem] = []
    for rule in RULES:
        try:
            found.extend(rule(project))
        except Exception:  # a broken rule must not take the window with it
            _log.exception("The rule %s failed", rule.__name__)
    found.sort(key=lambda problem: problem.severity != "error")
    kept: list[Problem] = []
    bad: set[str] = set()
    for problem in found:
        if problem.severity == "error" and problem.node and problem.node in bad:
            continue
        if problem.severity == "error":
            bad.add(problem.node)
        kept.append(problem)
    return tuple(kept)


def can_train(project: Project) -> bool:
    """Tell whether nothing stands in the way of a training run."""
    return not any(problem.severity == "error" for problem in problems(project))

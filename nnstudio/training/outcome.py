"""How a run ended, as a value."""

from dataclasses import dataclass

from nnstudio.errors import StudioError


@dataclass(frozen=True)
class Finished:
    """Every epoch that was asked for is done; `reason` says so or why it stopped early."""

    epoch: int
    reason: str = ""


@dataclass(frozen=True)
class Stopped:
    """The user paused or stopped the run after `iteration` updates."""

    epoch: int
    iteration: int


@dataclass(frozen=True)
class Failed:
    """The run can't go on: `error` says why, `iteration` is the update it happened in."""

    error: StudioError
    iteration: int


@dataclass(frozen=True)
class Repair:
    """One change of the project that mends something, for a button and for a test.

    `label` is the button's translated text; `training` are (setting, value) pairs of the plan,
    `settings` (node, setting, value) of layers; `scale` scales every number column to mean 0
    and deviation 1.
    """

    label: str
    training: tuple[tuple[str, object], ...] = ()
    settings: tuple[tuple[str, str, object], ...] = ()
    scale: bool = False


@dataclass(frozen=True)
class Diverged:
    """The loss exploded; the run is back on the last good step.

    `text` is one sentence with the layer and the reason; `node` the layer's id; `epoch` and
    `iteration` where it happened; `repairs` what helps, the best first.
    """

    text: str
    node: str
    epoch: int
    iteration: int
    repairs: tuple[Repair, ...] = ()


Outcome = Finished | Stopped | Failed | Diverged

"""The command line: the same projects without a window; one file per command, no Qt."""

from collections.abc import Sequence
from pathlib import Path

from nnstudio.i18n import QT_TRANSLATE_NOOP

COMMANDS = {
    "new": QT_TRANSLATE_NOOP("Command", "Make a project file from a template."),
    "templates": QT_TRANSLATE_NOOP("Command", "List the ready examples."),
    "info": QT_TRANSLATE_NOOP("Command", "Describe a project file."),
    "train": QT_TRANSLATE_NOOP("Command", "Train a project and save the result."),
    "predict": QT_TRANSLATE_NOOP(
        "Command", "Write a trained network's answers for every row of a table."
    ),
    "export": QT_TRANSLATE_NOOP("Command", "Export a trained network; --list names the formats."),
    "render": QT_TRANSLATE_NOOP("Command", "Draw the network as SVG, PNG or PDF."),
    "bench": QT_TRANSLATE_NOOP("Command", "Measure the speed of training on this machine."),
}
FLAGS = ("--version", "--self-test", "--help", "-h")


def is_command(arguments: Sequence[str]) -> bool:
    """Whether arguments are for the command line: a command, its options, or a mistyped command.

    A word with a point or a slash, or the name of a file, is a project for the window.
    """
    if not arguments:
        return False
    word = arguments[0]
    if word in COMMANDS or word in FLAGS:
        return True
    return word.isidentifier() and not Path(word).exists()

"""The sentences argparse writes by itself, in the user's language."""

import argparse

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate

UNRECOGNIZED = QT_TRANSLATE_NOOP("Usage", "unrecognized arguments: %s")
WORDS = {
    text: text
    for text in (
        QT_TRANSLATE_NOOP("Usage", "usage: "),
        QT_TRANSLATE_NOOP("Usage", "positional arguments"),
        QT_TRANSLATE_NOOP("Usage", "options"),
        QT_TRANSLATE_NOOP("Usage", "show this help message and exit"),
        QT_TRANSLATE_NOOP("Usage", "the following arguments are required: %s"),
        UNRECOGNIZED,
        QT_TRANSLATE_NOOP("Usage", "expected one argument"),
        QT_TRANSLATE_NOOP("Usage", "expected at most one argument"),
        QT_TRANSLATE_NOOP("Usage", "expected at least one argument"),
        QT_TRANSLATE_NOOP("Usage", "not allowed with argument %s"),
        QT_TRANSLATE_NOOP("Usage", "one of the arguments %s is required"),
        QT_TRANSLATE_NOOP("Usage", "ignored explicit argument %r"),
        QT_TRANSLATE_NOOP("Usage", "invalid %(type)s value: %(value)r"),
        QT_TRANSLATE_NOOP("Usage", "invalid choice: %(value)r (choose from %(choices)s)"),
        QT_TRANSLATE_NOOP("Usage", "argument %(argument_name)s: %(message)s"),
        QT_TRANSLATE_NOOP("Usage", "ambiguous option: %(option)s could match %(matches)s"),
    )
}
"""What argparse passes to gettext; a sentence that isn't here stays English."""


def speak() -> None:
    """Let argparse look its sentences up in our catalogue instead of gettext's."""
    # the module's own alias of gettext is the only place where all its texts pass
    argparse._ = say  # type: ignore[attr-defined]


def say(text: str) -> str:
    """Return one of argparse's sentences in the user's language."""
    return translate("Usage", WORDS[text]) if text in WORDS else text

"""Reads the command line, runs one command, turns errors into one sentence and an exit code."""

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from nnstudio import __version__
from nnstudio.cli import COMMANDS, streams
from nnstudio.cli.words import UNRECOGNIZED, say, speak
from nnstudio.errors import StudioError
from nnstudio.i18n import set_language, system_language, translate

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """A parser whose usage errors end with code 2 and a hint at --help."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        hint = translate("Command", "See {program} --help.").format(program=self.prog)
        self.exit(USAGE, f"{self.prog}: {message}\n{hint}\n")


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for `arguments`; the module of the named command adds its own."""
    top = _Parser(
        prog="nnstudio",
        description=translate("Command", "Build, train and take away neural networks."),
        epilog=translate("Command", "Without a command, or with a .nns file, the window opens."),
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"NN Studio {__version__}",
        help=translate("Command", "Show the version."),
    )
    top.add_argument(
        "--self-test", action="store_true", help=translate("Command", "Check the installation.")
    )
    commands = top.add_subparsers(dest="command", metavar=translate("Command", "COMMAND"))
    for name, summary in COMMANDS.items():
        shown = translate("Command", summary)
        sub = commands.add_parser(name, help=shown, description=shown)
        if name in arguments:
            # only the command that runs is imported: --version must not wait for NumPy
            module = import_module(f"nnstudio.cli.{name}")
            module.arguments(sub)
            sub.set_defaults(run=module.run, usage=sub)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 failed (one sentence on stderr), 2 usage, 130 Ctrl-C."""
    set_language(system_language())
    speak()
    streams.prepare()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = _run(given)
        sys.stdout.flush()  # a reader that has gone is noticed here, not after the last line
        return code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else FAILED
    except StudioError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail(translate("Command", "Interrupted."), INTERRUPTED)
    except BrokenPipeError:
        return _hang_up()
    except OSError as error:
        return _fail(_disk(error))
    except MemoryError:
        return _fail(translate("Command", "There is not enough memory for this."))
    except Exception as error:  # a fault of the program: a sentence for people, a log for us
        return _fail(_fault(error))


def _run(given: list[str]) -> int:
    top = parser(given)
    options, rest = top.parse_known_args(given)
    if rest:
        asked = options.usage if options.command else top
        asked.error(say(UNRECOGNIZED) % " ".join(rest))
    if options.self_test:
        from nnstudio.services import selftest

        return selftest.run(print)
    if options.command is None:
        top.print_help()
        return USAGE
    return int(options.run(options) or DONE)


def _fault(error: Exception) -> str:
    from nnstudio.services import logs

    folder = logs.start()
    logging.getLogger(logs.LOGGER).exception("nnstudio %s", " ".join(sys.argv[1:]))
    logs.stop()
    text = translate("Command", "The program has a fault ({error}). Details: {file}")
    where = folder / "nnstudio.log" if folder else "-"
    return text.format(error=f"{type(error).__name__}: {error}", file=where)


def _disk(error: OSError) -> str:
    from nnstudio.exchange.reasons import reason

    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)


def _hang_up() -> int:
    """End quietly: the reader of our pipe has gone, and nothing more can be said to it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _fail(sentence: str, code: int = FAILED) -> int:
    with contextlib.suppress(BrokenPipeError):
        print(f"nnstudio: {sentence}", file=sys.stderr)
    return code

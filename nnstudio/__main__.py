"""`nnstudio`: opens the window, or runs a command when the first word is one."""

import sys
from collections.abc import Sequence

from nnstudio.errors import StudioError
from nnstudio.i18n import set_language, system_language, translate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line for a command or one of its options, else the window."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from nnstudio.cli import is_command

    if is_command(given):
        from nnstudio.cli.main import main as command_line

        return command_line(given)
    return window(given)


def window(arguments: Sequence[str] | None = None) -> int:
    """Open the window; a machine that can't show one is told why in a sentence."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_language(system_language())
    try:
        from nnstudio.ui.guard import check_pair, check_screen

        check_screen()
        check_pair()
        from nnstudio.ui.app import main as show

        return show(given)
    except StudioError as error:
        print(error, file=sys.stderr)
    except ImportError as error:
        text = translate("Start", "The window needs a library that is missing: {name}.")
        print(text.format(name=error), file=sys.stderr)
        hint = translate("Start", "bash packaging/run.sh installs what is missing.")
        print(hint, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

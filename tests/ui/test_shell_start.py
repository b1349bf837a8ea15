"""The first word decides between window and commands; what hinders a window is said clearly."""

import subprocess
import sys

import pytest

from nnstudio import __main__ as start
from nnstudio.errors import StudioError
from nnstudio.ui import guard


def test_a_command_runs_without_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["templates"]) == 0
    assert "xor" in capsys.readouterr().out


def test_help_and_version_belong_to_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--version"]) == 0
    assert "NN Studio" in capsys.readouterr().out


def test_a_command_never_loads_qt() -> None:
    code = (
        "import sys; from nnstudio.__main__ import main; main(['templates']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_without_a_screen_one_sentence_and_code_one() -> None:
    with pytest.raises(StudioError):
        guard.check_screen({})
    guard.check_screen({"DISPLAY": ":0"})
    code = "import sys; from nnstudio.__main__ import main; sys.exit(main(['x.nns']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "/usr/bin", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no screen" in done.stderr
    assert "Traceback" not in done.stderr

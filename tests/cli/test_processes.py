"""The command line as a process of its own: Ctrl-C, closed pipes, what it loads, how fast."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnstudio.exchange.project_file import open_project, save
from nnstudio.exchange.templates import load_template

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-W", "error", "-m", "nnstudio"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NNSTUDIO_LANGUAGE": "en"}

# Runs one command and prints which libraries it loaded.
LOADED = """
import json, sys
from nnstudio.__main__ import main
code = main(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules}
print(json.dumps([code, sorted(names)]), file=sys.stderr)
"""


@pytest.fixture
def iris(tmp_path: Path) -> Path:
    save(load_template("iris"), tmp_path / "iris.nns")
    return tmp_path / "iris.nns"


def loaded(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True, text=True, env=ENVIRONMENT, cwd=folder,
    )  # fmt: skip
    code, names = json.loads(done.stderr.splitlines()[-1])
    return code, set(names)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_saves_the_last_state_and_ends_with_130(iris: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "train", str(iris), "--epochs", "9000000", "-o", "out.nns", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=tmp_path,
    )  # fmt: skip
    time.sleep(1.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "nnstudio: Interrupted."
    facts = json.loads(out)
    assert facts["ended"] == "interrupted"
    saved = open_project(tmp_path / "out.nns").project
    assert saved.run.epoch == facts["epochs"] > 0
    assert len(list(tmp_path.iterdir())) == 2, "nothing temporary is left"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_gets_a_progress_bar(iris: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*COMMAND, "train", str(iris), "--epochs", "2000", "-o", "out.nns", "--json"],
        stdout=subprocess.PIPE, stderr=theirs, text=True, env=ENVIRONMENT, cwd=tmp_path,
    )  # fmt: skip
    os.close(theirs)
    out, _ = process.communicate(timeout=20)
    shown = os.read(ours, 100_000).decode("utf-8")
    os.close(ours)
    assert json.loads(out)["epochs"] == 2000
    assert "█" in shown
    assert "2000/2000  loss" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of the shell")
def test_a_reader_that_goes_away_is_no_fault(iris: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "info", str(iris), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=tmp_path,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=20) == 1


def test_no_command_loads_qt(iris: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "sepal length,sepal width,petal length,petal width\n5.1,3.5,1.4,0.2\n6,3,5,2\n"
    )
    qt = {"PySide6", "shiboken6", "pyqtgraph", "qtawesome"}
    for arguments in (
        ["train", "iris.nns", "--epochs", "1", "--in-place"],
        ["predict", "iris.nns", "in.csv", "-o", "out.csv"],
        ["render", "iris.nns", "-o", "net.svg"],
        ["--self-test"],
    ):
        code, names = loaded(tmp_path, *arguments)
        assert code == 0, arguments
        assert not names & qt, arguments


def test_pictures_in_pixels_need_no_screen(iris: Path, tmp_path: Path) -> None:
    without = {k: v for k, v in ENVIRONMENT.items()
               if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}  # fmt: skip
    for name, start in (("net.png", b"\x89PNG"), ("net.pdf", b"%PDF")):
        done = subprocess.run(
            [*COMMAND, "render", str(iris), "-o", name],
            capture_output=True, text=True, env=without, cwd=tmp_path,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / name).read_bytes().startswith(start)


def test_exports_are_equal_bytes_in_every_process(iris: Path, tmp_path: Path) -> None:
    subprocess.run(
        [*COMMAND, "train", "iris.nns", "--epochs", "2", "--in-place"],
        check=True, capture_output=True, env=ENVIRONMENT, cwd=tmp_path,
    )  # fmt: skip
    code = (
        "import sys; from pathlib import Path\n"
        "from nnstudio.exchange.exporters import EXPORTERS\n"
        "from nnstudio.exchange.project_file import open_project\n"
        "project = open_project('iris.nns').project\n"
        "for kind in EXPORTERS: kind().export(project, Path(sys.argv[1]) / kind.id)\n"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = {**ENVIRONMENT, "PYTHONHASHSEED": seed, "USER": f"person{seed}"}
        command = [sys.executable, "-W", "error", "-c", code, seed]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    found = [
        {file.relative_to(tmp_path / seed): file.read_bytes()
         for file in (tmp_path / seed).rglob("*") if file.is_file()}
        for seed in ("1", "2")
    ]  # fmt: skip
    different = [name for name in found[0] if found[0][name] != found[1].get(name)]
    assert different == []
    assert len(found[0]) >= 8


def test_version_and_help_wait_for_nothing(tmp_path: Path) -> None:
    for flag in ("--version", "--help"):
        begun = time.perf_counter()
        code, names = loaded(tmp_path, flag)
        assert code == 0
        assert "numpy" not in names
        assert time.perf_counter() - begun < 2, "0.1 s on a machine with nothing else to do"


def test_a_c_locale_does_not_stop_hangul(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "LC_ALL": "C", "NNSTUDIO_LANGUAGE": "ko"}
    if sys.prefix.isascii():
        # without UTF-8 NumPy 2.5 can't be imported from an environment in a Hangul folder
        environment |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [*COMMAND, "info", "없는 파일.nns"], capture_output=True, env=environment, cwd=tmp_path
    )
    assert done.returncode == 1
    assert "없는 파일.nns 파일이 없습니다" in done.stderr.decode("utf-8")


def test_the_window_without_a_screen_is_a_sentence(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    without = {k: v for k, v in ENVIRONMENT.items()
               if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}  # fmt: skip
    done = subprocess.run(
        [*COMMAND, "net.nns"], capture_output=True, text=True, env=without, cwd=tmp_path
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr

"""A fresh checkout gets going: the scripts speak clearly and the wheel is whole."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import nnstudio
from nnstudio.__main__ import main
from nnstudio.cli import COMMANDS
from tests.helpers.scripts import PACKAGING, script

ROOT = PACKAGING.parent
posix = pytest.mark.skipif(os.name == "nt", reason="shell scripts")

environment = script("environment")
system_libraries = script("system_libraries")


# --- the two commands -----------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout of the scripts alone, without an environment, under a difficult path."""
    checkout = tmp_path / "한글 폴더" / "nn studio"
    (checkout / "packaging").mkdir(parents=True)
    for file in (found for found in PACKAGING.iterdir() if found.is_file()):
        (checkout / "packaging" / file.name).write_bytes(file.read_bytes())
    (checkout / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return checkout


def bash(checkout: Path, name: str, *arguments: str, **variables: str) -> tuple[int, list[str]]:
    """Run a script from another folder; return its exit code and the lines on stderr."""
    done = subprocess.run(
        ["bash", checkout / "packaging" / name, *arguments],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": str(checkout)} | variables,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()


@posix
@pytest.mark.parametrize("name", ["run.sh", "test.sh"])
def test_without_python_it_says_which_one_to_install(name: str, fresh: Path) -> None:
    tools = fresh / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "uname"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    code, lines = bash(fresh, name, "--version", PATH=str(tools))
    assert code == 1
    assert len(lines) == 1
    assert "No Python 3.11, 3.12, 3.13 or 3.14 was found. Install one" in lines[0]


@posix
def test_a_named_python_that_does_not_work_is_refused(fresh: Path) -> None:
    code, lines = bash(fresh, "run.sh", "--version", NNSTUDIO_PYTHON="/nowhere/python3")
    assert code == 1
    told = "NNSTUDIO_PYTHON is /nowhere/python3, but that is not a working Python 3.11 to 3.14."
    assert lines == [f"NN Studio: {told}"]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has windows only with a display")
def test_without_a_screen_it_points_to_the_commands(fresh: Path) -> None:
    code, lines = bash(fresh, "run.sh", NNSTUDIO_PYTHON=sys.executable)
    assert code == 1
    assert len(lines) == 1
    assert "There is no screen" in lines[0]


@posix
def test_without_a_network_it_says_so_and_can_go_on_later(fresh: Path) -> None:
    offline = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    code, lines = bash(fresh, "run.sh", "--version", NNSTUDIO_PYTHON=sys.executable, **offline)
    assert code == 1
    assert "could not be fetched; check the internet connection and start again" in lines[-1]
    assert not (fresh / ".venv" / "nnstudio-stamp.json").exists()
    assert not any("Traceback" in line for line in lines)


@posix
def test_where_it_cannot_write_it_says_so(fresh: Path) -> None:
    (fresh / ".cache").write_text("in the way")
    code, lines = bash(fresh, "run.sh", "--version", NNSTUDIO_PYTHON=sys.executable)
    assert code == 1
    assert len(lines) == 1
    assert "The environment could not be written" in lines[0]


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "ERROR: Could not find a version that satisfies x\n... NewConnectionError('...')",
            "the packages could not be fetched; check the internet connection and start again",
        ),
        (
            "ERROR: Could not find a version\nERROR: No matching distribution found for x==9",
            "No matching distribution found for x==9",
        ),
        ("", "pip stopped without a reason"),
    ],
)
def test_why_pip_failed_is_said_in_one_sentence(log: str, sentence: str) -> None:
    assert environment.reason(log) == sentence


def test_the_environment_is_renewed_for_other_packages_and_another_python() -> None:
    first = environment.key(["numpy>=1.26"], "3.11")
    assert first == environment.key(["numpy>=1.26"], "3.11")
    assert len({first, environment.key(["numpy>=2"], "3.11"), environment.key([], "3.12")}) == 3


def test_the_libraries_named_by_the_issue_of_a_bare_machine_are_known() -> None:
    known = set(system_libraries.PACKAGES.values())
    assert known >= {"libegl1", "libgl1", "libxkbcommon-x11-0", "libxcb-cursor0", "libdbus-1-3"}


# --- what is shipped ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_wheel_carries_every_shipped_file(wheel: Path) -> None:
    shipped = {
        file.relative_to(ROOT / "resources")
        for file in (ROOT / "resources").rglob("*")
        if file.is_file() and "parts" not in file.parts
    }
    inside = wheel / "nnstudio" / "resources"
    assert {file.relative_to(inside) for file in inside.rglob("*") if file.is_file()} == shipped


def test_the_shipped_files_are_found_in_a_wheel(wheel: Path) -> None:
    ask = "import nnstudio.paths as paths; print(paths.resources())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", ask],
        capture_output=True,
        text=True,
        cwd="/",
        env=os.environ | {"PYTHONPATH": str(wheel)},
    )
    assert done.stdout.strip() == str(wheel / "nnstudio" / "resources"), done.stderr


def test_the_fonts_come_with_their_licence() -> None:
    fonts = ROOT / "resources" / "fonts"
    for weight in ("Regular", "SemiBold", "Bold"):
        assert (fonts / f"Pretendard-{weight}.otf").read_bytes().startswith(b"OTTO")
    assert "SIL OPEN FONT LICENSE" in (fonts / "Pretendard-LICENSE.txt").read_text("utf-8").upper()


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", nnstudio.__version__)


def test_the_scripts_folder_does_not_hide_the_library_of_its_name() -> None:
    assert not (PACKAGING / "__init__.py").exists()


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(/home/|/root/|/Users/|[A-Z]:\\Users\\)[A-Za-z]")
    texts = [
        file
        for folder in ("nnstudio", "packaging", "resources", "tests", ".ci", "docs")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {"", ".py", ".sh", ".json", ".md", ".toml", ".csv", ".svg"}
        and file.is_file()
        and file != Path(__file__)
    ]
    wrong = [
        file.relative_to(ROOT).as_posix()
        for file in [*texts, ROOT / "README.md", ROOT / "pyproject.toml"]
        if place.search(file.read_text("utf-8"))
    ]
    assert wrong == []


def test_every_script_that_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"(?:packaging|\.ci|docs)/[\w./-]*\w", readme))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme[readme.index("| command | does |") :].split("\n\n")[0]
    assert {name for name in (*COMMANDS, "--self-test") if f"`{name}" not in table} == set()


def test_the_readme_shows_commands_that_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They run in order, in an empty folder; each may use what the one before has written."""
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text("utf-8")
    block = readme[readme.index("## The command line") :].split("```")[1]
    shown = [line for line in block.splitlines() if line.startswith("bash packaging/run.sh ")]
    assert len(shown) == 7
    for line in shown:
        code = main(shlex.split(line)[2:])
        assert code == 0, f"{line}: {capsys.readouterr().err}"

"""Makes and refreshes the checkout's private environment `.venv`; standard library only.

One environment serves the program and its tests: the tests' packages are added to the program's,
which halves disk and waiting time. The checkout itself is not installed, it stands on PYTHONPATH:
the `.pth` file of an editable install stops Python when the path has letters outside the locale.
Everything is said on stderr, because stdout belongs to the program that starts next.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from system_libraries import administrator, fail, install_system, mend_libraries, say

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = HOME / "nnstudio-stamp.json"
LOG = HOME / "nnstudio-install.log"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"

# --- what is wanted, and whether it is there ------------------------------------------------


def project() -> dict[str, Any]:
    """Return the table [project] of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def key(wanted: list[str], version: str) -> str:
    """Return a fingerprint that changes with the packages wanted or the Python they are for."""
    return hashlib.sha256(json.dumps([wanted, version, 1]).encode()).hexdigest()[:16]


def read_stamp() -> dict[str, Any]:
    """Return what earlier calls finished; empty when the environment is missing or broken."""
    try:
        found: dict[str, Any] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if PYTHON.exists() else {}


def write_stamp(**done: Any) -> None:
    """Note what is finished, beside what was noted before."""
    STAMP.write_text(json.dumps(read_stamp() | done, indent=1), "utf-8")


def environment_version() -> str:
    """Return "3.12" for the Python the environment was made by, "" when there is none."""
    with contextlib.suppress(OSError):
        for line in (HOME / "pyvenv.cfg").read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            if name.strip() == "version" and PYTHON.exists():
                return ".".join(value.strip().split(".")[:2])
    return ""


# --- making it ------------------------------------------------------------------------------


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold a lock, so that run.sh and test.sh started together don't install over each other."""
    if os.name == "nt":
        yield
        return
    import fcntl

    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / "environment.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(version: str) -> None:
    """Make an empty environment when there is none, or one of another Python."""
    found = environment_version()
    if found == version and runs(PYTHON):
        return
    if HOME.exists():
        say(f"making .venv anew, for Python {version} (it was for {found or 'a missing Python'})")
        shutil.rmtree(HOME)
    else:
        say(f"making a private environment for Python {version} in {HOME} (only the first time)")
    if not has_venv(version):
        fail(
            f"This Python can't make environments. Install its venv module "
            f"(sudo apt-get install -y python{version}-venv) and start again."
        )
    done = subprocess.run([sys.executable, "-m", "venv", str(HOME)], capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        shutil.rmtree(HOME, ignore_errors=True)
        fail(f"The environment could not be made in {HOME}: {last[-1]}")


def runs(python: Path) -> bool:
    """Return whether this interpreter starts and has pip."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def has_venv(version: str) -> bool:
    """Return whether this Python can make environments, after mending Debian's split-off module."""
    ask = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(ask, capture_output=True).returncode == 0:
        return True
    apt = administrator()
    if apt:
        say(f"installing the system package python{version}-venv")
        install_system(apt, [f"python{version}-venv"])
    return subprocess.run(ask, capture_output=True).returncode == 0


def pip(*arguments: str) -> str:
    """Run `pip install`; return "" when it worked, else one sentence saying why not."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--log", str(LOG)]
    LOG.unlink(missing_ok=True)
    # what stands in the checkout must not hide what is not yet installed
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    watched = sys.stderr if sys.stderr.isatty() else subprocess.DEVNULL
    done = subprocess.run(
        [*command, "install", *arguments], stdout=watched, stderr=watched, env=outside, cwd=HOME
    )
    return "" if done.returncode == 0 else reason(LOG.read_text("utf-8") if LOG.exists() else "")


def reason(log: str) -> str:
    """Return one sentence on why pip failed, from its log."""
    if "No space left on device" in log:
        return "the disk is full"
    network = (
        r"NewConnectionError|NameResolutionError|Failed to establish|Max retries|"
        r"ConnectTimeout|ReadTimeout|ProxyError|SSLError|ConnectionResetError|ProtocolError"
    )
    if re.search(network, log):
        return "the packages could not be fetched; check the internet connection and start again"
    errors = re.findall(r"ERROR: (.+)", log)
    return str(errors[-1]) if errors else "pip stopped without a reason"


def install(*wanted: str) -> None:
    """Install these requirements or stop with one sentence."""
    problem = pip(*wanted)
    if problem:
        fail(f"Installing failed: {problem}. The full log is {LOG}")


def install_peers(wanted: list[str]) -> list[str]:
    """Install the libraries the tests compare with, each alone; return those that can't be had."""
    skipped = []
    for requirement in wanted:
        if requirement.startswith("torch=="):
            problem = install_torch(requirement)
        else:
            problem = pip("--only-binary", ":all:", requirement)
        if problem:
            say(f"going on without {requirement}: {problem}")
            skipped.append(requirement)
    return skipped


def install_torch(requirement: str) -> str:
    """Install PyTorch, but never the gigabytes of CUDA; return why not, or ""."""
    if sys.platform == "linux" and offers_cuda(requirement):
        patience = ("--retries", "0", "--timeout", "15")
        problem = pip(*patience, "--no-deps", "--index-url", CPU_INDEX, requirement)
        if problem:
            return f"pip offers only the build with gigabytes of CUDA ({CPU_INDEX}: {problem})"
    return pip(requirement)


def offers_cuda(requirement: str) -> bool:
    """Return whether pip would take a build that needs the CUDA libraries (nothing is fetched)."""
    report = HOME / "nnstudio-torch.json"
    look = ("--dry-run", "--no-deps", "--ignore-installed", "--report", str(report))
    if pip(*look, requirement):
        return False  # nothing offered at all: the real call says why
    needed = json.loads(report.read_text("utf-8"))["install"][0]["metadata"]
    report.unlink()
    return any(name.startswith(("nvidia-", "cuda-")) for name in needed.get("requires_dist", []))


# --- the whole ------------------------------------------------------------------------------


def prepare(goal: str) -> None:
    """Bring the environment to where `goal` needs it: "command", "window" or "test"."""
    inside = Path(sys.prefix).resolve() == HOME.resolve()
    version = environment_version() if inside else ".".join(map(str, sys.version_info[:2]))
    table = project()
    extras = table["optional-dependencies"]
    runtime, tools, peers = table["dependencies"], extras["dev"], extras["peers"]
    keys = {
        "command": key(runtime, version),
        "window": key([*runtime, "libraries"], version),
        "test": key([*runtime, *tools, *peers], version),
    }
    strict = os.environ.get("NNSTUDIO_REQUIRE_PEERS") == "1"

    def fresh() -> bool:
        stamp = read_stamp()
        complete = not (goal == "test" and strict and stamp.get("skipped"))
        return stamp.get(goal) == keys[goal] and complete and environment_version() == version

    if not fresh():
        with alone():
            if not fresh():
                bring(goal, version, keys, runtime, tools, peers)
    skipped = read_stamp().get("skipped", [])
    if goal == "test" and skipped:
        told = f"tests that compare with these are skipped: {', '.join(skipped)}"
        if strict:
            fail(f"NNSTUDIO_REQUIRE_PEERS=1, but {told}")
        say(told)


def bring(
    goal: str,
    version: str,
    keys: dict[str, str],
    runtime: list[str],
    tools: list[str],
    peers: list[str],
) -> None:
    """Install what is not there yet and note it."""
    make(version)
    if goal == "test":
        say("fetching the libraries that the tests compare with (about 1.2 GB on the disk)")
        skipped = install_peers(peers)
        say("fetching the program's libraries and the test tools")
        install(*runtime, *tools)
        mend_libraries(HOME, window=False)
        write_stamp(test=keys["test"], command=keys["command"], skipped=skipped)
        return
    if read_stamp().get("command") != keys["command"]:
        say("fetching the program's libraries (about 0.4 GB on the disk)")
        install(*runtime)
        write_stamp(command=keys["command"])
    if goal == "window":
        mend_libraries(HOME, window=True)
        write_stamp(window=keys["window"])
    say("ready")


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except KeyboardInterrupt:
        say("interrupted; the next start goes on from here")
        sys.exit(130)
    except OSError as error:
        fail(f"The environment could not be written: {error}")

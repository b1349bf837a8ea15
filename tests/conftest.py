"""What every test stands on: one BLAS thread, its own folders, fixed seeds, nothing left behind."""

import os

# NumPy reads these once, when it is imported.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from nnstudio import i18n
from tests.helpers import leaks
from tests.helpers.peers import DEMANDED, missing_peers

# The same examples on every machine and run; NNSTUDIO_HYPOTHESIS=explore looks for new ones.
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=_slow
)
settings.register_profile(
    "explore", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_slow
)
settings.load_profile(os.environ.get("NNSTUDIO_HYPOTHESIS", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run check the gradients of every pair of layers, not only of one case each."""
    parser.addoption("--all-pairs", action="store_true", help="every pair of layer cases")


def pytest_report_header() -> list[str]:
    """Name the libraries whose comparisons will be skipped."""
    missing = missing_peers()
    return [f"skipped for want of: {', '.join(missing)}"] if missing else []


def pytest_sessionstart() -> None:
    """Refuse to run half a comparison where the whole is demanded."""
    if DEMANDED and missing_peers():
        raise pytest.UsageError(
            f"NNSTUDIO_REQUIRE_PEERS=1, but these are missing: {', '.join(missing_peers())}"
        )


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail the test that leaves a thread behind, not a later one."""
    before = leaks.threads()
    yield
    left = leaks.still_running(before)
    if left:
        pytest.fail(f"The test left threads running: {', '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own settings and data folders; return their common parent."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("NNSTUDIO_LANGUAGE", "en")
    return home


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start and leave every test with English texts."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def seeds(request: pytest.FixtureRequest) -> int:
    """Seed the global generators from the test's name, whatever ran before; return the seed."""
    seed = zlib.crc32(request.node.nodeid.encode())
    random.seed(seed)
    np.random.seed(seed)
    return seed


@pytest.fixture
def rng(seeds: int) -> np.random.Generator:
    """A generator of its own for each test, the same in every run."""
    return np.random.default_rng(seeds)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of large data sets: NNSTUDIO_SHARED_DATA, or shared/data beside the checkout."""
    named = os.environ.get("NNSTUDIO_SHARED_DATA")
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(named) if named else beside
    if not folder.is_dir():
        pytest.skip(f"no folder of large data sets at {folder} (set NNSTUDIO_SHARED_DATA)")
    return folder

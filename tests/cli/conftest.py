"""Commands run in this process: what they print, and their exit code."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nnstudio.__main__ import main


@dataclass(frozen=True)
class Done:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """What was said about a failure, in one line and without a traceback."""
        lines = [line for line in self.err.splitlines() if line.startswith("nnstudio")]
        assert "Traceback" not in self.err
        assert len(lines) == 1, self.err
        return lines[0]


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `nnstudio` with arguments in the test's own folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        found = capsys.readouterr()
        return Done(code, found.out, found.err)

    return call

"""The self-test finds what a bundle lost, and its list of parts is up to date."""

import json
from pathlib import Path

import pytest

from nnstudio.i18n import set_language
from nnstudio.paths import resources
from nnstudio.services import selftest
from tests.helpers.scripts import PACKAGING, script


def test_the_shipped_list_of_parts_is_up_to_date() -> None:
    shipped = (resources() / selftest.KINDS_FILE).read_text("utf-8")
    assert shipped == script("update_kinds").content(), "run: python packaging/update_kinds.py"
    assert PACKAGING.parent / "resources" / selftest.KINDS_FILE == script("update_kinds").KINDS


def test_every_check_passes_here_in_a_line_each() -> None:
    lines: list[str] = []
    assert selftest.run(lines.append) == 0
    assert len(lines) == len(selftest.CHECKS)
    assert all(line.startswith("ok  ") for line in lines)
    assert "onnx" in lines[-1]


def test_korean_lines() -> None:
    lines: list[str] = []
    set_language("ko")
    selftest.run(lines.append)
    assert all(line.startswith("정상  ") for line in lines)


def test_a_lost_part_is_named_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = selftest.kinds()
    kinds["layers"].append("conv9d")
    (tmp_path / selftest.KINDS_FILE).write_text(json.dumps(kinds), "utf-8")
    monkeypatch.setattr(selftest, "resources", lambda: tmp_path)
    lines: list[str] = []
    assert selftest.run(lines.append) == 1
    assert lines[0].startswith("FAILED")
    assert "layers/conv9d" in lines[0]
    assert any(line.startswith("FAILED  shipped files") for line in lines), "no fonts there"
    assert any(line.startswith("ok  training") for line in lines), "the other checks go on"

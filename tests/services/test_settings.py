"""Settings survive, damaged files don't matter, and recent files are those that exist."""

import json
import logging
from pathlib import Path

import pytest

from nnstudio.errors import StudioError
from nnstudio.services import logs
from nnstudio.services.folders import settings_folder
from nnstudio.services.recent import MOST, Recent
from nnstudio.services.settings import ROWS, Settings


def test_values_come_back_in_the_next_session(own_folders: Path) -> None:
    first = Settings()
    first.set("language", "ko")
    first.set("threads", 4)
    first.keep_window("AAAA", {"folded": ["left"]})
    again = Settings()
    assert again.get("language") == "ko"
    assert again.get("threads") == 4
    assert again.geometry == "AAAA"
    assert again.layout == {"folded": ["left"]}
    assert settings_folder().is_relative_to(own_folders)


def test_every_row_starts_with_its_default_and_takes_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for row in ROWS:
        assert settings.get(row.name) == row.default
        settings.set(row.name, row.default)
    assert not (tmp_path / "settings.json").exists()


def test_a_value_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(StudioError):
        settings.set("threads", 0)
    with pytest.raises(KeyError):
        settings.set("nothing", 0)
    assert settings.get("threads") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[1, 2]",
        b"{" * 5000,
        b'{"values": 3, "recent": 4, "layout": 5, "geometry": 6}',
        json.dumps({"values": {"threads": "many", "gone": 1, "theme": "purple"}}).encode(),
    ],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    settings = Settings(file)
    assert all(settings.get(row.name) == row.default for row in ROWS)
    assert (settings.geometry, dict(settings.layout), settings.recent) == ("", {}, ())
    settings.set("theme", "dark")
    assert Settings(file).get("theme") == "dark"


def test_a_folder_that_can_not_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file stands in the way")
    settings = Settings(tmp_path / "folder" / "settings.json")
    settings.set("theme", "dark")
    assert settings.get("theme") == "dark"


def test_recent_files_are_the_newest_first_and_those_that_exist(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    recent = Recent(settings)
    files = [tmp_path / f"{number}.nns" for number in range(MOST + 2)]
    for file in files:
        file.touch()
        recent.add(file)
    recent.add(files[5])
    assert recent.files()[0] == files[5].resolve()
    assert len(recent.files()) == MOST
    files[5].unlink()
    assert files[5].resolve() not in recent.files()
    assert Recent(Settings(tmp_path / "settings.json")).files() == recent.files()


def test_the_log_is_written_and_closed(tmp_path: Path) -> None:
    folder = logs.start(tmp_path / "로그")
    assert folder is not None
    logging.getLogger("nnstudio").warning("마침내")
    logs.stop()
    assert "마침내" in (folder / "nnstudio.log").read_text("utf-8")
    (tmp_path / "x").touch()
    assert logs.start(tmp_path / "x" / "logs") is None

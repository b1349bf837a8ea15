"""`.nns` files: everything comes back bit for bit, the same bytes twice, unknown things kept."""

import json
import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data.dataset import datasets
from nnstudio.data.propose import propose
from nnstudio.data.spec import Source
from nnstudio.data.table import Table, category_column, number_column
from nnstudio.document import edits
from nnstudio.document.project import Project, RunState, freeze
from nnstudio.document.unknown import Unknown
from nnstudio.errors import StudioError
from nnstudio.exchange import atomic
from nnstudio.exchange.archive import write_entries
from nnstudio.exchange.project_file import Opened, entries_of, open_project, read_plain, save
from tests.document.projects import circle

PNG = b"\x89PNG\r\n\x1a\n picture"


def rich() -> Project:
    """A project that uses every part of the format."""
    table = Table(
        (
            number_column("키", [1.0, 2.0, None, 4.0, 5.0, 6.5]),
            category_column("종", ["가", "나", "가", "나", "가", "나"]),
        ),
        "교실",
        ("one cell was mended",),
    )
    spec = propose(table, Source("embedded", "교실"), "종")
    project = edits.bind_data(Project(), spec, {"교실": table})
    project = edits.complete_weights(project)
    project = edits.cut(project, "dense_1/weight", (0, 1))
    project = edits.freeze_entries(project, "dense_2/bias", None, True)
    project = edits.add_note(project, "쪽지 “quoted”", 10.5, -3)
    project = edits.group(project, ["dense_1", "dense_2"])
    project = edits.rename(project, "dense_1", "은닉층")
    project = edits.set_title(project, "우리 반")
    project = edits.set_training(project, "optimizer", "momentum")
    project = edits.set_training(project, "objective", "delta")
    project = edits.set_training(project, "l2", 0.001)
    slots = {"dense_1/weight.v": np.full((1, 8), 0.1), "odd name!": np.arange(3, dtype=np.float32)}
    generator = {"order": {"state": 2**127 + 1, "inc": 3}, "epoch": 4, "loss_sum": 0.1}
    curves = {"loss": (1.0, 0.1 + 0.2), "validation_loss": (float("nan"), 2.0)}
    run = RunState(4, 40, freeze(slots), freeze(generator), freeze(curves))
    return project.but(run=run)


def same(a: Project, b: Project) -> None:
    assert (a.graph, a.places, a.notes, a.groups) == (b.graph, b.places, b.notes, b.groups)
    assert (a.data, a.training, a.title, a.fitted) == (b.data, b.training, b.title, b.fitted)
    for one, other in [(a.weights, b.weights), (a.masks, b.masks), (a.run.slots, b.run.slots)]:
        assert one.keys() == other.keys()
        for name in one:
            assert one[name].dtype == other[name].dtype
            assert one[name].tobytes() == other[name].tobytes()
            assert not other[name].flags.writeable
    assert (a.run.epoch, a.run.iteration) == (b.run.epoch, b.run.iteration)
    assert a.run.generator == b.run.generator
    assert str(a.run.curves) == str(b.run.curves)


def test_everything_comes_back_bit_for_bit(tmp_path: Path) -> None:
    project = rich()
    path = tmp_path / "우리 반.nns"
    save(project, path, view={"zoom": 1.5, "tabs": ["loss"]}, thumbnail=PNG)
    opened = open_project(path)
    assert not opened.warnings
    same(project, opened.project)
    assert opened.view == {"zoom": 1.5, "tabs": ["loss"]}
    assert opened.thumbnail == PNG
    table = opened.project.tables["교실"]
    assert table.values("종") == project.tables["교실"].values("종")
    assert table.repairs == ("one cell was mended",)


def test_an_empty_project_comes_back(tmp_path: Path) -> None:
    save(Project(), tmp_path / "a.nns")
    same(Project(), open_project(tmp_path / "a.nns").project)


def test_equal_projects_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.nns", "b.nns"):
        save(rich(), tmp_path / name, view={"b": 1, "a": 2})
    assert (tmp_path / "a.nns").read_bytes() == (tmp_path / "b.nns").read_bytes()
    again = open_project(tmp_path / "a.nns")
    save(again.project, tmp_path / "c.nns", view=again.view)
    assert (tmp_path / "c.nns").read_bytes() == (tmp_path / "a.nns").read_bytes()


def test_the_file_is_a_plain_zip_others_can_look_into(tmp_path: Path) -> None:
    save(circle(), tmp_path / "a.nns")
    with zipfile.ZipFile(tmp_path / "a.nns") as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.testzip() is None
        plain = json.loads(archive.read("project.json"))
        assert plain["format_version"] == 1
        with archive.open("weights/dense_1/weight.npy") as entry:
            weight = np.load(entry, allow_pickle=False)
    np.testing.assert_array_equal(weight, circle().weights["dense_1/weight"])


def test_a_headless_save_keeps_picture_and_view(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path, view={"zoom": 2}, thumbnail=PNG)
    save(edits.set_title(circle(), "new"), path)
    opened = open_project(path)
    assert (opened.project.title, opened.view, opened.thumbnail) == ("new", {"zoom": 2}, PNG)


def test_the_former_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    for title in ("one", "two", "three"):
        save(edits.set_title(circle(), title), path)
    assert open_project(path).project.title == "three"
    assert open_project(atomic.backup_of(path)).project.title == "two"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.nns", "a.nns.bak"]


def test_without_hard_links_the_backup_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError("no links on this stick")

    monkeypatch.setattr(os, "link", refuse)
    test_the_former_version_is_kept(tmp_path)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudioError, match="disk is full"):
        save(edits.set_title(circle(), "new"), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.nns"]


def test_saving_where_there_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        save(circle(), tmp_path / "nowhere" / "a.nns")
    assert caught.value.hint


def test_saving_under_too_long_a_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="too long"):
        save(circle(), tmp_path / f"{'표' * 300}.nns")
    assert not list(tmp_path.iterdir())


def test_links_and_permissions_survive(tmp_path: Path) -> None:
    real = tmp_path / "real.nns"
    save(circle(), real)
    real.chmod(0o640)
    link = tmp_path / "link.nns"
    link.symlink_to(real)
    save(edits.set_title(circle(), "new"), link)
    assert link.is_symlink()
    assert open_project(real).project.title == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_leftovers_of_a_crash_long_ago_are_swept(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.nns.0123.tmp", tmp_path / ".a.nns.4567.tmp"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    save(circle(), tmp_path / "a.nns")
    assert not old.exists()
    assert young.exists()


def rewrite(path: Path, change: object) -> None:
    """Let `change(plain)` edit `project.json` inside a file."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    plain = json.loads(entries["project.json"])
    change(plain)  # type: ignore[operator]
    entries["project.json"] = json.dumps(plain).encode()
    del entries["mimetype"]
    with path.open("wb") as file:
        write_entries(file, entries.items())


def test_unknown_layers_are_kept_with_values_wires_and_weights(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)

    def future(plain: dict[str, object]) -> None:
        node = plain["nodes"][2]  # type: ignore[index]
        node["kind"] = "capsule"
        node["settings"] = {"routes": [1, 2, {"deep": "값"}], "scale": 0.1}
        plain["nodes"][1]["settings"] = {"units": 4, "activation": "mystery"}  # type: ignore[index]

    rewrite(path, future)
    opened = open_project(path)
    assert len(opened.warnings) == 2
    assert isinstance(opened.project.graph["dense_2"].layer, Unknown)
    again = tmp_path / "b.nns"
    save(opened.project, again)
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(again) as two:
        before, after = (json.loads(z.read("project.json")) for z in (one, two))
        assert set(one.namelist()) == set(two.namelist())
        name = "weights/dense_2/weight.npy"
        assert one.read(name) == two.read(name)
    assert before["nodes"] == after["nodes"]
    assert before["wires"] == after["wires"]


def test_unknown_training_settings_are_told_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)

    def future(plain: dict[str, object]) -> None:
        plain["training"] = {
            "optimizer": {"kind": "lion", "settings": {"learning_rate": 0.1}},
            "settings": {"epochs": 7, "warp": 9, "batch_size": -3},
        }

    rewrite(path, future)
    opened = open_project(path)
    assert opened.project.training.epochs == 7
    assert len(opened.warnings) == 3


def test_weights_that_do_not_fit_start_anew_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)

    def wider(plain: dict[str, object]) -> None:
        plain["nodes"][1]["settings"]["units"] = 5  # type: ignore[index]

    rewrite(path, wider)
    opened = open_project(path)
    assert opened.warnings
    assert "dense_1/weight" not in opened.project.weights


def test_a_file_of_a_newer_version_is_refused_clearly(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    save(circle(), path)
    rewrite(path, lambda plain: plain.update(format_version=9, min_reader=9))
    with pytest.raises(StudioError, match="newer version"):
        open_project(path)
    rewrite(path, lambda plain: plain.update(format_version=9, min_reader=1, extra={"a": 1}))
    same(open_project(path).project, circle())


def test_a_file_source_outside_the_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nns"
    project = circle()
    assert project.data is not None
    for name in ("/etc/passwd", "../secret.csv", "a/../../b.csv", "C:\\data.csv", "a:b"):
        spec = replace(project.data, source=Source("file", path=name))
        save(project.but(data=spec), path)
        with pytest.raises(StudioError):
            open_project(path)
    spec = replace(project.data, source=Source("file", path="data/표.csv"))
    save(project.but(data=spec), path)
    assert open_project(path).project.data == spec


def test_a_large_table_compresses_nothing_and_opens(tmp_path: Path) -> None:
    table = Table(
        (number_column("x", np.arange(200_000) % 2), number_column("y", np.ones(200_000)))
    )
    spec = propose(table, Source("embedded", "zeros"), "y")
    project = Project(data=spec).but(tables={"zeros": table, "unused": table})
    save(project, tmp_path / "a.nns")
    opened = open_project(tmp_path / "a.nns")
    assert opened.project.tables["zeros"].row_count == 200_000
    assert "unused" not in opened.project.tables


def test_every_dataset_can_be_saved_with_its_fit(tmp_path: Path) -> None:
    for dataset in datasets:
        project = edits.bind_data(Project(), dataset.default_spec())
        save(project, tmp_path / "a.nns")
        opened: Opened = open_project(tmp_path / "a.nns")
        assert opened.project.data == project.data
        assert opened.project.fitted == project.fitted
        assert list(entries_of(opened.project)) == list(entries_of(project))


def test_a_rate_that_does_not_fit_is_told_and_left_out() -> None:
    plain = json.loads(dict(entries_of(circle().but(weights={}, masks={})))["project.json"])
    plain["training"]["optimizer"] = {"kind": "adam", "settings": {"learning_rate": -5.0}}
    project, warnings = read_plain(json.dumps({**plain, "arrays": []}).encode())
    assert project.training.learning_rate > 0
    assert "learning_rate = -5" in " ".join(warnings)

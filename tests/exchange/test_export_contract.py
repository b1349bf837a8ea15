"""What every export promises: equal bytes, no private words, whole or not at all, refusals."""

import getpass
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.unknown import unknown_layer
from nnstudio.engine import GraphBuilder, layers
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import Exporter
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.model import model_of
from nnstudio.exchange.proof import compare, difference
from nnstudio.i18n import set_language
from tests.helpers.exports import school, school_csv, template

KINDS = list(EXPORTERS)


def id_of(kind: type[Exporter]) -> str:
    return kind.id


def content(path: Path) -> dict[str, bytes]:
    """Return every file of an export by its name."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name if file == path else str(file.relative_to(path)): file.read_bytes()
            for file in files}  # fmt: skip


@pytest.fixture(scope="module")
def iris() -> Project:
    return template("iris")


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_two_exports_are_equal_bytes(kind: type[Exporter], iris: Project, tmp_path: Path) -> None:
    found = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / f"net{kind.extension}"
        kind().export(iris, path)
        found.append(content(path))
        assert [file.name for file in (tmp_path / folder).iterdir()] == [path.name]
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_an_export_names_no_person_and_no_place(kind: type[Exporter], tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "반 명단.csv"))
    path = tmp_path / f"net{kind.extension}"
    kind().export(project, path)
    for name, found in content(path).items():
        for word in (str(tmp_path), str(Path.home()), os.getcwd(), "반 명단"):
            assert word.encode() not in found, f"{word} in {name}"
        if len(getpass.getuser()) > 4:
            assert getpass.getuser().encode() not in found, name


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_exported_files_may_be_read_as_any_new_file(
    kind: type[Exporter], iris: Project, tmp_path: Path
) -> None:
    before = os.umask(0o022)
    try:
        report = kind().export(iris, tmp_path / f"net{kind.extension}")
    finally:
        os.umask(before)
    for file in report.files:
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o755 if file.is_dir() else 0o644), file.name


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_a_second_export_takes_the_place_of_the_first(
    kind: type[Exporter], iris: Project, tmp_path: Path
) -> None:
    path = tmp_path / f"net{kind.extension}"
    kind().export(template("iris", 1), path)
    kind().export(iris, path)
    fresh = tmp_path / f"fresh{kind.extension}"
    kind().export(iris, fresh)
    assert list(content(path).values()) == list(content(fresh).values())
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_a_place_that_cannot_be_written_is_a_sentence(
    kind: type[Exporter], iris: Project, tmp_path: Path
) -> None:
    for place in (tmp_path / "nowhere" / "net", tmp_path / ("net" * 100)):
        with pytest.raises(StudioError) as refused:
            kind().export(iris, place.with_name(place.name + kind.extension))
        assert refused.value.hint
    file = tmp_path / "file"
    file.write_text("mine")
    if kind.folder:
        with pytest.raises(StudioError):
            kind().export(iris, file)
    else:
        with pytest.raises(StudioError):
            kind().export(iris, tmp_path)
    assert file.read_text() == "mine"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_folder_with_other_things_in_it_is_left_alone(iris: Project, tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "homework.txt").write_text("mine")
    with pytest.raises(StudioError, match=r"homework\.txt"):
        EXPORTERS["numpy"]().export(iris, folder)
    assert [file.name for file in folder.iterdir()] == ["homework.txt"]


@pytest.mark.parametrize("id", ["onnx", "numpy", "safetensors"])
def test_an_unknown_layer_is_named_before_anything_is_written(id: str, tmp_path: Path) -> None:
    project = edits.replace_layer(
        template("iris"), "dense_1", unknown_layer("quantum", {}, ("input",))
    )
    with pytest.raises(StudioError, match="quantum"):
        EXPORTERS[id]().export(project, tmp_path / "net")
    assert list(tmp_path.iterdir()) == []


def test_an_operation_the_format_lacks_names_its_layer(iris: Project) -> None:
    with pytest.raises(StudioError, match="Dense 1") as refused:
        model_of(iris, {"is_nan", "where", "subtract", "divide", "matmul", "add"})
    assert refused.value.hint


@pytest.mark.parametrize("id", ["onnx", "numpy", "safetensors", "weights", "svg"])
def test_an_empty_canvas_is_refused(id: str, tmp_path: Path) -> None:
    with pytest.raises(StudioError):
        EXPORTERS[id]().export(Project(), tmp_path / "net")
    assert list(tmp_path.iterdir()) == []


def test_too_few_neurons_for_the_classes_are_refused_by_name(iris: Project, tmp_path: Path) -> None:
    project = edits.set_setting(iris, "dense_2", "units", 2)
    with pytest.raises(StudioError, match="Output"):
        EXPORTERS["onnx"]().export(project, tmp_path / "net.onnx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS, ids=id_of)
def test_exporting_changes_nothing_in_the_project(
    kind: type[Exporter], iris: Project, tmp_path: Path
) -> None:
    before = {name: array.copy() for name, array in iris.weights.items()}
    kind().export(iris, tmp_path / f"net{kind.extension}")
    assert all(np.array_equal(before[name], array) for name, array in iris.weights.items())


def test_a_reader_that_answers_something_else_is_refused(iris: Project, tmp_path: Path) -> None:
    model = model_of(iris)
    good = {name: np.array(answer) for name, answer in model.answers.items()}
    assert compare(model, good, tmp_path / "net") == 0
    wrong = {**good, "probabilities": good["probabilities"] + 0.01}
    with pytest.raises(StudioError, match="differ"):
        compare(model, wrong, tmp_path / "net")
    with pytest.raises(StudioError):
        compare(model, {**good, "class_index": (good["class_index"] + 1) % 3}, tmp_path)
    with pytest.raises(StudioError):
        compare(model, {**good, "probabilities": good["probabilities"][:5]}, tmp_path)
    holes = good["probabilities"].copy()
    holes[3, 1] = np.nan
    with pytest.raises(StudioError):
        compare(model, {**good, "probabilities": holes}, tmp_path)


def test_difference_is_relative_for_large_answers_and_never_hides_a_hole() -> None:
    assert difference(np.array([1e6]), np.array([1e6 + 1])) == pytest.approx(1e-6)
    assert difference(np.array([0.1]), np.array([0.3])) == pytest.approx(0.2)
    assert difference(np.array([np.nan, 1.0]), np.array([np.nan, 1.0])) == 0
    assert difference(np.array([1.0]), np.array([np.nan])) == np.inf
    assert difference(np.array([np.inf]), np.array([1.0])) == np.inf
    assert difference(np.zeros(0), np.zeros(0)) == 0


def test_the_card_speaks_the_users_language(iris: Project, tmp_path: Path) -> None:
    EXPORTERS["numpy"]().export(iris, tmp_path / "en")
    set_language("ko")
    try:
        report = EXPORTERS["numpy"]().export(iris, tmp_path / "ko")
        sentence = report.sentence()
    finally:
        set_language("en")
    english, korean = ((tmp_path / name / "README.md").read_text("utf-8") for name in ("en", "ko"))
    assert "What goes in" in english
    assert "petal length: 1 to 6.7 cm" in english
    assert "accuracy on test rows" in english.lower()
    assert "들어가는 것" in korean
    assert "테스트 행의 정확도" in korean
    assert "확인했습니다" in sentence


def test_the_card_of_an_untrained_network_says_so(tmp_path: Path) -> None:
    build = GraphBuilder()
    end = build.add(layers.Dense(2), build.add(layers.Input(shape=(3,))))
    build.add(layers.Output(), end)
    EXPORTERS["numpy"]().export(Project(graph=build.build()), tmp_path / "net")
    assert "It was not trained." in (tmp_path / "net" / "README.md").read_text("utf-8")

"""The other commands: new, templates, info, predict, export, render, bench, --self-test."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from nnstudio import __version__
from nnstudio.cli import COMMANDS, is_command
from nnstudio.cli.table import aligned, cells
from nnstudio.document import edits
from nnstudio.exchange.exporter import in_order
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.project_file import open_project, save
from nnstudio.exchange.templates import TEMPLATES
from tests.cli.conftest import Run
from tests.helpers.exports import school_csv, two_by_two


@pytest.fixture
def trained(run: Run, tmp_path: Path) -> Path:
    run("new", "iris", "-o", "raw.nns")
    assert run("train", "raw.nns", "--epochs", 60, "-o", "iris.nns").code == 0
    return tmp_path / "iris.nns"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_every_template_becomes_a_project(run: Run, tmp_path: Path) -> None:
    for id in TEMPLATES:
        assert run("new", id, "-o", f"{id}.nns").code == 0
        assert open_project(tmp_path / f"{id}.nns").project.template == id


def test_templates_are_listed(run: Run) -> None:
    assert [line.split()[0] for line in run("templates").out.splitlines()] == list(TEMPLATES)
    facts = json.loads(run("templates", "--json").out)
    assert [each["id"] for each in facts] == list(TEMPLATES)
    assert all(each["title"] and each["summary"] for each in facts)


def test_a_cp949_table_is_bound_trained_and_answered(run: Run, tmp_path: Path) -> None:
    school_csv(tmp_path / "반.csv")
    done = run("new", "blank", "-o", "net.nns", "--data", "반.csv", "--target", "결과",
               "--title", "합격 예측")  # fmt: skip
    assert done.code == 0, done.err
    assert run("train", "net.nns", "--epochs", 40, "--in-place").code == 0
    done = run("predict", "net.nns", "반.csv", "-o", "답.csv")
    assert done.code == 0, done.err
    assert "60 rows" in done.out
    found = rows(tmp_path / "답.csv")
    assert len(found) == 60
    right = sum(row["결과"] == row["predicted 결과"] for row in found)
    assert right > 45
    shares = [float(row["P(불합격)"]) + float(row["P(합격)"]) for row in found]
    assert shares == pytest.approx([1.0] * 60)
    assert open_project(tmp_path / "net.nns").project.title == "합격 예측"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new", "nosuch", "-o", "a.nns"], "no template called nosuch"),
        (["new", "iris", "-o", "a.txt"], "ends in .nns"),
        (["new", "iris", "-o", "no/a.nns"], "There is no folder"),
        (["new", "iris", "-o", "folder.nns"], "is a folder"),
        (["new", "iris", "-o", "a.nns", "--data", "no.csv"], "no file no.csv"),
        (["new", "iris", "-o", "a.nns", "--data", "folder.nns"], "is a folder"),
        (["new", "iris", "-o", "a.nns", "--data", "bad.nns"], ""),
        (["new", "iris", "-o", "a.nns", "--data", "t.csv", "--target", "zzz"], "zzz"),
        (["info", "no.nns"], "no file no.nns"),
        (["info", "folder.nns"], "is a folder"),
        (["info", "bad.nns"], "damaged or is no NN Studio project"),
        (["train", "bad.nns", "-o", "a.nns"], "damaged"),
        (["predict", "raw.nns", "t.csv", "-o", "o.csv"], "has not been trained"),
        (["predict", "bad.nns", "t.csv", "-o", "o.csv"], "damaged"),
        (["predict", "raw.nns", "t.csv", "-o", "no/o.csv"], "There is no folder"),
        (["export", "raw.nns", "--format", "foo", "-o", "x"], "no format foo"),
        (["export", "raw.nns", "--format", "png", "-o", "x"], "nnstudio render"),
        (["export", "no.nns", "--format", "onnx", "-o", "x"], "no file no.nns"),
        (["export", "raw.nns", "--format", "onnx", "-o", "no/x"], "There is no folder"),
        (["export", "raw.nns", "--format", "curves", "-o", "x.csv"], "no curves yet"),
        (["render", "raw.nns", "-o", "net.gif"], "can't be written as net.gif"),
        (["render", "raw.nns", "-o", "no/net.svg"], "There is no folder"),
        (["render", "blank.nns", "-o", "net.svg"], "no neurons"),
        (["bench", "W99"], "W99"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str], words: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "folder.nns").mkdir()
    (tmp_path / "bad.nns").write_bytes(b"PK\x03\x04" + bytes(range(200)))
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3,4\n5,6\n")
    run("new", "iris", "-o", "raw.nns")
    run("new", "blank", "-o", "blank.nns")
    before = sorted(tmp_path.iterdir())
    done = run(*arguments)
    assert done.code == 1
    assert words in done.sentence
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [["trian"], ["new"], ["new", "iris"], ["info"], ["export"], ["export", "x.nns"],
     ["predict", "x.nns"], ["render", "x.nns"], ["new", "iris", "-o", "a.nns", "--target", "x"],
     ["templates", "--foo"]],
)  # fmt: skip
def test_wrong_usage_is_shown_and_ends_with_two(arguments: list[str], run: Run) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.err.startswith("usage: nnstudio")
    assert "--help" in done.err
    assert done.out == ""


def test_info_describes_layers_data_and_training(run: Run, trained: Path) -> None:
    facts = json.loads(run("info", trained, "--json").out)
    assert [layer["kind"] for layer in facts["layers"]] == ["input", "dense", "dense", "output"]
    assert facts["parameters"] == 67
    assert facts["data"]["targets"] == ["species"]
    assert facts["epochs_trained"] == 60
    assert facts["training"]["learning_rate"] > 0
    assert facts["problems"] == []
    words = run("info", trained).out
    assert "Iris" in words
    assert "Epochs trained: 60" in words


def test_info_names_problems(run: Run) -> None:
    run("new", "blank", "-o", "blank.nns")
    assert json.loads(run("info", "blank.nns", "--json").out)["problems"]
    assert run("info", "blank.nns").code == 0


def test_predict_fills_gaps_and_keeps_the_rows(run: Run, trained: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "name,petal width,petal length,sepal width,sepal length\n"
        "a,0.2,1.4,3.5,5.1\nb,2.1,5.8,,6.9\n"
    )
    assert run("predict", trained, "in.csv", "-o", "out.csv").code == 0
    found = rows(tmp_path / "out.csv")
    assert [row["name"] for row in found] == ["a", "b"]
    assert [row["predicted species"] for row in found] == ["setosa", "virginica"]
    assert found[1]["sepal width"] == ""


def test_predicting_again_replaces_the_answers(run: Run, trained: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "sepal length,sepal width,petal length,petal width\n5.1,3.5,1.4,0.2\n6,3,5,2\n"
    )
    run("predict", trained, "in.csv", "-o", "one.csv")
    assert run("predict", trained, "one.csv", "-o", "two.csv").code == 0
    assert rows(tmp_path / "one.csv") == rows(tmp_path / "two.csv")


def test_predict_names_missing_columns(run: Run, trained: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("sepal length,other\n5.1,3\n6.1,4\n")
    done = run("predict", trained, "in.csv", "-o", "out.csv")
    assert done.code == 1
    assert "sepal width, petal length, petal width" in done.sentence
    assert not (tmp_path / "out.csv").exists()


def test_predict_names_what_is_no_number(run: Run, trained: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "sepal length,sepal width,petal length,petal width\n" + "5,many,1,apples\n" * 4
    )
    done = run("predict", trained, "in.csv", "-o", "out.csv")
    assert done.code == 1
    assert "many" in done.sentence


def test_numbers_are_predicted_in_their_unit(run: Run, tmp_path: Path) -> None:
    run("new", "curve", "-o", "curve.nns")
    run("train", "curve.nns", "--epochs", 5, "--in-place")
    (tmp_path / "in.csv").write_text("x\n0\n1\n2\n")
    assert run("predict", "curve.nns", "in.csv", "-o", "out.csv").code == 0
    assert all(float(row["predicted y"]) < 10 for row in rows(tmp_path / "out.csv"))


def test_several_outputs_are_columns_of_one_table(run: Run, tmp_path: Path) -> None:
    save(two_by_two(), tmp_path / "net.nns")
    (tmp_path / "in.csv").write_text(
        "petal length,sepal width,sepal length\n1.4,3.5,5.1\n5.8,,6.9\n"
    )
    assert run("predict", "net.nns", "in.csv", "-o", "out.csv").code == 0
    assert list(rows(tmp_path / "out.csv")[0])[3:] == [
        "predicted species", "P(setosa)", "P(versicolor)", "P(virginica)", "predicted petal width",
    ]  # fmt: skip


def test_a_network_without_data_has_no_columns_to_read(run: Run, tmp_path: Path) -> None:
    save(edits.unbind_data(two_by_two()), tmp_path / "net.nns")
    (tmp_path / "in.csv").write_text("a,b\n1,2\n3,4\n")
    done = run("predict", "net.nns", "in.csv", "-o", "out.csv")
    assert done.code == 1
    assert "no data" in done.sentence


def test_formats_are_listed(run: Run) -> None:
    ids = [line.split()[0] for line in run("export", "--list").out.splitlines()]
    assert ids == [kind.id for kind in in_order(EXPORTERS)]
    assert ids[:2] == ["numpy", "onnx"], "whatever was imported first"
    facts = json.loads(run("export", "--list", "--json").out)
    assert all(each["missing"] == "" for each in facts)


@pytest.mark.parametrize("id", EXPORTERS.ids())
def test_every_format_is_written(id: str, run: Run, trained: Path, tmp_path: Path) -> None:
    done = run("export", trained, "--format", id, "-o", "out", "--json")
    assert done.code == 0, done.err
    assert (tmp_path / json.loads(done.out)["files"][0]).exists()
    assert run("export", trained, "--format", id, "-o", "out").out.startswith("Exported")


def test_render_draws_svg(run: Run, trained: Path, tmp_path: Path) -> None:
    assert run("render", trained, "-o", "net.svg").code == 0
    plain = (tmp_path / "net.svg").read_text("utf-8")
    assert "setosa" in plain
    assert run("render", trained, "-o", "net.svg", "--no-numbers").code == 0
    assert len((tmp_path / "net.svg").read_text("utf-8")) < len(plain)


def test_bench_is_a_table_or_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run("bench", "W2").out.splitlines()
    assert "network" in lines[0]
    assert lines[1].startswith("W2")
    (row,) = json.loads(run("bench", "W1a", "--json").out)
    assert row["workload"] == "W1a"
    assert row["microseconds"] > 0


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"NN Studio {__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert all(f" {name} " in done.out for name in COMMANDS)
    for name in COMMANDS:
        assert run(name, "--help").code == 0


def test_a_fault_of_the_program_is_a_sentence_and_a_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    def broken(id: str) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("nnstudio.cli.templates.describe", broken)
    done = run("templates")
    assert done.code == 1
    assert "ZeroDivisionError: inside" in done.sentence
    log = Path(done.sentence.rpartition("Details: ")[2])
    assert "Traceback" in log.read_text("utf-8")


def test_only_words_that_are_no_files_are_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_command(["train"])
    assert is_command(["--version"])
    assert is_command(["trian", "x.nns"])
    assert not is_command([])
    assert not is_command(["net.nns"])
    assert not is_command(["folder/net"])
    assert not is_command(["--language", "ko"])
    (tmp_path / "net").write_text("")
    assert not is_command(["net"])


def test_columns_stand_under_each_other_in_hangul_too() -> None:
    lines = aligned([("가나", "1"), ("abcde", "22")], right=(1,))
    assert lines == ["가나    1", "abcde  22"]
    assert {cells(line) for line in lines} == {9}
    assert aligned([]) == []


def test_a_table_kept_outside_the_project_is_found_beside_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["nnstudio.data.load"], "EMBED_LIMIT", 100)
    (tmp_path / "here").mkdir()
    school_csv(tmp_path / "here" / "반.csv", count=80)
    table = ["--data", "here/반.csv", "--target", "결과"]
    refused = run("new", "blank", "-o", "net.nns", *table)
    assert refused.code == 1
    assert "too large to be kept" in refused.sentence
    assert run("new", "blank", "-o", "here/net.nns", *table).code == 0
    assert run("train", "here/net.nns", "--epochs", 3, "--in-place").code == 0
    assert run("export", "here/net.nns", "--format", "numpy", "-o", "out").code == 0
    assert "test rows: 16" in (tmp_path / "out" / "README.md").read_text("utf-8")
    (tmp_path / "here" / "반.csv").unlink()
    done = run("train", "here/net.nns", "--epochs", 3, "--in-place")
    assert done.code == 1
    assert "반.csv" in done.sentence
    assert run("export", "here/net.nns", "--format", "onnx", "-o", "net.onnx").code == 0

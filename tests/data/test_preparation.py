"""Preparation: fitted on training rows only, exact in JSON, the same as primitive operations."""

import datetime
import json
from typing import Any

import numpy as np
import pytest

from nnstudio.data import (
    Column,
    ColumnSpec,
    DataSpec,
    FeatureStep,
    Fitted,
    Source,
    Split,
    Table,
    prepare,
)
from nnstudio.data.steps import plane_steps
from nnstudio.data.table import category_column, number_column, object_array, tensor_column
from nnstudio.engine.interpret import run
from nnstudio.errors import StudioError
from nnstudio.ops import ProgramBuilder

SOURCE = Source("embedded", "t")
ALL = Split(1.0, 0.0, 0.0)
INPUTS: dict[str, tuple[str, ...]] = {"input_1": ()}
OUTPUTS: dict[str, tuple[str, ...]] = {"output_1": ()}


def people() -> Table:
    return Table(
        (
            number_column("키", [150, 160, None, 180, 190, 170, 165, 175, 155, 185], "cm"),
            category_column("성별", ["남", "여", "여", None, "남", "남", "여", "남", "여", "남"]),
            number_column("나이", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
            category_column("반", ["가", "나", "다", "가", "나", "다", "가", "나", "다", "가"]),
            Column("메모", "text", object_array(["m"] * 10)),
        )
    )


def spec(*columns: ColumnSpec, **settings: Any) -> DataSpec:
    return DataSpec(SOURCE, columns, settings.pop("split", ALL), **settings)


FEATURES = (
    ColumnSpec("키", "number"),
    ColumnSpec("성별", "category", missing="most_frequent"),
    ColumnSpec("나이", "number", scaling="minmax"),
)
TARGET = ColumnSpec("반", "category", "target")


def test_features_are_scaled_filled_and_one_hot() -> None:
    prepared = prepare(spec(*FEATURES, TARGET), people(), INPUTS, OUTPUTS)
    fitted = prepared.fitted
    assert fitted.shape(()) == (4,)
    assert fitted.feature_names(()) == ("키", "성별=남", "성별=여", "나이")
    x = prepared.train.inputs["input_1"]
    assert x.shape == (10, 4)
    assert x[:, 0].mean() == pytest.approx(0, abs=1e-12)
    assert x[:, 0].std() == pytest.approx(1)
    heights = np.array([150, 160, 170, 180, 190, 170, 165, 175, 155, 185.0])
    np.testing.assert_allclose(x[:, 0], (heights - heights.mean()) / heights.std())
    assert x[3, 1:3].tolist() == [1, 0]  # the most frequent, 남
    assert x[:, 3].tolist() == [(age - 10) / 90 for age in range(10, 101, 10)]
    assert prepared.train.targets["output_1"].tolist()[:3] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert len(prepared.warnings) == 2
    assert len(prepared.test) == 0
    assert prepared.test.inputs["input_1"].shape == (0, 4)


def test_three_classes_are_the_identity() -> None:
    table = Table((number_column("x", [1, 2, 3]), category_column("y", ["a", "b", "c"])))
    plan = spec(ColumnSpec("x"), ColumnSpec("y", "category", "target"))
    assert np.array_equal(
        prepare(plan, table, INPUTS, OUTPUTS).train.targets["output_1"], np.eye(3)
    )


def test_two_classes_are_one_output() -> None:
    plan = spec(ColumnSpec("나이"), ColumnSpec("성별", "category", "target"))
    prepared = prepare(plan, people(), INPUTS, OUTPUTS)
    fitted = prepared.fitted
    assert fitted.target_kind(()) == "binary"
    assert fitted.target_shape(()) == (1,)
    assert fitted.classes(()) == ("남", "여")
    assert prepared.train.targets["output_1"].shape == (9, 1)  # one row has no answer
    assert fitted.decode_target((), np.array([[0.2], [0.5], [0.9]])) == ["남", "여", "여"]
    assert any("성별" in sentence for sentence in prepared.warnings)


def test_number_targets_come_back_in_their_unit() -> None:
    plan = spec(
        ColumnSpec("키", role="target"),
        ColumnSpec("나이", role="target"),
        ColumnSpec("반", "category"),
    )
    prepared = prepare(plan, people(), INPUTS, OUTPUTS)
    fitted = prepared.fitted
    assert fitted.target_kind(()) == "numbers"
    y = prepared.train.targets["output_1"]
    assert y.shape == (9, 2)
    back = fitted.decode_target((), y)
    np.testing.assert_allclose(back[:, 1], [10, 20, 40, 50, 60, 70, 80, 90, 100])
    assert fitted.target_kind(("키",)) == "numbers"
    assert fitted.encode_target(("키",), {"키": [150.0]}).shape == (1, 1)


def test_only_training_rows_are_looked_at() -> None:
    table = people()
    plan = spec(*FEATURES, TARGET, split=Split(0.5, 0.2, 0.3, stratify=False), seed=3)
    prepared = prepare(plan, table, INPUTS, OUTPUTS)
    held = np.setdiff1d(np.arange(10), prepared.train.rows)
    values = table.column("나이").values.copy()
    values[held] = 1e6
    changed = Table((*table.fields[:2], Column("나이", "number", values), *table.fields[3:]))
    assert prepare(plan, changed, INPUTS, OUTPUTS).fitted == prepared.fitted


def test_a_given_fitted_is_kept() -> None:
    plan = spec(*FEATURES, TARGET)
    fitted = prepare(plan, people(), INPUTS, OUTPUTS).fitted
    other = people().rows([0, 1, 2])
    assert prepare(plan, other, INPUTS, OUTPUTS, fitted).fitted is fitted


def test_several_inputs_and_outputs() -> None:
    plan = spec(*FEATURES, TARGET, ColumnSpec("메모", "text", "ignore"))
    prepared = prepare(
        plan, people(), {"a": ("키",), "b": ("성별", "나이")}, {"c": ("반",), "d": ("나이",)}
    )
    assert prepared.train.inputs["a"].shape == (10, 1)
    assert prepared.train.inputs["b"].shape == (10, 3)
    assert prepared.train.targets["c"].shape == (10, 3)
    assert prepared.train.targets["d"].shape == (10, 1)


def test_binarise_and_no_scaling() -> None:
    plan = spec(
        ColumnSpec("나이", scaling="binarise", threshold=50),
        ColumnSpec("키", scaling="none", missing="mean"),
        TARGET,
    )
    x = prepare(plan, people(), INPUTS, OUTPUTS).train.inputs["input_1"]
    assert x[:, 0].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert x[2, 1] == pytest.approx(170)


def test_a_constant_column_becomes_zero() -> None:
    table = Table((number_column("x", [0.1] * 7), category_column("y", list("ababaab"))))
    for scaling in ("standard", "minmax"):
        plan = spec(ColumnSpec("x", scaling=scaling), ColumnSpec("y", "category", "target"))
        x = prepare(plan, table, INPUTS, OUTPUTS).train.inputs["input_1"]
        assert np.abs(x).max() < 1e-12


def test_rows_with_gaps_can_be_dropped_or_refused() -> None:
    plan = spec(*FEATURES, TARGET).with_column("키", missing="drop")
    prepared = prepare(plan, people(), INPUTS, OUTPUTS)
    assert 2 not in prepared.train.rows
    assert len(prepared.train) == 9
    with pytest.raises(StudioError, match="row 3"):
        prepare(plan.with_column("키", missing="error"), people(), INPUTS, OUTPUTS)
    fitted = prepared.fitted
    assert fitted.encode(("키",), {"키": [None]}).shape == (1, 1)


def test_derived_columns() -> None:
    table = Table(
        (
            number_column("x1", [1, 2, None, 4]),
            number_column("x2", [0.5, -1, 2, 3]),
            category_column("y", ["a", "b", "a", "b"]),
        )
    )
    columns = (
        ColumnSpec("x1", role="ignore", scaling="none"),
        ColumnSpec("x2", scaling="none"),
        ColumnSpec("y", "category", "target"),
    )
    plan = spec(*columns, features=plane_steps())
    prepared = prepare(plan, table, INPUTS, OUTPUTS)
    fitted = prepared.fitted
    assert fitted.feature_names(()) == ("x2", "x1²", "x2²", "x1·x2", "sin x1", "sin x2")
    assert fitted.raw_columns(()) == ("x2", "x1")
    x = prepared.train.inputs["input_1"]
    np.testing.assert_allclose(x[1], [-1, 4, 1, -2, np.sin(2), np.sin(-1)])
    assert x[2, 1] == 4  # the median of 1, 2, 4, squared


def test_pictures_keep_their_shape() -> None:
    pictures = np.arange(32.0).reshape(4, 2, 4, 1)
    table = Table((tensor_column("p", pictures), category_column("y", ["a", "b", "c", "a"])))
    plan = spec(ColumnSpec("p", "tensor", scaling="minmax"), ColumnSpec("y", "category", "target"))
    prepared = prepare(plan, table, INPUTS, OUTPUTS)
    assert prepared.fitted.shape(()) == (2, 4, 1)
    np.testing.assert_allclose(prepared.train.inputs["input_1"], pictures / 31)
    assert prepared.fitted.feature_names(())[5] == "p 2,2"
    assert prepared.fitted.encode((), {"p": [pictures[0].ravel()]}).shape == (1, 2, 4, 1)


def test_unknown_words() -> None:
    fitted = prepare(spec(*FEATURES, TARGET), people(), INPUTS, OUTPUTS).fitted
    row = {"키": ["170"], "성별": ["외계인"], "나이": [""]}
    assert fitted.encode((), row)[0, 1:3].tolist() == [0, 0]
    with pytest.raises(StudioError, match="외계인"):
        fitted.encode_target((), {"반": ["외계인"]})
    with pytest.raises(StudioError, match="열한"):
        fitted.encode((), {**row, "나이": ["열한"]})
    with pytest.raises(StudioError, match="나이"):
        fitted.encode((), {"키": [1], "성별": ["남"]})


def test_dates_count_in_days() -> None:
    days = np.array(["2024-01-01", "2024-01-03", "2024-01-05"], "datetime64[D]")
    table = Table((Column("d", "date", days), number_column("y", [1, 2, 3])))
    plan = spec(
        ColumnSpec("d", "date", scaling="none"), ColumnSpec("y", role="target", scaling="none")
    )
    fitted = prepare(plan, table, INPUTS, OUTPUTS).fitted
    raw = [datetime.date(1970, 1, 2), datetime.datetime(1970, 1, 1, 12), "1970-01-11"]
    assert fitted.encode((), {"d": raw})[:, 0].tolist() == [1.0, 0.5, 10.0]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (spec(ColumnSpec("없음"), TARGET), "없음"),
        (spec(ColumnSpec("메모", "number"), TARGET), "메모"),
        (spec(ColumnSpec("메모", "text"), TARGET), "메모"),
        (spec(ColumnSpec("나이"), ColumnSpec("메모", "category", "target")), "one class"),
        (spec(ColumnSpec("나이", "number", "target")), "no inputs"),
        (spec(ColumnSpec("나이")), "no target"),
        (spec(ColumnSpec("나이"), TARGET, split=Split(0.5, 0.1, 0.1)), "add up"),
        (spec(ColumnSpec("나이", scaling="log"), TARGET), "log"),
        (
            spec(ColumnSpec("나이"), TARGET, features=(FeatureStep("p", "product", ("나이",)),)),
            "needs 2",
        ),
        (
            spec(ColumnSpec("나이"), TARGET, features=(FeatureStep("s", "square", ("반",)),)),
            "can't be computed",
        ),
    ],
)
def test_what_cannot_be_prepared_is_refused(plan: DataSpec, words: str) -> None:
    with pytest.raises(StudioError, match=words) as refused:
        prepare(plan, people(), INPUTS, OUTPUTS)
    assert refused.value.hint


def fitted_cases() -> dict[str, tuple[Fitted, Table]]:
    table = people()
    tensors = Table(
        (
            tensor_column("p", np.linspace(0, 1, 40).reshape(10, 2, 2)),
            *people().fields,
        )
    )
    wide = spec(
        ColumnSpec("나이", scaling="binarise", threshold=50),
        ColumnSpec("성별", "category"),
        ColumnSpec("키"),
        TARGET,
        features=(FeatureStep("키·나이", "product", ("키", "나이"), "standard"),),
    )
    mixed = spec(ColumnSpec("p", "tensor"), *FEATURES, TARGET)
    numbers = spec(ColumnSpec("나이"), ColumnSpec("키", role="target"))
    return {
        "plain": (prepare(spec(*FEATURES, TARGET), table, INPUTS, OUTPUTS).fitted, table),
        "wide": (prepare(wide, table, INPUTS, OUTPUTS).fitted, table),
        "mixed": (prepare(mixed, tensors, INPUTS, OUTPUTS).fitted, tensors),
        "numbers": (prepare(numbers, table, INPUTS, OUTPUTS).fitted, table),
    }


@pytest.mark.parametrize("case", ["plain", "wide", "mixed", "numbers"])
def test_json_keeps_everything_exactly(case: str) -> None:
    fitted, _ = fitted_cases()[case]
    assert Fitted.from_dict(json.loads(json.dumps(fitted.to_dict()))) == fitted


@pytest.mark.parametrize("case", ["plain", "wide", "mixed", "numbers"])
def test_lowered_operations_equal_the_encoding(case: str) -> None:
    fitted, table = fitted_cases()[case]
    raw = {name: table.values(name) for name in fitted.raw_columns(())}
    builder = ProgramBuilder()
    value = fitted.lower((), builder, "input_1/")
    builder.output(value, fitted.shape(()))
    program = builder.build()
    fed = fitted.feed((), raw, "input_1/")
    assert set(fed) == {slot.name for slot in program.inputs}
    for slot in program.inputs:
        assert fed[slot.name].shape == (10, *slot.shape)
    result = run(program, fed)[value]
    np.testing.assert_allclose(result, fitted.encode((), raw), rtol=0, atol=1e-15)


def test_lowered_targets_come_back_in_their_unit() -> None:
    fitted, _ = fitted_cases()["numbers"]
    builder = ProgramBuilder()
    value = fitted.lower_target((), builder.input("y", (1,)), builder)
    builder.output(value, (1,))
    outputs = np.array([[0.5], [-1.0]])
    result = run(builder.build(), {"y": outputs})[value]
    np.testing.assert_allclose(result, fitted.decode_target((), outputs), atol=1e-12)


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"codes": 3, "steps": [], "features": [], "targets": []},
        {"codes": [{"type": "magic"}], "steps": [], "features": [], "targets": []},
        {
            "codes": [{"type": "number", "name": "a", "scale": 0.0}],
            "steps": [],
            "features": ["a"],
            "targets": [],
        },
        {
            "codes": [{"type": "number", "name": "a", "offset": "1"}],
            "steps": [],
            "features": ["b"],
            "targets": [],
        },
        {
            "codes": [{"type": "number", "name": "a", "offset": 10**400}],
            "steps": [],
            "features": ["a"],
            "targets": [],
        },
        {
            "codes": [{"type": "number", "name": "a", "surprise": 1}],
            "steps": [],
            "features": ["a"],
            "targets": [],
        },
        {
            "codes": [{"type": "number", "name": "a"}],
            "steps": [{"name": "s", "operation": "eval", "columns": ["a"]}],
            "features": ["a"],
            "targets": [],
        },
    ],
)
def test_a_damaged_preparation_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(StudioError):
        Fitted.from_dict(damage)


def test_ranges_for_sliders() -> None:
    fitted, _ = fitted_cases()["plain"]
    height, sex, age = fitted.ranges(())
    assert (height.minimum, height.maximum, height.median) == (150, 190, 170)
    assert height.unit == "cm"
    assert height.whole
    assert (sex.kind, sex.categories, sex.usual) == ("category", ("남", "여"), "남")
    assert (age.minimum, age.maximum) == (10, 100)

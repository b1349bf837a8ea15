"""The drawn network: every neuron a circle, every connection a line, names safe in any reader."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import GraphBuilder, layers
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.svg import look, network_svg
from nnstudio.exchange.svg.writer import clean, number, text_width
from nnstudio.exchange.templates import TEMPLATES, load_template
from nnstudio.i18n import set_language
from tests.helpers.exports import school, school_csv

SVG = "{http://www.w3.org/2000/svg}"
COLORS = {"plus": look.POSITIVE, "minus": look.NEGATIVE, "zero": look.ZERO}


def parsed(project: Project, numbers: bool = True) -> ET.Element:
    return ET.fromstring(network_svg(project, numbers))


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text") if "aria-hidden" not in each.attrib]


def lines(root: ET.Element) -> dict[str, int]:
    """Return how many connections are drawn by sign (the legend has one of plus and minus)."""
    counts = dict.fromkeys(COLORS, 0)
    for group in root.iter(f"{SVG}g"):
        for path in group.iter(f"{SVG}path"):
            for sign, color in COLORS.items():
                if path.get("stroke") == color:
                    counts[sign] += path.get("d", "").count("M")
    return counts


def typed(weights: list[list[float]]) -> Project:
    """Return 2 inputs and some neurons with typed weights."""
    build = GraphBuilder()
    units = len(weights[0])
    end = build.add(layers.Dense(units, "tanh"), build.add(layers.Input(shape=(len(weights),))))
    build.add(layers.Output(), end)
    project = edits.complete_weights(Project(graph=build.build()))
    arrays = {"dense_1/weight": np.array(weights), "dense_1/bias": np.arange(units) / 4}
    return edits.set_weights(project, arrays)


@pytest.mark.parametrize("id", [id for id in TEMPLATES if id != "blank"])
def test_every_template_is_a_well_formed_picture(id: str) -> None:
    root = parsed(load_template(id))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert width > 100
    assert height > 100
    for circle in root.iter(f"{SVG}circle"):
        assert left < float(circle.get("cx", "nan")) < left + width
        assert top < float(circle.get("cy", "nan")) < top + height


def test_neurons_are_circles_and_connections_lines() -> None:
    root = parsed(typed([[1.0, -2.0, 0.0], [0.5, 0.25, -0.5]]))
    assert len(list(root.iter(f"{SVG}circle"))) == 5
    assert lines(root) == {"plus": 3, "minus": 2, "zero": 1}


def test_minus_is_dashed_and_width_grows_with_the_root() -> None:
    root = parsed(typed([[4.0, -4.0], [1.0, 1.0]]))
    paths = [path for group in root.iter(f"{SVG}g") for path in group.iter(f"{SVG}path")]
    widths = {path.get("stroke"): [] for path in paths}
    for path in paths:
        widths[path.get("stroke")].append(float(path.get("stroke-width", "0")))
        dashed = path.get("stroke-dasharray") is not None
        assert dashed == (path.get("stroke") == look.NEGATIVE)
    thin, thick = sorted(widths[look.POSITIVE])
    assert thick == look.WIDEST
    assert thin == pytest.approx(thick / 2)


def test_cut_connections_are_not_drawn() -> None:
    project = edits.cut(typed([[1.0, -2.0], [0.5, 0.25]]), "dense_1/weight", (0, 1))
    assert lines(parsed(project)) == {"plus": 3, "minus": 0, "zero": 0}
    assert "−2.00" not in texts(parsed(project))


def test_names_weights_and_biases_are_written() -> None:
    shown = texts(parsed(typed([[1.0, -2.0], [0.5, 0.25]])))
    assert {"x₁", "x₂", "y₁", "y₂", "1.00", "−2.00", "0.25", "b 0.00", "b 0.25"} <= set(shown)
    assert "2 · Tanh" in shown


def test_the_numbers_can_be_left_out() -> None:
    shown = texts(parsed(typed([[1.0, -2.0], [0.5, 0.25]]), numbers=False))
    assert "−2.00" not in shown
    assert not any(text.startswith("b ") for text in shown)
    assert "x₁" in shown


def test_titles_and_names_with_signs_of_xml_are_text(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv", "utf-8")
    text = path.read_text("utf-8").replace("몸무게", "<script>&'\"").replace("합격", "]]>합")
    path.write_text(text, "utf-8")
    project = school(path).but(title="<b>&\x00\x1b제목\n둘째")
    root = parsed(project)
    assert "<script>&'\"" in texts(root)
    assert "<b>&제목 둘째" in texts(root)
    assert not list(root.iter(f"{SVG}script"))


def test_hangul_is_text_with_families_that_have_it(tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "table.csv"))
    root = parsed(project)
    assert "키(cm)" in texts(root)
    assert root.get("font-family", "").endswith("sans-serif")
    set_language("ko")
    try:
        assert "양수" in texts(parsed(project))
    finally:
        set_language("en")


def test_large_layers_are_sampled_and_say_so() -> None:
    root = parsed(load_template("net_64_1000_100_10"))
    shown = texts(root)
    assert "… and 984 more" in shown
    assert any("of 101,000 connections are drawn" in text for text in shown)
    assert sum(lines(root).values()) < 1000


def test_many_lines_keep_the_strongest_and_are_not_dashed() -> None:
    rng = np.random.default_rng(0)
    project = typed(rng.normal(0, 1, (40, 40)).tolist())
    root = parsed(project)
    assert 600 < sum(lines(root).values()) <= 900
    assert "stroke-dasharray" not in network_svg(project)


def test_pictures_show_each_neurons_weights() -> None:
    root = parsed(load_template("digits_8x8"))
    cells = [path for path in root.iter(f"{SVG}path") if (path.get("fill") or "#") != "none"]
    assert sum(path.get("d", "").count("M") for path in cells) > 8 * 40


def test_an_empty_canvas_has_nothing_to_draw() -> None:
    with pytest.raises(StudioError, match="no neurons"):
        network_svg(Project())


def test_a_picture_of_a_diverged_network_can_be_drawn() -> None:
    project = typed([[1.0, 1.0], [1.0, 1.0]])
    broken = np.array([[np.nan, np.inf], [1.0, -1.0]])
    root = parsed(project.but(weights={**project.weights, "dense_1/weight": broken}))
    assert "nan" not in ET.tostring(root, "unicode").replace("NaN", "")


def test_skips_joins_and_two_outputs_are_drawn() -> None:
    build = GraphBuilder()
    start = build.add(layers.Input(shape=(3,)))
    hidden = build.add(layers.Dense(3, "relu"), start)
    added = build.add(layers.Add(), hidden, start)
    build.add(layers.Output(), build.add(layers.Dense(2), added))
    build.add(layers.Output(), build.add(layers.Dense(1), build.add(layers.Concatenate(), hidden,
                                                                    start)))  # fmt: skip
    root = parsed(Project(graph=build.build()))
    assert len(list(root.iter(f"{SVG}circle"))) >= 3 + 3 + 3 + 2 + 1


def test_the_exporter_takes_its_setting(tmp_path: Path) -> None:
    EXPORTERS["svg"](numbers=False).export(typed([[1.0], [-2.0]]), tmp_path / "net.svg")
    text = (tmp_path / "net.svg").read_text("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert "−2.00" not in text


def test_coordinates_are_short() -> None:
    shown = [number(value) for value in (0.0, -0.001, 1.0, -12.5, 3.14159, 100.0)]
    assert shown == ["0", "0", "1", "-12.5", "3.14", "100"]
    text = network_svg(load_template("start"))
    assert not re.search(r"\d\.\d{3}", text.split("<rect")[1])


def test_long_texts_are_cut_and_hangul_counts_double() -> None:
    assert clean("가" * 100, 10) == "가" * 9 + "…"
    assert clean(" a \n b\x07 ") == "a b"
    assert text_width("가나", 10) > 1.5 * text_width("ab", 10)


def test_names_of_shipped_data_are_in_the_users_language() -> None:
    set_language("ko")
    try:
        shown = texts(parsed(load_template("iris")))
    finally:
        set_language("en")
    assert "꽃잎 길이" in shown
    assert "petal length" in texts(parsed(load_template("iris")))

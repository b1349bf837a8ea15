"""The drawn network in pixels and on a page: the SVG's picture by Qt's painter."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from nnstudio.errors import StudioError
from nnstudio.exchange.svg import look, network_svg
from nnstudio.exchange.templates import load_template
from nnstudio.ui.picture import PICTURES, Pdf, Png
from nnstudio.ui.theme import LIGHT
from tests.helpers.exports import school, school_csv


def pixels(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def test_colours_are_those_of_the_light_theme() -> None:
    assert (LIGHT.negative, LIGHT.positive, LIGHT.zero) == (
        look.NEGATIVE, look.POSITIVE, look.ZERO,
    )  # fmt: skip
    assert (LIGHT.text, LIGHT.muted, LIGHT.border) == (look.TEXT, look.MUTED, look.BORDER)


def test_pixels_show_the_drawing_at_its_scale(qapp: QApplication, tmp_path: Path) -> None:
    project = load_template("start")
    for scale in (1.0, 2.0):
        report = Png(scale=scale).export(project, tmp_path / f"{scale}.png")
        assert report.files == (tmp_path / f"{scale}.png",)
    small, large = pixels(tmp_path / "1.0.png"), pixels(tmp_path / "2.0.png")
    assert abs(large.shape[1] - 2 * small.shape[1]) <= 1
    assert (large[0] == 255).all(), "white around"
    colors = {tuple(color) for color in large.reshape(-1, 3)[::7].tolist()}
    for name in (look.POSITIVE, look.RIMS["input"], look.RIMS["output"]):
        wanted = QColor(name)
        assert (wanted.red(), wanted.green(), wanted.blue()) in colors


def test_hangul_is_drawn_and_not_as_boxes(qapp: QApplication, tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "table.csv"))
    for name, words in (("a", "한글"), ("b", "곷뷁")):
        Png(scale=1.0).export(project.but(title=words), tmp_path / f"{name}.png")
    assert (pixels(tmp_path / "a.png") != pixels(tmp_path / "b.png")).any()


def test_two_pictures_are_equal_bytes(qapp: QApplication, tmp_path: Path) -> None:
    project = load_template("xor")
    for name in ("a", "b"):
        Png().export(project, tmp_path / f"{name}.png")
        Pdf().export(project, tmp_path / f"{name}.pdf")
    same = {
        end: len({(tmp_path / f"{name}.{end}").read_bytes() for name in "ab"})
        for end in ("png", "pdf")
    }
    assert same == {"png": 1, "pdf": 1}


def test_a_page_is_as_large_as_the_drawing(qapp: QApplication, tmp_path: Path) -> None:
    project = load_template("start")
    Pdf().export(project, tmp_path / "net.pdf")
    content = (tmp_path / "net.pdf").read_bytes()
    box = QSvgRenderer(QByteArray(network_svg(project).encode())).viewBoxF()
    media = content.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert float(media[2]) == pytest.approx(box.width() * 0.75, abs=2)
    assert b"/Font" in content, "texts stay texts"


def test_an_empty_canvas_is_refused_and_nothing_is_written(
    qapp: QApplication, tmp_path: Path
) -> None:
    for kind in PICTURES:
        with pytest.raises(StudioError):
            kind().export(load_template("blank"), tmp_path / f"net{kind.extension}")
    assert list(tmp_path.iterdir()) == []

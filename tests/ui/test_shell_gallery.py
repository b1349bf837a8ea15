"""Every template has a preview with its network and its data; a choice starts it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.exchange.templates import TEMPLATES, load_template
from nnstudio.ui.gallery.gallery import Gallery
from nnstudio.ui.gallery.preview import png, preview
from nnstudio.ui.theme import DARK, LIGHT, ThemeManager

SIZE = QSize(208, 104)


def pixels(picture: QPixmap) -> np.ndarray:
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), image.width()).copy()  # the image goes, the pixels stay


@pytest.mark.parametrize("id", TEMPLATES)
def test_a_preview_shows_network_and_data(qapp, id: str) -> None:
    project = load_template(id)
    picture = pixels(preview(project, SIZE, LIGHT))
    left, right = picture[:, :104], picture[:, 112:]
    assert len(np.unique(left)) > 5
    if project.data is not None:
        assert (right[12:-12, 4:-12] != QColor(LIGHT.panel).rgb()).any()


def test_a_blank_project_has_a_preview_of_its_own(qapp) -> None:
    assert len(np.unique(pixels(preview(Project(), SIZE, LIGHT)))) > 3


def test_light_and_dark_differ(qapp) -> None:
    project = load_template("start")
    one, two = (preview(project, SIZE, theme) for theme in (LIGHT, DARK))
    assert (pixels(one) != pixels(two)).mean() > 0.8


def test_a_preview_for_a_sharp_screen_has_more_pixels(qapp) -> None:
    picture = preview(load_template("xor"), SIZE, LIGHT, ratio=2.0)
    assert picture.size() == SIZE * 2
    assert picture.deviceIndependentSize().toSize() == SIZE


def test_data_that_is_gone_is_left_out(qapp, tmp_path: Path) -> None:
    from dataclasses import replace

    project = load_template("iris")
    source = replace(project.data.source, kind="file", path="gone.csv")
    project = project.but(data=replace(project.data, source=source))
    assert len(np.unique(pixels(preview(project, SIZE, LIGHT, folder=tmp_path)))) > 5


def test_a_thumbnail_is_a_png(qapp) -> None:
    assert png(preview(load_template("xor"), SIZE, LIGHT)).startswith(b"\x89PNG")


def test_the_gallery_draws_every_tile_and_tells_what_was_chosen(qtbot: QtBot) -> None:
    gallery = Gallery([Path("/somewhere/수업.nns")], ThemeManager())
    qtbot.addWidget(gallery)
    gallery.resize(960, 600)
    gallery.show()
    qtbot.waitUntil(lambda: not gallery._timer.isActive(), timeout=10_000)
    assert list(gallery.tiles) == list(TEMPLATES)
    for tile in gallery.tiles.values():
        assert not tile.picture.pixmap().isNull()
        assert tile.title.text()
        assert tile.accessibleName() == tile.title.text()
    with qtbot.waitSignal(gallery.chosen) as chosen:
        gallery.tiles["xor"].click()
    assert chosen.args == ["xor"]

"""The inspector without a selection: name, problems, data and training of the whole project."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.data import datasets
from nnstudio.i18n import set_language
from nnstudio.ui.inspector.data_section import GROUPS, DataSection
from nnstudio.ui.inspector.inspector import Inspector
from nnstudio.ui.inspector.project_page import ProjectPage
from nnstudio.ui.widgets.number_field import NumberField
from tests.helpers.form_bench import FormBench, type_text


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[FormBench]:
    made = FormBench(qtbot)
    yield made
    made.close()


@pytest.fixture
def inspector(bench: FormBench) -> Inspector:
    made = Inspector(**bench.rooms)
    bench.show(made)
    return made


@pytest.fixture
def page(inspector: Inspector) -> ProjectPage:
    found = inspector.page
    assert isinstance(found, ProjectPage)
    found.training.unfold()
    found.data.fold.unfold()
    return found


def choose(section: DataSection, id: str) -> None:
    menu = section.examples(section)
    next(action for action in menu.actions() if action.data() == id).trigger()
    menu.deleteLater()


def spin(page: ProjectPage, name: str) -> QSpinBox:
    assert page.data.form is not None
    field = page.data.form.fields[name]
    assert isinstance(field, QSpinBox)
    return field


def test_every_example_is_offered_once(page: ProjectPage) -> None:
    assert {entry.group for entry in datasets} <= set(GROUPS)
    menu = page.data.examples(page)
    offered = [action.data() for action in menu.actions() if action.data()]
    assert sorted(offered) == sorted(entry.id for entry in datasets)
    menu.deleteLater()


def test_other_data_is_one_step(bench: FormBench, page: ProjectPage) -> None:
    choose(page.data, "iris")
    project = bench.store.project
    assert project.data is not None
    assert project.data.source.id == "iris"
    assert project.graph["dense_3"].layer.settings["activation"] == "softmax"
    assert "4 inputs" in page.data.facts.text()
    assert bench.undo_steps() == 1
    bench.store.undo()
    assert bench.store.project.data is not None
    assert bench.store.project.data.source.id == "circle"


def test_settings_of_the_example(bench: FormBench, page: ProjectPage) -> None:
    assert page.data.form is not None
    noise = page.data.form.fields["noise"]
    assert isinstance(noise, NumberField)
    noise.setFocus()
    noise.selectAll()
    type_text("30\r")
    data = bench.store.project.data
    assert data is not None
    assert dict(data.source.settings)["noise"] == 30
    bench.store.undo()
    assert noise.text() != "30"


def test_the_split_is_changed_and_kept_whole(bench: FormBench, page: ProjectPage) -> None:
    assert page.data.form is not None
    for name, value in (("validation", 10), ("test", 30)):
        field = spin(page, name)
        field.setFocus()
        field.selectAll()
        type_text(f"{value}\r")
    data = bench.store.project.data
    assert data is not None
    split = data.split
    assert (split.train, split.validation, split.test) == pytest.approx((0.6, 0.1, 0.3))
    test = spin(page, "test")
    test.setFocus()
    test.selectAll()
    type_text("90\r")
    assert bench.store.project.data == data
    assert "left for training" in str(bench.told[0])
    assert test.value() == 30


def test_the_network_is_named(bench: FormBench, page: ProjectPage) -> None:
    page.name.setFocus()
    page.name.selectAll()
    type_text("원 나누기\r")
    assert bench.store.project.title == "원 나누기"


def test_training_settings(bench: FormBench, page: ProjectPage) -> None:
    assert page.form is not None
    rate = page.form.fields["learning_rate"]
    rate.setFocus()
    rate.selectAll()
    type_text("1/8\r")
    assert bench.store.project.training.learning_rate == 0.125
    assert bench.undo_steps() == 1


def test_own_data_is_asked_for(bench: FormBench, inspector: Inspector, page: ProjectPage) -> None:
    with bench.qtbot.waitSignal(inspector.own_data):
        QTest.mouseClick(page.data.own, Qt.MouseButton.LeftButton)


def test_language_changes_while_it_is_seen(
    bench: FormBench, inspector: Inspector, page: ProjectPage
) -> None:
    english = page.network_facts.text()
    set_language("ko")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.network.text() == "신경망"
    assert page.network_facts.text() != english
    assert page.width() <= inspector.viewport().width()

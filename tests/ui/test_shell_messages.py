"""Refusals, failures and offers arrive where the user looks, with what to do about them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused, StudioError
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.message_bar import MessageBar
from nnstudio.ui.widgets.status_line import StatusLine


@pytest.fixture
def store() -> Store:
    project = edits.add_node(Project(), layers.Input((2,)), 0, 0)
    project = edits.add_node(project, layers.Dense(3), 200, 0, wire_from="input_1")
    return Store(edits.add_node(project, layers.Dense(1), 400, 0, wire_from="dense_1"))


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def status(qtbot: QtBot, store: Store, messages: Messages):
    line = StatusLine(store, messages, ThemeManager(), QLabel())
    qtbot.addWidget(line)
    line.show()
    yield line
    line.close_down()


@pytest.fixture
def bar(qtbot: QtBot, messages: Messages) -> MessageBar:
    made = MessageBar(messages, ThemeManager())
    qtbot.addWidget(made)
    return made


def test_attempt_sends_each_error_where_it_belongs(messages: Messages) -> None:
    heard: list[str] = []
    messages.refusal.connect(lambda error: heard.append(f"refused {error.text}"))
    messages.failure.connect(lambda error: heard.append(f"failed {error.text}"))

    def fail(error: StudioError) -> None:
        raise error

    assert not attempt(messages, fail, Refused("no"))
    assert not attempt(messages, fail, StudioError("broken"))
    assert attempt(messages, lambda: None)
    assert heard == ["refused no", "failed broken"]
    with pytest.raises(ZeroDivisionError):
        attempt(messages, lambda: 1 / 0)


def test_a_refused_wire_is_mended_by_the_button(
    status: StatusLine, store: Store, messages: Messages
) -> None:
    assert not attempt(
        messages, store.apply, "Connect", edits.connect, "input_1", "dense_2", "input"
    )
    assert status.text.text()
    assert status.mend.isVisible()
    QTest.mouseClick(status.mend, Qt.MouseButton.LeftButton)
    assert [node.layer.id for node in store.project.graph.of_kind("concatenate")]
    assert store.can_undo
    assert not status.mend.isVisible()


def test_the_size_of_the_network_follows_the_document(status: StatusLine, store: Store) -> None:
    assert status.size_label.text() == "13 parameters"
    store.apply("Neurons", edits.set_setting, "dense_1", "units", 4)
    assert status.size_label.text() == "17 parameters"


def test_the_state_returns_when_a_message_fades(status: StatusLine, messages: Messages) -> None:
    status.set_state("running", 12_400.0)
    assert status.text.text() == "Training"
    assert status.speed_label.text() == "12,400 steps/s"
    messages.say("Saved net.nns.")
    assert status.text.text() == "Saved net.nns."
    status._timer.stop()
    status._timer.timeout.emit()
    assert status.text.text() == "Training"
    status.set_state("paused")
    assert status.speed_label.text() == ""


def test_a_failure_shows_text_hint_and_details(bar: MessageBar, messages: Messages) -> None:
    messages.failed(StudioError("The file is damaged.", "Open its copy.", details="line 7"))
    assert bar.isVisible()
    assert "The file is damaged.\nOpen its copy." in bar._text.text()
    assert not bar._details.isVisible()
    bar._details_button.click()
    assert bar._details.isVisible()
    assert bar._details.toPlainText() == "line 7"
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_an_offer_is_taken_once_and_goes(bar: MessageBar, messages: Messages) -> None:
    taken: list[int] = []
    messages.offer("The loss explodes.", "Smaller rate", lambda: taken.append(1))
    bar._button.click()
    assert taken == [1]
    assert not bar.isVisible()


def test_a_settled_matter_clears_the_bar(bar: MessageBar, messages: Messages) -> None:
    messages.offer("The loss explodes.", "Smaller rate", lambda: None)
    messages.clear()
    assert not bar.isVisible()


def test_text_from_a_file_is_never_read_as_markup(bar: MessageBar, messages: Messages) -> None:
    messages.failed(StudioError("<b>bold</b>"))
    assert bar._text.text() == "<b>bold</b>"
    assert bar._text.textFormat() == Qt.TextFormat.PlainText


def test_the_selection_forgets_what_leaves_the_document(store: Store) -> None:
    selection = Selection(store)
    heard: list[int] = []
    selection.changed.connect(lambda: heard.append(1))
    wire = Wire("dense_1", "dense_2")
    selection.select(nodes=("dense_1", "dense_2"), wires=(wire,))
    assert not selection.empty
    store.apply("Remove", edits.remove, ["dense_2"])
    assert selection.nodes == {"dense_1"}
    assert not selection.wires
    assert len(heard) == 2
    selection.close()


def test_a_neuron_or_weight_that_no_longer_exists_is_deselected(store: Store) -> None:
    selection = Selection(store)
    selection.select(neuron=("dense_1", 2))
    assert selection.single == "dense_1"
    store.apply("Fewer", edits.set_setting, "dense_1", "units", 2)
    assert selection.neuron is None
    selection.select(entry=Entry("dense_1/weight", (0, 1)))
    assert selection.single == "dense_1"
    store.apply("Fewer", edits.set_setting, "dense_1", "units", 1)
    assert selection.entry is None
    assert selection.empty
    selection.close()


def test_selecting_the_same_again_is_silent(store: Store) -> None:
    selection = Selection(store)
    selection.select(nodes=("dense_1",))
    heard: list[int] = []
    selection.changed.connect(lambda: heard.append(1))
    selection.select(nodes=["dense_1"])
    weights = {"dense_1/weight": np.ones((2, 3))}
    store.apply("Set", edits.set_weights, weights, half="weights")
    assert not heard
    selection.clear()
    assert heard == [1]
    selection.close()

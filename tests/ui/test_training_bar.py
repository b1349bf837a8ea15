"""The training bar, its settings, the line of advice: real presses, both languages, all widths."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.store import Store
from nnstudio.i18n import set_language
from nnstudio.ui.messages import Messages
from nnstudio.ui.stylesheet import sheet
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.advice_line import AdviceLine
from nnstudio.ui.training.bar import TrainingBar
from nnstudio.ui.training.live import Live
from tests.helpers.projects import circle, trainable

ENDLESS = 1_000_000


class Desk:
    """A window with the bar above and the line of advice below."""

    def __init__(self, qtbot, project, width=1200):
        self.store, self.messages, self.themes = Store(project), Messages(), ThemeManager()
        self.themes.set_mode("light")
        self.live = Live(self.store, self.messages)
        self.window = QWidget()
        self.window.setStyleSheet(sheet(self.themes))
        self.bar = TrainingBar(self.store, self.themes, self.live, self.messages)
        self.line = AdviceLine(self.store, self.themes, self.live)
        column = QVBoxLayout(self.window)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        qtbot.addWidget(self.window)
        self.window.resize(width, 120)
        self.window.show()

    def close(self):
        self.bar.close_down()
        self.line.close_down()
        self.live.close()


@pytest.fixture
def desk(qapp, qtbot) -> Iterator:
    made = []

    def make(project=None, width=1200) -> Desk:
        made.append(Desk(qtbot, project or circle(epochs=ENDLESS), width))
        return made[-1]

    yield make
    for one in made:
        one.close()


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def speak(window, language):
    set_language(language)
    for widget in QApplication.allWidgets():
        if widget.window() is window or widget is window:
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))


def test_train_and_pause_by_mouse(desk, qtbot):
    at = desk()
    assert at.bar.play_button.text() == "Train"
    click(qtbot, at.bar.play_button)
    assert at.bar.play_button.text() == "Pause"
    qtbot.waitUntil(lambda: "Epoch 0 " not in at.bar.epoch_chip.text(), timeout=10_000)
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: at.bar.play_button.text() == "Train", timeout=10_000)
    assert at.store.project.run.epoch > 0
    qtbot.waitUntil(lambda: f"Epoch {at.store.project.run.epoch:,} " in at.bar.epoch_chip.text())


def test_numbers_are_those_of_the_network(desk, qtbot):
    at = desk(circle(epochs=30))
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: at.bar.epoch_chip.text() == "Epoch 30 / 30", timeout=20_000)
    qtbot.waitUntil(lambda: bool(at.live.snapshot and at.live.snapshot.epoch == 30))
    qtbot.waitUntil(lambda: bool(at.live.snapshot.test))
    accuracy = at.live.snapshot.validation["accuracy"]
    assert at.bar.metric_chip.text() == f"Accuracy {100 * accuracy:.1f} %"
    told = at.bar.metric_chip.toolTip()
    assert all(part in told for part in ("Training:", "Validation:", "Test:"))
    assert "750 updates" in at.bar.epoch_chip.toolTip()


def test_regression_shows_r_squared(desk, qtbot):
    at = desk(trainable("sine", (4,)))
    qtbot.waitUntil(lambda: at.bar.metric_chip.text().startswith("R²"), timeout=5_000)


def test_steps_and_their_menu(desk, qtbot):
    at = desk()
    click(qtbot, at.bar.step_button)
    qtbot.waitUntil(lambda: at.store.project.run.iteration == 1)
    at.bar.step_actions["sample"].trigger()
    qtbot.waitUntil(lambda: at.store.project.run.iteration == 2)
    click(qtbot, at.bar.step_button)
    qtbot.waitUntil(lambda: at.store.project.run.iteration == 3)
    at.bar.step_actions["epoch"].trigger()
    qtbot.waitUntil(lambda: at.store.project.run.epoch == 1)


def test_reset_by_mouse_and_undo(desk, qtbot):
    at = desk(circle(epochs=5))
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: at.store.project.run.epoch == 5, timeout=10_000)
    click(qtbot, at.bar.reset_button)
    qtbot.waitUntil(lambda: at.bar.epoch_chip.text() == "Epoch 0 / 5")
    at.store.undo()
    qtbot.waitUntil(lambda: at.bar.epoch_chip.text() == "Epoch 5 / 5")


def test_space_on_a_button_belongs_to_the_window(desk, qtbot):
    at = desk()
    at.bar.play_button.setFocus()
    qtbot.keyClick(at.bar.play_button, Qt.Key.Key_Space)
    assert at.live.state == "idle"
    qtbot.keyClick(at.bar.play_button, Qt.Key.Key_Return)
    assert at.live.running


def test_the_settings_panel_changes_the_run_live(desk, qtbot):
    at = desk(circle(epochs=ENDLESS, optimizer="sgd", learning_rate=1e-4))
    click(qtbot, at.bar.play_button)
    click(qtbot, at.bar.settings_button)
    panel = at.bar.popover
    assert panel.isVisible()
    panel.rate.slider.setValue(-20)
    assert at.store.project.training.learning_rate == 0.1
    panel.rate.slider.setValue(-10)
    panel.rate.field.clear()
    qtbot.keyClicks(panel.rate.field, "1/4")
    qtbot.keyClick(panel.rate.field, Qt.Key.Key_Return)
    assert at.store.project.training.learning_rate == 0.25
    panel.fields["batch_size"].setValue(25)
    assert at.store.project.training.batch_size == 25
    assert at.live.running
    qtbot.waitUntil(lambda: (at.live.log.last("loss") or 9) < 0.4, timeout=20_000)
    panel.hide()
    at.store.undo()
    assert at.store.project.training.batch_size == 10
    assert panel.fields["batch_size"].value() == 10
    at.store.undo()
    assert at.store.project.training.learning_rate == 1e-4


def test_a_wrong_rate_is_undone(desk, qtbot):
    at = desk()
    click(qtbot, at.bar.settings_button)
    field = at.bar.popover.rate.field
    field.clear()
    qtbot.keyClicks(field, "fast")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "0.01"
    assert at.store.project.training.learning_rate == 0.01
    at.bar.popover.hide()


def test_the_speed_goes_to_the_runner(desk, qtbot):
    at = desk()
    click(qtbot, at.bar.settings_button)
    panel = at.bar.popover
    panel.pace.setCurrentIndex(4)
    panel.pace.activated.emit(4)
    panel.hide()
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: bool(at.live.snapshot and at.live.snapshot.iteration))
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: at.live.state == "paused", timeout=5_000)
    assert at.store.project.run.iteration < 20


@pytest.mark.parametrize("language", ["en", "ko"])
def test_narrow_windows_hide_the_lesser_things(desk, qtbot, language):
    at = desk()
    qtbot.waitUntil(lambda: bool(at.bar.metric_chip.text()))
    speak(at.window, language)
    widths = []
    for width in (1200, 640, 520, 300):
        at.bar.resize(width, at.bar.height())
        widths.append(
            (
                at.bar.reset_button.toolButtonStyle()
                == Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
                at.bar.metric_chip.isVisibleTo(at.bar),
            )
        )
        assert at.bar.play_button.isVisible()
    assert widths[0] == (True, True)
    assert widths[-1] == (False, False)
    assert at.bar.minimumSizeHint().width() < at.bar.sizeHint().width()


def test_chips_keep_their_width_while_numbers_change(desk, qtbot):
    at = desk()
    qtbot.waitUntil(lambda: bool(at.bar.metric_chip.text()))
    chip = at.bar.loss_chip
    chip.setText("Loss 0.000834")
    width = chip.sizeHint().width()
    for text in ("Loss 0.5", "Loss 0.0312", "Loss 1.25"):
        chip.setText(text)
        assert chip.sizeHint().width() == width


def test_everything_speaks_korean(desk, qtbot):
    at = desk()
    qtbot.waitUntil(lambda: bool(at.bar.metric_chip.text()))
    speak(at.window, "ko")
    texts = [button.toolTip() for button in at.bar.findChildren(QToolButton)]
    texts += [at.bar.play_button.text(), at.bar.epoch_chip.text(), at.bar.loss_chip.text()]
    texts += [action.text() for action in at.bar.step_actions.values()]
    assert all(any("가" <= c <= "힣" for c in text) for text in texts if text)


def test_every_button_has_a_name(desk):
    at = desk()
    for button in (*at.bar.findChildren(QToolButton), *at.bar.findChildren(QPushButton)):
        if button.isVisibleTo(at.bar):
            assert button.accessibleName() or button.text()


def test_dark_and_presentation_repaint(desk, qtbot):
    at = desk()
    height = at.bar.sizeHint().height()
    at.themes.set_mode("dark")
    at.themes.set_presentation(True)
    assert at.bar.sizeHint().height() >= height


def test_advice_is_said_and_mended(desk, qtbot):
    at = desk(trainable("circle", (4,), activation="relu", training={"epochs": 300}))
    weights = {
        "dense_1/weight": np.array([[1.0, -1.0, 1.0, 0.0], [0.5, 0.5, -1.0, 0.0]]),
        "dense_1/bias": np.array([0.0, 0.0, 0.0, -5.0]),
    }
    at.store.apply("type", edits.set_weights, weights, half="weights")
    at.live.step_epoch()
    qtbot.waitUntil(lambda: at.store.project.run.epoch == 1)
    qtbot.waitUntil(lambda: "always 0" in at.line.advice.text, timeout=10_000)
    assert "Neuron 4 of Dense 1" in at.line.advice.text
    assert at.line.mend.isVisible()
    click(qtbot, at.line.mend)
    layer = at.store.project.graph["dense_1"].layer
    assert layer.settings["activation"] == "leaky_relu"
    assert at.live.running


def test_the_line_tells_of_an_explosion(desk, qtbot):
    at = desk(circle(learning_rate=10.0, epochs=400))
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: "exploded" in at.line.advice.text, timeout=20_000)
    assert "Dense" in at.line.toolTip()
    click(qtbot, at.line.mend)
    assert at.store.project.training.learning_rate == pytest.approx(0.1)
    qtbot.waitUntil(lambda: (at.live.log.last("loss") or 9) < 0.6, timeout=20_000)


def test_a_narrow_line_is_cut_not_the_window_widened(desk, qtbot):
    at = desk(circle(epochs=40))
    click(qtbot, at.bar.play_button)
    qtbot.waitUntil(lambda: bool(at.line.advice.text), timeout=10_000)
    at.line.resize(90, at.line.height())
    assert at.line.minimumSizeHint().width() == 0
    assert at.line.label.text().endswith("…")

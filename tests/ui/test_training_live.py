"""The run in the window: real threads, real widgets, the document always right."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.training.outcome import Diverged
from nnstudio.training.session import Session
from nnstudio.ui.messages import Messages
from nnstudio.ui.training.live import Live
from tests.helpers.projects import circle, trainable

ENDLESS = 1_000_000


class Picture(QWidget):
    """A view that keeps what it was shown."""

    live_interval = 0.0

    def __init__(self, *parts):
        super().__init__()
        self.parts = frozenset(parts)
        self.shown = []
        self.painted = 0

    @property
    def last(self):
        return self.shown[-1]

    def wants(self):
        return self.parts

    def show_snapshot(self, snapshot):
        self.shown.append(snapshot)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


class Said:
    def __init__(self, messages):
        self.failures, self.offers, self.texts = [], [], []
        messages.failure.connect(self.failures.append)
        messages.offered.connect(lambda *offer: self.offers.append(offer))
        messages.said.connect(self.texts.append)


@pytest.fixture
def make(qapp, qtbot) -> Iterator:
    made = []

    def live(project: Project) -> tuple[Live, Store, Said]:
        store, messages = Store(project), Messages()
        said = Said(messages)
        found = Live(store, messages)
        made.append((found, messages))
        return found, store, said

    yield live
    for found, _ in made:
        found.close()


@pytest.fixture
def view(qtbot, make):
    shown = []

    def show(live, *parts):
        picture = Picture(*parts)
        qtbot.addWidget(picture)
        picture.resize(80, 60)
        picture.show()
        live.register(picture)
        shown.append((live, picture))
        return picture

    yield show
    for live, picture in shown:
        live.unregister(picture)


def expected(project, epochs):
    session = Session(project)
    session.train(epochs)
    return session.result(project)


def same(first, second):
    return all(np.array_equal(first.weights[n], second.weights[n]) for n in second.weights)


def test_a_run_becomes_one_undo_step(make, qtbot):
    live, store, _ = make(circle(epochs=50))
    live.play()
    assert live.state == "running"
    qtbot.waitUntil(lambda: live.state == "paused", timeout=20_000)
    assert same(store.project, expected(circle(epochs=50), 50))
    assert store.project.run.epoch == 50
    assert store.undo_label == "Trained 50 epochs"
    trained = store.project
    store.undo()
    assert store.project.weights == {}
    assert store.project.run.epoch == 0
    store.redo()
    assert store.project.weights is trained.weights
    qtbot.waitUntil(lambda: not live._runner.pending, timeout=5_000)
    assert live.log.last("epoch") == 50
    assert not store.can_redo


def test_views_and_pauses_change_nothing(make, view, qtbot):
    live, store, _ = make(circle(epochs=3000))
    picture = view(live, "weights", "signals", "maps", "output_map", "gradients", "statistics")
    for turn in range(5):
        live.play()
        qtbot.wait(40)
        live.set_example(turn)
        live.pause()
        qtbot.waitUntil(lambda: live.state == "paused", timeout=10_000)
    if store.project.run.epoch < 3000:
        live.play()
        qtbot.waitUntil(lambda: live.state == "paused", timeout=20_000)
    assert store.project.run.epoch == 3000
    assert same(store.project, expected(circle(epochs=3000), 3000))
    qtbot.waitUntil(lambda: picture.last.epoch == 3000)
    assert picture.last.loss == pytest.approx(Session(store.project).evaluate()["training"]["loss"])


def test_views_are_shown_the_present_also_when_idle(make, view, qtbot):
    live, store, _ = make(circle())
    picture = view(live, "weights", "signals")
    qtbot.waitUntil(lambda: bool(picture.shown))
    first = picture.last
    assert first.parts >= {"weights", "signals"}
    live.set_example(7)
    qtbot.waitUntil(lambda: picture.last.example.row != first.example.row)
    store.apply("type", edits.set_weight, "dense_1/weight", (0, 0), 5.0)
    qtbot.waitUntil(lambda: picture.last.weights["dense_1/weight"][0, 0] == 5.0)
    store.undo()
    qtbot.waitUntil(lambda: picture.last.weights["dense_1/weight"][0, 0] != 5.0)
    qtbot.waitUntil(lambda: not live._timer.isActive())


def test_hidden_views_are_left_alone_and_shown_when_they_appear(make, view, qtbot):
    live, _, _ = make(circle(epochs=ENDLESS))
    picture, other = view(live, "weights"), view(live, "signals")
    qtbot.waitUntil(lambda: bool(picture.shown and other.shown))
    picture.hide()
    seen = len(picture.shown)
    live.play()
    qtbot.waitUntil(lambda: len(other.shown) > 5, timeout=10_000)
    assert len(picture.shown) == seen
    picture.show()
    qtbot.waitUntil(lambda: len(picture.shown) > seen, timeout=10_000)
    assert other.shown[-1].weights is not None or other.shown[-1].parts == {"signals"}


def test_edits_during_a_run_keep_what_was_learned(make, view, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    picture = view(live, "weights")
    qtbot.waitUntil(lambda: bool(picture.shown))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 30, timeout=20_000)
    store.apply("wider", edits.set_setting, "dense_1", "units", 6)
    qtbot.waitUntil(lambda: picture.last.weights["dense_1/weight"].shape == (2, 6), timeout=10_000)
    assert live.state == "running"
    assert picture.last.epoch > 30
    assert picture.last.graph is store.project.graph
    live.pause()
    qtbot.waitUntil(lambda: live.state == "paused", timeout=10_000)
    assert store.project.weights["dense_1/weight"].shape == (2, 6)
    assert store.project.run.epoch > 30


def test_settings_count_at_once(make, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS, optimizer="sgd", learning_rate=1e-4))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 20, timeout=20_000)
    slow = live.log.last("loss")
    store.apply("rate", edits.set_training, "learning_rate", 0.3)
    qtbot.waitUntil(lambda: live.log.last("loss") < slow / 3, timeout=20_000)


def test_an_explosion_is_offered_its_mend(make, qtbot):
    live, store, said = make(circle(learning_rate=10.0, epochs=500))
    live.play()
    qtbot.waitUntil(lambda: live.state == "paused", timeout=20_000)
    assert isinstance(live.outcome, Diverged)
    text, button, mend = said.offers[-1]
    assert "Dense" in text
    assert "rate" in button
    assert all(np.isfinite(a).all() for a in store.project.weights.values())
    mend()
    assert live.running
    assert store.project.training.learning_rate < 10.0
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 100 or not live.running, timeout=20_000)
    assert store.can_undo


def test_a_project_that_cannot_train_says_why(make, qtbot):
    live, _, said = make(Project())
    live.play()
    qtbot.waitUntil(lambda: bool(said.failures), timeout=5_000)
    assert live.state == "idle"
    assert said.failures[0].hint


def test_breaking_the_network_pauses_and_mending_goes_on(make, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 20, timeout=20_000)
    wire = next(w for w in store.project.graph.wires if w.target == "dense_2")
    store.apply("cut", edits.disconnect, wire)
    qtbot.waitUntil(lambda: live.state == "idle", timeout=10_000)
    store.undo()
    live.play()
    qtbot.waitUntil(lambda: live.running and not live._runner.pending, timeout=10_000)
    assert live.log.last("epoch") > 20


def test_steps_join_into_one_undo_step(make, qtbot):
    live, store, _ = make(circle())
    for count, kind in enumerate(("sample", "batch", "batch"), start=1):
        live.step(kind)
        qtbot.waitUntil(lambda count=count: store.project.run.iteration == count)
    live.step_epoch()
    qtbot.waitUntil(lambda: store.project.run.epoch == 1)
    store.undo()
    assert store.project.run.iteration == 0
    assert not store.can_undo


def test_reset_can_be_undone(make, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 10, timeout=20_000)
    live.reset()
    assert store.project.weights == {}
    qtbot.waitUntil(lambda: not live.running and live.log.length == 0, timeout=5_000)
    store.undo()
    assert store.project.run.epoch > 10
    qtbot.waitUntil(lambda: live.log.length > 0, timeout=5_000)


def test_the_live_weights_come_into_the_document_while_it_runs(make, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 10, timeout=20_000)
    live.absorb()
    first = store.project.run.epoch
    assert first > 10
    qtbot.waitUntil(lambda: live.log.last("epoch") > first + 10, timeout=20_000)
    live.pause()
    qtbot.waitUntil(lambda: live.state == "paused", timeout=10_000)
    assert store.project.run.epoch > first
    store.undo()
    assert store.project.run.epoch == 0


def test_another_project_takes_over(make, view, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    picture = view(live, "signals")
    qtbot.waitUntil(lambda: bool(picture.shown))
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 5, timeout=20_000)
    iris = trainable("iris", (5,))
    store.replace(iris)
    assert live.state == "idle"
    assert not store.can_undo
    qtbot.waitUntil(lambda: picture.last.graph is iris.graph, timeout=10_000)
    assert picture.last.epoch == 0
    assert live.log.length == 0


def test_closing_during_a_run_is_quick(qapp, qtbot):
    live = Live(Store(circle(epochs=ENDLESS)), Messages())
    live.play()
    qtbot.waitUntil(lambda: live.log.length > 2, timeout=20_000)
    begun = time.perf_counter()
    live.close()
    assert time.perf_counter() - begun < 0.1


def test_a_deleted_view_is_forgotten(make, view, qtbot):
    live, _, _ = make(circle(epochs=ENDLESS))
    picture = Picture("weights")
    picture.show()
    live.register(picture)
    shown = picture.shown
    qtbot.waitUntil(lambda: bool(shown))
    picture.deleteLater()
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 50, timeout=20_000)
    assert not live._audience.visible()


def test_the_window_stays_responsive_while_training(make, view, qtbot):
    live, _, _ = make(circle(epochs=ENDLESS))
    picture = view(live, "weights", "signals", "maps", "output_map")
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(10)
    live.play()
    qtbot.waitUntil(lambda: (live.log.last("epoch") or 0) > 500, timeout=60_000)
    timer.stop()
    gaps = np.diff(ticks)
    assert np.median(gaps) < 0.1
    assert picture.painted > 2


def test_the_speed_can_be_slowed_down(make, qtbot):
    live, store, _ = make(circle(epochs=ENDLESS))
    live.set_pace(20.0)
    live.play()
    qtbot.wait(300)
    live.pause()
    qtbot.waitUntil(lambda: live.state == "paused", timeout=5_000)
    assert 1 <= store.project.run.iteration < 50

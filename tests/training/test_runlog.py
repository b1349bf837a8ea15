"""The curves: equal columns, stable views, safe between threads."""

import math
import threading

import numpy as np

from nnstudio.training.cadence import Cadence
from nnstudio.training.runlog import RunLog


def test_columns_are_equally_long_and_read_only():
    log = RunLog()
    log.append({"epoch": 1, "loss": 0.5})
    log.append({"epoch": 2, "loss": 0.4, "accuracy": 0.9})
    assert log.names == ("epoch", "loss", "accuracy")
    assert math.isnan(log.column("accuracy")[0])
    assert log.last("accuracy") == 0.9
    assert log.last("nothing") is None
    assert not log.column("loss").flags.writeable
    assert log.last_row() == {"epoch": 2.0, "loss": 0.4, "accuracy": 0.9}


def test_views_stay_as_they_were():
    log = RunLog()
    for epoch in range(70):
        log.append({"epoch": epoch, "loss": float(epoch)})
    early = log.column("loss")
    for epoch in range(70, 500):
        log.append({"epoch": epoch, "loss": float(epoch)})
    log.truncate(10)
    assert early.tolist() == list(map(float, range(70)))
    assert log.length == 11
    assert log.last("epoch") == 10


def test_the_generation_tells_that_rows_went_away():
    log = RunLog()
    log.append({"epoch": 1, "loss": 1.0})
    before = log.generation
    log.append({"epoch": 2, "loss": 1.0})
    assert log.generation == before
    log.truncate(1)
    assert log.generation != before
    log.load({})
    assert log.length == 0
    assert log.curves() == {}


def test_curves_come_back():
    log, other = RunLog(), RunLog()
    for epoch in range(200):
        log.append({"epoch": epoch, "loss": 1 / (epoch + 1)})
    other.load(log.curves())
    assert other.curves() == log.curves()
    other.append({"epoch": 200, "loss": 0.0})
    assert other.length == 201


def test_reading_while_it_is_written():
    log = RunLog()
    wrong = []

    def read() -> None:
        while log.length < 20_000:
            values = log.column("loss")
            if values.size and not np.array_equal(values, np.arange(values.size)):
                wrong.append(values)

    reader = threading.Thread(target=read)
    reader.start()
    for epoch in range(20_000):
        log.append({"epoch": epoch, "loss": float(epoch)})
    reader.join()
    assert not wrong


def test_the_cadence_only_counts():
    tiny = Cadence.of(parameters=25, rows=400, batches=25)
    assert tiny.base > 1
    assert [tiny.next(epoch) for epoch in range(10)] == list(range(1, 11))
    assert Cadence.of(parameters=160_000, rows=60_000, batches=600).base == 1
    assert Cadence.of(parameters=25, rows=400, batches=25, every=True).base == 1


def test_a_night_of_epochs_stays_a_small_log():
    cadence, epoch, rows = Cadence(12), 0, 0
    while epoch < 50_000_000:
        epoch, rows = cadence.next(epoch), rows + 1
    assert rows < 15_000


def test_measuring_places_do_not_depend_on_where_a_run_began():
    cadence = Cadence(12)
    places = {0}
    epoch = 0
    while epoch < 60_000:
        epoch = cadence.next(epoch)
        places.add(epoch)
    for start in range(0, 60_000, 997):
        assert cadence.next(start) in places

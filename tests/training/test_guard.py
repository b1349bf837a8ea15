"""The explosion guard lets a single jump of a good run pass and stops one that lasts."""

import math

from nnstudio.training.guard import LASTING, Guard, Keepsake


def state(epoch: int) -> Keepsake:
    return Keepsake({}, {}, {}, epoch, epoch)


def test_one_jump_passes_and_lasting_ones_stop_the_run_at_the_good_state() -> None:
    guard = Guard(start=1.0)
    for epoch, loss in enumerate((0.9, 0.05)):
        assert not guard.exploded(loss)
        assert guard.keep(loss, state(epoch))
    assert not guard.exploded(0.95)
    guard.keep(0.95, state(2))
    assert not guard.exploded(0.05)
    guard.keep(0.05, state(3))
    ends = [guard.exploded(0.95) or not guard.keep(0.95, state(4 + n)) for n in range(LASTING)]
    assert ends == [False] * (LASTING - 1) + [True]
    assert guard.keepsake is not None
    assert guard.keepsake.epoch == 3
    assert guard.exploded(math.inf)

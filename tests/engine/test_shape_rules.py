"""What layers say about shapes that do not fit: what arrived, what fits."""

import pytest

from nnstudio.engine import layers
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused, StudioError


@pytest.mark.parametrize(
    ("layer", "arriving", "text", "hint"),
    [
        (layers.Reshape((4, 4)), [(12,)], "12 numbers out as 4 × 4", "product is 12"),
        (layers.Reshape((5, -1)), [(3, 4)], "12 numbers out as 5 × -1", "product is 12"),
        (layers.Reshape((24, -1)), [(3, 4)], "12 numbers out as 24 × -1", "product is 12"),
        (layers.Permute(), [(4,)], "2 axes, but the shape 4 arrives", "Reshape"),
        (layers.Permute((1, 3)), [(4, 4, 1)], "1, 3", "such as 2, 1"),
        (layers.Multiply(), [(3,), (4,)], "Multiply needs equal shapes, but 3 and 4", "equally"),
        (layers.Average(), [(3,), (3, 1)], "but 3 and 3 × 1", "equally"),
    ],
)
def test_refusals_say_what_arrived_and_what_fits(
    layer: Layer, arriving: list[tuple[int, ...]], text: str, hint: str
) -> None:
    with pytest.raises(Refused) as caught:
        layer.output_shape(tuple(arriving))
    assert text in caught.value.text
    assert hint in caught.value.hint


@pytest.mark.parametrize("shape", [(-1, -1), (0, 2), (-2,), (), (1, 2, 3, 4, 5)])
def test_reshape_takes_one_open_size(shape: tuple[int, ...]) -> None:
    with pytest.raises(StudioError):
        layers.Reshape(shape)


def test_shapes_that_fit() -> None:
    assert layers.Reshape((2, -1, 3)).output_shape(((4, 6),)) == (2, 4, 3)
    assert layers.Permute().output_shape(((8, 6, 3),)) == (6, 8, 3)

"""The automatic layout: flow to the right, no two cards overlap, columns centred, repeatable."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.document.arrange import arrange
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from tests.document.projects import small

CARD = (148, 88)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Random acyclic graphs of Concatenates."""
    count = draw(st.integers(1, 9))
    nodes = tuple(Node(f"concatenate_{n}", layers.Concatenate()) for n in range(count))
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    wires = tuple(Wire(nodes[a].id, nodes[b].id, "inputs") for a, b in chosen)
    return Graph(draw(st.permutations(nodes)), wires)


@given(graphs())
def test_cards_never_overlap_and_wires_go_right(graph: Graph) -> None:
    places = arrange(graph)
    assert set(places) == set(graph.by_id)
    for a, b in itertools.combinations(places.values(), 2):
        assert abs(a[0] - b[0]) >= CARD[0] or abs(a[1] - b[1]) >= CARD[1]
    for wire in graph.wires:
        assert places[wire.source][0] < places[wire.target][0]
    for x in {x for x, _ in places.values()}:
        assert np.isclose(np.mean([y for column, y in places.values() if column == x]), 0)
    assert arrange(graph) == places


def test_a_chain_is_a_row() -> None:
    places = arrange(small().graph)
    assert [places[id] for id in small().graph.order] == [(200.0 * n, 0.0) for n in range(5)]


def test_an_empty_graph_and_a_circle_are_placed_too() -> None:
    assert arrange(Graph()) == {}
    nodes = (Node("a", layers.Dense(1)), Node("b", layers.Dense(1)))
    assert len(arrange(Graph(nodes, (Wire("a", "b"), Wire("b", "a"))))) == 2

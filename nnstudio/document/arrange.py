"""Automatic layout: columns by longest path from the inputs, rows by the mean of neighbours."""

from collections.abc import Mapping, Sequence

from nnstudio.engine.graph import Graph

COLUMN_PITCH = 200.0
ROW_PITCH = 120.0
SWEEPS = 6


def arrange(graph: Graph) -> Mapping[str, tuple[float, float]]:
    """Return a place for every node: no two cards overlap, every column is centred on y = 0.

    Layers after Sugiyama, Tagawa and Toda (1981): a node's column is one more than its
    rightmost source, a source stands just left of what it feeds; rows are sorted by the mean
    row of the neighbours, sweeping forth and back. The result depends on the graph only.
    """
    columns = _columns(graph)
    count = 1 + max(columns.values(), default=-1)
    rows: list[list[str]] = [[] for _ in range(count)]
    for node in graph.nodes:
        rows[columns[node.id]].append(node.id)
    heights = {id: height for ids in rows for id, height in zip(ids, _heights(ids), strict=True)}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in range(1, count) if forth else range(count - 2, -1, -1):
            _sort(graph, rows[column], heights, forth)
    return {
        id: (column * COLUMN_PITCH, heights[id] * ROW_PITCH)
        for column, ids in enumerate(rows)
        for id in ids
    }


def _columns(graph: Graph) -> dict[str, int]:
    """Return the column of every node; nodes without any wire stand in a column of their own."""
    columns: dict[str, int] = {}
    for id in graph.order:
        before = [columns[wire.source] for wire in graph.incoming[id]]
        columns[id] = 1 + max(before, default=-1)
    for id in reversed(graph.order):
        after = [columns[wire.target] for wire in graph.outgoing[id]]
        if after and not graph.incoming[id]:
            columns[id] = min(after) - 1
    last = max(columns.values(), default=-1)
    for node in graph.nodes:
        if node.id not in columns:
            columns[node.id] = last + 1
    wired = {id for wire in graph.wires for id in (wire.source, wire.target)}
    if wired:
        loose = [node.id for node in graph.nodes if node.id not in wired]
        end = 1 + max(columns[id] for id in wired)
        columns.update(dict.fromkeys(loose, end))
    return columns


def _heights(ids: Sequence[str]) -> list[float]:
    """Return the rows of a column, counted from its middle."""
    return [row - (len(ids) - 1) / 2 for row in range(len(ids))]


def _sort(graph: Graph, ids: list[str], heights: dict[str, float], forth: bool) -> None:
    """Sort one column by the mean height of its neighbours; ties keep their order."""

    def centre(id: str) -> float:
        wires = graph.incoming[id] if forth else graph.outgoing[id]
        near = [heights[wire.source if forth else wire.target] for wire in wires]
        return sum(near) / len(near) if near else heights[id]

    ids.sort(key=centre)
    heights.update(zip(ids, _heights(ids), strict=True))

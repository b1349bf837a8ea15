"""Automatic layout: columns by longest path from the inputs, rows by the mean of neighbours."""

from collections.abc import Mapping

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
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in range(1, count) if forth else range(count - 2, -1, -1):
            _sort(graph, rows, columns, column, forth)
    return {
        id: (column * COLUMN_PITCH, (row - (len(ids) - 1) / 2) * ROW_PITCH)
        for column, ids in enumerate(rows)
        for row, id in enumerate(ids)
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


def _sort(
    graph: Graph, rows: list[list[str]], columns: Mapping[str, int], column: int, forth: bool
) -> None:
    """Sort one column by the mean place of its neighbours; ties keep their order."""
    place = {id: row - (len(ids) - 1) / 2 for ids in rows for row, id in enumerate(ids)}

    def centre(id: str) -> float:
        wires = graph.incoming[id] if forth else graph.outgoing[id]
        near = [place[wire.source if forth else wire.target] for wire in wires]
        return sum(near) / len(near) if near else place[id]

    rows[column].sort(key=centre)

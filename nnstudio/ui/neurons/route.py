"""The way of the keyboard through neurons and connections."""

from collections.abc import Iterator

import numpy as np

from nnstudio.ui.neurons.board import Board
from nnstudio.ui.selection import Entry

Neuron = tuple[str, int]


def neurons_in_order(board: Board) -> list[Neuron]:
    """Return every shown neuron, column by column from the input, top to bottom."""
    return [
        (id, unit)
        for ids in board.anatomy.columns
        for id in ids
        for unit in board.layout.places[id].shown.tolist()
    ]


def walk(board: Board, at: Neuron | None, dx: int, dy: int) -> Neuron | None:
    """Return the neuron one step away; the first one when none is selected."""
    every = neurons_in_order(board)
    if not every or at not in every:
        return every[0] if every else None
    group, unit = at
    if dy:
        column = [
            n
            for n in every
            if board.anatomy.groups[n[0]].depth == board.anatomy.groups[group].depth
        ]
        place = column.index(at) + dy
        return column[place] if 0 <= place < len(column) else at
    centre = board.layout.places[group].centre(unit)
    depth = board.anatomy.groups[group].depth + dx
    near = [n for n in every if board.anatomy.groups[n[0]].depth == depth]
    if not near or centre is None:
        return at
    heights = np.array([board.layout.places[g].centres[p, 1] for g, p in _positions(board, near)])
    return near[int(np.abs(heights - centre[1]).argmin())]


def _positions(board: Board, neurons: list[Neuron]) -> Iterator[tuple[str, int]]:
    for group, unit in neurons:
        at = board.layout.places[group].position(unit)
        yield group, 0 if at is None else at


def entries_in_order(board: Board) -> list[Entry]:
    """Return every shown number to type: for each neuron what comes in, then its bias."""
    found: list[Entry] = []
    for link in sorted(
        board.anatomy.links, key=lambda link: board.anatomy.groups[link.target].depth
    ):
        group = board.anatomy.groups[link.target]
        strands, mask = board.strands[link.weight], board.values.mask(link)
        for unit in board.layout.places[group.id].shown.tolist():
            for row in strands.rows[strands.columns == unit].tolist():
                if mask is None or mask[row, unit]:
                    found.append(Entry(link.weight, (row, unit)))
            if group.bias and not group.shared_bias:
                found.append(Entry(group.bias, (unit,)))
        if group.bias and group.shared_bias:
            found.append(Entry(group.bias, (0,)))
    return found


def next_entry(board: Board, entry: Entry, step: int) -> Entry | None:
    """Return the number after (or before) one; None past the ends."""
    every = entries_in_order(board)
    if entry not in every:
        return None
    place = every.index(entry) + step
    return every[place] if 0 <= place < len(every) else None


def incoming(board: Board, neuron: Neuron) -> list[Entry]:
    """Return the shown connections into a neuron (cut ones too), then its bias."""
    link, group = board.anatomy.into(neuron[0]), board.anatomy.groups[neuron[0]]
    if link is None:
        return []
    strands = board.strands[link.weight]
    rows = strands.rows[strands.columns == neuron[1]].tolist()
    found = [Entry(link.weight, (row, neuron[1])) for row in rows]
    return [*found, Entry(group.bias, group.bias_index(neuron[1]))] if group.bias else found


def outgoing(board: Board, neuron: Neuron) -> list[Entry]:
    """Return the shown connections out of a neuron, cut ones too."""
    found = []
    for link in board.anatomy.out_of(neuron[0]):
        strands = board.strands[link.weight]
        for row in link.rows_from(*neuron):
            columns = strands.columns[strands.rows == row].tolist()
            found += [Entry(link.weight, (row, column)) for column in columns]
    return found


def ends(board: Board, entry: Entry) -> tuple[Neuron | None, Neuron | None]:
    """Return the neurons a connection leads from and to; a bias has only the latter."""
    group = board.group_of(entry)
    if group is None:
        return None, None
    if len(entry.index) == 1:
        return None, (group.id, 0 if group.shared_bias else entry.index[0])
    link = board.link_of(entry)
    return (link.source(entry.index[0]) if link is not None else None), (group.id, entry.index[1])

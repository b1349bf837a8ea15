"""The canvas: the network as cards and wires, edited with mouse and keys."""

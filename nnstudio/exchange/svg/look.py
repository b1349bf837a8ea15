"""The colours and widths of the drawn network: those of the window's light theme."""

NEGATIVE = "#d9730d"
POSITIVE = "#2563eb"
ZERO = "#8b95a3"
TEXT = "#1b2430"
MUTED = "#5c6878"
BORDER = "#dde3ec"
GROUND = "#ffffff"
RIMS = {"input": "#0b8a7b", "output": "#be185d", "dense": "#2563eb", "other": "#475569"}
"""The rim of a neuron by what it is."""

WIDEST = 6.0
"""Width of the line of the largest weight, in the picture's units."""

THINNEST = 0.8
DASHES = "8 5"
SHADES = 9
"""How many shades of one colour a picture of weights has."""


def mixed(color: str, share: float) -> str:
    """Return a colour mixed with the white ground; `share` 1 is the colour itself."""
    parts = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + share * (part - 255)):02x}" for part in parts)

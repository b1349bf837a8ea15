"""A network drawn as plain SVG text: neurons as circles, every connection a line, without Qt."""

from nnstudio.exchange.svg.picture import network_svg

__all__ = ["network_svg"]

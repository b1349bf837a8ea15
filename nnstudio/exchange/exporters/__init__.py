"""Exporters: one file per format; all of them answer to the same contract (`exporter.py`)."""

from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report

__all__ = ["EXPORTERS", "Exporter", "Report"]

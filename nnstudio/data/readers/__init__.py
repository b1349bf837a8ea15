"""Readers of files: `read_table` for CSV, TSV and Excel."""

from nnstudio.data.readers.read import TablePreview, inspect_table, read_table

__all__ = ["TablePreview", "inspect_table", "read_table"]

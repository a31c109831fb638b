"""Records out: JSON Lines, one JSON document, Parquet, CSV, XLSX and DuckDB, and records read back in.

A record travels as a *line*: its compact JSON in UTF-8, keys in the order of the record, no line end. All writers
take lines, so that a record can pass from a worker process or an older file without being built again.
"""

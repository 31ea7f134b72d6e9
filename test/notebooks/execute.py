"""Runs a notebook from a fresh kernel and writes it back with its outputs.

usage: execute.py NOTEBOOK OUTPUT KERNEL FOLDER SECONDS

The notebook runs in FOLDER; a cell that fails does not stop it, so that the test can name
each failing cell. Every cell's time is kept in its metadata (nbclient's record_timing).
"""

import sys

import nbformat
from nbclient import NotebookClient

path, output, kernel, folder, seconds = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
client = NotebookClient(
    notebook,
    kernel_name=kernel,
    timeout=int(seconds),
    allow_errors=True,
    record_timing=True,
    resources={"metadata": {"path": folder}},
)
client.execute()
nbformat.write(notebook, output)

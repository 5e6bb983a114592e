"""ONNX Runtime sessions for the shipped models."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_session(file: Path, threads: int = 0) -> Any:
    """An ONNX Runtime session of `file`, on the processor, with as many `threads` (0: one a core)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads win little on a quiet machine and stall each other on a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

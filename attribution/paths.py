"""Where the models, the seeds and the page lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

from attribution.article import AttributionError

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries models/, seeds/ and dashboard.py inside the package; in a checkout they stand beside it.
_ROOTS = (_PACKAGE / "shipped", _PACKAGE.parent)


def _find(relative: str) -> Path:
    for root in _ROOTS:
        if (path := root / relative).exists():
            return path
    raise AttributionError(
        f"{relative}: not found beside the package. Reinstall it: pip install --force-reinstall ."
    )


def model_folder(name: str) -> Path:
    """The folder of the trained model `name`: "language", "speaker" or "stance".

    Raises `AttributionError` where it is missing.
    """
    return _find(f"models/{name}")


def seeds_folder() -> Path:
    """The folder of the two seed articles."""
    return _find("seeds")


def dashboard_script() -> Path:
    """The script that Streamlit runs."""
    return _find("dashboard.py")

"""Who said what, and where they stand: direct quotes in news articles, each with its speaker and its stance.

    import attribution

    articles, refused = attribution.read_articles(["seeds"])
    analysis = attribution.analyse(articles, targets=["Operation Metro Surge"])
    for record in analysis.records():
        print(record["speaker"], record["stance"]["label"], record["text"])

`attribution.analysis` is the whole way in order, and the place to read next.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

# ONNX Runtime's Linux builds report their use to Microsoft, the model's name with it, unless this is set
# before they are loaded (microsoft/onnxruntime#27379). Here nothing leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Loaded when first asked for: whoever only reads articles waits for no model library.
_HOMES = {
    "attribution.analysis": ("Analysis", "AttributedQuote", "analyse", "classify", "extract"),
    "attribution.article": ("Article", "AttributionError", "Span"),
    "attribution.check": ("CheckedQuote", "Difference", "DraftQuote", "Passage", "check_quotes"),
    "attribution.duplicates": ("DuplicateGroup", "group_duplicates"),
    "attribution.export": ("View", "to_csv", "to_docx", "to_html", "to_jsonl", "to_parquet", "to_xlsx"),
    "attribution.language": ("load_language",),
    "attribution.lint": ("Remark", "find_remarks"),
    "attribution.marks": ("Marked", "find_marks"),
    "attribution.people": ("Person", "Speaker"),
    "attribution.quotes": ("Quote", "find_quotes"),
    "attribution.readers": ("article_from_upload", "read_article", "read_articles"),
    "attribution.speakers": ("Attribution", "attribute"),
    "attribution.stance": ("QuoteInContext", "Stance", "StanceClassifier", "Target", "load_stance"),
    "attribution.tongue": ("Tongue", "tongue_of"),
    "attribution.variants": ("Utterance", "Wording", "find_variants"),
    "attribution.versions": ("QuoteChange", "VersionChanges", "compare_versions"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'attribution' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

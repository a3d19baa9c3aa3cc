"""Files of small taggers that tests train."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def write_models(folder: Path, clusters: bytes, version: int, **thresholds: float) -> Path:
    """`models.json` beside the trained `de.crfsuite` of a folder, as the program reads it."""
    content = (folder / "de.crfsuite").read_bytes()
    entry = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "clusters": hashlib.sha256(clusters).hexdigest(),
        **thresholds,
    }
    models = folder / "models.json"
    models.write_text(json.dumps({"version": version, "languages": {"de": entry}}))
    return models

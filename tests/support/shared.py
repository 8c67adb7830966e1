"""The real files that some tests read, where they lie beside the project."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def shared_data(path: str) -> Path:
    """Return the file under ../shared/data, or skip the test where the folder is absent."""
    if not FOLDER.is_dir():
        pytest.skip("../shared/data is not beside this checkout")
    return FOLDER / path

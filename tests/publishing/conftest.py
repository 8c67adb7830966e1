"""A small content folder, so that a trial of all of it takes a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_content import small_content


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a program came with; nobody may change it."""
    return small_content(tmp_path_factory.mktemp("content") / "base")

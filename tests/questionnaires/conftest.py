import pytest

from content.load import Content, load


@pytest.fixture(scope="session")
def shipped() -> Content:
    return load()

from collections.abc import Mapping

import pytest

from content.frameworkfiles import read_frameworks
from content.frameworks import Framework
from content.load import SHIPPED


@pytest.fixture(scope="session")
def frameworks() -> Mapping[str, Framework]:
    return read_frameworks(SHIPPED, []).frameworks

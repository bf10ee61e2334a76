"""Real parts that tests run against: where one is missing, its tests skip; where all must be there, they fail."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(reason: str) -> NoReturn:
    """End a test that lacks a part; `reason` names the command that installs it."""
    if os.environ.get("ARCHIVER_TESTS_COMPLETE"):
        pytest.fail(f"{reason} (ARCHIVER_TESTS_COMPLETE is set)")
    pytest.skip(reason)

"""The page about verdicts names every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.model import Reason, VerdictKind, WarningCode

_PAGE = Path(__file__).parents[2] / "docs" / "verdicts.md"


@pytest.mark.parametrize("code", [*VerdictKind, *Reason, *WarningCode])
def test_every_verdict_reason_and_warning_is_explained(code: str) -> None:
    assert f"`{code.value}`" in _PAGE.read_text("utf-8")  # type: ignore[attr-defined]

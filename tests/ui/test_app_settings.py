"""The settings the app is delivered with are ones the pinned Streamlit knows: a renamed one would be passed over silently."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit import config

SETTINGS = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text(encoding="utf-8"))
NAMED = sorted(f"{section}.{name}" for section, options in SETTINGS.items() if section != "theme" for name in options)


@pytest.mark.parametrize("name", NAMED)
def test_a_setting_is_one_that_streamlit_knows(name: str) -> None:
    config.get_config_options()
    assert name in config._config_options_template  # the public getter knows no names, and raises for none


@pytest.mark.parametrize(("name", "value"), [("server.fileWatcherType", "none"), ("runner.postScriptGC", False)])
def test_what_a_session_would_pay_for_is_off(name: str, value: object) -> None:
    section, option = name.split(".")
    assert SETTINGS[section][option] == value

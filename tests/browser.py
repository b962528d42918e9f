"""A headless Chromium for tests; without one they are skipped, or fail where UNSTUFF_REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900")


def missing() -> str:
    """What is not there for a browser test; "" when all is."""
    try:
        import selenium  # noqa: F401
    except ModuleNotFoundError:
        return "selenium is not installed; pip install -e '.[browser]'"
    if not any(map(shutil.which, _BROWSERS)) or not shutil.which("chromedriver"):
        return "no Chromium with chromedriver; apt-get install chromium chromium-driver"
    return ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    """The browser, with its console's log."""
    if reason := missing():
        if os.environ.get("UNSTUFF_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, _BROWSERS)))
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # Both named, since selenium would look for others on the network.
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def emulate(chromium: Chrome, width: int, scheme: str) -> None:
    """A screen of a width in CSS pixels, with a preference for "light" or "dark"."""
    screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    media: dict[str, Any] = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def run(chromium: Chrome, script: str) -> Any:
    """What a script on the page returns."""
    return chromium.execute_script(script)


def wait(chromium: Chrome, condition: str) -> None:
    """Until a condition of the page holds: a new address reaches its script a little later."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(chromium, 30).until(lambda driver: driver.execute_script(f"return {condition}"), condition)


def press(chromium: Chrome, *keys: str) -> None:
    """Keys, one after the other."""
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(chromium).send_keys(key).perform()


def alerted(chromium: Chrome) -> bool:
    """Whether a script has opened a dialogue."""
    from selenium.common.exceptions import NoAlertPresentException

    try:
        return bool(chromium.switch_to.alert)
    except NoAlertPresentException:
        return False

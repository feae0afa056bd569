"""Chromium as these tests drive it, and what keeps people out of a page."""

import base64
import shutil

from selenium import webdriver


def browser(width, scripts):
    options = webdriver.ChromeOptions()
    # A container's shared memory may be too small for a page.
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1100,1400",
    ]:
        options.add_argument(argument)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    # Both are the machine's own: nothing is fetched.
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    options.binary_location = shutil.which("chromium")
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(30)
    # A window can't be as narrow as a telephone.
    size = {"width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


def picture(driver, name, pictures):
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        whole = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        (pictures / f"{name}.png").write_bytes(base64.b64decode(whole["data"]))


def barriers(driver, where, axe):
    """What axe finds on the page that is open; nothing, or it ends here."""
    driver.execute_script(axe)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = driver.execute_async_script(
        "axe.run(document, {runOnly: arguments[0]}).then(arguments[arguments.length - 1])", rules
    )
    for one in found["violations"]:
        print(f"{where}: {one['id']}: {one['help']}", *(node["html"] for node in one["nodes"]), sep="\n  ")
    assert not found["violations"], where
    # No part of a page is wider than the screen.
    wide = driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{where}: {wide} px too wide"
    print(f"{where}: {len(found['passes'])} rules of axe met, 0 broken")

"""Answers a survey of the demonstration in Chromium, and tells the contact what is wrong, with scripts switched off, by keyboard and mouse.

Usage: answer.py LINK RAISE AXE [PICTURES]
LINK leads to an open form, RAISE to the page for the contact, AXE to axe.min.js; screenshots go to the folder PICTURES, if one is named.
"""

import pathlib
import sys

import page
from page import browser
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.wait import WebDriverWait

link, to_raise, axe = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]).read_text()
pictures = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None


def picture(driver, name):
    page.picture(driver, name, pictures)


def barriers(driver, where):
    page.barriers(driver, where, axe)


def fieldset(driver, legend):
    for found in driver.find_elements(By.TAG_NAME, "fieldset"):
        if found.find_element(By.TAG_NAME, "legend").text.startswith(legend):
            return found
    raise AssertionError(f"no question '{legend}'")


def choose(driver, legend, label):
    """Clicks on a label, as people do: the control itself is small."""
    for found in fieldset(driver, legend).find_elements(By.TAG_NAME, "label"):
        if found.text == label:
            found.click()
            return
    raise AssertionError(f"'{legend}' has no '{label}'")


def chosen(driver, legend):
    ticked = fieldset(driver, legend).find_elements(By.CSS_SELECTOR, "input:checked + label")
    return [label.text for label in ticked]


def follow(driver, what):
    """Clicks, and waits until the page is another one."""
    before = driver.find_element(By.TAG_NAME, "html")
    what.click()
    # While a page goes, the driver may have no answer at all.
    wait = WebDriverWait(driver, 20, ignored_exceptions=[WebDriverException])
    wait.until(expected_conditions.staleness_of(before))


def press(driver, button):
    """Sends the form."""
    follow(driver, driver.find_element(By.XPATH, f"//button[normalize-space()='{button}']"))


def heading(driver):
    return driver.find_element(By.TAG_NAME, "h1").text


# Nothing is changed by this one: it looks for barriers, on a wide screen and on a telephone.
for width in [1100, 700, 320]:
    driver = browser(width, scripts=True)
    driver.get(link)
    assert driver.execute_script("return window.innerWidth") == width
    barriers(driver, f"the form at {width} px")
    picture(driver, f"form-{width}")
    press(driver, "Hand in")
    assert driver.title.startswith("Error: "), driver.title
    barriers(driver, f"the form with errors at {width} px")
    picture(driver, f"errors-{width}")
    driver.get(to_raise)
    barriers(driver, f"the page for the contact at {width} px")
    press(driver, "Send")
    assert driver.title.startswith("Error: "), driver.title
    barriers(driver, f"the page for the contact with errors at {width} px")
    picture(driver, f"raise-errors-{width}")
    driver.quit()

# In colours of the reader's own it can be seen what is chosen.
driver = browser(1100, scripts=True)
driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "forced-colors", "value": "active"}]})
driver.get(link)
looks = "return getComputedStyle(document.querySelector('.option input')).appearance"
assert driver.execute_script(looks) == "auto", driver.execute_script(looks)
picture(driver, "forced-colours")
driver.quit()

driver = browser(1100, scripts=False)
driver.get("data:text/html,<noscript>off</noscript>")
assert driver.find_element(By.TAG_NAME, "body").text == "off", "scripts are on"
driver.get(link)
assert heading(driver) == "Half-way"
statements = ["I can speak openly in my pair", "Our conversations are worth the time", "I know where to turn"]
for statement in statements:
    assert len(fieldset(driver, statement).find_elements(By.CSS_SELECTOR, "input[type=radio]")) == 5, statement

# By keyboard: into the first group, and on to its second point.
first = fieldset(driver, statements[0]).find_element(By.CSS_SELECTOR, "input[type=radio]")
first.send_keys(Keys.SPACE)
first.send_keys(Keys.ARROW_RIGHT)
assert chosen(driver, statements[0]) == ["Disagree"], chosen(driver, statements[0])
choose(driver, "What gets in the way?", "Shifts and rotas")
press(driver, "Save and come back later")
assert heading(driver) == "Your answers are kept for you", heading(driver)
follow(driver, driver.find_element(By.LINK_TEXT, "Go on answering now"))
assert chosen(driver, statements[0]) == ["Disagree"]
assert chosen(driver, "What gets in the way?") == ["Shifts and rotas"]

# Handed in too early: the list of what is missing leads to where it is missing.
press(driver, "Hand in")
listed = driver.find_elements(By.CSS_SELECTOR, ".errors a")
assert len(listed) == 2, [entry.text for entry in listed]
listed[0].click()
driver.switch_to.active_element.send_keys(Keys.SPACE)
assert chosen(driver, statements[1]) == ["Strongly disagree"], "the first radio button of the second statement has the focus"

# An answer brings another question, which is shown before anything is handed in.
choose(driver, statements[2], "Agree")
choose(driver, "What gets in the way?", "Something else")
press(driver, "Hand in")
said = driver.find_element(By.CSS_SELECTOR, ".said").text
assert said.startswith("There is one more question because of what you have answered."), said
assert not driver.find_elements(By.CSS_SELECTOR, ".errors")
picture(driver, "one-more-question")
driver.find_element(By.ID, "q:hinders_other").send_keys("A quiet room, and “time” <b>together</b>.")
press(driver, "Hand in")
assert heading(driver) == "Thank you", driver.page_source
picture(driver, "thank-you")
driver.get(link)
assert heading(driver) == "Thank you"

# Something is wrong: what was written stays while it is chosen whether a name is given.
driver.get(to_raise)
driver.find_element(By.ID, "text").send_keys("What I said was repeated at work.")
press(driver, "Send")
assert driver.find_element(By.ID, "text").get_attribute("value") == "What I said was repeated at work."
driver.find_element(By.CSS_SELECTOR, "label[for=unnamed]").click()
press(driver, "Send")
assert heading(driver) == "Thank you for saying so", driver.page_source
picture(driver, "raised")
driver.quit()
print("a survey was answered, and the contact told, in Chromium without a script")

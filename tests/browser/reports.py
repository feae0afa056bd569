"""Opens reports in Chromium, wide and as narrow as a telephone: nothing keeps anybody out, and nothing is wider than the screen.

Usage: reports.py AXE PICTURES REPORT...
AXE is axe.min.js; each REPORT is a page on disk. Screenshots go to the folder PICTURES, unless that is empty.
"""

import pathlib
import sys

import page

axe = pathlib.Path(sys.argv[1]).read_text()
pictures = pathlib.Path(sys.argv[2]) if sys.argv[2] else None
reports = [pathlib.Path(name).resolve() for name in sys.argv[3:]]
assert reports, "no report is named"
for width in [1100, 320]:
    driver = page.browser(width, scripts=True)
    for report in reports:
        driver.get(report.as_uri())
        page.barriers(driver, f"{report.stem} at {width} px", axe)
        page.picture(driver, f"{report.stem}-{width}", pictures)
    driver.quit()
print(f"{len(reports)} reports were opened")

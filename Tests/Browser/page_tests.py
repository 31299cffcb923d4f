"""The search page in a real browser, against `discover serve` on a real index.

Run by `make test-browser`; see scripts/test-browser for what it needs.
"""

import functools
import http.server
import importlib.resources
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
from collections.abc import Callable
from typing import Any, ClassVar

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PROGRAM = os.environ["DISCOVER_PROGRAM"]
INDEX = os.environ["DISCOVER_INDEX"]
SCREENSHOTS = pathlib.Path(os.environ.get("DISCOVER_SCREENSHOTS", ".build/screenshots"))
# The package brings axe-core; nothing else of it is used.
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

THALAMUS = "Find thalamic recordings from a sleeping animal with a Neuropixels probe."
VIRUS = "Show subjects with an inhibitory-acting virus injections in the Visual cortex"


class Server:
    """`discover serve` on a free port, until stopped."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", os.environ.get("DISCOVER_PORT", "0"), "--index", INDEX, "--rate", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        output = self.process.stdout
        self.address = ""
        for line in output:
            found = re.search(r"http://[\d.]+:\d+", line)
            if found:
                self.address = found.group(0)
                break
        if not self.address:
            raise RuntimeError("discover serve named no address")
        threading.Thread(target=lambda: [None for _ in output], daemon=True).start()
        for _ in range(100):
            try:
                urllib.request.urlopen(self.address + "/readyz", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("discover serve is not ready")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def leading_number(text: str) -> int:
    """The first number of a text, thousands set apart or not."""
    found = re.search(r"\d+", text.replace("\u202f", ""))
    if found is None:
        raise AssertionError(f"no number in {text!r}")
    return int(found[0])


def browser(script: bool = True, dark: bool = False, width: int = 1360, height: int = 900, scale: int = 1) -> WebDriver:
    """A new headless browser window."""
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        f"--window-size={width},{height}",
        f"--force-device-scale-factor={scale}",
        "--lang=en-US",
    ):
        options.add_argument(argument)
    if dark:
        options.add_argument("--force-dark-mode")
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {
            "features": [
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ]
        },
    )
    # The window of a headless browser cannot be narrower than 500 pixels; the emulated one can.
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600},
    )
    driver.set_page_load_timeout(60)
    return driver


class BrowserTest(unittest.TestCase):
    """One server, one window; every test ends with a look at what the browser complained about."""

    server: ClassVar[Server]
    driver: ClassVar[WebDriver]

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = Server()
        cls.driver = browser()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.driver.quit()
        cls.server.stop()

    def tearDown(self) -> None:
        complaints = [
            entry
            for entry in self.driver.get_log("browser")
            if "Content Security Policy" in entry["message"]
            or "SyntaxError" in entry["message"]
            or "TypeError" in entry["message"]
            or "ReferenceError" in entry["message"]
        ]
        self.assertEqual(complaints, [])

    # Reading the page

    def open(self, path: str) -> None:
        self.driver.get(self.server.address + path)

    def ask(self, question: str) -> None:
        self.open("/")
        box = self.one("#q")
        box.send_keys(question)
        self.one("form.search").submit()
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, "#plan"))

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def wait(self, condition: Callable[[], object], seconds: float = 15) -> Any:
        return WebDriverWait(self.driver, seconds, 0.05).until(lambda _: condition())

    def chips(self) -> list[str]:
        return [
            " ".join(chip.text.replace("\N{MULTIPLICATION SIGN}", "").split()) for chip in self.all(".chips > li .body")
        ]

    def total(self) -> int:
        return leading_number(self.one(".totals .number").text)

    def titles(self) -> list[str]:
        return [title.text for title in self.all(".hit.match h3")]

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def changed(self, act: Callable[[], object]) -> None:
        """Does something that loads another page, and waits for it."""
        before = self.one("html")
        act()
        self.wait(lambda: before.id != self.one("html").id)
        self.wait(lambda: self.driver.execute_script("return document.readyState") == "complete")


class Asking(BrowserTest):
    """The two questions of the mission, and the plan as chips."""

    def test_thalamic_recordings_in_sleep(self) -> None:
        self.ask(THALAMUS)
        chips = " | ".join(self.chips())
        for piece in ("Kind sessions", "Brain region thalamus", "State sleep", "Device Neuropixels"):
            self.assertIn(piece, chips)
        self.assertGreater(self.total(), 0)
        for hit in self.all(".hit.match"):
            why = hit.find_element(By.CSS_SELECTOR, ".why").text
            for facet in ("brain region", "state", "device"):
                self.assertIn(facet, why)

    def test_inhibitory_viruses_in_visual_cortex(self) -> None:
        self.ask(VIRUS)
        chips = " | ".join(self.chips())
        self.assertIn("Kind subjects", chips)
        self.assertIn("Effect inhibitory", chips)
        self.assertGreater(self.total(), 0)
        for hit in self.all(".hit.match .facts"):
            self.assertIn("subject", hit.text)

    def test_a_chip_is_removed_by_mouse(self) -> None:
        self.ask(THALAMUS)
        before, total = self.chips(), self.total()
        chip = next(chip for chip in self.all(".chip.filter") if "sleep" in chip.text)
        self.changed(chip.find_element(By.CSS_SELECTOR, ".remove").click)
        after = self.chips()
        self.assertEqual(len(after), len(before) - 1)
        self.assertFalse([chip for chip in after if "sleep" in chip])
        self.assertGreaterEqual(self.total(), total)

    def test_a_chip_is_removed_by_keyboard(self) -> None:
        self.ask(THALAMUS)
        before = self.chips()
        summaries = self.all(".chip summary")
        self.driver.execute_script("arguments[0].focus()", summaries[0])
        self.changed(lambda: self.press(Keys.DELETE))
        self.assertEqual(len(self.chips()), len(before) - 1)
        self.wait(lambda: self.driver.execute_script("return document.activeElement.closest('.chips') !== null"))

    def test_a_chip_is_opened_narrowed_and_negated_by_keyboard(self) -> None:
        self.ask("thalamic recordings in sleep")
        summary = next(one for one in self.all(".chip summary") if "thalamus" in one.text)
        self.driver.execute_script("arguments[0].focus()", summary)
        self.press(Keys.ENTER)
        menu = summary.find_element(By.XPATH, "../div")
        self.wait(menu.is_displayed)
        self.press(Keys.ESCAPE)
        self.wait(lambda: not menu.is_displayed())
        self.assertEqual(self.driver.switch_to.active_element, summary)
        self.press(Keys.ENTER)
        narrower = menu.find_element(By.XPATH, ".//p[contains(., 'Narrow')]/following-sibling::ul[1]//a")
        label = narrower.find_element(By.TAG_NAME, "bdi").text
        count = int(narrower.find_element(By.CSS_SELECTOR, ".count").text)
        self.driver.execute_script("arguments[0].focus()", narrower)
        self.changed(lambda: self.press(Keys.ENTER))
        self.assertTrue([chip for chip in self.chips() if label in chip])
        self.assertEqual(self.total(), count, "the count beside a narrower term is the total after choosing it")

        summary = next(one for one in self.all(".chip summary") if "sleep" in one.text)
        self.driver.execute_script("arguments[0].focus()", summary)
        self.press(Keys.ENTER)
        act = summary.find_element(By.XPATH, "../div//a[@class='act']")
        self.driver.execute_script("arguments[0].focus()", act)
        self.changed(lambda: self.press(Keys.ENTER))
        self.assertTrue([chip for chip in self.chips() if chip.startswith("not State")])

    def test_facet_counts_are_the_totals_after_the_click(self) -> None:
        self.ask("sleep")
        links = self.driver.execute_script(
            "return [...document.querySelectorAll('.facets li > a')].filter(a => a.querySelector('.count'))"
            ".map(a => [a.href, a.querySelector('.count').textContent])"
        )
        self.assertGreater(len(links), 5)
        for address, count in links[::4]:
            self.driver.get(address)
            self.assertEqual(self.total(), int(count.replace("\u202f", "")), address)

    def test_back_and_forward(self) -> None:
        self.ask(THALAMUS)
        first = (self.driver.current_url, self.chips(), self.titles())
        self.changed(self.all(".chip .remove")[-1].click)
        second = (self.driver.current_url.split("#")[0], self.chips(), self.titles())
        self.changed(self.driver.back)
        self.assertEqual((self.driver.current_url, self.chips(), self.titles()), first)
        self.assertEqual(self.one("#q").get_attribute("value"), THALAMUS)
        self.changed(self.driver.forward)
        self.assertEqual((self.driver.current_url.split("#")[0], self.chips(), self.titles()), second)

    def test_nothing_found_offers_changes_that_help(self) -> None:
        self.open("/?q=region%3Athalamus+species%3Ahuman+state%3Asleep+device%3ANeuropixels")
        self.assertEqual(self.total(), 0)
        help_link = self.one(".help a")
        promised = leading_number(help_link.find_element(By.XPATH, "following-sibling::span").text)
        self.changed(help_link.click)
        self.assertEqual(self.total(), promised)

    def test_pages_of_results_show_each_record_once(self) -> None:
        self.open("/?q=&filter=source%3Dbrainstem&limit=7")
        seen, wanted = [], self.total()
        while True:
            seen += [link.get_attribute("href") for link in self.all(".hit.match h3 a")]
            following = self.all(".paging .next")
            if not following or len(seen) > wanted:
                break
            self.changed(following[0].click)
        self.assertEqual(len(seen), wanted)
        self.assertEqual(len(set(seen)), wanted)


class Typing(BrowserTest):
    """Suggestions by keyboard: the ARIA combobox."""

    def options(self) -> list[str]:
        return [one.text for one in self.all("[role=option]")]

    def test_a_suggestion_is_chosen_by_keyboard(self) -> None:
        self.open("/")
        box = self.one("#q")
        self.assertEqual(box.get_attribute("role"), "combobox")
        self.assertEqual(box.get_attribute("aria-expanded"), "false")
        box.send_keys("recordings in thal")
        self.wait(self.options)
        self.assertEqual(box.get_attribute("aria-expanded"), "true")
        self.press(Keys.ARROW_DOWN)
        active = box.get_attribute("aria-activedescendant")
        self.assertEqual(self.one("#" + active).get_attribute("aria-selected"), "true")
        self.press(Keys.ENTER)
        self.assertRegex(box.get_attribute("value"), r'^recordings in region:"[^"]*thalam[^"]*" $')
        self.assertEqual(box.get_attribute("aria-expanded"), "false")
        self.changed(lambda: self.press(Keys.ENTER))
        self.assertTrue([chip for chip in self.chips() if "halam" in chip])

    def test_escape_closes_the_list_and_keeps_the_words(self) -> None:
        self.open("/")
        box = self.one("#q")
        box.send_keys("neurop")
        self.wait(self.options)
        self.press(Keys.ESCAPE)
        self.assertFalse(self.one("#suggestions").is_displayed())
        self.assertEqual(box.get_attribute("value"), "neurop")

    def test_a_suggestion_is_chosen_by_mouse(self) -> None:
        self.open("/")
        self.one("#q").send_keys("mou")
        self.wait(self.options)
        self.one("[role=option]").click()
        self.assertRegex(self.one("#q").get_attribute("value"), r'^\w+:"')


class WithoutScripts(BrowserTest):
    """The same page where no script runs."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = Server()
        cls.driver = browser(script=False)

    def changed(self, act: Callable[[], object]) -> None:
        before = self.driver.current_url
        act()
        self.wait(lambda: self.driver.current_url != before)

    def test_asking_narrowing_and_removing(self) -> None:
        self.open("/")
        box = self.one("#q")
        self.assertIsNone(box.get_attribute("role"), "the script did not run")
        box.send_keys(THALAMUS)
        self.changed(lambda: box.send_keys(Keys.ENTER))
        total = self.total()
        self.assertGreater(total, 0)
        chips = self.chips()
        summary = self.one(".chip summary")
        summary.click()
        self.assertTrue(summary.find_element(By.XPATH, "../div").is_displayed())
        summary.click()
        self.changed(self.all(".chip .remove")[-1].click)
        self.assertEqual(len(self.chips()), len(chips) - 1)
        self.changed(self.one(".facets li > a").click)
        self.assertEqual(len(self.chips()), len(chips))

    def test_the_coverage_map(self) -> None:
        self.open("/coverage")
        self.one("select[name=cols]").send_keys("Species")
        self.changed(self.one(".choose button").click)
        self.assertIn("cols=species", self.driver.current_url)
        self.assertTrue(self.all("svg.map rect.c0"), "gaps are drawn")


class Coverage(BrowserTest):
    """The map and its table say the same, and lead to what they count."""

    def test_cells_are_the_totals_of_their_searches(self) -> None:
        self.open("/coverage?rows=region&cols=species")
        cells = self.driver.execute_script(
            "return [...document.querySelectorAll('svg.map a:not(.label)')].map(a => [a.href.baseVal,"
            " a.querySelector('text')?.textContent ?? '0'])"
        )
        table = self.driver.execute_script(
            "return [...document.querySelectorAll('table.numbers td:not(.sum) a')]"
            ".map(a => [a.getAttribute('href'), a.textContent])"
        )
        self.assertEqual(cells, table)
        filled = [cell for cell in cells if cell[1] != "0"]
        self.assertTrue(filled and len(filled) < len(cells))
        for address, count in filled[::3] + [cell for cell in cells if cell[1] == "0"][:2]:
            self.open(address)
            self.assertEqual(self.total(), int(count), address)

    def test_a_name_leads_to_its_parts(self) -> None:
        self.open("/coverage")
        label = next(one for one in self.all("svg.map a.label") if "thalamus" in one.text)
        self.changed(label.click)
        self.assertIn("thalamus", self.one(".trail").text)
        self.assertGreater(len(self.all("table.numbers tbody tr")), 3)


class Hostile(BrowserTest):
    """Text of records and of people stays text."""

    def test_hostile_records_and_questions_are_inert(self) -> None:
        for path in (
            "/?q=hostile",
            "/records/dandi:dataset:000666",
            "/records/dandi:dataset:000667",
            "/records/dandi:dataset:000666?similar=true",
            "/coverage?rows=species&cols=license",
            "/?q=%3Cscript%3Edocument.title%3D%27owned%27%3C%2Fscript%3E%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
            "/?q=species%3A%22%3Cscript%3Ealert(1)%3C%2Fscript%3E%22",
            "/records/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ):
            self.open(path)
            self.assertNotEqual(self.driver.title, "owned", path)
            self.assertEqual(
                self.driver.execute_script(
                    "return [...document.querySelectorAll('a[href], link[href], form[action]')].map(e => "
                    "e.getAttribute('href') ?? e.getAttribute('action')).filter(h => "
                    "!/^(\\/(?!\\/)|#|https?:\\/\\/)/.test(h))"
                ),
                [],
                path,
            )
            self.assertEqual(
                self.driver.execute_script(
                    'return [...document.querySelectorAll(\'script:not([src]):not([type="application/ld+json"]), img, '
                    "iframe, [onerror], [onload]')].length"
                ),
                0,
                path,
            )
        self.open("/?q=hostile")
        self.assertTrue([title for title in self.all(".hit h3") if "<script>" in title.text], "text is shown as it is")

    def test_pages_forbid_what_they_do_not_need(self) -> None:
        with urllib.request.urlopen(self.server.address + "/?q=sleep") as answer:
            policy = answer.headers["Content-Security-Policy"]
        for piece in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            self.assertIn(piece, policy)
        self.assertNotIn("unsafe", policy)
        # The policy is in force: an inline script does not run, and the browser says so.
        self.open("/")
        self.driver.execute_script(
            "const s = document.createElement('script'); s.textContent = 'document.title = \"owned\"'; "
            "document.body.append(s)"
        )
        self.assertNotEqual(self.driver.title, "owned")
        self.driver.get_log("browser")


class Accessible(BrowserTest):
    """axe-core finds nothing against WCAG 2.2 A and AA, in light and dark, wide and narrow."""

    PAGES: ClassVar = {
        "landing": "/",
        "search": "/?q=" + THALAMUS.replace(" ", "+"),
        "chosen": "/?q=sleep&filter=species%3Dmouse&not=state%3Dawake",
        "virus": "/?q=" + VIRUS.replace(" ", "+"),
        "nothing": "/?q=region%3Athalamus+species%3Ahuman+state%3Asleep+device%3ANeuropixels",
        "record": "/records/brainstem:session:c59ba863-66e5-498c-a440-ce4b49af62c7",
        "coverage": "/coverage",
        "species": "/coverage?rows=region&cols=species",
        "parts": "/coverage?rows=region&cols=technique&root=UBERON%3A0001897",
        "error": "/?q=species%3Aunicorn",
        "hostile": "/?q=hostile",
    }
    WINDOWS: ClassVar[dict[str, dict[str, Any]]] = {
        "light": {"width": 1360, "height": 900},
        "dark": {"width": 1360, "height": 900, "dark": True},
        "phone": {"width": 360, "height": 760, "scale": 2},
        "4k": {"width": 3840, "height": 2160},
    }

    def test_axe_and_pictures(self) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        found = []
        for window, settings in self.WINDOWS.items():
            driver = browser(**settings)
            try:
                for name, path in self.PAGES.items():
                    driver.get(self.server.address + path)
                    if name in ("search", "virus"):
                        driver.execute_script("document.querySelector('.chip details').open = true")
                    if name == "species":
                        driver.execute_script("document.querySelector('.equal').open = true")
                    time.sleep(0.3)
                    height = driver.execute_script("return document.documentElement.scrollHeight")
                    driver.execute_cdp_cmd(
                        "Emulation.setDeviceMetricsOverride",
                        {
                            "width": settings["width"],
                            "height": min(max(height, settings["height"]), 6000),
                            "deviceScaleFactor": settings.get("scale", 1),
                            "mobile": settings["width"] < 600,
                        },
                    )
                    driver.save_screenshot(str(SCREENSHOTS / f"{name}-{window}.png"))
                    driver.execute_cdp_cmd(
                        "Emulation.setDeviceMetricsOverride",
                        {
                            "width": settings["width"],
                            "height": settings["height"],
                            "deviceScaleFactor": settings.get("scale", 1),
                            "mobile": settings["width"] < 600,
                        },
                    )
                    wide = driver.execute_script(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                    self.assertLessEqual(wide, 0, f"{name} scrolls sideways in {window}")
                    driver.execute_script(AXE)
                    report = driver.execute_async_script(
                        "const done = arguments[arguments.length - 1];"
                        "axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                        " 'wcag22aa', 'best-practice']}}).then(done, error => done({violations: [{id: String(error), "
                        "nodes: []}]}))"
                    )
                    for violation in report["violations"]:
                        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                        found.append(f"{name} {window}: {violation['id']}: {nodes}")
            finally:
                driver.quit()
        self.assertEqual(found, [])


class Widget(BrowserTest):
    """`<discover-search>` in a page of somebody else, over CORS."""

    folder: ClassVar[tempfile.TemporaryDirectory[str]]
    site: ClassVar[http.server.ThreadingHTTPServer]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory()
        example = pathlib.Path("docs/widget-example.html").read_text(encoding="utf-8")
        example = example.replace("https://discover.example.org", cls.server.address)
        (pathlib.Path(cls.folder.name) / "index.html").write_text(example, encoding="utf-8")

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *arguments: object) -> None:
                pass

        handler = functools.partial(Quiet, directory=cls.folder.name)
        cls.site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=cls.site.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.site.shutdown()
        cls.folder.cleanup()
        super().tearDownClass()

    def inside(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.execute_script(
            "return [...document.querySelector('discover-search').shadowRoot.querySelectorAll(arguments[0])]", selector
        )
        return found

    def test_it_searches_and_keeps_text_as_text(self) -> None:
        self.driver.get(f"http://127.0.0.1:{self.site.server_port}/")
        self.wait(lambda: self.inside("input"))
        box = self.inside("input")[0]
        box.clear()
        box.send_keys("hostile", Keys.ENTER)
        self.wait(lambda: self.inside("li.hit"))
        self.assertTrue([hit for hit in self.inside("li.hit") if "<script>" in hit.text], "text is shown as it is")
        self.assertEqual(self.inside("script, img, svg"), [])
        for link in self.inside("li.hit a"):
            self.assertTrue(link.get_attribute("href").startswith(self.server.address + "/records/"))
        self.assertRegex(self.inside("[role=status]")[0].text, r"\d+ match")
        self.assertNotEqual(self.driver.title, "owned")
        self.driver.save_screenshot(str(SCREENSHOTS / "widget.png"))


if __name__ == "__main__":
    unittest.main()

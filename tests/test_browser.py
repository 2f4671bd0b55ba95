"""The reading room in a real browser: what a reader sees, clicks and types, and nothing blocked."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from reading_archive import ASSOCIATION, make

from browse.application import application

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt install chromium)")
PICTURES = Path(__file__).resolve().parent.parent / "build" / "screenshots"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The archive behind a real server."""
    path = tmp_path_factory.mktemp("room") / "archive.db"
    keys = make(path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(application(path), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield {"address": f"http://127.0.0.1:{port}", **keys}
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Reader:
    """One tab; whatever the browser complains of is remembered."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("dialog", lambda dialog: (self.complaints.append("a dialog"), dialog.dismiss()))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, path: str) -> Any:
        """Opens a page of the room."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def reader(site: dict[str, Any], chromium: Any) -> Iterator[Reader]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    made = Reader(context.new_page(), site["address"])
    made.page.set_default_timeout(8000)
    yield made
    context.close()
    assert made.complaints == []


def kept(page: Any, name: str) -> None:
    """Keeps a picture of the page for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def test_search_open_and_go_back(reader: Reader) -> None:
    page = reader.go("/")
    page.wait_for_function("document.activeElement.name === 'q'")  # of itself, once it is drawn
    page.keyboard.type("居家養老")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator(".hit").count() == 20
    assert page.locator(".hit mark").first.inner_text() == "居家养老"
    kept(page, "results")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/article/*")
    assert page.locator(".body mark").count() >= 1
    page.go_back()
    assert page.locator(".total").inner_text() == "20 篇"


def test_switching_script_converts_everything_and_stays(reader: Reader) -> None:
    page = reader.go("/search?q=养老")
    page.get_by_role("link", name="繁", exact=True).click()
    page.wait_for_url("**_script=hant*")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    assert "居家養老" in page.locator(".hit h2").first.inner_text()
    assert page.locator(".facets h2").first.inner_text() in ("來源", "單位類別", "出處")
    page.locator(".hit h2 a").first.click()
    assert "居家養老" in page.locator("h1").inner_text()
    page.get_by_role("link", name="港").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hant-HK"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Sources", exact=True).count() == 1


def test_a_facet_is_chosen_and_removed(reader: Reader) -> None:
    page = reader.go("/search?q=物业")
    before = page.locator(".total").inner_text()
    number = page.locator(".facets li a", has_text="清河日报").locator(".number").inner_text()
    page.locator(".facets li a", has_text="清河日报").click()
    assert page.locator(".total").inner_text() == f"{number} 篇"
    page.locator(".chosen a").click()
    assert page.locator(".total").inner_text() == before


def test_the_timeline_is_drawn_and_filters(reader: Reader) -> None:
    page = reader.go("/search?q=养老")
    page.wait_for_selector(".timeline svg rect")
    assert page.locator(".timeline svg a").count() == 10
    assert page.locator(".timeline svg style").evaluate("s => s.sheet !== null")
    page.locator(".timeline svg a").first.click()
    page.wait_for_url("**year=2015*")
    assert page.locator(".chosen").inner_text().startswith("年份：2015")


def test_nothing_moves_when_the_plot_comes(reader: Reader) -> None:
    page = reader.go("/search?q=养老")
    page.wait_for_selector(".timeline svg rect")
    moved = page.evaluate(
        """() => new Promise((done) => {
          const all = (list) => list.getEntries().reduce((sum, shift) => sum + shift.value, 0);
          new PerformanceObserver((list) => done(all(list)))
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => done(0), 500);
        })"""
    )
    assert moved < 0.01


def test_a_page_of_results_is_light(reader: Reader) -> None:
    page = reader.go("/search?q=养老")
    page.wait_for_selector(".timeline svg rect")
    sizes = page.evaluate(
        """() => ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
          .map((e) => [e.name, e.transferSize])"""
    )
    assert sum(size for _, size in sizes) < 150_000, sizes
    assert all(name.startswith(reader.address) for name, _ in sizes)


def test_the_keyboard_is_enough(reader: Reader) -> None:
    page = reader.go("/search?q=养老")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".hit h2 a").nth(1)
    assert second.evaluate("link => link === document.activeElement")
    page.keyboard.press("k")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    page.keyboard.press("n")
    assert page.locator("mark.at").count() == 1


def test_changes_are_read_by_characters(reader: Reader, site: dict[str, Any]) -> None:
    page = reader.go(f"/article/{site['revised']}")
    page.get_by_role("link", name="与前一版对照").click()
    assert page.locator(".difference del").all_inner_texts() == ["二"]
    assert page.locator(".difference ins").all_inner_texts() == ["三", "全部"]
    kept(page, "changes")


def test_a_snapshot_opens_in_its_frame(reader: Reader, site: dict[str, Any]) -> None:
    page = reader.go(f"/article/{site['table']}")
    page.locator(".snapshots summary").first.click()
    frame = page.frame_locator(".snapshots iframe").first
    assert "原始页面" in frame.locator("body").inner_text()


def test_a_citation_is_copied(site: dict[str, Any], chromium: Any) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site['address']}/article/{site['table']}")
    page.locator("[data-copy]").click()
    page.wait_for_function("document.querySelector('[data-copy]').textContent === '已复制'")
    assert "[EB/OL]" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_nothing_of_a_hostile_article_runs(reader: Reader, site: dict[str, Any]) -> None:
    paths = [
        f"/article/{site['evil']}", "/search?q=恶意", "/problems", "/runs", "/archive/articles",
        "/archive/article_texts", f"/source/{ASSOCIATION}",
    ]  # fmt: skip
    for path in paths:
        page = reader.go(path)
        page.wait_for_timeout(50)
        assert page.locator("main img, main script, main b:text('粗')").count() == 0


def test_pictures_ask_first(site: dict[str, Any], chromium: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.route(
        re.compile("pictures.test"), lambda route: (asked.append(route.request.url), route.abort())
    )
    page.goto(f"{site['address']}/article/{site['pictures']}")
    page.wait_for_timeout(100)
    assert asked == []
    page.get_by_role("link", name="显示图片").click()
    page.wait_for_timeout(200)
    assert asked == ["http://pictures.test/a.png"]
    context.close()


@pytest.mark.parametrize("path", ["/", "/search?q=养老", "/source", "/runs", "/guide", "/problems",
                                  "/archive/articles", "/archive"])  # fmt: skip
def test_nothing_is_wider_than_a_phone(site: dict[str, Any], chromium: Any, path: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 780}, color_scheme="dark")
    page = context.new_page()
    page.goto(site["address"] + path)
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    kept(page, "phone-" + (re.sub(r"\W+", "-", path).strip("-") or "home"))
    context.close()


def test_dark_is_dark_and_print_is_paper(site: dict[str, Any], chromium: Any) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site['address']}/article/{site['table']}")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    dark = [int(n) for n in re.findall(r"\d+", page.evaluate(colour))[:3]]
    assert max(dark) < 60
    kept(page, "article-dark")
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert not page.locator(".top").is_visible()
    context.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=养老&_lang=en&_script=tw", "/article/{revised}/changes",
     "/article/{damaged}?q=人",     f"/source/{ASSOCIATION}", "/runs", "/guide", "/search?q=%22"],
)  # fmt: skip
def test_axe_finds_nothing(site: dict[str, Any], chromium: Any, path: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site["address"] + path.format(**site))
    page.wait_for_timeout(100)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page, options={"runOnly": rules})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    context.close()

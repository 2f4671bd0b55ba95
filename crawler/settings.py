"""How politely we crawl and which Scrapy components run. Where things are comes from TASHAN_*."""

from __future__ import annotations

import os
from pathlib import Path

BOT_NAME = "tashan"
ROOT = Path(__file__).resolve().parent.parent

# Where things are
TASHAN_DB = os.environ.get("TASHAN_DB", "archive.db")
TASHAN_SOURCES = os.environ.get("TASHAN_SOURCES", str(ROOT / "sources"))
TASHAN_FAMILIES = os.environ.get("TASHAN_FAMILIES", str(ROOT / "sources" / "families"))
TASHAN_CONTACT = os.environ.get("TASHAN_CONTACT", "")
TASHAN_REPLICA = os.environ.get("TASHAN_REPLICA", "")  # host:port of the replica web, for tests
TASHAN_FULL = False  # walk every listing to its end, known articles or not

# Which sources there are and what is made of their pages
SPIDER_LOADER_CLASS = "crawler.loader.SourceLoader"
SPIDER_MODULES: list[str] = []
ITEM_PIPELINES = {"crawler.delivery.Delivery": 100}
CONCURRENT_ITEMS = 1  # pages are read one after the other anyway; the fan-out costs a third

# Who we are
USER_AGENT = f"Tashan/0.1 (nightly archive of policy articles; {TASHAN_CONTACT or 'no contact'})"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Tashan"

# How fast: crawler.pacing asks a host one thing at a time, with a pause, whichever spider asks
TASHAN_DELAY = 0 if TASHAN_REPLICA else 2  # seconds
CONCURRENT_REQUESTS = 2  # of one source; more would only wait for their host
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
REACTOR_THREADPOOL_MAXSIZE = 40  # names are looked up in threads; dead ones take their time
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"

# What we accept
DOWNLOAD_TIMEOUT = 30  # seconds for one try, from connecting to the last byte
TASHAN_PATIENCE = 55  # seconds for one address over all tries and redirects
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 20_000  # bytes of a source that wait to be read; then it waits too
URLLENGTH_LIMIT = 2000
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False  # a proxy would connect wherever it is told to, unseen by the resolver
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {
    "http": "crawler.pacing.PacedHandler",
    "https": "crawler.pacing.PacedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.Guard": 10,
    "crawler.robots.Robots": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.whole.WholeBodies": 595,  # before Scrapy's decompression, which stands at 590
}
TWISTED_DNS_RESOLVER = "crawler.resolver.PublicResolver"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip",  # the one whose end can be proved
}

# What stays shut
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the table problems tells it

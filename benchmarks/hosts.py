"""Many polite hosts: how near the fetching of 200 hosts, each with 1 s between, comes to ideal.

``python -m benchmarks hosts``. Pages are fetched with guard, robots.txt, pace and bounds, by the
same parts as in a crawl; they are not read or stored, which costs the CPU of another core.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

HOSTS = 200
PAGES = 30  # of each host
DELAY = 1.0  # seconds
_ROOT = Path(__file__).resolve().parent.parent
_PAGE = b"<html><body>" + b"<p>a line of text</p>" * 100 + b"</body></html>"
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
_FREE = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
_FETCH = """
import json, re, sys, time
from crawler import settings
hosts, pages, settings.TASHAN_DELAY = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
from crawler.fetch import run
from crawler.pages.steps import Step
done, sizes = [], []

def size():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024

def errand(host):
    async def one(ask):
        for page in range(pages):
            await ask(Step(f"http://host{host}.test/{page}.html"))
            done.append(time.monotonic())
            if len(done) % (hosts * pages // 10) == 0:
                sizes.append(size())
    return one

run([errand(host) for host in range(hosts)])
done.sort()
quarter = len(done) // 4  # the middle: beginning and end are not the pace
rate = 2 * quarter / (done[3 * quarter] - done[quarter])
print(json.dumps({"rate": rate, "cpu": time.process_time(), "pages": len(done), "sizes": sizes}))
"""


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            free = b" /robots.txt " in request
            writer.write(_FREE if free else _ANSWER % (len(_PAGE), _PAGE))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def measure(hosts: int = HOSTS, pages: int = PAGES, delay: float = DELAY) -> dict[str, float]:
    """Pages a second, the share of the ideal, CPU ms a page, and memory in MB along the way."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    start = asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1000)
    server = asyncio.run_coroutine_threadsafe(start, loop).result()
    port = server.sockets[0].getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-c", _FETCH, str(hosts), str(pages), str(delay)],
        capture_output=True,
        check=True,
        timeout=60 + 10 * pages * delay,
        env={**os.environ, "TASHAN_REPLICA": f"127.0.0.1:{port}", "PYTHONPATH": str(_ROOT)},
    )
    loop.call_soon_threadsafe(loop.stop)
    told = json.loads(done.stdout)
    return {
        "pages": told["pages"],
        "pages a second": told["rate"],
        "share of the ideal": told["rate"] * delay / hosts,
        "CPU ms a page": 1000 * told["cpu"] / told["pages"],
        "MB after a fifth": told["sizes"][1],
        "MB at the end": told["sizes"][-1],
    }


def main() -> None:
    """Prints the figures of 50 and of 200 hosts."""
    for hosts in (50, HOSTS):
        print(f"{hosts} hosts, {DELAY:g} s between two requests to one")
        for name, value in measure(hosts).items():
            print(f"  {name:20}{value:>9.2f}")


if __name__ == "__main__":
    main()

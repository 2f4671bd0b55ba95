"""Files offered with an article: which links are files, their names and their types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote

from model.article import Attachment

from .address import absolute, split, suffix
from .body import clean
from .fragment import text_of
from .labels import fold
from .parsing import Element
from .words import words

TYPES = words("""
    doc docx docm dot dotx wps wpt rtf pdf ofd ceb xls xlsx xlsm et csv ppt pptx dps pps txt rar
    zip 7z tar gz caj odt ods odp
    """)
_PICTURES = frozenset(["jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff"])
MEDIA = words("""
    mp4 mp3 flv wmv avi mov m3u8 m4v rm rmvb swf wma
    """)
_ENDPOINT = re.compile(
    r"downfile|download(?:attach|file)?|downattach|attach(?:ment)?s?/|getfile|downloadattachurl|fileup|showfile|readfile|file(?:id|name|url|path)=",
    re.IGNORECASE,
)
_IN_NAME = re.compile(
    r"\.(" + "|".join(sorted(TYPES, key=len, reverse=True)) + r")(?![A-Za-z0-9])", re.IGNORECASE
)
_PROMISING = re.compile(
    r"\.(?:" + "|".join(sorted(TYPES | _PICTURES)) + r")(?![A-Za-z0-9])|down|attach|file|viewer",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|openFile|downFile|download\w*)\s*\(?\s*['"]([^'"]{3,500})['"]""",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^[\s(（【\[]*(?:请?(?:点击|单击|右击)?(?:此处|这里|链接|本链接)?(?:下载|查看|打开|浏览|预览|阅读)?(?:附件|文件|全文|原文|本文件)?|附件(?:下载)?|下载(?:附件|文件)?|download|立即下载|在线预览)[\s)）】\]：:]*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"附\s*[件表]|下载|文件")
_TRAIL = re.compile(
    r"[\s(（【\[]*(?:点击(?:此处)?下载|下载|预览|查看)[)）】\]\s]*$|[\s(（]*\d+(?:\.\d+)?\s?[KMG]B?[)）\s]*$",
    re.IGNORECASE,
)


def find(elements: Iterable[Element], base: str) -> tuple[Attachment, ...]:
    """The attachments among links (a), file elements and embedded viewers, in order, each once."""
    made: dict[str, Attachment] = {}
    for element in elements:
        attachment = _read(element, base)
        if attachment is not None and attachment.url not in made:
            made[attachment.url] = attachment
    return tuple(made.values())


def _read(element: Element, base: str) -> Attachment | None:
    link = element.get("href") or element.get("src") or element.get("data") or ""
    plain = element.tag == "a" and not element.get("onclick") and not _PROMISING.search(link)
    if plain and not _promising_text(element):
        return None
    opened = _OPENED.search(element.get("onclick") or "") or _OPENED.search(link)
    if opened is not None and (not link or link.lower().startswith(("javascript:", "#"))):
        link = opened[1]
    url = _viewed(absolute(base, link), base)
    if not url:
        return None
    text = clean(text_of(element).replace("\n", " ")) if element.tag in ("a", "file") else ""
    kind = file_type(url) or _type_of_name(text) or _type_of_name(element.get("title") or "")
    if kind in _PICTURES and not _MARK.search(text):
        return None
    if not kind and not (_endpoint(url) and _says_file(element, text)):
        return None
    if element.tag == "iframe" and kind not in ("pdf", "ofd"):
        return None
    return Attachment(url, _name(element, text, url), kind)


def _endpoint(url: str) -> bool:
    """Whether an address is that of a script that hands out files."""
    parts = split(url)
    return not parts.path.endswith("/") and _ENDPOINT.search(parts.path + "?") is not None


def _promising_text(element: Element) -> bool:
    """Whether a link's own words may name a file though its address does not."""
    words = f"{element.text or ''}{element.get('title') or ''}"
    return bool(words) and (_IN_NAME.search(words) is not None or _MARK.search(words) is not None)


def file_type(url: str) -> str:
    """The type a file's address shows in its path or in a parameter; empty for a page."""
    kind = suffix(url)
    if kind in TYPES or kind in _PICTURES:
        return kind
    try:
        query = split(url).query
    except ValueError:
        return ""
    for _, value in parse_qsl(query):
        inner = suffix("http://x/" + value.rsplit("/", 1)[-1])
        if inner in TYPES or inner in _PICTURES:
            return inner
    return ""


def _viewed(url: str, base: str) -> str:
    """The file that a viewer page shows, as in viewer.html?file=…pdf."""
    if "viewer" not in url.lower():
        return url
    for name, value in parse_qsl(split(url).query):
        if name.lower() in ("file", "url", "src", "pdf") and suffix(value.split("?")[0]) in TYPES:
            return absolute(base, value)
    return url


def _type_of_name(name: str) -> str:
    found = _IN_NAME.findall(name)
    return str(found[-1]).lower() if found else ""


def _says_file(element: Element, text: str) -> bool:
    if _MARK.search(text) or _MARK.search(element.get("title") or ""):
        return True
    previous = element.getprevious()
    icon = (previous is not None and previous.tag == "img") or element.find("img") is not None
    around = element.getparent()
    before = (around.text or "") if around is not None else ""
    return icon or bool(_MARK.search(before)) or element.tag == "file"


def _name(element: Element, text: str, url: str) -> str:
    name = _TRAIL.sub("", text).strip()
    if name and not _NOTHING.match(fold(name)):
        return name
    for attribute in ("title", "download", "alt", "data-name", "textvalue"):
        value = clean(element.get(attribute) or "")
        if value and not _NOTHING.match(fold(value)):
            return value
    beside = _beside(element)
    if beside:
        return beside
    return file_name(url)


def _beside(element: Element) -> str:
    """A name that stands before a link whose own text is only 下载."""
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else (parent.text if parent is not None else "")
    text = clean(text or "").rstrip("：:（(【[ ")
    return text if 2 <= len(text) <= 80 and not _NOTHING.match(fold(text)) else ""


def file_name(url: str) -> str:
    """The last part of an address, or of the parameter that names the file, as characters."""
    parts = split(url)
    for name, value in parse_qsl(parts.query):
        if suffix("http://x/" + value.rsplit("/", 1)[-1]) in TYPES or name.lower() == "filename":
            return value.rsplit("/", 1)[-1]
    return unquote(parts.path.rsplit("/", 1)[-1])

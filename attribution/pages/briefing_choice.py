"""What a visitor chose for the briefing: quotes, pictures, words and format, as one code in the address."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass, replace

import streamlit as st

from attribution.export.pictures import PICTURES
from attribution.export.sheet import FORMATS
from attribution.pages import view
from attribution.pages.words import HELP

LONGEST_TITLE, LONGEST_NOTE, MOST_QUOTES = 160, 1200, 400
_ID = 6  # bytes of a quote's id
_CHECK = 2  # bytes at the end that tell a damaged code
_MOST_BYTES = 20_000


@dataclass(frozen=True)
class Choice:
    """The ids of the quotes in their order, the words of the pictures and of the format, title and note."""

    quotes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ("dots",)
    title: str = ""
    note: str = ""
    format: str = "wide"


def encode(choice: Choice) -> str:
    """The choice as a code for an address: eight letters a quote, and the title and note made small.

    >>> encode(Choice(quotes=("0123456789ab",)))
    'AAEAAQEjRWeJq1Ws'
    """
    pictures = sum(1 << at for at, name in enumerate(PICTURES) if name in choice.pictures)
    quotes = choice.quotes[:MOST_QUOTES]
    head = bytes([list(FORMATS).index(choice.format), pictures])
    ids = b"".join(bytes.fromhex(quote) for quote in quotes)
    words = f"{choice.title[:LONGEST_TITLE]}\0{choice.note[:LONGEST_NOTE]}".encode("utf-8", "replace")
    body = head + len(quotes).to_bytes(2, "big") + ids + (zlib.compress(words, 9) if len(words) > 1 else b"")
    return base64.urlsafe_b64encode(body + _checked(body)).rstrip(b"=").decode()


def decode(code: str) -> Choice:
    """The choice that the code stands for. Raises `ValueError` where it is damaged.

    >>> decode("AAEAAQEjRWeJq1Ws").quotes
    ('0123456789ab',)
    """
    try:
        data = base64.b64decode(code[:_MOST_BYTES] + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        body, check = data[:-_CHECK], data[-_CHECK:]
        if len(body) < 4 or _checked(body) != check:
            raise ValueError("its letters do not belong together")
        number = int.from_bytes(body[2:4], "big")
        ids, packed = body[4 : 4 + number * _ID], body[4 + number * _ID :]
        words = zlib.decompressobj().decompress(packed, _MOST_BYTES).decode() if packed else "\0"
        title, _, note = words.partition("\0")
        return Choice(
            tuple(dict.fromkeys(ids[at : at + _ID].hex() for at in range(0, len(ids), _ID))),
            tuple(name for at, name in enumerate(PICTURES) if body[1] >> at & 1),
            title,
            note,
            list(FORMATS)[body[0]],
        )
    except (ValueError, IndexError, zlib.error, binascii.Error) as error:
        raise ValueError(f"the code {code[:40]!r} is damaged") from error


def _checked(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "big")[:_CHECK]


def chosen() -> Choice:
    """What this visitor chose. Raises `ValueError` for an address whose code is damaged."""
    code = st.session_state.get("briefing")
    return decode(code) if code else Choice()


def choose(choice: Choice) -> None:
    """Let the briefing be this, here and in the address."""
    st.session_state["briefing"] = encode(choice) if choice != Choice() else None
    view.touch()


def basket_button(quote_id: str) -> None:
    """The button of a quote's card that puts it into the briefing, or takes it out again."""
    inside = quote_id in _now().quotes
    st.button(
        "Take out of the briefing" if inside else "Add to briefing",
        key="card_briefing",
        icon=":material/playlist_remove:" if inside else ":material/playlist_add:",
        help=HELP["briefing"],
        on_click=toggle,
        args=(quote_id,),
    )


def toggle(quote_id: str) -> None:
    """Put the quote into the briefing, at the end, or take it out."""
    choice = _now()
    kept = tuple(quote for quote in choice.quotes if quote != quote_id)
    choose(replace(choice, quotes=kept if quote_id in choice.quotes else (*kept, quote_id)))


def _now() -> Choice:
    """What was chosen; nothing where the address is damaged, which the page of the briefing tells."""
    try:
        return chosen()
    except ValueError:
        return Choice()

"""The options that the page's server needs: for `.streamlit/config.toml` and for the command line."""

from __future__ import annotations

from attribution.serving import THIS_MACHINE, name_in_browsers

LIGHT = {
    "primaryColor": "#2f5d9b",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f4f3f0",
    "textColor": "#22252b",
    "borderColor": "#d9d7d1",
}
DARK = {
    "primaryColor": "#3d75bd",
    "backgroundColor": "#15171b",
    "secondaryBackgroundColor": "#21242a",
    "textColor": "#ebe9e5",
    "borderColor": "#3b3f47",
}

STREAMLIT_OPTIONS: dict[str, str | int | bool] = {
    # Drafts are confidential: the page answers this machine only, and tells nobody of its use.
    "server.address": THIS_MACHINE,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 200,  # more than is read: a file that is too large is told of with its remedy
    "browser.gatherUsageStats": False,
    "global.disableWidgetStateDuplicationWarning": True,  # a pagination always has a default
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    # Fonts of the reader's own machine: a font from elsewhere would be a request to elsewhere.
    "theme.font": "sans-serif",
    "theme.paddingTop": "0.25rem",
    "theme.paddingBottom": "2rem",
    "theme.sidebar.paddingTop": "0.25rem",
    **{f"theme.light.{token}": colour for token, colour in LIGHT.items()},
    **{f"theme.dark.{token}": colour for token, colour in DARK.items()},
}


def streamlit_flags(*, address: str = THIS_MACHINE, read_only: bool = False) -> list[str]:
    """`STREAMLIT_OPTIONS` as flags of `streamlit run`, for where no `.streamlit/config.toml` is at hand.

    `address` is where the server answers; of one that is `read_only` no file is taken.

    >>> streamlit_flags()[0]
    '--server.address=127.0.0.1'
    """
    options = STREAMLIT_OPTIONS | {"server.address": address}
    if address != THIS_MACHINE:
        options["browser.serverAddress"] = name_in_browsers(address)  # a page of another name is turned away
    if read_only:
        options["server.maxUploadSize"] = 0
    return [
        f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in options.items()
    ]

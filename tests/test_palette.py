"""The palette: its colours apart for the colour-blind and in print without colour, every text readable."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from attribution.charts import DARK, LIGHT, diverging
from attribution.charts.look import HATCHED, ORDER
from attribution.pages import options

THEMES = {"light": LIGHT, "dark": DARK}
FILLED = [
    label for label in ORDER if label != "unsure"
]  # "unsure", and no stance, are hollow, dashed or grey

# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", severity 1.0, on linear RGB.
BLINDNESS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "none": np.eye(3),
}
# XYZ of linear sRGB under D65 (IEC 61966-2-1), and its white.
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])

APART, LIGHTER = 20.0, 6.0  # CIE76 between two stances' colours; L* between two greys


def linear(colour):
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def luminance(colour):
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


def contrast(one, other):
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_stances_stay_apart_for_every_kind_of_colour_blindness(theme, blindness):
    seen = {
        label: lab(np.array(BLINDNESS[blindness]) @ linear(THEMES[theme].marks[label])) for label in FILLED
    }
    for one, other in combinations(FILLED, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= APART, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_the_filled_stances_stay_apart_from_the_hollow_ones_ground(theme):
    colours = THEMES[theme]
    for matrix, label in product(BLINDNESS.values(), FILLED):
        fill, ground = (lab(np.array(matrix) @ linear(c)) for c in (colours.marks[label], colours.surface))
        assert np.linalg.norm(fill - ground) >= APART


@pytest.mark.parametrize("theme", THEMES)
def test_without_any_colour_a_hatch_or_another_grey_tells_two_stances_apart(theme):
    grey = {label: lab(linear(THEMES[theme].marks[label]))[0] for label in FILLED}
    for one, other in combinations(FILLED, 2):
        assert (one in HATCHED) != (other in HATCHED) or abs(grey[one] - grey[other]) >= LIGHTER, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_can_be_seen_on_the_page_and_on_their_tint(theme):
    colours = THEMES[theme]
    for label in ORDER:
        assert contrast(colours.marks[label], colours.surface) >= 3
        assert contrast(colours.marks[label], colours.tints[label]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_readable_on_every_ground_that_it_stands_on(theme):
    colours = THEMES[theme]
    page = (options.LIGHT if theme == "light" else options.DARK)["secondaryBackgroundColor"]
    grounds = {"surface": colours.surface, "sidebar": page} | {
        f"tint-{label}": tint for label, tint in colours.tints.items()
    }
    for name, ground in grounds.items():
        assert contrast(colours.text, ground) >= 4.5, name
    for name in ("surface", "sidebar", "tint-unsure"):
        assert contrast(colours.faint, grounds[name]) >= 4.5, name


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_are_readable_on_bars_and_on_every_cell_of_the_heat_map(theme):
    colours = THEMES[theme]
    for label in FILLED:
        assert contrast(colours.surface, colours.marks[label]) >= 4.5, label
    for step in range(-10, 11):
        assert contrast(colours.text, diverging(step / 10, colours)) >= 4.5, step


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_has_the_palettes_text_and_ground_and_a_readable_button(theme):
    tokens = options.LIGHT if theme == "light" else options.DARK
    colours = THEMES[theme]
    assert (tokens["textColor"], tokens["backgroundColor"]) == (colours.text, colours.surface)
    assert contrast(tokens["primaryColor"], "#ffffff") >= 4.5

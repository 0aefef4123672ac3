"""Whether a colour can be read on another, after WCAG 2.2."""

Rgb = tuple[int, int, int]

PAPER_LIGHT = "#f5f3ed"
PAPER_DARK = "#11191d"
INK_DARK = "#1d0d05"
WHITE = "#ffffff"
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, of two colours written ``#rrggbb`` (WCAG 2.2, 1.4.3)."""
    high, low = sorted((_luminance(_read(one)), _luminance(_read(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it, channel by channel."""
    pairs = zip(_read(one), _read(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable_on(ground: str, colour: str, towards: str) -> str:
    """`colour`, moved towards another just until it can be read on `ground`."""
    for step in range(21):
        tried = mix(colour, towards, step / 20)
        if contrast(tried, ground) >= ENOUGH:
            return tried
    return towards


def text_on(ground: str) -> str:
    """White or near-black, whichever is easier to read on `ground`."""
    return max((WHITE, INK_DARK), key=lambda colour: contrast(colour, ground))


def _read(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (
        value / 255 / 12.92 if value <= 10.31 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in rgb
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

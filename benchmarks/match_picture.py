"""The cost of a match against the number of people, as a plain SVG."""

from collections.abc import Sequence

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 56, 56, 84

FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
 aria-labelledby="title about" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Seconds for a match, by people on each side</title>
<desc id="about">{about}</desc>
<style>
 svg {{ background: #fbf8f1; }} text {{ fill: #231f1a; }} .soft {{ fill: #6b6256; }}
 .grid {{ stroke: #d9d1c2; }} .line {{ stroke: #c8452c; fill: none; stroke-width: 2.5; }}
 .dot {{ fill: #c8452c; }} .pairs {{ stroke: #6b6256; stroke-dasharray: 5 5; fill: none; }}
 @media (prefers-color-scheme: dark) {{
  svg {{ background: #1d1a16; }} text {{ fill: #f3ede1; }} .soft {{ fill: #b3a896; }}
  .grid {{ stroke: #3b352d; }} .line {{ stroke: #f0765d; }} .dot {{ fill: #f0765d; }}
  .pairs {{ stroke: #b3a896; }}
 }}
</style>
<text x="{left}" y="26" font-size="17">Seconds for a match, by people on each side</text>
{body}
</svg>
"""


def drawn(sides: Sequence[int], seconds: Sequence[float], peak_mb: Sequence[float]) -> str:
    """`seconds` and `peak_mb` of one match with so many people on each side."""
    pairs = [seconds[0] * (side / sides[0]) ** 2 for side in sides]
    highest = max(*seconds, *pairs)

    def across(side: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * side / sides[-1]

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest

    body = []
    for tick in _ticks(highest):
        body.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(tick):.1f}" '
            f'y2="{up(tick):.1f}"/><text class="soft" x="{LEFT - 8}" y="{up(tick) + 4:.1f}" '
            f'text-anchor="end">{tick:g}</text>'
        )
    for side, taken, memory in zip(sides, seconds, peak_mb, strict=True):
        body.append(
            f'<circle class="dot" cx="{across(side):.1f}" cy="{up(taken):.1f}" r="4"/>'
            f'<text x="{across(side):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">'
            f"{side:,}</text>"
            f'<text class="soft" x="{across(side):.1f}" y="{HEIGHT - BOTTOM + 40}" '
            f'text-anchor="middle">{taken:.1f} s</text>'
            f'<text class="soft" x="{across(side):.1f}" y="{HEIGHT - BOTTOM + 58}" '
            f'text-anchor="middle">{memory:,.0f} MB</text>'
        )
    for name, values in (("pairs", pairs), ("line", seconds)):
        points = " ".join(
            f"{across(side):.1f},{up(value):.1f}" for side, value in zip(sides, values, strict=True)
        )
        body.append(f'<polyline class="{name}" points="{points}"/>')
    middle = len(sides) // 2
    body.append(
        f'<text class="soft" x="{across(sides[middle]) - 12:.1f}" y="{up(pairs[middle]) - 8:.1f}" '
        'text-anchor="end">if it grew with the possible pairs</text>'
    )
    told = "; ".join(
        f"{side:,}: {taken:.1f} seconds, {memory:,.0f} MB"
        for side, taken, memory in zip(sides, seconds, peak_mb, strict=True)
    )
    return FRAME.format(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        about=f"All rules, 60 skills, capacities 1 to 3, the fair objective, proved. {told}.",
        body="\n".join(body),
    )


def _ticks(highest: float) -> list[float]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if highest / step <= 6)
    return [step * number for number in range(int(highest // step) + 1)]

"""Line drawings for updates and attachments, in the colours of the brand: drawn here, no photographs.

Each scene is a few strokes before the same two mountains. Alternative texts are the story's.
"""

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1000, 625
# Drawn larger and scaled down, so that slanted lines are smooth.
_SCALE = 2
# A width in which pages show pictures, so that no further size has to be made.
SIZE = (960, 600)
PAPER, INK, ACCENT, TINT, WARM = "#fbfaf6", "#24333a", "#0b5a5e", "#d3e5e3", "#e7d9b8"

type Point = tuple[float, float]


class Sketch:
    """A sheet of 1000 by 625 with thick round strokes."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[Point], colour: str = INK, width: int = 5) -> None:
        """A stroke through points."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=width * _SCALE, joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            half = width * _SCALE / 2 - 1
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def area(self, points: Sequence[Point], colour: str, edge: str = INK, width: int = 5) -> None:
        """A filled shape with an outline."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)
        self.line([*points, points[0]], edge, width)

    def round(self, x: float, y: float, radius: float, colour: str, edge: str = INK) -> None:
        """A disc with an outline."""
        box = [side * _SCALE for side in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, fill=colour, outline=edge, width=5 * _SCALE)

    def box(self, x: float, y: float, width: float, height: float, colour: str = PAPER) -> None:
        """A rectangle by its upper left corner."""
        self.area([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def png(self) -> bytes:
        """The sheet as a file."""
        out = BytesIO()
        small = self._image.resize(SIZE, Image.Resampling.BOX)
        small.quantize(64, dither=Image.Dither.NONE).save(out, "PNG")
        return out.getvalue()


def picture(scene: str, name: str) -> "ContentFile[bytes]":
    """The drawing of a scene as a file to be uploaded under a name.

    Raises:
        KeyError: for a scene that nobody drew.
    """
    return ContentFile(_drawn(scene), name=f"{name}.png")


@cache
def _drawn(scene: str) -> bytes:
    sketch = Sketch()
    _land(sketch)
    SCENES[scene](sketch)
    return sketch.png()


def _land(s: Sketch) -> None:
    s.round(800, 130, 52, WARM, WARM)
    s.area([(-20, 430), (250, 130), (330, 205), (520, 430)], TINT, ACCENT, 4)
    s.area([(360, 430), (640, 190), (700, 240), (1020, 430)], TINT, ACCENT, 4)
    s.line([(225, 158), (250, 180), (275, 155)], ACCENT, 4)
    s.line([(0, 430), (1000, 430)], INK, 5)


def _road(s: Sketch) -> None:
    s.area([(440, 430), (540, 430), (860, 620), (140, 620)], PAPER)
    for top, bottom, half in ((448, 472, 4), (490, 522, 7), (545, 590, 11)):
        s.area(
            [(494 - half, top), (494 + half, top), (494 + half * 1.5, bottom), (494 - half * 1.5, bottom)],
            ACCENT,
            ACCENT,
            2,
        )
    for x, height in ((170, 90), (90, 120), (880, 100)):
        _tree(s, x, 470, height)


def _broken_road(s: Sketch) -> None:
    s.area([(440, 430), (540, 430), (860, 620), (140, 620)], WARM)
    for x, y, wide in ((470, 462, 26), (540, 500, 34), (400, 530, 46), (610, 570, 58), (300, 590, 64)):
        s.area([(x - wide, y), (x, y - wide / 3), (x + wide, y), (x, y + wide / 3)], INK)
    for x, height in ((170, 90), (90, 120), (880, 100)):
        _tree(s, x, 470, height)


def _bridge(s: Sketch) -> None:
    s.area([(0, 520), (1000, 500), (1000, 620), (0, 620)], TINT, ACCENT, 4)
    s.box(100, 395, 800, 34, WARM)
    for x in (260, 500, 740):
        s.box(x - 18, 429, 36, 120)
    for x in range(120, 900, 65):
        s.line([(x, 395), (x, 345)], INK, 4)
    s.line([(100, 345), (900, 345)], INK, 6)
    for x in (180, 420, 660):
        s.line([(x, 575), (x + 50, 567), (x + 100, 575)], ACCENT, 4)


def _canal(s: Sketch) -> None:
    s.area([(440, 430), (560, 430), (760, 620), (240, 620)], TINT, ACCENT, 5)
    s.line([(440, 430), (240, 620)], INK, 12)
    s.line([(560, 430), (760, 620)], INK, 12)
    s.box(400, 360, 200, 70, WARM)
    s.line([(500, 300), (500, 430)], INK, 8)
    s.line([(470, 300), (530, 300)], INK, 8)
    for x in range(40, 240, 50):
        _rice(s, x, 560)
    for x in range(790, 980, 50):
        _rice(s, x, 560)


def _house(s: Sketch) -> None:
    s.box(300, 320, 400, 220, PAPER)
    s.area([(260, 320), (500, 200), (740, 320)], WARM)
    s.box(455, 420, 90, 120, TINT)
    s.box(340, 370, 80, 70, TINT)
    s.box(580, 370, 80, 70, TINT)
    s.line([(500, 255), (500, 295)], ACCENT, 8)
    s.line([(480, 275), (520, 275)], ACCENT, 8)
    s.line([(180, 540), (820, 540)], INK, 5)
    _tree(s, 210, 540, 150)


def _lamp(s: Sketch) -> None:
    s.area([(300, 430), (400, 430), (700, 620), (60, 620)], PAPER)
    for x, base, height in ((560, 470, 220), (720, 540, 330)):
        s.line([(x, base), (x, base - height)], INK, 8)
        s.line([(x, base - height), (x - 80, base - height - 18)], INK, 7)
        s.area(
            [
                (x - 110, base - height - 20),
                (x - 60, base - height - 20),
                (x - 40, base - height + 4),
                (x - 130, base - height + 4),
            ],
            WARM,
        )
        s.line([(x, base - height), (x + 24, base - height - 34)], INK, 6)
        s.area(
            [
                (x - 14, base - height - 62),
                (x + 66, base - height - 40),
                (x + 58, base - height - 18),
                (x - 22, base - height - 40),
            ],
            TINT,
            ACCENT,
            4,
        )


def _market(s: Sketch) -> None:
    for x in (140, 400, 660):
        s.box(x, 400, 200, 140, PAPER)
        for part in range(5):
            colour = ACCENT if part % 2 == 0 else PAPER
            s.area(
                [
                    (x + part * 40, 330),
                    (x + part * 40 + 40, 330),
                    (x + part * 40 + 44, 400),
                    (x + part * 40 - 4, 400),
                ],
                colour,
            )
        for apple in range(4):
            s.round(x + 40 + apple * 40, 455, 15, WARM)
        s.line([(x, 475), (x + 200, 475)], INK, 5)
    s.line([(60, 540), (940, 540)], INK, 5)


def _bins(s: Sketch) -> None:
    for x, colour in ((230, TINT), (430, WARM), (630, PAPER)):
        s.area([(x, 330), (x + 140, 330), (x + 122, 540), (x + 18, 540)], colour)
        s.box(x - 12, 300, 164, 30, colour)
        for rib in (50, 90):
            s.line([(x + rib, 360), (x + rib, 510)], ACCENT, 4)
    s.line([(120, 540), (880, 540)], INK, 5)
    _tree(s, 880, 540, 150)


def _taps(s: Sketch) -> None:
    s.box(360, 250, 240, 150, TINT)
    s.line([(360, 290), (600, 290)], ACCENT, 4)
    for x in (385, 575):
        s.line([(x, 400), (x, 560)], INK, 9)
    s.line([(385, 560), (575, 400)], INK, 5)
    s.line([(600, 340), (720, 340), (720, 430)], INK, 10)
    s.line([(690, 430), (750, 430)], INK, 8)
    for y in (465, 500, 535):
        s.area([(720, y - 14), (729, y + 4), (711, y + 4)], TINT, ACCENT, 4)
    s.line([(250, 560), (820, 560)], INK, 5)


def _park(s: Sketch) -> None:
    for x, height in ((200, 190), (330, 150), (800, 180)):
        _tree(s, x, 540, height)
    s.line([(460, 540), (520, 380), (580, 540)], INK, 7)
    s.line([(650, 540), (710, 380), (770, 540)], INK, 7)
    s.line([(520, 380), (710, 380)], INK, 7)
    for x in (580, 640):
        s.line([(x, 380), (x, 490)], ACCENT, 4)
    s.line([(570, 490), (650, 490)], ACCENT, 8)
    s.line([(80, 540), (920, 540)], INK, 5)


def _tree(s: Sketch, x: float, base: float, height: float) -> None:
    s.line([(x, base), (x, base - height * 0.45)], INK, 6)
    s.round(x, base - height * 0.7, height * 0.32, TINT, ACCENT)


def _rice(s: Sketch, x: float, base: float) -> None:
    for lean in (-12, 0, 12):
        s.line([(x, base), (x + lean, base - 38)], ACCENT, 4)


SCENES: dict[str, Callable[[Sketch], None]] = {
    "jalan": _road,
    "jalan-rusak": _broken_road,
    "jembatan": _bridge,
    "irigasi": _canal,
    "posyandu": _house,
    "lampu": _lamp,
    "pasar": _market,
    "sampah": _bins,
    "air": _taps,
    "taman": _park,
}

"""Decoding pictures and encoding them anew, which drops position data, other metadata and anything hidden."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from rembuk.common.errors import Invalid

from .types import FileType

WIDTHS = (320, 960, 1600)
WEBP_QUALITY, JPEG_QUALITY = 78, 84
LONGEST_SIDE = 20_000
MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""JPEG is decoded at reduced size, so a large one costs little memory."""
WHITE = (255, 255, 255)

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoding of a picture."""

    data: bytes
    width: int
    height: int
    content_type: str


def encode(data: bytes, of_type: FileType) -> tuple[Encoded, list[Encoded]]:
    """A JPEG of at most the largest width, to download and to share, and WebP in the sizes for pages.

    No size is larger than the picture itself. Rotation noted by the camera is applied; only the first frame
    of an animation is kept.

    Raises:
        Invalid: when it can't be decoded whole, or is too large to decode.
    """
    picture = _decode(data, of_type)
    own = [picture.width] if picture.width <= WIDTHS[-1] else []
    widths = [width for width in WIDTHS if width < picture.width] + own
    sizes = [_encode(_scaled(picture, width), "WEBP") for width in widths]
    return _encode(_scaled(picture, min(picture.width, WIDTHS[-1])), "JPEG"), sizes


def _decode(data: bytes, of_type: FileType) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=[of_type.pillow]) as opened:
            _check_size(opened.width, opened.height, of_type)
            if of_type.pillow == "JPEG":
                opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
            opened.load()
            turned = ImageOps.exif_transpose(opened)
            return _flat(turned)
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception:  # a decoder fed with hostile bytes may raise anything; each means: not a picture
        raise Invalid(_("This picture is damaged and can't be opened. Save it anew and try again.")) from None


def _check_size(width: int, height: int, of_type: FileType) -> None:
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS[of_type.pillow]:
        raise _too_large()


def _too_large() -> Invalid:
    return Invalid(_("This picture has too many pixels. Make it smaller and try again."))


def _flat(picture: Image.Image) -> Image.Image:
    """RGB on white: transparency can't be kept in the shared copy, and pages are white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, WHITE)
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if width >= picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _encode(picture: Image.Image, form: str) -> Encoded:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = BytesIO()
    if form == "WEBP":
        bare.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    else:
        bare.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return Encoded(out.getvalue(), bare.width, bare.height, f"image/{form.lower()}")

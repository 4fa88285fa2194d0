"""A still picture: opened by one decoder, bounded by its header, upright."""

from __future__ import annotations

import warnings
from typing import Any, BinaryIO

import numpy as np
import PIL
import pillow_heif
from PIL import Image, ImageFile, ImageOps, PngImagePlugin

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.pixels import Bytes, contact_sheet, light_of, png
from firsthand.media.kinds import Kind

__all__ = ["grey_of", "look_at_still", "open_still", "orientation_of"]

MOST_PIXELS = 250_000_000
"""Phones sell 200 megapixels; a header that claims more is refused unread."""
MOST_DECODED = 60_000_000
"""Larger ones are decoded at a half, a quarter or an eighth where the format allows it (JPEG)."""
TURNS = {1: (0, False), 2: (0, True), 3: (2, False), 4: (2, True), 5: (1, True), 6: (1, False),
         7: (3, True), 8: (3, False)}  # fmt: skip
"""EXIF orientation (tag 0x0112) -> quarter turns clockwise, then a flip left to right."""
ORIENTATION = 0x0112

PngImagePlugin.MAX_TEXT_MEMORY = 8 << 20
pillow_heif.register_heif_opener(thumbnails=False)
Image.init()  # every plug-in now, none in a child


def look_at_still(
    file: BinaryIO, kind: Kind, key_frames: int
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What `look` tells of a picture: one frame at zero."""
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        image = open_still(file, kind)
        full = image.size
        frames = int(getattr(image, "n_frames", 1))
        reduced = _draft(image)
        rgb, (turns, mirrored) = _pixels(image, notes)
    notes += sorted({f"The decoder remarked: {w.message}" for w in caught})[:5]
    if reduced > 1:
        notes.append(f"The picture is shown and measured at 1/{reduced} of its size.")
    if frames > 1:
        notes.append(f"The file holds {frames} pictures; the first was examined.")
    width, height = full if turns % 2 == 0 else full[::-1]
    luma = np.asarray(Image.fromarray(rgb).convert("L"), dtype=np.float32)
    data_png, digest = png(rgb)
    sheet, told = contact_sheet([("", rgb)])
    overall, upper = light_of(luma / 255)
    frame = {
        "index": 0, "pts": 0, "time_base": "1/1", "t_s": 0.0, "why": "still", "key": True,
        "width_px": rgb.shape[1], "height_px": rgb.shape[0], "sha256": digest,
    }  # fmt: skip
    stream = {
        "index": 0, "kind": "image", "codec": kind.name.lower(), "width_px": width,
        "height_px": height, "frames": frames,
    }  # fmt: skip
    data = {
        "media_kind": "image",
        "container": kind.name.lower(),
        "decoder": "pillow-heif" if kind.opens == "heif" else "Pillow",
        "decoder_version": _version(kind),
        "streams": [stream],
        "rotation_deg": turns * 90,
        "mirrored": mirrored,
        "duration_s": None,
        "sample_aspect": "1/1",
        "frames": [frame] if key_frames else [],
        "contact_sheet": {**told, "t_s": [0.0]},
        "luma": {"pts": [0], "time_base": "1/1", "overall": [overall], "upper": [upper]},
        "decoded": {"frames": 1, "first_pts": 0, "last_pts": 0, "complete": True},
        "tags": {},
        "warnings": notes,
    }
    blobs = {"contact-sheet.jpg": sheet}
    if key_frames:
        blobs["frame-000000.png"] = data_png
    return data, blobs


def open_still(file: BinaryIO, kind: Kind) -> Image.Image:
    """The picture, header read and bounded, pixels not yet decoded.

    Raises:
        UnreadableMedia: no picture of this kind, or one that claims too many pixels.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own bound speaks first, and says how many
    try:
        if kind.opens == "heif":
            image = Image.open(file, formats=["HEIF"])
        else:
            image = Image.open(file, formats=[kind.name])
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever they like on broken input
        raise _broken(kind, error) from error
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableMedia(
            f"This {kind.label.split(' ', 1)[1]} claims {image.width} x {image.height} pixels, "
            "too many to open.",
            "If it is real, make a smaller copy elsewhere and keep this one.",
        )
    return image


def grey_of(image: Image.Image) -> Bytes:
    """Its luma, decoded now; a copy less where the decoder gives luma alone (a drafted JPEG)."""
    return np.asarray(image if image.mode == "L" else image.convert("L"))


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation, 1 where there is none or nonsense."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a broken EXIF block must not cost the picture
        return 1
    return value if value in TURNS else 1


def _draft(image: Image.Image) -> int:
    """Ask a JPEG for a smaller decode where it is huge; the factor it took."""
    width, height = image.size
    if width * height <= MOST_DECODED:
        return 1
    for factor in (2, 4, 8):
        if width * height / factor**2 <= MOST_DECODED:
            image.draft("RGB", (-(-width // factor), -(-height // factor)))
            break
    if image.width * image.height > MOST_DECODED:
        raise UnreadableMedia(
            f"This picture has {width} x {height} pixels, more than can be opened in the box.",
            "Make a smaller copy elsewhere and keep this one.",
        )
    return round(width / image.width)


def _pixels(image: Image.Image, notes: list[str]) -> tuple[Bytes, tuple[int, bool]]:
    turn = TURNS[orientation_of(image)]
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        if "too large" in str(error) or "Too large" in str(error):
            raise _broken(None, error) from error
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        except MemoryError:
            raise
        except Exception as again:
            raise _broken(None, again) from again
        notes.append("The picture is cut short or damaged; what could be decoded is shown.")
    except MemoryError:
        raise
    except Exception as error:
        raise _broken(None, error) from error
    image = ImageOps.exif_transpose(image) if turn != (0, False) else image
    if image.mode not in {"RGB", "L"}:
        image = _over_white(image)
    return np.asarray(image.convert("RGB")), turn


def _over_white(image: Image.Image) -> Image.Image:
    """Transparent pictures over white, 16-bit ones scaled to 8."""
    if image.mode.startswith("I"):
        scaled = np.clip(np.asarray(image, dtype=np.float64) / 257, 0, 255)
        return Image.fromarray(scaled.astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer)
    return image


def _broken(kind: Kind | None, error: Exception) -> UnreadableMedia:
    what = f"This file begins like {kind.label}, but" if kind else "The picture begins, but"
    return UnreadableMedia(
        f"{what} it cannot be decoded: it is damaged, cut short or made to break decoders.",
        "Ask for the file as the camera wrote it; keep this one.",
        details={"decoder": f"{type(error).__name__}: {error}"},
    )


def _version(kind: Kind) -> str:
    if kind.opens == "heif":
        return f"{pillow_heif.__version__} (libheif {pillow_heif.libheif_version()})"
    return str(PIL.__version__)

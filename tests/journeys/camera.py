"""A film for Chromium's fake camera: a badge held before the lens."""

import io
from pathlib import Path

from PIL import Image, ImageFilter

from eventsapp.printing.qr import QUIET_ZONE, matrix

SIZE = (640, 480)


def badge_picture(code: str, side: int = 300) -> Image.Image:
    """What the camera sees: the badge's symbol, a little dim and blurred, on a grey wall."""
    rows = matrix(code)
    units = len(rows) + 2 * QUIET_ZONE
    symbol = Image.new("L", (units, units), 235)
    for y, row in enumerate(rows, QUIET_ZONE):
        for x, module in enumerate(row, QUIET_ZONE):
            if module:
                symbol.putpixel((x, y), 35)
    symbol = symbol.resize((side, side), Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(0.6))
    picture = Image.new("L", SIZE, 120)
    picture.paste(symbol, ((SIZE[0] - side) // 2, (SIZE[1] - side) // 2))
    return picture.convert("RGB")


def write_film(path: Path, code: str | None, frames: int = 10) -> Path:
    """A motion JPEG that Chromium plays over and over (`--use-file-for-fake-video-capture`)."""
    picture = badge_picture(code) if code else Image.new("RGB", SIZE, (120, 120, 120))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=90)
    path.write_bytes(data.getvalue() * frames)
    return path

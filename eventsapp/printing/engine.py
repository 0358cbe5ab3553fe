"""The typst engine: a template and its data become a PDF, in a process of its own."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from eventsapp.core.errors import Unavailable
from eventsapp.core.text import N_
from eventsapp.printing import fonts

TEMPLATES: Final = Path(__file__).with_name("templates")
_WORKER: Final = Path(__file__).with_name("worker.py")
# All that the process is told of its surroundings: where to find libraries, never a secret.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
# A page of a document takes a core for itself: more at once would only make all of them late.
_AT_ONCE: Final = 2
_slots: Final = threading.BoundedSemaphore(_AT_ONCE)

_log = logging.getLogger(__name__)


class PrintingFailed(Unavailable):
    """No PDF came of it: too many at once, too slow, or the typesetter stopped."""

    code = "printing_failed"


def compile_pdf(template: str, data: Mapping[str, Any], *, tagged: bool = True, seconds: int = 60) -> bytes:
    """The PDF of `templates/<template>.typ` with `data`, which the template reads as JSON.

    `tagged` writes the structure that screen readers follow; leave it out of bulk prints, where it
    only adds weight. Raises `PrintingFailed` when there is no result within `seconds`.
    """
    request = {
        "job": "compile",
        "template": str(TEMPLATES / f"{template}.typ"),
        "root": str(TEMPLATES),
        "font_folders": [str(folder) for folder in fonts.folders()],
        "inputs": {"data": json.dumps(data, ensure_ascii=False), "fonts": json.dumps(fonts.families())},
        "tagged": tagged,
    }
    return _work(request, seconds)


def join_pdfs(parts: Sequence[bytes], *, seconds: int = 60) -> bytes:
    """One PDF with the pages of all `parts`, in order. Raises `PrintingFailed`."""
    if len(parts) == 1:
        return parts[0]
    with tempfile.TemporaryDirectory(prefix="eventsapp-print-") as folder:
        files = [Path(folder, f"{number}.pdf") for number in range(len(parts))]
        for file, part in zip(files, parts, strict=True):
            file.write_bytes(part)
        return _work({"job": "join", "files": [str(file) for file in files]}, seconds)


def _work(request: dict[str, Any], seconds: int) -> bytes:
    if not _slots.acquire(timeout=seconds):
        raise PrintingFailed(N_("Many documents are being printed just now. Please try again in a minute."))
    try:
        done = subprocess.run(  # noqa: S603 -- our own script under our own interpreter
            [sys.executable, "-I", str(_WORKER)],
            input=json.dumps(request | {"seconds": seconds}).encode(),
            capture_output=True,
            timeout=seconds,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        _log.error("printing took over %s s", seconds)
        raise PrintingFailed(N_("The document took too long to print. Please try again.")) from error
    except subprocess.CalledProcessError as error:
        _log.error("printing failed (%s): %s", error.returncode, _last_line(error.stderr))
        raise PrintingFailed(N_("The document could not be printed. Please try again.")) from error
    finally:
        _slots.release()
    return done.stdout


def _last_line(stderr: bytes) -> str:
    """The reason without the lines above it, which could quote what was to be printed."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "no reason given"

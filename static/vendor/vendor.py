"""Bring the third-party files of `package.json` into this folder, with their sums and licences.

    python static/vendor/vendor.py

Needs Node once, on the machine of whoever raises a version; the files are committed, so that the
program itself needs no Node. Installs exactly what `package-lock.json` says, runs no package's
scripts, and writes `manifest.json`, against which a test holds every file.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CHOSEN = {
    "bootstrap": {
        "bootstrap.min.css": "dist/css/bootstrap.min.css",
        "bootstrap.rtl.min.css": "dist/css/bootstrap.rtl.min.css",
        "LICENSE": "LICENSE",
    },
    "htmx.org": {"htmx.min.js": "dist/htmx.min.js", "LICENSE": "LICENSE"},
    "zxing-wasm": {
        "reader/index.js": "dist/es/reader/index.js",
        "share.js": "dist/es/share.js",
        "reader/zxing_reader.wasm": "dist/reader/zxing_reader.wasm",
        "LICENSE": "LICENSE",
    },
    "jsqr": {"jsQR.js": "dist/jsQR.js", "LICENSE": "LICENSE"},
}
FOLDER_NAMES = {"htmx.org": "htmx"}


def main() -> None:
    """Install, copy and write the manifest; folders of earlier versions are removed."""
    with tempfile.TemporaryDirectory() as folder:
        installed = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, installed / name)
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],  # noqa: S607 -- npm where the machine has it
            cwd=installed,
            check=True,
        )
        for old in HERE.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        manifest = {
            name: take(installed / "node_modules" / name, name, files) for name, files in CHOSEN.items()
        }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def take(package: Path, name: str, files: dict[str, str]) -> dict[str, Any]:
    """Copy one package's chosen files; returns its entry in the manifest."""
    facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
    folder = f"{FOLDER_NAMES.get(name, name)}-{facts['version']}"
    sums = {}
    for target, source in files.items():
        copy = HERE / folder / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = without_source_map(target, (package / source).read_bytes())
        copy.write_bytes(content)
        sums[f"{folder}/{target}"] = hashlib.sha256(content).hexdigest()
    return {"version": facts["version"], "licence": facts["license"], "sha256": sums}


def without_source_map(name: str, content: bytes) -> bytes:
    """The file without its last line where that points to a map which is not kept."""
    if not name.endswith((".js", ".css")):
        return content
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:-1]) if lines and b"sourceMappingURL=" in lines[-1][:80] else content


if __name__ == "__main__":
    main()

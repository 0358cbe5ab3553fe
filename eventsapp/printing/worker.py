"""The process that sets one document: request on standard input, PDF on standard output.

It is started as a bare script, imports nothing of eventsapp and gets no environment, so it comes up
in a tenth of a second and holds no secret. typst keeps memory after each document; ending the
process is how it is given back.
"""

import json
import sys
from typing import Any

MEMORY = 4 << 30  # bytes of address space; a document of 1,000 badges takes 0.2 GB of memory


def main() -> None:
    """One job: `{"job": "compile", …}` or `{"job": "join", …}`."""
    request = json.load(sys.stdin)
    _limit(request["seconds"])
    work = {"compile": _compile, "join": _join}[request["job"]]
    sys.stdout.buffer.write(work(request))


def _compile(request: dict[str, Any]) -> bytes:
    import typst

    compiler = typst.Compiler(
        request["template"],
        root=request["root"],
        font_paths=request["font_folders"],
        ignore_system_fonts=True,
        sys_inputs=request["inputs"],
    )
    made = compiler.compile(format="pdf", pdf_tags=request["tagged"])
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _join(request: dict[str, Any]) -> bytes:
    import io

    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for path in request["files"]:
        part = pypdfium2.PdfDocument(path)
        whole.import_pages(part)
        part.close()
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _limit(seconds: int) -> None:
    """A document that runs away ends here, even where its parent has gone."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()

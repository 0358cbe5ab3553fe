"""Printing: data in, PDF out.

Pages are typst templates under `templates/`; what they show arrives as JSON, so a name can hold any
character and never becomes markup. Each document is set in a process of its own (`worker.py`), so
that neither time, memory nor a crash reaches whoever asked.

Doors: `engine.compile_pdf` (a template and its data), `engine.join_pdfs`, `run.run` (a text as the
templates take it, with its language, direction and shapes), `fonts.missing_glyphs` (may this name
be entered?), `qr` (a text as a QR symbol, for pages, screens and terminals).
"""

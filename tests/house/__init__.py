"""Rules that the house keeps by test: docs/architecture.md tells them, these files hold them."""

"""The API for devices and integrations; `v1/` holds one file a resource.

Everything is described at `/api/v1/openapi.json`. Whoever calls sends `Authorization: Bearer TOKEN`; a
browser's session opens nothing here. Errors have one shape: `{"error": {"code", "message", "fields"}}`.
"""

"""The record: who did what, on whose behalf, when; append-only and hash-chained.

Services call `service.record(...)` in the transaction of the deed itself, so neither is ever
stored without the other. Entries hold ids, never personal data.
"""

"""The foundation: settings, database, clock, tokens, codes, links, errors, text and zones.

Nothing here knows a wing or a request; everything else may import it.
"""

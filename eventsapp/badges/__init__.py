"""Badges: issued when a guest accepts, carrying a signed code, printed in every script.

`code.py` and `keys.py` sign and read codes, `pdf.py` draws them (data in, bytes out);
`service.py` issues, revokes and reissues. A reissued badge raises the revision, which kills the old one.
"""

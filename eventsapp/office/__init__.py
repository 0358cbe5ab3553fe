"""The organisers' back office: staff and their roles, the mail that went out, the record of who did what.

Pages alone. What they show belongs to earlier wings (accounts, mail, audit), whose rows they name by
looking into all the others: an actor may be a colleague, a guest or a scanner, a subject nearly anything.
"""

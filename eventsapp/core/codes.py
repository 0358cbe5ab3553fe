"""Public codes: short names for things in addresses and on badges; they are not secrets."""

import secrets

# No vowels (no words), no 0/O, 1/I/L, 5/S, 2/Z, 8/B: read aloud and typed in poor light.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"


def public_code(length: int = 8) -> str:
    """A random code of `length` characters (22^8 ≈ 5·10^10 possibilities at the usual eight)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def public_codes(count: int, length: int) -> list[str]:
    """Many random codes at once, no two of them the same; for bulk."""
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        number, code = secrets.randbelow(len(ALPHABET) ** length), ""
        for _ in range(length):
            number, place = divmod(number, len(ALPHABET))
            code += ALPHABET[place]
        drawn[code] = None
    return list(drawn)


def public_number(bits: int) -> int:
    """A random number of that many bits, for ids inside signed codes."""
    return secrets.randbits(bits)


def normal_code(typed: str) -> str:
    """What a person typed, as the code it can only mean: upper case, no spaces or dashes."""
    return "".join(character for character in typed.upper() if character.isalnum())

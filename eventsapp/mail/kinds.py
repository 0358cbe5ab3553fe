"""The kinds of mail that can be put in own words, and what such words may name.

Every folder of `templates/mail/` is a kind and joins by being there: what its own text names can be named
in other words too, as `{{event}}` or, for the links it makes, `{{invitation_link}}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, meta, nodes

OWN = "own"  # the frame around own words; no kind of mail itself

# One text for each of these answers, where ours differ by the guest's answer.
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "confirmation": ("accepted", "tentative", "declined", "waitlisted"),
}
# What is called otherwise in the templates.
NAMES: Mapping[str, str] = {
    "to_name": "name",
    "title": "event",
    "place": "where",
    "contact_email": "contact",
}
LINKERS = ("guest_link", "focal_link")
COMMON = ("name", "event", "host", "when", "where", "reply_by", "contact")
_NEEDED = ("digits", "question")  # a message without them would be of no use, as without its first link
_INNER = {"code", "generation", "state", "kind", "street", "party_size"}


@dataclass(frozen=True)
class Link:
    """A link that a template makes: `name` for own words, the function that makes it and its purpose."""

    name: str
    maker: str
    purpose: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of mail; `key` is its template, with the answer it is for where that makes a difference.

    `variables`: placeholder → what it is called in the template; `maps`: those that are language maps.
    """

    key: str
    template: str
    answer: str
    variables: Mapping[str, str]
    links: tuple[Link, ...]
    maps: frozenset[str]

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Everything that own words may name."""
        return (*self.variables, *(link.name for link in self.links))

    @property
    def needed(self) -> tuple[str, ...]:
        """What own words must name; whoever answered is asked for nothing more."""
        first = () if self.answer else self.links[:1]
        return (
            *(name for name in _NEEDED if name in self.variables),
            *(link.name for link in first),
        )


def key_of(template: str, context: Mapping[str, Any]) -> str:
    """The key of the kind that a message with this context is of."""
    answer = context.get("state")
    return f"{template}.{answer}" if answer in VARIANTS.get(template, ()) else template


def all_kinds(environment: Environment) -> list[Kind]:
    """Every kind, by key."""
    folders = sorted(
        {
            name.split("/")[1]
            for name in environment.list_templates()
            if name.startswith("mail/") and name.endswith("/body.txt")
        }
        - {OWN}
    )
    return [
        kind_of(environment, f"{folder}.{answer}" if answer else folder)
        for folder in folders
        for answer in VARIANTS.get(folder, ("",))
    ]


def kind_of(environment: Environment, key: str) -> Kind:
    """The kind with that key. Raises `LookupError` where there is none."""
    template, _, answer = key.partition(".")
    if answer not in VARIANTS.get(template, ("",)) or template == OWN or environment.loader is None:
        raise LookupError(key)
    source = environment.loader.get_source(environment, f"mail/{template}/body.txt")[0]
    tree = environment.parse(source)
    named = meta.find_undeclared_variables(tree) - _INNER - set(environment.globals)
    variables = {name: variable for variable, name in NAMES.items()}
    kept = {name: variables.get(name, name) for name in COMMON}
    kept |= {NAMES.get(name, name): name for name in sorted(named) if NAMES.get(name, name) not in kept}
    return Kind(key, template, answer, kept, _links(tree), _language_maps(tree))


def _language_maps(tree: nodes.Template) -> frozenset[str]:
    """The variables that go through `tx_plain`; of what every mail has, all that are."""
    filtered = {
        used.node.name
        for used in tree.find_all(nodes.Filter)
        if used.name.startswith("tx") and isinstance(used.node, nodes.Name)
    }
    return frozenset(filtered | {"title", "host", "place"})


def _links(tree: nodes.Template) -> tuple[Link, ...]:
    calls = [
        call
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in LINKERS
    ]
    made = []
    for call in sorted(calls, key=lambda call: call.lineno):
        maker = call.node.name  # type: ignore[attr-defined]  # told just above
        first = call.args[0] if call.args else None
        purpose = str(first.value) if isinstance(first, nodes.Const) else ""
        name = f"{purpose or maker.removesuffix('_link')}_link".replace("-", "_")
        made.append(Link(name, maker, purpose))
    return tuple(dict.fromkeys(made))

"""What can be done with instruments, commitments and the order of proceedings. Belongs in a `transaction()`.

An instrument outlives its event: its status and commitments change long after the event is closed. The
order of proceedings is part of the event and rests with it.
"""

from eventsapp.ceremonies.service.areas import add_area, add_areas, edit_area, move_area, remove_area
from eventsapp.ceremonies.service.commitments import (
    CommitmentInput,
    create_commitment,
    delete_commitment,
    edit_commitment,
)
from eventsapp.ceremonies.service.instruments import (
    InstrumentInput,
    change_status,
    create_instrument,
    delete_instrument,
    edit_instrument,
)
from eventsapp.ceremonies.service.parties import (
    PartyInput,
    add_party,
    edit_party,
    move_party,
    remove_party,
    set_parties,
)
from eventsapp.ceremonies.service.proceedings import (
    StepInput,
    add_step,
    delete_step,
    edit_step,
    move_step,
    use_plain_signing,
)
from eventsapp.ceremonies.service.signers import (
    SignatoryInput,
    WitnessInput,
    add_signatory,
    add_witness,
    edit_signatory,
    edit_witness,
    move_signatory,
    move_witness,
    remove_signatory,
    remove_witness,
)

__all__ = [
    "CommitmentInput",
    "InstrumentInput",
    "PartyInput",
    "SignatoryInput",
    "StepInput",
    "WitnessInput",
    "add_area",
    "add_areas",
    "add_party",
    "add_signatory",
    "add_step",
    "add_witness",
    "change_status",
    "create_commitment",
    "create_instrument",
    "delete_commitment",
    "delete_instrument",
    "delete_step",
    "edit_area",
    "edit_commitment",
    "edit_instrument",
    "edit_party",
    "edit_signatory",
    "edit_step",
    "edit_witness",
    "move_area",
    "move_party",
    "move_signatory",
    "move_step",
    "move_witness",
    "remove_area",
    "remove_party",
    "remove_signatory",
    "remove_witness",
    "set_parties",
    "use_plain_signing",
]

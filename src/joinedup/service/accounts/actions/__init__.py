"""What can be done to people, organisations, roles and sign-ins."""

from joinedup.service.accounts.actions.organisations import add_organisation, change_organisation
from joinedup.service.accounts.actions.people import (
    accept_invitation,
    deactivate_person,
    end_role,
    first_service_administrator,
    give_role,
    invite_person,
    reactivate_person,
    renew_invitation,
)
from joinedup.service.accounts.actions.signing_in import (
    change_password,
    know_at_provider,
    make_recovery_codes,
    session_ended,
    set_up_second_factor,
    sign_in_failed,
    signed_in,
    signed_out,
)

__all__ = [
    "accept_invitation",
    "add_organisation",
    "change_organisation",
    "change_password",
    "deactivate_person",
    "end_role",
    "first_service_administrator",
    "give_role",
    "invite_person",
    "know_at_provider",
    "make_recovery_codes",
    "reactivate_person",
    "renew_invitation",
    "session_ended",
    "set_up_second_factor",
    "sign_in_failed",
    "signed_in",
    "signed_out",
]

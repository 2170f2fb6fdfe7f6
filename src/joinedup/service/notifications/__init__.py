"""People are told what happened and what is due: in the service, by e-mail, and in their own calendars."""

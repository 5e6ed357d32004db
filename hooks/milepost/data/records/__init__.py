"""The records that data files hold: one model a kind, each field with its description."""

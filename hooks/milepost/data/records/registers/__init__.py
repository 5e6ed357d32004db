"""The kinds of register that a programme can keep, a module each. To add one, write its module and list it here."""

from __future__ import annotations

from milepost.data.records.registers.decisions import DECISIONS
from milepost.data.records.registers.descriptor import Register, RegisterEntry
from milepost.data.records.registers.issues import ISSUES
from milepost.data.records.registers.risks import RISKS

REGISTERS: tuple[Register, ...] = (DECISIONS, ISSUES, RISKS)
"""Every kind of register, by name."""

__all__ = ["REGISTERS", "Register", "RegisterEntry"]

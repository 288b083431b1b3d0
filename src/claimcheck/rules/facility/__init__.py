"""Institutional bills, by the sets and edits of the outpatient code editor that the policy holds.

Ids: FAC1xx revenue codes and the form of a line; FAC2xx edits between lines, codes, charges and bills. A published edit
that is not here yet gets the next free id of its hundred; its sets belong to the policy, with their reference.
"""

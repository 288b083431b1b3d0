"""Institutional bills, by the sets and edits of the outpatient code editor that the policy holds.

Ids: FAC1xx revenue codes and the form of a line; FAC2xx edits between lines, codes, charges and bills;
FAC5xx edits by the editor's own tables, several of one shape in a rule, each with its number. A published edit
that is not here yet gets the next free id of its hundred; its sets belong to the policy, with their reference.
"""

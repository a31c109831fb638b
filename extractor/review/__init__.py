"""The review desk: a local web application in which people confirm, correct or reject what the program found.

Decisions are only ever appended (`database`); what they come to is worked out by `decisions`, which also applies them
to a new run of the same articles. This module loads nothing, so that a batch can apply decisions without a web server.
"""

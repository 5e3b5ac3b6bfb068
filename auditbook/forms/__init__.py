"""Exports of online forms: what their columns are, and their responses as what agencies returned."""

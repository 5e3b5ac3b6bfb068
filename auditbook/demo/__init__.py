"""The demonstration year: four synthetic audits of a partnership that does not exist, from a fixed seed."""

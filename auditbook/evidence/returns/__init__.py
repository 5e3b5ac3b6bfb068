"""Returns: what an agency's workbook looks like, and reading the ones that came back."""

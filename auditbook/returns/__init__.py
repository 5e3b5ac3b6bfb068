"""Writing workbooks for agencies, and the rows of what came back."""

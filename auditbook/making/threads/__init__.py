"""The thread from quarter to quarter, as generated pages: themes, recommendations, agencies."""

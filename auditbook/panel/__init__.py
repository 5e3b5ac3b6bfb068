"""The panel: one workbook with what all agencies answered, out and back; agreement; help with coding."""

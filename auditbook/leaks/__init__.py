"""What must not get out, looked for in files that are about to be published. Nothing here keeps or tells a value.

`secrets` says what must stay inside, `files` reads what is about to be published, `search` finds one in the other.
"""

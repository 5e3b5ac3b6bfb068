"""Run by a kernel as it starts (`PYTHONSTARTUP`), before any cell. Who only imports this seals nothing."""

if __name__ == "__main__":
    from auditbook.reading.picture_cache import cache_from_environment
    from auditbook.reading.sealed import seal_from_environment

    seal_from_environment()
    cache_from_environment()
    del cache_from_environment, seal_from_environment

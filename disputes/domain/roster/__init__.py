"""The roster of a collective case: reading it, who speaks for it, what becomes of each worker."""

"""The sites of the replica web, one module a host; a new module is found by itself."""

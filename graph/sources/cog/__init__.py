"""INSEE's geographic codes: files recognised by their header, joined in tables, written as territories."""

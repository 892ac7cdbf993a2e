"""Glue to frameworks: each module is thin and needs the extra of its name; nothing in cleaner imports them."""

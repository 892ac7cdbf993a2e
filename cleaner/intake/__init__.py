"""Bytes to text: encoding, media type and language."""

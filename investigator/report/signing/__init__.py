"""Signatures in the report's PDF: the fields, the stamps, signing, and verification."""

"""The bytes of a file or of a member of an archive: as a stream, hashed, kept."""

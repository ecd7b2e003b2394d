"""The workspace on disk: log and blobs."""

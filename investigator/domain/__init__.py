"""The words of the trade as frozen values. This room knows no files, no models, no windows."""

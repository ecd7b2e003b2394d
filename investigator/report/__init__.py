"""From a dossier to a PDF. Pure: computes nothing that the dossier does not hold."""

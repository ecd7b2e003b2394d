"""The validation of a twin: what it predicts of batches that it was not calibrated on."""

"""The priors by which the hypotheses of a run are weighed, by what the evidence of it lacks."""

from dataclasses import replace

from investigator.analysis.comparison import Comparison
from investigator.analysis.missing_evidence import lacks_a_source
from investigator.analysis.posterior import ModelPriors

PRIORS = ModelPriors()
LACKING_TEMPERATURE = 2.0
"""Of the scores where a whole source is missing: what it would have contradicted is not known."""


def priors_for(c: Comparison) -> ModelPriors:
    """Priors of the kinds of model; scores count less where the run lacks a source."""
    return replace(PRIORS, temperature=LACKING_TEMPERATURE) if lacks_a_source(c) else PRIORS

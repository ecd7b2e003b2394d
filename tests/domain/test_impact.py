"""The words for what happened to the product."""

from dataclasses import replace

from support.dossiers import a_container

from investigator.domain.impact import attribute_in_words, attribute_name, short_ids


def test_attribute_names() -> None:
    assert attribute_name("tensile_strength") == "Tensile strength"
    assert attribute_name("api_fraction") == "API content"
    assert attribute_name("q30") == "Dissolution Q30"
    assert attribute_in_words("tensile_strength") == "tensile strength"
    assert attribute_in_words("cu") == "content uniformity"


def test_short_ids() -> None:
    assert short_ids(("TA-1-D01", "TA-1-D02")) == ("TA-1-", {"TA-1-D01": "D01", "TA-1-D02": "D02"})
    assert short_ids(("TA-1-D01",)) == ("", {"TA-1-D01": "TA-1-D01"})
    assert short_ids(("A", "B")) == ("", {"A": "A", "B": "B"})
    assert short_ids(("A-1", "A-1-2")) == ("", {"A-1": "A-1", "A-1-2": "A-1-2"})
    assert short_ids(()) == ("", {})


def test_the_worst_attribute_is_the_one_least_likely_to_conform() -> None:
    container = a_container(0, affected=False)
    worst = container.worst
    assert worst is not None
    assert worst[0] == "assay"
    assert worst[1].p_conform == 0.98
    without_limits = {"api_fraction": container.quality["api_fraction"]}
    assert replace(container, quality=without_limits).worst is None

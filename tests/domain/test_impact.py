"""The words for what happened to the product."""

from investigator.domain.impact import attribute_name


def test_attribute_names() -> None:
    assert attribute_name("tensile_strength") == "Tensile strength"
    assert attribute_name("api_fraction") == "API fraction"
    assert attribute_name("q30") == "Q30"

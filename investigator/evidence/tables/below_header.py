"""Tables in which every row below the header is data, also one without a time."""

from dataclasses import replace

from investigator.domain.import_profile import ImportProfile


def below_header(profile: ImportProfile) -> ImportProfile:
    """The profile with its data beginning right below the header.

    Where data begin is told by the first row with a time, because historian exports have rows of
    units above it. A list of events or lots may begin with rows that have no time: they are data.
    """
    if not profile.header_line:
        return profile
    return replace(profile, first_line=profile.header_line + 1)

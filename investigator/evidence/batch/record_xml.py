"""The guarded door for XML: parsed without network, without entities, without a document type.

Elements are found by their local name, in whatever namespace the record was written: B2MML and
BatchML changed theirs between versions, the names stayed.
"""

from collections.abc import Iterator

from lxml import etree

from investigator.domain.errors import UnusableInput

Element = etree._Element

EXCESSIVE = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP})
"""What the parser says of entities that explode, of nesting or of texts without end."""


def parse(content: bytes, file: str) -> Element:
    """The root element of an XML file.

    Raises:
        UnusableInput: the file is no well-formed XML (with the line where it breaks off), or it
            declares a document type, which a batch record has no need of.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        if fault.code in EXCESSIVE:
            raise UnusableInput(
                file,
                f"holds XML beyond what any record needs (entities, nesting or a text without end,"
                f" line {fault.lineno})",
                "export the record again from its own system",
            ) from fault
        raise UnusableInput(
            file,
            f"the XML breaks off or is damaged at line {fault.lineno}",
            "export the record again and copy it whole",
        ) from fault
    if root.getroottree().docinfo.doctype:
        raise UnusableInput(
            file, "declares a document type (DOCTYPE)", "export the record without it"
        )
    return root


def name_of(element: Element) -> str:
    """The local name of an element."""
    return etree.QName(element).localname


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of that local name."""
    return element.iterchildren(f"{{*}}{name}")


def at(element: Element, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    here: Element | None = element
    for name in path:
        if here is None:
            return None
        here = next(children(here, name), None)
    return here


def text_at(element: Element, *path: str) -> str:
    """The text at a path of local names, stripped; empty where there is none."""
    found = at(element, *path)
    return (found.text or "").strip() if found is not None else ""


def prose_at(element: Element, *path: str) -> str:
    """The text at a path, where exporters write line breaks as a backslash and an n."""
    return text_at(element, *path).replace("\\r\\n", "\n").replace("\\n", "\n")


def value_at(element: Element, name: str) -> tuple[str, str]:
    """Text and unit of a B2MML value element."""
    return text_at(element, name, "ValueString"), text_at(element, name, "UnitOfMeasure")


def id_of(element: Element) -> str:
    """The id of an entry: `EntryID` since V0600, `ID` before; empty where it has none."""
    return text_at(element, "EntryID") or text_at(element, "ID")


def line_of(element: Element) -> int:
    """The line of the file on which an element begins."""
    return element.sourceline or 0

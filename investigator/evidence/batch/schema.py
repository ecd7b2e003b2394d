"""A B2MML or BatchML file against the schema files that a site points the program to.

Reading never depends on a schema; this is an additional check. Schema and file are read from disk
only: nothing is fetched, and no entity is resolved.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from investigator.domain.errors import UnusableInput
from investigator.evidence.batch.record_xml import Element, name_of, parse

XSD = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One breach of the schema: the line of the file, and what the validator says."""

    line: int
    text: str


def validate(
    content: bytes, schema_folder: Path, *, file: str = "batch record"
) -> tuple[SchemaError, ...]:
    """The breaches of the schema in order of line; empty for a valid file.

    Args:
        content: the XML.
        schema_folder: holds the `.xsd` files, as MESA publishes them.
        file: its name, for messages.

    Raises:
        UnusableInput: the file is no well-formed XML, the folder has no schema for its root
            element and namespace, or the schema is damaged.
    """
    root = parse(content, file)
    schema = _schema(_declaring(root, schema_folder))
    schema.validate(root)
    found = ((error.line, error.message) for error in schema.error_log)
    return tuple(SchemaError(line, text) for line, text in sorted(dict.fromkeys(found)))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _declaring(root: Element, folder: Path) -> Path:
    """The schema file that declares the root element of the file in its namespace."""
    namespace = etree.QName(root).namespace or ""
    others = set()
    for path in sorted(folder.glob("*.xsd")):
        schema = _schema_document(path)
        names = {element.get("name") for element in schema.iterchildren(f"{XSD}element")}
        if name_of(root) in names:
            if schema.get("targetNamespace", "") == namespace:
                return path
            others.add(schema.get("targetNamespace", ""))
    said = f" (only in {', '.join(sorted(others))})" if others else ""
    raise UnusableInput(
        str(folder),
        f"holds no schema for {name_of(root)} in the namespace {namespace or 'none'}{said}",
        "name the folder of the schema version that the file was written in",
    )


def _schema_document(path: Path) -> Element:
    try:
        return etree.parse(str(path), _parser()).getroot()
    except (OSError, etree.XMLSyntaxError) as fault:
        raise UnusableInput(
            path.name, f"is no readable schema file ({fault})", "copy the schema folder again"
        ) from fault


def _schema(path: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(str(path), _parser()))
    except (OSError, etree.XMLSchemaParseError, etree.XMLSyntaxError) as fault:
        raise UnusableInput(
            path.name, f"is no usable schema ({fault})", "copy the schema folder again, whole"
        ) from fault

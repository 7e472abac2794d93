"""Namespaces, and IRIs made from ids. Ids are hostile input: whatever is not safe in an IRI is percent-encoded."""

from urllib.parse import quote

KG = "https://w3id.org/kg-news/ontology#"
LEX = "https://w3id.org/kg-news/lexicon#"
ID = "https://w3id.org/kg-news/id/"

PREFIXES = {
    "kg": KG,
    "lex": LEX,
    "id": ID,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sh": "http://www.w3.org/ns/shacl#",
    "wdt": "http://www.wikidata.org/prop/direct/",
}


def term(local: str) -> str:
    """IRI of an ontology term."""
    return KG + local


def local(iri: str) -> str:
    """Local name of an ontology term's IRI (or what follows the last # or /)."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def resource(kind: str, ident: str) -> str:
    """IRI of an "entity", "claim", "event", "document", …; lone surrogates and reserved characters are percent-encoded."""
    return f"{ID}{kind}/{quote(ident.encode('utf-8', 'surrogatepass'), safe='/-._~')}"

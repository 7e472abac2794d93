"""What schemathesis sends where the description of the addresses asks for SPARQL, an IRI or an id: mostly what leads somewhere."""

import schemathesis
from hypothesis import strategies as st

from kg.iris import ID

IDENTS = ["city/zenda", "a", "b", "attacks", "facts", "timeline", "%2F", ".."]
IRIS = [f"{ID}entity/city/zenda", f"{ID}document/a", "urn:x", "http://www.w3.org/2000/01/rdf-schema#label", "a b", "javascript:1"]
TERMS = ["?s", "?p", "?o", "a", f"<{ID}entity/city/zenda>", "rdfs:label", "kg:Claim", '"Zenda"@en', "1e400", '"x"^^xsd:date', "_:b", "<< ?s ?p ?o >>"]
FORMS = [
    "SELECT *",
    "SELECT DISTINCT ?s",
    "SELECT (COUNT(*) AS ?n)",
    "ASK",
    "CONSTRUCT { ?s ?p ?o } WHERE",
    "DESCRIBE ?s WHERE",
    f"ASK FROM <{ID}document/a>",
]
WRAPS = [
    "{}",
    "GRAPH ?g {{ {} }}",
    "OPTIONAL {{ {} }}",
    "MINUS {{ {} }}",
    "{{ {} }} UNION {{ ?o ?p ?s }}",
    "{} FILTER(?o > 1/0)",
    "{} BIND(IRI(?o) AS ?i)",
]
ENDS = ["", "LIMIT 3", "ORDER BY ?o LIMIT 0", "OFFSET 99999999999999999999", "GROUP BY ?s", "HAVING(SUM(?o) > 1)", "# \u0000", "VALUES ?s { UNDEF }"]


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Queries of many kinds, most of them valid."""
    triple = " ".join(draw(st.lists(st.sampled_from(TERMS), min_size=3, max_size=3)))
    pattern = draw(st.sampled_from(WRAPS)).format(triple)
    return f"{draw(st.sampled_from(FORMS))} {{ {pattern} }} {draw(st.sampled_from(ENDS))}"


schemathesis.openapi.format("sparql", queries() | st.text(max_size=9))
schemathesis.openapi.format("iri", st.sampled_from(IRIS) | st.text(max_size=9))
schemathesis.openapi.format("ident", st.sampled_from(IDENTS) | st.text(min_size=1, max_size=9))

"""The errors that kg raises on purpose.

KgError                  the command line prints its message in one line and exits with 1
├── InputError           an input can't be read; `kg build` reports it and goes on with the next
├── OntologyError        an ontology file is not usable; nothing is extracted
├── StoreError           the store can't be opened, read or written
│   └── DamageError      its files are not what was written
├── QueryError           a query is unknown, malformed or lacks a parameter
├── FormatError          an export or input format is unknown
├── ServerError          the server can't be started as it was asked to
├── RequestError         a request over HTTP gets no answer; it is told with the status
├── JudgementError       a judgement of identity contradicts an earlier one
└── RecordError          a line of an extraction file is not an Extraction record, a line of judgements none
"""


class KgError(Exception):
    """Base class: the message is one line that says what is wrong and what to do."""


class InputError(KgError):
    """An input can't be read. Caught per input by the pipeline."""


class OntologyError(KgError):
    """An ontology file can't be parsed or breaks its shapes. Caught by the command line."""


class StoreError(KgError):
    """The graph store can't be used. Caught by the command line."""


class DamageError(StoreError):
    """The files of the store are not what was written. Caught by a build of many workers, which drops what an earlier one has left."""


class QueryError(KgError):
    """A query can't be run. Caught by the command line."""


class FormatError(KgError):
    """No reader or exporter of that name or suffix. Caught by the command line."""


class ServerError(KgError):
    """The server can't be started. Caught by the command line."""


class RequestError(KgError):
    """A request over HTTP can't or may not be answered: the status, and headers with "_" for "-". Caught by the server."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = tuple((name.replace("_", "-"), value) for name, value in headers.items())


class RecordError(KgError):
    """A JSON line is not an Extraction record. Caught by `kg load`, which names the line."""


class JudgementError(KgError):
    """A judgement of identity can't be made: it contradicts an earlier one, or names nobody. Caught by the command line."""

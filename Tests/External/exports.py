"""Every export read back by programs that others wrote.

    scripts/test-external exports PROGRAM

An index is made of hostile and of usual records through the real connector; each form is then read by an independent
reader, and what it reads is compared with what the record says.  With the shared material beside the checkout, a
thousand real dandisets go through the same."""

import csv
import email.message
import html.parser
import io
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import bibtexparser
import feedparser
import lxml.etree
import pyld.jsonld
import rdflib
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from datacite import schema45
from jsonschema.validators import validator_for
from pybtex.database import parse_string

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.argv[1]).resolve()
SHARED = ROOT.parent / "shared/data/dandi/dandisets.jsonl"
checks = 0


def check(truth: object, *what: object) -> None:
    global checks
    checks += 1
    if not truth:
        sys.exit("exports: FAILED: " + " ".join(repr(item)[:2000] for item in what))


HOSTILE = [
    "</script><script>alert(1)</script>",
    "unbalanced } brace and { another { one",
    "@misc{injected, title={x}}",
    "100% #1 $x_1^2$ ~ & \\input{/etc/passwd} \\\\ \\",
    "line\r\nER  - \r\nTY  - JOUR\r\nTI  - injected",
    "quote \" and ' and `",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "control \u0001\u0007\u001b[31m\u0085 characters",
    "direction \u202egnp.exe\u2066 and \u05e9\u05dc\u05d5\u05dd",
    "tags \U000e0041\U000e0042 and joiners \U0001f469\u200d\U0001f52c",
    "separators \u2028 and \u2029 end",
    "]]> <!-- --> <![CDATA[ &amp; &#60;",
    "composed \u00e9 decomposed e\u0301 \u4e2d\u6587 \U0001f9e0",
    "and",
    "Rock and Roll",
    "a" * 3000,
]


def dandiset(number: str, text: str) -> dict[str, Any]:
    return {
        "identifier": f"DANDI:{number}",
        "id": f"DANDI:{number}/0.240301.1200",
        "version": "0.240301.1200",
        "schemaKey": "Dandiset",
        "name": text,
        "description": f"Described: {text} {text}",
        "url": f"https://example.org/{number}/" + text[:40],
        "doi": f"10.48324/dandi.{number}/0.240301.1200",
        "citation": text,
        "keywords": [text, "sleep"],
        "datePublished": "2024-03-01T12:00:00Z",
        "license": ["spdx:CC-BY-4.0"],
        "access": [{"status": "dandi:OpenAccess"}],
        "contributor": [
            {
                "schemaKey": "Person",
                "name": "Example, Ada",
                "identifier": "0000-0002-1825-0097",
                "roleName": ["dcite:Author"],
            },
            {"schemaKey": "Person", "name": text, "roleName": ["dcite:Author"]},
            {"schemaKey": "Organization", "name": "Example Institute", "roleName": ["dcite:Other"]},
        ],
        "relatedResource": [
            {
                "relation": "dcite:IsDescribedBy",
                "identifier": "doi:10.1000/" + text[:30].replace(" ", ""),
                "url": "https://example.org/" + text[:30],
            }
        ],
        "assetsSummary": {
            "numberOfBytes": 123,
            "numberOfFiles": 1,
            "species": [{"name": "House mouse", "identifier": "http://purl.obolibrary.org/obo/NCBITaxon_10090"}],
        },
    }


def run(*arguments: str, index: str) -> str:
    done = subprocess.run(
        [PROGRAM, *arguments, "--index", index, "--quiet", "--vocab", ROOT / "vocab"], capture_output=True
    )
    check(done.returncode in (0, 5), arguments, done.stderr)
    return done.stdout.decode()


def without_latex(text: str) -> str:
    for command, sign in (
        ("textbackslash", "\\"),
        ("textbraceleft", "\x01"),
        ("textbraceright", "\x02"),
        ("textasciitilde", "~"),
        ("textasciicircum", "^"),
    ):
        text = text.replace("{\\" + command + "}", {"\\": "\x03"}.get(sign, sign))
    text = re.sub(r"\\([&%$#_])", r"\1", text)
    text = re.sub(r"[{}]", "", text)
    return text.replace("\x01", "{").replace("\x02", "}").replace("\x03", "\\")


def check_bibtex(text: str, titles: dict[str, str]) -> None:
    library = bibtexparser.parse_string(text)
    check(not library.failed_blocks, library.failed_blocks)
    check(len(library.entries) == len(titles), len(library.entries), len(titles))
    # pybtex reads what @dataset is only as a type it does not know; it must still read the same entries.
    other = parse_string(text, "bibtex")
    check(len(other.entries) == len(titles), list(other.entries))
    for entry in library.entries:
        check(entry.key in other.entries, entry.key)
        fields = {field.key: field.value for field in entry.fields}
        check(without_latex(fields.get("title", "")) == titles[entry.key], fields, titles[entry.key])
        check(
            set(fields)
            <= {"author", "title", "year", "date", "publisher", "doi", "url", "keywords", "abstract", "note"},
            fields,
        )


def check_ris(text: str, titles: dict[str, str]) -> None:
    entries = rispy.loads(text)
    check(len(entries) == len(titles), len(entries), len(titles))
    for entry in entries:
        check(entry["type_of_reference"] in ("DATA", "COMP"), entry)
        title = entry.get("title") or entry.get("primary_title") or ""
        check(title == titles[entry["id"]], title, titles[entry["id"]])
        check("injected" not in entry.get("custom1", ""), entry)


def check_csl(items: list[dict[str, Any]]) -> None:
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    rendered = [str(line) for line in bibliography.bibliography()]
    check(len(rendered) == len(items), len(rendered))
    for item in items:
        check(item["type"] in ("dataset", "software", "document"), item)


def complete_datacite(value: dict[str, Any]) -> bool:
    return all(key in value for key in ("creators", "titles", "publisher", "publicationYear", "types"))


SCHEMA = dict(schema45.validator.schema)


def check_datacite(value: dict[str, Any]) -> bool:
    schema = SCHEMA
    if not complete_datacite(value):
        # What a record lacks is left out; the rest must still be of the schema's form.
        schema = {key: part for key, part in SCHEMA.items() if key != "required"}
    kind = validator_for(SCHEMA)
    errors = list(kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(value))
    check(not errors, [error.message for error in errors], value)
    return complete_datacite(value)


def context(url: str, options: object = None) -> dict[str, Any]:
    """schema.org's context, as far as these documents need it: the real one is on the network."""
    check(url == "https://schema.org/", url)
    types = {name: {"@type": "@id"} for name in ("url", "sameAs", "license", "citation", "isPartOf", "hasPart")}
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": {
            "@context": {
                "@vocab": "https://schema.org/",
                **{name: {"@id": f"https://schema.org/{name}", **kind} for name, kind in types.items()},
            }
        },
    }


class Scripts(html.parser.HTMLParser):
    """Collects what a browser takes for the text of JSON-LD scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside, self.others = False, 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.inside = dict(attributes).get("type") == "application/ld+json"
            self.others += not self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def check_linked_data(text: str) -> dict[str, Any]:
    page = Scripts()
    page.feed(f'<html><script type="application/ld+json">{text}</script><p>after</p></html>')
    check(page.others == 0 and json.loads("".join(page.found)) == json.loads(text), text)
    value: dict[str, Any] = json.loads(text)
    graph = rdflib.Graph()
    quads = pyld.jsonld.to_rdf(value, {"documentLoader": context, "format": "application/n-quads"})
    graph.parse(data=quads, format="nquads")
    space = rdflib.Namespace("https://schema.org/")
    things = {
        thing
        for kind in (space.Dataset, space.SoftwareSourceCode, space.CreativeWork)
        for thing in graph.subjects(rdflib.RDF.type, kind)
    }
    names = [str(name) for thing in things for name in graph.objects(thing, space.name)]
    # A source's markup is no text: a title of nothing else is no title.
    check(things and (value.get("name") in names or "name" not in value), names, value)
    return value


def check_csv(text: str, ids: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    check([row[0] for row in rows[1:]] == ids, rows)
    for row in rows[1:]:
        check(len(row) == len(rows[0]), row)
        for field in row:
            check(not re.match(r"[=+\-@\t\r]", field) or re.fullmatch(r"[-+]?[0-9.eE+-]+", field), field)


def check_service(index: str, names: dict[str, str]) -> None:
    """Feed, sitemap, description and exports as the service gives them."""
    # The port is the machine's choice, so links are made for another site, as they are behind a proxy.
    site = "https://discover.example.org"
    service = subprocess.Popen(
        [
            PROGRAM,
            "serve",
            "--port",
            "0",
            "--public-url",
            site,
            "--rate",
            "0",
            "--access-log",
            "off",
            "--index",
            index,
            "--vocab",
            ROOT / "vocab",
        ],
        stderr=subprocess.PIPE,
    )

    def get(path: str, accept: str = "*/*") -> tuple[str, email.message.Message]:
        with urllib.request.urlopen(urllib.request.Request(place + path, headers={"Accept": accept})) as answer:
            return answer.read().decode(), answer.headers

    try:
        assert service.stderr
        line = service.stderr.readline().decode()
        check("answers from" in line, "the service does not start", line)
        place = line.split()[0]
        text, headers = get("/v1/feed.atom?q=sleep&limit=100")
        check(headers["Content-Type"].startswith("application/atom+xml"), headers)
        lxml.etree.fromstring(text.encode())
        feed = feedparser.parse(text, response_headers={"content-type": "application/atom+xml"})
        check(not feed.bozo, feed.get("bozo_exception"))
        check(len(feed.entries) == len(names), len(feed.entries), len(names))
        for entry in feed.entries:
            identifier = urllib.parse.unquote(entry.id.rsplit("/records/", 1)[1])
            check(entry.title_detail.type == "text/plain" and entry.updated_parsed, entry)
            check(entry.title == (names[identifier] or identifier), entry.title, names[identifier])
            check(not [link for link in entry.links if not link.href.startswith("http")], entry.links)
        text, headers = get("/sitemap.xml")
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
        places = lxml.etree.fromstring(text.encode()).xpath("//s:loc/text()", namespaces=space)
        check(len(places) == len(names) + 1, places)
        description = lxml.etree.fromstring(get("/opensearch.xml")[0].encode())
        space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
        for url in description.xpath("//o:Url", namespaces=space):
            if url.get("type") in ("application/json", "application/atom+xml", "application/x-suggestions+json"):
                address = url.get("template").replace("{searchTerms}", "sleep").replace("{count?}", "")
                check(get(address.removeprefix(site))[1]["Content-Type"].startswith(url.get("type")), address)
        for kind, reader in (("bibtex", check_bibtex), ("ris", check_ris)):
            reader(get(f"/v1/search?q=sleep&limit=100&format={kind}")[0], names)
        check_csl(json.loads(get("/v1/search?q=sleep&limit=100&format=csl")[0]))
        for value in json.loads(get("/v1/search?q=sleep&limit=100&format=datacite")[0]):
            check_datacite(value)
        for identifier in names:
            address = "/v1/records/" + urllib.parse.quote(identifier)
            text, headers = get(address, accept="application/ld+json")
            check_linked_data(text)
            links = ", ".join(headers.get_all("Link", []))
            check('rel="describes"' in links and 'rel="cite-as"' in links, links)
    finally:
        service.terminate()
        check(service.wait(timeout=30) == 0, "the service did not end well")


def search(question: str, index: str, *flags: str) -> str:
    return run("search", question, "--limit", "100", "--mode", "text", *flags, index=index)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = folder + "/hostile"
        lines = [dandiset(f"{900000 + number}", text) for number, text in enumerate(HOSTILE)]
        Path(folder, "hostile.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
        run("ingest", "dandi", folder + "/hostile.jsonl", "--no-vectors", index=index)
        hits = [json.loads(line) for line in search("sleep", index, "--ndjson").split("\n") if line]
        check(len(hits) == len(HOSTILE), len(hits))
        ids = [hit["id"] for hit in hits]
        values = {}
        items = []
        whole = 0
        for identifier in ids:
            value = check_linked_data(run("show", identifier, "--jsonld", index=index))
            values[identifier] = value.get("name", "")
            check(value["license"] == ["https://creativecommons.org/licenses/by/4.0"], value)
            items += json.loads(run("show", identifier, "--csl", index=index))
            whole += check_datacite(json.loads(run("show", identifier, "--datacite", index=index)))
            check_bibtex(run("show", identifier, "--bibtex", index=index), {identifier: values[identifier]})
            check_ris(run("show", identifier, "--ris", index=index), {identifier: values[identifier]})
        check(whole == len([name for name in values.values() if name]), whole)
        check_csl(items)
        check_bibtex(search("sleep", index, "--bibtex"), values)
        check_ris(search("sleep", index, "--ris"), values)
        check_csv(search("sleep", index, "--csv"), ids)
        check_service(index, values)
        print(f"exports: {len(ids)} hostile records in every form, {checks} checks")

        before = checks
        index = folder + "/real"
        dandisets = SHARED
        if not SHARED.exists():
            # Without the shared material, those of the stand-in portal, which are invented.
            subprocess.run([sys.executable, "-B", ROOT / "Tests/Portals", "dump", folder + "/portals"], check=True)
            dandisets = Path(folder, "portals/dandi/dandisets.jsonl")
        run("ingest", "dandi", str(dandisets), "--no-vectors", index=index)
        # Up to 200 records in lists, and some of them one by one.
        for question in ("species:mouse", "species:human"):
            hits = [json.loads(line) for line in search(question, index, "--ndjson").split("\n") if line]
            titles = {}
            for hit in hits:
                titles[hit["id"]] = re.sub(r"\s+", " ", hit["title"]).strip()
            check_bibtex(search(question, index, "--bibtex"), titles)
            check_ris(search(question, index, "--ris"), titles)
            check_csv(search(question, index, "--csv"), [hit["id"] for hit in hits])
            for hit in hits[:10]:
                check_linked_data(run("show", hit["id"], "--jsonld", index=index))
                check_datacite(json.loads(run("show", hit["id"], "--datacite", index=index)))
                check_csl(json.loads(run("show", hit["id"], "--csl", index=index)))
        print(f"exports: dandisets of {dandisets.name}, {checks - before} checks")


main()

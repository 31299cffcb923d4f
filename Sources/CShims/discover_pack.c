#include "discover_pack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// What every record is written with, the commonest last, where deflate reaches it with the fewest bits.  It comes from
// the program and never from a record, so that nothing of a record that is forgotten can stay in it.  A change of it
// changes what stored bytes mean: raise Schema.version.
static const unsigned char dictionary[] =
    "https://doi.org/10.https://dandiarchive.org/dandiset/https://openneuro.org/datasets/https://www.brainstem.org/"
    "https://kg.ebrains.eu/https://openminds.ebrains.eu/instances/http://purl.obolibrary.org/obo/"
    "spdx:CC-BY-4.0 discover:license.cc-by-4.0 discover:license.cc0 NCBITaxon:10090 NCBITaxon:10116 NCBITaxon:9606 "
    "UBERON:000 MBA: CHEBI: DOID: CL:0000 brainstem:subject: alyx:session: dandi:dataset: openneuro:dataset: ebrains:"
    "\"version\":{\"doi\":\"published\":\"withdrawn\":false,\"embargoedUntil\":\"accessNote\":\"controlled\"embargoed\""
    "\"place\":\"assetsSummary, numberOfSubjects\"assetsSummary, numberOfBytes\"assetsSummary, measurementTechnique\""
    "assetsSummary, variableMeasured\"assetsSummary, dataStandard\"assetsSummary, approach\"assetsSummary, species\""
    "dateModified\"datePublished\"dateCreated\"contributor\"keywords\"about\"license\"description\"name\"title\""
    "\"part\":\"parts\":[{\"kind\":\"role\":\"recording\"injection\"implant\"manipulation\"behavior\"epoch\"subject\""
    "\"field\":\"modified\",\"max\":,\"min\":,\"place\":\"field\":\"published\"subjects\"sessions\"size_bytes\"age_days\""
    "duration_s\"channels\"units\"date\"\"relation\":\"isPartOf\"target\":\"links\":[],\"notes\":[],\"passages\":[],"
    "\"quantities\":[{\"statements\":[{\"facet\":\"lab\",\"identifiers\":[],\"place\":\"contributor\",\"value\":\""
    "{\"access\":\"open\",\"contributors\":[\"description\":\"\",\"id\":\"keywords\":[\"labs\":[\"title\":\"url\":\"https://"
    "\"facet\":\"procedure\"\"facet\":\"manipulation\"\"facet\":\"disease\"\"facet\":\"strain\"\"facet\":\"agent\""
    "\"facet\":\"effect\"\"facet\":\"celltype\"\"facet\":\"task\"\"facet\":\"state\"\"facet\":\"signal\"\"facet\":\"sex\""
    "\"facet\":\"device\"\"facet\":\"species\"\"facet\":\"source\",\"label\":\"access\",\"label\":\"open access\""
    "\"facet\":\"format\",\"label\":\"NWB\",\"term\":\"discover:format.nwb\"\"facet\":\"license\",\"label\":\""
    "\"facet\":\"person\",\"label\":\"\",\"term\":\"text:person:\"facet\":\"lab\",\"label\":\"\",\"term\":\"text:lab:"
    "\"kind\":\"inferred\",\"rule\":\"implied by \"kind\":\"derived\",\"rule\":\"acronym\",\"where\":\"description\""
    "\"rule\":\"as the source writes it\",\"where\":\"\"rule\":\"identifier\",\"where\":\"\"rule\":\"synonym\",\"where\":\""
    "\"rule\":\"label\",\"where\":\"title\"},\"facet\":\"region\",\"label\":\"\",\"term\":\"discover:region.\"}]"
    "\"},\"facet\":\"technique\",\"label\":\"\",\"term\":\"discover:technique.\"},{\"evidence\":{\"kind\":\"stated\",\"rule\":\"";

enum { header = 4, window = -13, memory = 6, level = 6 };

// Texts of more bytes than this are no record.
static const uLong longest = 256UL << 20;

static void packed(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    const unsigned char *text = sqlite3_value_text(values[0]);
    uLong length = (uLong)sqlite3_value_bytes(values[0]);
    if (length == 0) return sqlite3_result_zeroblob(context, 0);
    if (text == NULL) return sqlite3_result_error_nomem(context);
    if (length > longest) return sqlite3_result_error_toobig(context);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, level, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        return sqlite3_result_error_nomem(context);
    }
    deflateSetDictionary(&stream, dictionary, sizeof dictionary - 1);
    uLong room = deflateBound(&stream, length) + header;
    unsigned char *bytes = sqlite3_malloc64(room);
    if (bytes == NULL) {
        deflateEnd(&stream);
        return sqlite3_result_error_nomem(context);
    }
    for (int index = 0; index < header; index++) bytes[index] = (unsigned char)(length >> (8 * index));
    stream.next_in = (unsigned char *)text;
    stream.avail_in = (uInt)length;
    stream.next_out = bytes + header;
    stream.avail_out = (uInt)(room - header);
    int code = deflate(&stream, Z_FINISH);
    uLong written = stream.total_out;
    deflateEnd(&stream);
    if (code != Z_STREAM_END) {
        sqlite3_free(bytes);
        return sqlite3_result_error(context, "a text could not be packed", -1);
    }
    sqlite3_result_blob64(context, bytes, header + written, sqlite3_free);
}

static void plain(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    const unsigned char *bytes = sqlite3_value_blob(values[0]);
    uLong size = (uLong)sqlite3_value_bytes(values[0]);
    if (size == 0) return sqlite3_result_text(context, "", 0, SQLITE_STATIC);
    uLong length = 0;
    for (int index = 0; size > header && index < header; index++) length |= (uLong)bytes[index] << (8 * index);
    // Deflate shrinks to a thousandth at best: a length beyond is damage, and no reason to take memory.
    if (size <= header || length == 0 || length > longest || length / 1100 > size) {
        return sqlite3_result_error_code(context, SQLITE_CORRUPT);
    }
    char *text = sqlite3_malloc64(length);
    if (text == NULL) return sqlite3_result_error_nomem(context);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, window) != Z_OK) {
        sqlite3_free(text);
        return sqlite3_result_error_nomem(context);
    }
    inflateSetDictionary(&stream, dictionary, sizeof dictionary - 1);
    stream.next_in = (unsigned char *)bytes + header;
    stream.avail_in = (uInt)(size - header);
    stream.next_out = (unsigned char *)text;
    stream.avail_out = (uInt)length;
    int code = inflate(&stream, Z_FINISH);
    uLong read = stream.total_out;
    inflateEnd(&stream);
    if (code != Z_STREAM_END || read != length) {
        sqlite3_free(text);
        return sqlite3_result_error_code(context, SQLITE_CORRUPT);
    }
    sqlite3_result_text64(context, text, length, sqlite3_free, SQLITE_UTF8);
}

int discover_pack_register(sqlite3 *connection) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code = sqlite3_create_function_v2(connection, "packed", 1, flags, NULL, packed, NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_function_v2(connection, "plain", 1, flags, NULL, plain, NULL, NULL, NULL);
}

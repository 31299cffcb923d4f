#include "discover_pack.h"

#include <string.h>
#include <zlib.h>

// What every record is written with, the commonest last, where deflate reaches it with the fewest bits.  It comes from
// the program and never from a record, so that nothing of a record that is forgotten can stay in it.  A change of it
// changes what stored bytes mean: raise Schema.version.
static const unsigned char dictionary[] =
    "https://doi.org/10.https://dandiarchive.org/dandiset/https://openneuro.org/datasets/https://www.brainstem.org/ht"
    "tps://kg.ebrains.eu/https://openminds.ebrains.eu/instances/http://purl.obolibrary.org/obo/discover:license.cc-by"
    "-4.0 discover:license.cc0 NCBITaxon:9606 UBERON:000 MBA: CHEBI: DOID: CL:0000 discover:region.brainstem:subject:"
    " alyx:session: openneuro:dataset: ebrains: \"acronym \"implied by acronym of \"version\":{\"doi\":\"published\":"
    "\"withdrawn\":false,\"embargoedUntil\":\"accessNote\":\"controlled\"embargoed\"datePublished\"dateCreated\"keywo"
    "rds\"about\"name\"duration_s\"channels\"units\"date\"age_days\"sessions\"\"role\":\"recording\"role\":\"injectio"
    "n\"role\":\"implant\"role\":\"manipulation\"role\":\"behavior\"role\":\"epoch\"role\":\"subject\"{\"relation\":"
    "\"part_of\",\"target\":\"{\"relation\":\"has_part\",\"target\":\"{\"relation\":\"same_as\",\"target\":\"},{\"fac"
    "et\":\"procedure\",\"identifiers\":[],\"part\":0,\"place\":\"},{\"facet\":\"manipulation\"},{\"facet\":\"disease"
    "\"},{\"facet\":\"strain\"},{\"facet\":\"agent\"},{\"facet\":\"effect\"},{\"facet\":\"celltype\"},{\"facet\":\"ta"
    "sk\"},{\"facet\":\"state\"},{\"facet\":\"sex\"},{\"facet\":\"device\"},{\"field\":\"age_days\",\"max\":,\"part\""
    ":0,\"place\":\"},{\"field\":\"published\",\"max\":,\"min\":,\"place\":\"datePublished\"\"place\":\"diagnostic\","
    "\"place\":\"species\",\"place\":\"modalities\",\"place\":\"tasks\",\"place\":\"participants.tsv, \"as the source"
    " writes itidentifiersynonymlabelsourceaccesscontributorslabs{\"access\":\"open\",\"contributors\":[\"\"],\"descr"
    "iption\":\"\",\"doi\":\"10.\",\"id\":\"dandi:dataset:\"],\"keywords\":[\"\",\"labs\":[\"],\"links\":[],\"notes\""
    ":[],\"parts\":[],\"passages\":[],\"quantities\":[{\"field\":\"modified\",\"max\":,\"min\":,\"place\":\"dateModif"
    "ied\"},{\"field\":\"subjects\",\"max\":,\"min\":,\"place\":\"assetsSummary, numberOfSubjects\"},{\"field\":\"siz"
    "e_bytes\",\"max\":,\"min\":,\"place\":\"assetsSummary, numberOfBytes\"}],\"statements\":[{\"facet\":\"person\","
    "\"identifiers\":[],\"place\":\"contributor\",\"value\":\"\"},{\"facet\":\"lab\",\"identifiers\":[],\"place\":\"c"
    "ontributor\",\"value\":\"\"},{\"facet\":\"region\",\"identifiers\":[\"UBERON:000\"],\"place\":\"about\",\"value"
    "\":\"\"},{\"facet\":\"license\",\"identifiers\":[\"spdx:CC-BY-4.0\"],\"place\":\"license\",\"value\":\"CC-BY-4.0"
    "\"},{\"facet\":\"species\",\"identifiers\":[\"NCBITaxon:10090\"],\"place\":\"assetsSummary, species\",\"value\":"
    "\"\"},{\"facet\":\"technique\",\"identifiers\":[],\"place\":\"assetsSummary, approach\",\"scheme\":\"dandi:appro"
    "ach\",\"value\":\"\"},{\"facet\":\"technique\",\"identifiers\":[],\"place\":\"assetsSummary, measurementTechniqu"
    "e\",\"scheme\":\"dandi:technique\",\"value\":\"\"},{\"facet\":\"format\",\"identifiers\":[\"RRID:SCR_015242\"],"
    "\"place\":\"assetsSummary, dataStandard\",\"value\":\"Neurodata Without Borders (NWB)\"},{\"facet\":\"signal\","
    "\"identifiers\":[\"nwb:\"],\"place\":\"assetsSummary, variableMeasured\",\"scheme\":\"nwb\",\"value\":\"\"}],\"t"
    "itle\":\"\",\"url\":\"https://";

enum { header = 4, memory = 6, level = 6 };

// How far back a match may lie, in bits: far enough for the program's dictionary, or for that and a record.
static int window(size_t like_count) { return like_count > 0 ? -15 : -13; }

// Texts of more bytes than this are no record.
static const size_t longest = 256UL << 20;

// The program's dictionary and behind it what is alike; the end of it, where it is longer than deflate looks back.  What is
// not static is to be freed.
static const unsigned char *preset(const void *like, size_t *count, unsigned char **allocated) {
    const size_t own = sizeof dictionary - 1, most = 1 << 15;
    *allocated = NULL;
    if (*count == 0) {
        *count = own;
        return dictionary;
    }
    if (*count >= most) {
        const unsigned char *end = (const unsigned char *)like + *count;
        *count = most;
        return end - most;
    }
    unsigned char *bytes = *allocated = sqlite3_malloc64(own + *count);
    if (bytes == NULL) return NULL;
    memcpy(bytes, dictionary, own);
    memcpy(bytes + own, like, *count);
    *count += own;
    return bytes;
}

ptrdiff_t discover_pack_bytes(const void *bytes, size_t count, const void *like, size_t like_count, unsigned char **packed) {
    *packed = NULL;
    if (count == 0) return 0;
    if (count > longest) return DISCOVER_PACK_TOO_LONG;
    unsigned char *allocated;
    size_t preset_count = like_count;
    const unsigned char *preset_bytes = preset(like, &preset_count, &allocated);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (preset_bytes == NULL
        || deflateInit2(&stream, level, Z_DEFLATED, window(like_count), memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        sqlite3_free(allocated);
        return DISCOVER_PACK_NO_MEMORY;
    }
    deflateSetDictionary(&stream, preset_bytes, (uInt)preset_count);
    sqlite3_free(allocated);
    uLong room = deflateBound(&stream, count) + header;
    unsigned char *target = sqlite3_malloc64(room);
    if (target == NULL) {
        deflateEnd(&stream);
        return DISCOVER_PACK_NO_MEMORY;
    }
    for (int index = 0; index < header; index++) target[index] = (unsigned char)(count >> (8 * index));
    stream.next_in = (unsigned char *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = target + header;
    stream.avail_out = (uInt)(room - header);
    int code = deflate(&stream, Z_FINISH);
    uLong written = stream.total_out;
    deflateEnd(&stream);
    if (code != Z_STREAM_END) {
        sqlite3_free(target);
        return DISCOVER_PACK_DAMAGED;
    }
    *packed = target;
    return (ptrdiff_t)(header + written);
}

ptrdiff_t discover_unpack_bytes(const void *packed, size_t count, const void *like, size_t like_count, unsigned char **bytes) {
    *bytes = NULL;
    if (count == 0) return 0;
    size_t length = 0;
    for (int index = 0; count > header && index < header; index++) {
        length |= (size_t)((const unsigned char *)packed)[index] << (8 * index);
    }
    // Deflate shrinks to a thousandth at best: a length beyond is damage, and no reason to take memory.
    if (count <= header || length == 0 || length > longest || length / 1100 > count) return DISCOVER_PACK_DAMAGED;
    unsigned char *allocated;
    size_t preset_count = like_count;
    const unsigned char *preset_bytes = preset(like, &preset_count, &allocated);
    unsigned char *target = sqlite3_malloc64(length);
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (preset_bytes == NULL || target == NULL || inflateInit2(&stream, window(like_count)) != Z_OK) {
        sqlite3_free(allocated);
        sqlite3_free(target);
        return DISCOVER_PACK_NO_MEMORY;
    }
    inflateSetDictionary(&stream, preset_bytes, (uInt)preset_count);
    sqlite3_free(allocated);
    stream.next_in = (unsigned char *)packed + header;
    stream.avail_in = (uInt)(count - header);
    stream.next_out = target;
    stream.avail_out = (uInt)length;
    int code = inflate(&stream, Z_FINISH);
    uLong read = stream.total_out;
    inflateEnd(&stream);
    if (code != Z_STREAM_END || read != length) {
        sqlite3_free(target);
        return DISCOVER_PACK_DAMAGED;
    }
    *bytes = target;
    return (ptrdiff_t)length;
}

static void fail(sqlite3_context *context, ptrdiff_t why) {
    if (why == DISCOVER_PACK_NO_MEMORY) return sqlite3_result_error_nomem(context);
    if (why == DISCOVER_PACK_TOO_LONG) return sqlite3_result_error_toobig(context);
    sqlite3_result_error_code(context, SQLITE_CORRUPT);
}

static void packed(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    const unsigned char *text = sqlite3_value_text(values[0]);
    size_t length = (size_t)sqlite3_value_bytes(values[0]);
    if (length == 0) return sqlite3_result_zeroblob(context, 0);
    if (text == NULL) return sqlite3_result_error_nomem(context);
    unsigned char *bytes;
    ptrdiff_t written = discover_pack_bytes(text, length, NULL, 0, &bytes);
    if (written < 0) return fail(context, written);
    sqlite3_result_blob64(context, bytes, (sqlite3_uint64)written, sqlite3_free);
}

static void plain(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    const void *bytes = sqlite3_value_blob(values[0]);
    size_t size = (size_t)sqlite3_value_bytes(values[0]);
    if (size == 0) return sqlite3_result_text(context, "", 0, SQLITE_STATIC);
    unsigned char *text;
    ptrdiff_t length = discover_unpack_bytes(bytes, size, NULL, 0, &text);
    if (length < 0) return fail(context, length);
    sqlite3_result_text64(context, (char *)text, (sqlite3_uint64)length, sqlite3_free, SQLITE_UTF8);
}

int discover_pack_register(sqlite3 *connection) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code = sqlite3_create_function_v2(connection, "packed", 1, flags, NULL, packed, NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_function_v2(connection, "plain", 1, flags, NULL, plain, NULL, NULL, NULL);
}

#include "discover_pack.h"

#include <stdlib.h>
#include <zdict.h>
#include <zstd.h>

// What every record is written with, for indexes too small to learn a dictionary from.  It comes from the program and
// never from a record.  A change of it changes what stored bytes mean: raise Schema.version.
static const unsigned char common[] =
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

// Higher levels take a fraction off the size and several times the time.
enum { level = 6 };

// Texts of more bytes than this are no record.
static const size_t longest = 256UL << 20;

struct discover_packer {
    ZSTD_CCtx *context;
    ZSTD_CDict *dictionary;
};

size_t discover_pack_learn(
    const void *samples, const size_t *sizes, unsigned count, void *dictionary, size_t capacity) {
    size_t learnt = ZDICT_trainFromBuffer(dictionary, capacity, samples, sizes, count);
    return ZDICT_isError(learnt) ? 0 : learnt;
}

discover_packer *discover_packer_make(const void *dictionary, size_t count) {
    discover_packer *packer = malloc(sizeof *packer);
    if (packer == NULL) return NULL;
    packer->context = ZSTD_createCCtx();
    packer->dictionary = count > 0 ? ZSTD_createCDict(dictionary, count, level)
                                   : ZSTD_createCDict(common, sizeof common - 1, level);
    if (packer->context == NULL || packer->dictionary == NULL
        // The reader knows the dictionary by the row, and the index is checked as a whole.
        || ZSTD_isError(ZSTD_CCtx_setParameter(packer->context, ZSTD_c_dictIDFlag, 0))
        || ZSTD_isError(ZSTD_CCtx_setParameter(packer->context, ZSTD_c_checksumFlag, 0))
        || ZSTD_isError(ZSTD_CCtx_refCDict(packer->context, packer->dictionary))) {
        discover_packer_free(packer);
        return NULL;
    }
    return packer;
}

void discover_packer_free(discover_packer *packer) {
    if (packer == NULL) return;
    ZSTD_freeCCtx(packer->context);
    ZSTD_freeCDict(packer->dictionary);
    free(packer);
}

size_t discover_pack_bound(size_t count) { return ZSTD_compressBound(count); }

ptrdiff_t discover_pack_bytes(discover_packer *packer, const void *bytes, size_t count, void *target, size_t capacity) {
    if (count > longest) return DISCOVER_PACK_TOO_LONG;
    size_t written = ZSTD_compress2(packer->context, target, capacity, bytes, count);
    return ZSTD_isError(written) ? DISCOVER_PACK_NO_MEMORY : (ptrdiff_t)written;
}

discover_pack_dictionary *discover_pack_dictionary_make(const void *dictionary, size_t count) {
    return (discover_pack_dictionary *)(count > 0 ? ZSTD_createDDict(dictionary, count)
                                                  : ZSTD_createDDict(common, sizeof common - 1));
}

void discover_pack_dictionary_free(discover_pack_dictionary *dictionary) { ZSTD_freeDDict((ZSTD_DDict *)dictionary); }

discover_unpacker *discover_unpacker_make(void) { return (discover_unpacker *)ZSTD_createDCtx(); }

void discover_unpacker_free(discover_unpacker *unpacker) { ZSTD_freeDCtx((ZSTD_DCtx *)unpacker); }

ptrdiff_t discover_unpacked_length(const void *packed, size_t count) {
    unsigned long long length = ZSTD_getFrameContentSize(packed, count);
    // The values for "unknown" and "no frame" are the greatest there are.
    return length > longest ? DISCOVER_PACK_DAMAGED : (ptrdiff_t)length;
}

ptrdiff_t discover_unpack_bytes(
    discover_unpacker *unpacker, const discover_pack_dictionary *dictionary, const void *packed, size_t count,
    void *target, size_t length) {
    size_t read = ZSTD_decompress_usingDDict(
        (ZSTD_DCtx *)unpacker, target, length, packed, count, (const ZSTD_DDict *)dictionary);
    return ZSTD_isError(read) || read != length ? DISCOVER_PACK_DAMAGED : (ptrdiff_t)read;
}

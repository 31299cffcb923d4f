#ifndef DISCOVER_SHIMS_H
#define DISCOVER_SHIMS_H

/* Every C body of ours is declared here and defined in the .c file named after the library it wraps. */

#include "discover_sqlite.h"
#include "discover_pack.h"
#include "discover_fts5.h"
#include "discover_faults.h"
#include "discover_memory.h"
#include "discover_curl.h"
#include "discover_hdf5.h"
#include "discover_rows.h"
#include "discover_postings.h"
#include "discover_bits.h"
#include "discover_encoder.h"
#include "discover_http.h"
#include "discover_sha256.h"
#include "discover_checksum.h"

#endif

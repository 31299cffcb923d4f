#define _GNU_SOURCE
#include "discover_hdf5.h"

#include <errno.h>
#include <hdf5.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* No text of metadata is longer than this, no table of texts has more rows, no file more objects. */
#define LONGEST_TEXT (1 << 20)
#define MOST_TEXTS 100000
#define MOST_OBJECTS 50000
#define DEEPEST 8
#define LARGEST_OUTPUT (64u << 20)

/* ---- What the child writes ---- */

struct out {
    FILE *stream;
    size_t written;
    int objects;
};

static void put(struct out *out, char tag, const char *first, const char *second, const char *third) {
    const char *fields[3] = {first, second, third};
    if (out->written > LARGEST_OUTPUT) return;
    fputc(tag, out->stream);
    for (int i = 0; i < 3; i++) {
        size_t length = strnlen(fields[i], LONGEST_TEXT);
        for (int shift = 0; shift < 32; shift += 8) fputc((int)(length >> shift & 255), out->stream);
        fwrite(fields[i], 1, length, out->stream);
        out->written += length + 4;
    }
}

/* ---- Texts and numbers ---- */

/* What is read: an attribute, or the first elements of a dataset. */
struct source {
    hid_t object;
    int is_attribute;
    hid_t memory_space;
    hid_t file_space;
};

static herr_t read_from(const struct source *from, hid_t type, void *buffer) {
    return from->is_attribute ? H5Aread(from->object, type, buffer)
                              : H5Dread(from->object, type, from->memory_space, from->file_space, H5P_DEFAULT, buffer);
}

/* Hands each of `count` texts on, whatever their form. */
static void put_texts(struct out *out, char tag, const char *path, const char *name, const struct source *from,
                      hid_t type, size_t count) {
    hid_t memory = H5Tcopy(H5T_C_S1);
    H5Tset_cset(memory, H5Tget_cset(type));
    if (H5Tis_variable_str(type) > 0) {
        H5Tset_size(memory, H5T_VARIABLE);
        char **values = calloc(count, sizeof(char *));
        if (values && read_from(from, memory, values) >= 0)
            for (size_t i = 0; i < count; i++) {
                const char *text = values[i] ? values[i] : "";
                if (name) put(out, tag, path, name, text);
                else put(out, tag, path, text, "");
            }
    } else {
        size_t size = H5Tget_size(type);
        if (size > 0 && size <= LONGEST_TEXT && count * size <= LARGEST_OUTPUT) {
            H5Tset_size(memory, size);
            H5Tset_strpad(memory, H5Tget_strpad(type));
            char *block = calloc(count, size), *text = calloc(size + 1, 1);
            if (block && text && read_from(from, memory, block) >= 0)
                for (size_t i = 0; i < count; i++) {
                    memcpy(text, block + i * size, size);
                    if (name) put(out, tag, path, name, text);
                    else put(out, tag, path, text, "");
                }
        }
    }
    H5Tclose(memory);
}

static void put_number(struct out *out, char tag, const char *path, const char *name, const struct source *from) {
    double number = 0;
    char text[40];
    if (read_from(from, H5T_NATIVE_DOUBLE, &number) < 0) return;
    snprintf(text, sizeof text, "%.15g", number);
    if (name) put(out, tag, path, name, text);
    else put(out, tag, path, text, "");
}

struct holder {
    struct out *out;
    const char *path;
};

static herr_t put_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
    (void)info;
    struct holder *holder = context;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0) return 0;
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    if (type >= 0 && space >= 0 && H5Sget_simple_extent_npoints(space) == 1) {
        struct source from = {attribute, 1, -1, -1};
        H5T_class_t class = H5Tget_class(type);
        if (class == H5T_STRING) put_texts(holder->out, 'A', holder->path, name, &from, type, 1);
        if (class == H5T_INTEGER || class == H5T_FLOAT) put_number(holder->out, 'A', holder->path, name, &from);
    }
    H5Aclose(attribute);
    return 0;
}

/* Whether a dataset's bytes are in this file: else a text could be read from any file of this machine. */
static int is_stored_here(hid_t dataset) {
    hid_t creation = H5Dget_create_plist(dataset);
    return creation >= 0 && H5Pget_layout(creation) != H5D_VIRTUAL && H5Pget_external_count(creation) == 0;
}

static void put_dataset(struct out *out, hid_t dataset, const char *path) {
    hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset);
    if (space < 0 || type < 0) return;
    hssize_t points = H5Sget_simple_extent_npoints(space);
    int rank = H5Sget_simple_extent_ndims(space);
    char extent[32];
    snprintf(extent, sizeof extent, "%lld", (long long)points);
    put(out, 'D', path, extent, "");
    H5T_class_t class = H5Tget_class(type);
    int is_number = class == H5T_INTEGER || class == H5T_FLOAT;
    if (rank > 1 || points < 1 || !is_stored_here(dataset)) return;
    if (class != H5T_STRING && !(is_number && points == 1)) return;
    hsize_t start = 0, count = points < MOST_TEXTS ? (hsize_t)points : MOST_TEXTS;
    if (rank == 1) H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, NULL, &count, NULL);
    struct source from = {dataset, 0, rank == 1 ? H5Screate_simple(1, &count, NULL) : H5Screate(H5S_SCALAR), space};
    if (is_number) put_number(out, 'N', path, NULL, &from);
    else put_texts(out, 'T', path, NULL, &from, type, (size_t)count);
}

/* ---- The walk ---- */

static void walk(struct out *out, hid_t group, const char *path, int depth);

struct place {
    struct out *out;
    const char *path;
    int depth;
};

static herr_t visit(hid_t group, const char *name, const H5L_info_t *info, void *context) {
    struct place *place = context;
    if (++place->out->objects > MOST_OBJECTS || place->out->written > LARGEST_OUTPUT) return 1;
    char *path = NULL;
    if (strcmp(name, "specifications") == 0 || asprintf(&path, "%s/%s", place->path, name) < 0) return 0;
    if (info->type == H5L_TYPE_SOFT && info->u.val_size > 0 && info->u.val_size < LONGEST_TEXT) {
        char *target = calloc(info->u.val_size + 1, 1);
        if (target && H5Lget_val(group, name, target, info->u.val_size, H5P_DEFAULT) >= 0)
            put(place->out, 'L', path, target, "");
        free(target);
    } else if (info->type == H5L_TYPE_HARD) {
        hid_t object = H5Oopen(group, name, H5P_DEFAULT);
        if (object >= 0) {
            struct holder holder = {place->out, path};
            H5I_type_t type = H5Iget_type(object);
            if (type == H5I_GROUP) put(place->out, 'G', path, "", "");
            if (type == H5I_DATASET) put_dataset(place->out, object, path);
            H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, put_attribute, &holder);
            if (type == H5I_GROUP) walk(place->out, object, path, place->depth + 1);
            H5Oclose(object);
        }
    }
    free(path);
    return 0;
}

static void walk(struct out *out, hid_t group, const char *path, int depth) {
    struct place place = {out, path, depth};
    if (depth < DEEPEST) H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, visit, &place);
}

/* ---- Parent and child ---- */

/* Never returns. */
static void child(const char *path, int output, unsigned seconds) {
    struct rlimit time = {seconds, seconds}, memory = {4ul << 30, 4ul << 30}, core = {0, 0};
    int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM};
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) signal(fatal[i], SIG_DFL);
    setrlimit(RLIMIT_CPU, &time);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &core);
    alarm(seconds);
    struct out out = {fdopen(output, "w"), 0, 0};
    H5open();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (!out.stream || file < 0) _exit(DISCOVER_HDF5_NONE);
    hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
    struct holder holder = {&out, "/"};
    put(&out, 'G', "/", "", "");
    H5Aiterate2(root, H5_INDEX_NAME, H5_ITER_INC, NULL, put_attribute, &holder);
    walk(&out, root, "", 0);
    fflush(out.stream);
    /* Neither the library nor this process is tidied up: a damaged file may make that crash. */
    _exit(DISCOVER_HDF5_READ);
}

int discover_hdf5_read(const char *path, unsigned seconds, char **bytes, size_t *length) {
    int ends[2];
    *bytes = NULL;
    *length = 0;
    if (pipe(ends) < 0) return DISCOVER_HDF5_FAILED;
    pid_t process = fork();
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return DISCOVER_HDF5_FAILED;
    }
    if (process == 0) {
        close(ends[0]);
        child(path, ends[1], seconds);
    }
    close(ends[1]);
    size_t capacity = 0;
    int is_whole = 1;
    for (;;) {
        if (*length + 65536 > capacity) {
            capacity = capacity ? capacity * 2 : 1 << 18;
            char *larger = capacity <= 4u * LARGEST_OUTPUT ? realloc(*bytes, capacity) : NULL;
            if (!larger) {
                is_whole = 0;
                break;
            }
            *bytes = larger;
        }
        ssize_t count = read(ends[0], *bytes + *length, 65536);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        *length += (size_t)count;
    }
    close(ends[0]);
    if (!is_whole) kill(process, SIGKILL);
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {}
    if (!is_whole || !WIFEXITED(status)) return DISCOVER_HDF5_FAILED;
    return WEXITSTATUS(status);
}

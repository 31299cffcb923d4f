#include "discover_hdf5.h"

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No text of metadata is longer than this. */
#define LONGEST_TEXT (1 << 20)

static herr_t refuse(const char *parent, const char *group, const char *child, const char *object, unsigned *flags,
                     hid_t access, void *context) {
    (void)parent, (void)group, (void)child, (void)object, (void)flags, (void)access, (void)context;
    return -1;
}

/* How links are followed: never into another file. */
static hid_t within_this_file(void) {
    hid_t access = H5Pcreate(H5P_LINK_ACCESS);
    if (access >= 0) {
        H5Pset_elink_cb(access, refuse, NULL);
        H5Pset_nlinks(access, 16);
    }
    return access;
}

/* Whether a dataset's bytes stand in this file: a text could else be read out of any file of this machine. */
static int is_stored_here(hid_t dataset) {
    hid_t creation = H5Dget_create_plist(dataset);
    if (creation < 0) return 0;
    int here = H5Pget_layout(creation) != H5D_VIRTUAL && H5Pget_external_count(creation) == 0;
    H5Pclose(creation);
    return here;
}

static hid_t object_at(int64_t file, const char *path) {
    hid_t access = within_this_file();
    if (access < 0) return -1;
    H5L_info_t info;
    hid_t object = -1;
    int is_root = strcmp(path, "/") == 0;
    if (is_root || (H5Lget_info(file, path, &info, access) >= 0 && info.type != H5L_TYPE_EXTERNAL)) {
        object = H5Oopen(file, path, access);
    }
    H5Pclose(access);
    return object;
}

int64_t discover_hdf5_open(const char *path) {
    H5open();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
}

void discover_hdf5_close(int64_t file) { H5Fclose(file); }

int discover_hdf5_kind(int64_t file, const char *path) {
    hid_t object = object_at(file, path);
    if (object < 0) return 0;
    H5I_type_t type = H5Iget_type(object);
    H5Oclose(object);
    return type == H5I_GROUP ? 1 : type == H5I_DATASET ? 2 : 0;
}

int64_t discover_hdf5_count(int64_t file, const char *path) {
    hid_t object = object_at(file, path);
    H5G_info_t info;
    int64_t count = -1;
    if (object >= 0 && H5Iget_type(object) == H5I_GROUP && H5Gget_info(object, &info) >= 0) count = (int64_t)info.nlinks;
    if (object >= 0) H5Oclose(object);
    return count;
}

char *discover_hdf5_name(int64_t file, const char *path, int64_t index) {
    ssize_t length = H5Lget_name_by_idx(file, path, H5_INDEX_NAME, H5_ITER_INC, (hsize_t)index, NULL, 0, H5P_DEFAULT);
    if (length <= 0 || length > LONGEST_TEXT) return NULL;
    char *name = malloc((size_t)length + 1);
    if (name && H5Lget_name_by_idx(file, path, H5_INDEX_NAME, H5_ITER_INC, (hsize_t)index, name, (size_t)length + 1,
                                   H5P_DEFAULT) < 0) {
        free(name);
        return NULL;
    }
    return name;
}

char *discover_hdf5_link(int64_t file, const char *path) {
    hid_t access = within_this_file();
    H5L_info_t info;
    char *target = NULL;
    if (H5Lget_info(file, path, &info, access) >= 0 && info.type == H5L_TYPE_SOFT && info.u.val_size > 0 &&
        info.u.val_size <= LONGEST_TEXT) {
        target = calloc(info.u.val_size + 1, 1);
        if (target && H5Lget_val(file, path, target, info.u.val_size, access) < 0) {
            free(target);
            target = NULL;
        }
    }
    H5Pclose(access);
    return target;
}

/* What texts and numbers are read from. */
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

static char *copy_of(const char *text, size_t length) {
    if (length > LONGEST_TEXT) length = LONGEST_TEXT;
    char *copy = malloc(length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = 0;
    }
    return copy;
}

/* Reads `count` texts, whatever their form; returns how many. */
static int64_t read_texts(const struct source *from, hid_t type, int64_t count, char **texts) {
    hid_t memory = H5Tcopy(H5T_C_S1);
    int64_t done = 0;
    H5Tset_cset(memory, H5Tget_cset(type));
    if (H5Tis_variable_str(type) > 0) {
        H5Tset_size(memory, H5T_VARIABLE);
        char **values = calloc((size_t)count, sizeof(char *));
        if (values && read_from(from, memory, values) >= 0) {
            for (; done < count; done++) texts[done] = copy_of(values[done] ? values[done] : "",
                                                               values[done] ? strlen(values[done]) : 0);
            for (int64_t i = 0; i < count; i++) H5free_memory(values[i]);
        }
        free(values);
    } else {
        size_t size = H5Tget_size(type);
        if (size > 0 && size <= LONGEST_TEXT && (uint64_t)count * size <= (64u << 20)) {
            H5Tset_size(memory, size);
            H5Tset_strpad(memory, H5Tget_strpad(type));
            char *block = malloc((size_t)count * size);
            if (block && read_from(from, memory, block) >= 0) {
                for (; done < count; done++) {
                    const char *text = block + (size_t)done * size;
                    texts[done] = copy_of(text, strnlen(text, size));
                }
            }
            free(block);
        }
    }
    H5Tclose(memory);
    return done;
}

char *discover_hdf5_attribute(int64_t file, const char *path, const char *name) {
    hid_t object = object_at(file, path);
    if (object < 0) return NULL;
    char *text = NULL;
    if (H5Aexists(object, name) > 0) {
        hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
        hid_t type = attribute < 0 ? -1 : H5Aget_type(attribute);
        hid_t space = attribute < 0 ? -1 : H5Aget_space(attribute);
        if (type >= 0 && space >= 0 && H5Sget_simple_extent_npoints(space) == 1) {
            struct source from = {attribute, 1, -1, -1};
            double number;
            switch (H5Tget_class(type)) {
            case H5T_STRING: read_texts(&from, type, 1, &text); break;
            case H5T_INTEGER:
            case H5T_FLOAT:
                if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &number) >= 0 && (text = malloc(40)))
                    snprintf(text, 40, "%.15g", number);
                break;
            default: break;
            }
        }
        if (space >= 0) H5Sclose(space);
        if (type >= 0) H5Tclose(type);
        if (attribute >= 0) H5Aclose(attribute);
    }
    H5Oclose(object);
    return text;
}

int64_t discover_hdf5_extent(int64_t file, const char *path) {
    hid_t object = object_at(file, path);
    int64_t extent = -1;
    if (object >= 0 && H5Iget_type(object) == H5I_DATASET) {
        hid_t space = H5Dget_space(object);
        if (space >= 0) {
            extent = (int64_t)H5Sget_simple_extent_npoints(space);
            H5Sclose(space);
        }
    }
    if (object >= 0) H5Oclose(object);
    return extent;
}

/* Selects the first elements of a dataset with at most one dimension; returns how many, 0 when it cannot. */
static int64_t select_first(hid_t dataset, int64_t limit, struct source *from) {
    if (!is_stored_here(dataset)) return 0;
    hid_t space = H5Dget_space(dataset);
    if (space < 0) return 0;
    hsize_t extent = 1, start = 0;
    int rank = H5Sget_simple_extent_ndims(space);
    hssize_t points = H5Sget_simple_extent_npoints(space);
    int64_t count = points < limit ? points : limit;
    if (rank > 1 || count <= 0) {
        H5Sclose(space);
        return 0;
    }
    extent = (hsize_t)count;
    if (rank == 1) H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, NULL, &extent, NULL);
    from->object = dataset;
    from->is_attribute = 0;
    from->file_space = space;
    from->memory_space = rank == 1 ? H5Screate_simple(1, &extent, NULL) : H5Screate(H5S_SCALAR);
    return count;
}

int64_t discover_hdf5_texts(int64_t file, const char *path, int64_t limit, char ***texts) {
    *texts = NULL;
    hid_t object = object_at(file, path);
    if (object < 0) return 0;
    int64_t done = 0;
    struct source from;
    hid_t type = H5Iget_type(object) == H5I_DATASET ? H5Dget_type(object) : -1;
    if (type >= 0 && H5Tget_class(type) == H5T_STRING) {
        int64_t count = select_first(object, limit, &from);
        if (count > 0) {
            *texts = calloc((size_t)count, sizeof(char *));
            if (*texts) done = read_texts(&from, type, count, *texts);
            H5Sclose(from.memory_space);
            H5Sclose(from.file_space);
        }
    }
    if (type >= 0) H5Tclose(type);
    H5Oclose(object);
    return done;
}

void discover_hdf5_free_texts(char **texts, int64_t count) {
    if (!texts) return;
    for (int64_t i = 0; i < count; i++) free(texts[i]);
    free(texts);
}

int64_t discover_hdf5_numbers(int64_t file, const char *path, int64_t limit, double *numbers) {
    hid_t object = object_at(file, path);
    if (object < 0) return 0;
    int64_t done = 0;
    struct source from;
    hid_t type = H5Iget_type(object) == H5I_DATASET ? H5Dget_type(object) : -1;
    H5T_class_t class = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    if (class == H5T_INTEGER || class == H5T_FLOAT) {
        int64_t count = select_first(object, limit, &from);
        if (count > 0) {
            if (read_from(&from, H5T_NATIVE_DOUBLE, numbers) >= 0) done = count;
            H5Sclose(from.memory_space);
            H5Sclose(from.file_space);
        }
    }
    if (type >= 0) H5Tclose(type);
    H5Oclose(object);
    return done;
}

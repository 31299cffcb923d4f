#ifndef DISCOVER_HDF5_H
#define DISCOVER_HDF5_H

#include <stddef.h>
#include <stdint.h>

/* Reading names, attributes and small texts of HDF5 files.  HDF5's types are macros and its strings come in many
   forms, neither of which Swift can use.  Handles are 0 or more, -1 is none; texts are malloc'ed, NULL is none. */

/* Opens a file to read; links to other files are never followed. */
int64_t discover_hdf5_open(const char *path);
void discover_hdf5_close(int64_t file);

/* What stands at a path: 1 a group, 2 a dataset, 0 neither or nothing. */
int discover_hdf5_kind(int64_t file, const char *path);

/* Names in a group, in order of name. */
int64_t discover_hdf5_count(int64_t file, const char *path);
char *discover_hdf5_name(int64_t file, const char *path, int64_t index);

/* Where a soft link points; NULL for other links. */
char *discover_hdf5_link(int64_t file, const char *path);

/* A text or number attribute as text. */
char *discover_hdf5_attribute(int64_t file, const char *path, const char *name);

/* Elements of a dataset; -1 when there is none. */
int64_t discover_hdf5_extent(int64_t file, const char *path);

/* The first `limit` elements of a dataset of texts.  Returns how many were read; each one and the array are freed by
   discover_hdf5_free_texts. */
int64_t discover_hdf5_texts(int64_t file, const char *path, int64_t limit, char ***texts);
void discover_hdf5_free_texts(char **texts, int64_t count);

/* The first `limit` numbers of a dataset of numbers; returns how many were read. */
int64_t discover_hdf5_numbers(int64_t file, const char *path, int64_t limit, double *numbers);

#endif

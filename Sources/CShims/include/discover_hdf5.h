#ifndef DISCOVER_HDF5_H
#define DISCOVER_HDF5_H

#include <stddef.h>

/* How reading a file ended. */
enum discover_hdf5_end {
    DISCOVER_HDF5_READ = 0,
    /* The file cannot be opened as HDF5. */
    DISCOVER_HDF5_NONE = 1,
    /* libhdf5 crashed on it, or took too long, or too much memory. */
    DISCOVER_HDF5_FAILED = 2,
};

/* Reads the names, attributes, soft links, small texts and single numbers of an HDF5 file; no array of data, and
   nothing outside the file.

   The work is done in a child process, because libhdf5 crashes on about one damaged file in thirty, and damaged files
   must not end a harvest.  `bytes` is malloc'ed and holds records: a tag byte, then three strings, each a 32-bit
   length, low byte first, and its bytes:

     G path                group            D path extent          dataset and its number of elements
     L path target         soft link        A path name value      attribute, a number written out
     T path text           one for each element of a dataset of texts
     N path number         a dataset of one number */
int discover_hdf5_read(const char *path, unsigned seconds, char **bytes, size_t *length);

#endif

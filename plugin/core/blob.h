// Binary data linked into the read-only part of the module.
//
// GALLEY_BLOB(name, "file") puts plugin/core/file there as `name` and `name_end`. The compiler runs
// in the repository's root, or GALLEY_DATA_FOLDER says where the files are.
#ifndef GALLEY_BLOB_H
#define GALLEY_BLOB_H

#include <stdint.h>

#ifndef GALLEY_DATA_FOLDER
#define GALLEY_DATA_FOLDER "plugin/core"
#endif

#ifdef __APPLE__
#define GALLEY_BLOB_SECTION ".const_data\n"
#define GALLEY_BLOB_SYMBOL(name) "_" #name
#define GALLEY_BLOB_BACK ".text\n"
#else
#define GALLEY_BLOB_SECTION ".pushsection .rodata\n"
#define GALLEY_BLOB_SYMBOL(name) #name
#define GALLEY_BLOB_BACK ".popsection\n"
#endif

#define GALLEY_BLOB(name, file)                                                                    \
  __asm__(GALLEY_BLOB_SECTION ".balign 16\n" GALLEY_BLOB_SYMBOL(                                   \
      name) ":\n.incbin \"" GALLEY_DATA_FOLDER "/" file                                            \
            "\"\n" GALLEY_BLOB_SYMBOL(name##_end) ":\n.byte 0\n" GALLEY_BLOB_BACK);                \
  extern const unsigned char name[] __attribute__((visibility("hidden")));                         \
  extern const unsigned char name##_end[] __attribute__((visibility("hidden")))

// Numbers in the files are little-endian on every machine.
static inline uint16_t galley_blob_16(const unsigned char *at) {
  return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t galley_blob_32(const unsigned char *at) {
  return galley_blob_16(at) | (uint32_t)galley_blob_16(at + 2) << 16;
}

static inline uint64_t galley_blob_64(const unsigned char *at) {
  return galley_blob_32(at) | (uint64_t)galley_blob_32(at + 4) << 32;
}

#endif

// Annotates documents on several threads at once; the answers come in the order of the texts.
//
// Each text becomes a document of its own on the thread that takes it, so nothing is shared between
// threads but the queue. All functions are for one thread, the owner's.
#ifndef GALLEY_BATCH_H
#define GALLEY_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct GalleyBatch GalleyBatch;

#define GALLEY_BATCH_THREADS_MAX 64

// `threads`: 1 to GALLEY_BATCH_THREADS_MAX. NULL when memory or threads end. Where there are no
// POSIX threads, a text is annotated at once when it is put.
GalleyBatch *galley_batch_new(uint32_t threads);

// Ends the threads, after the documents that they are at, and gives up what was not taken.
void galley_batch_free(GalleyBatch *self);

// Puts a text behind the others; copies it. `day`: its date, days since 1970 or GALLEY_DAY_NONE.
// False when memory ends.
bool galley_batch_put(GalleyBatch *self, const char *bytes, uint32_t length, int32_t day);

// How many texts were put and not taken yet.
uint32_t galley_batch_count(const GalleyBatch *self);

// Waits for the spans of the first of them: JSON objects with commas between them, valid until
// galley_batch_drop. NULL when memory ended over it. There must be one.
const char *galley_batch_first(GalleyBatch *self, size_t *length);

// Forgets the first of them.
void galley_batch_drop(GalleyBatch *self);

#endif

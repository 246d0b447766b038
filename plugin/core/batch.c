#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L
#define HAS_THREADS 1
#include <pthread.h>
#else
#define HAS_THREADS 0
#endif

#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "span_json.h"

// Of a thread: the annotators keep what they need of a sentence on it. Some C libraries give less.
#define STACK_BYTES ((size_t)1 << 20)

typedef struct Job {
  struct Job *next;
  char *bytes;
  uint32_t length;
  int32_t day;
  GalleyJson json;
  bool done;
} Job;

struct GalleyBatch {
  Job *first, *last; // put and not taken; changed by the owner alone
  uint32_t count;
#if HAS_THREADS
  pthread_mutex_t mutex; // guards what follows, Job.next and Job.done
  pthread_cond_t put, done;
  Job *waiting; // the first that no thread has taken on
  bool ending;
  uint32_t thread_count;
  pthread_t threads[GALLEY_BATCH_THREADS_MAX];
#endif
};

static void free_job(Job *job) {
  free(job->bytes);
  galley_json_free(&job->json);
  free(job);
}

static void annotate(Job *job) {
  GalleyDocument *document = galley_document_new();
  if (document) document->stated_date = job->day;
  job->json.failed = !document || !galley_document_edit(document, 0, 0, job->bytes, job->length) ||
                     !galley_document_resolve(document) ||
                     !galley_json_spans(&job->json, document, ",");
  galley_document_free(document);
  free(job->bytes);
  job->bytes = NULL;
}

static Job *new_job(const char *bytes, uint32_t length, int32_t day) {
  Job *job = calloc(1, sizeof *job);
  if (!job) return NULL;
  *job = (Job){.bytes = malloc(length ? length : 1), .length = length, .day = day};
  if (!job->bytes) {
    free_job(job);
    return NULL;
  }
  memcpy(job->bytes, bytes, length);
  return job;
}

static void append(GalleyBatch *self, Job *job) {
  if (self->last) {
    self->last->next = job;
  } else {
    self->first = job;
  }
  self->last = job;
  self->count++;
}

#if HAS_THREADS

static void *work(void *payload) {
  GalleyBatch *self = payload;
  pthread_mutex_lock(&self->mutex);
  for (;;) {
    while (!self->waiting && !self->ending)
      pthread_cond_wait(&self->put, &self->mutex);
    if (self->ending) break;
    Job *job = self->waiting;
    self->waiting = job->next;
    pthread_mutex_unlock(&self->mutex);
    annotate(job);
    pthread_mutex_lock(&self->mutex);
    job->done = true;
    pthread_cond_signal(&self->done);
  }
  pthread_mutex_unlock(&self->mutex);
  return NULL;
}

static void start(GalleyBatch *self, uint32_t threads) {
  pthread_attr_t attributes;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->put, NULL);
  pthread_cond_init(&self->done, NULL);
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  while (self->thread_count < threads &&
         pthread_create(&self->threads[self->thread_count], &attributes, work, self) == 0) {
    self->thread_count++;
  }
  pthread_attr_destroy(&attributes);
}

static void end(GalleyBatch *self) {
  pthread_mutex_lock(&self->mutex);
  self->ending = true;
  pthread_cond_broadcast(&self->put);
  pthread_mutex_unlock(&self->mutex);
  for (uint32_t i = 0; i < self->thread_count; i++)
    pthread_join(self->threads[i], NULL);
  pthread_cond_destroy(&self->done);
  pthread_cond_destroy(&self->put);
  pthread_mutex_destroy(&self->mutex);
}

static void hand_on(GalleyBatch *self, Job *job) {
  pthread_mutex_lock(&self->mutex);
  append(self, job);
  if (!self->waiting) self->waiting = job;
  pthread_cond_signal(&self->put);
  pthread_mutex_unlock(&self->mutex);
}

static void await_first(GalleyBatch *self) {
  pthread_mutex_lock(&self->mutex);
  while (!self->first->done)
    pthread_cond_wait(&self->done, &self->mutex);
  pthread_mutex_unlock(&self->mutex);
}

GalleyBatch *galley_batch_new(uint32_t threads) {
  GalleyBatch *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  start(self, threads < GALLEY_BATCH_THREADS_MAX ? threads : GALLEY_BATCH_THREADS_MAX);
  if (self->thread_count) return self; // fewer than asked for serve as well
  galley_batch_free(self);
  return NULL;
}

#else

static void end(GalleyBatch *self) {
  (void)self;
}

static void hand_on(GalleyBatch *self, Job *job) {
  append(self, job);
  annotate(job);
}

static void await_first(GalleyBatch *self) {
  (void)self;
}

GalleyBatch *galley_batch_new(uint32_t threads) {
  (void)threads;
  return calloc(1, sizeof(GalleyBatch));
}

#endif

void galley_batch_free(GalleyBatch *self) {
  if (!self) return;
  end(self);
  for (Job *job = self->first, *next; job; job = next) {
    next = job->next;
    free_job(job);
  }
  free(self);
}

bool galley_batch_put(GalleyBatch *self, const char *bytes, uint32_t length, int32_t day) {
  Job *job = new_job(bytes, length, day);
  if (job) hand_on(self, job);
  return job != NULL;
}

uint32_t galley_batch_count(const GalleyBatch *self) {
  return self->count;
}

const char *galley_batch_first(GalleyBatch *self, size_t *length) {
  await_first(self);
  const GalleyJson *json = &self->first->json;
  *length = json->length;
  if (json->failed) return NULL;
  return json->bytes ? json->bytes : "";
}

void galley_batch_drop(GalleyBatch *self) {
  Job *job = self->first;
  self->first = job->next; // its thread is done with it, and only put() changes `next`
  if (!self->first) self->last = NULL;
  self->count--;
  free_job(job);
}

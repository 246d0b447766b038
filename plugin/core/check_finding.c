#include "check_finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Room for `more` items of `size` bytes. False, with the list failed, when memory ends.
static bool reserve(GalleyFindingList *self, void **items, uint32_t *capacity, uint32_t count,
                    uint32_t more, size_t size) {
  if (self->failed) return false;
  if (count + more <= *capacity) return true;
  uint32_t wanted = *capacity ? *capacity * 2 : 1; // a block with findings mostly has one
  if (wanted < count + more) wanted = count + more;
  void *grown = realloc(*items, wanted * size);
  if (!grown) {
    self->failed = true;
    return false;
  }
  *items = grown;
  *capacity = wanted;
  return true;
}

// A pool's next item, zeroed; NULL when memory ended.
#define PUSH(self, pool, type, count, capacity)                                                    \
  ((type *)push((self), (void **)&(self)->pool, &(self)->capacity, &(self)->count, sizeof(type)))

static void *push(GalleyFindingList *self, void **items, uint32_t *capacity, uint32_t *count,
                  size_t size) {
  if (!reserve(self, items, capacity, *count, 1, size)) return NULL;
  void *item = (char *)*items + *count * size;
  (*count)++;
  return memset(item, 0, size);
}

enum { TEXTS_COMPARED = 4 }; // what one finding says is often what the one before it says

// Where the text of `size` bytes at `at` stands among those just before it; `at` when it does not.
static uint32_t earlier(const GalleyFindingList *self, uint32_t at, uint32_t size) {
  uint32_t end = at;
  for (int i = 0; i < TEXTS_COMPARED && end > 1; i++) {
    uint32_t start = end - 1;
    while (self->text[start - 1])
      start--;
    if (end - start == size && memcmp(self->text + start, self->text + at, size) == 0) return start;
    end = start;
  }
  return at;
}

// Adds a text; its offset, 0 when memory ended.
static uint32_t add_text(GalleyFindingList *self, const char *format, va_list arguments) {
  if (self->text_length == 0) {
    if (!reserve(self, (void **)&self->text, &self->text_capacity, 0, 128, 1)) return 0;
    self->text[self->text_length++] = '\0';
  }
  va_list again;
  va_copy(again, arguments);
  // The analyzer does not see that the caller began `arguments`.
  int length = vsnprintf(NULL, 0, format, again); // NOLINT(clang-analyzer-valist.Uninitialized)
  va_end(again);
  uint32_t size = length < 0 ? 1 : (uint32_t)length + 1;
  if (!reserve(self, (void **)&self->text, &self->text_capacity, self->text_length, size, 1)) {
    return 0;
  }
  uint32_t at = self->text_length;
  self->text[at] = '\0';
  vsnprintf(self->text + at, size, format, arguments);
  uint32_t same = earlier(self, at, size);
  if (same == at) self->text_length += size;
  return same;
}

#define ADD_TEXT(target)                                                                           \
  do {                                                                                             \
    va_list arguments;                                                                             \
    va_start(arguments, format);                                                                   \
    uint32_t text_ = add_text(self, format, arguments);                                            \
    va_end(arguments);                                                                             \
    if (!self->failed) (target) = text_;                                                           \
  } while (0)

void galley_finding_begin(GalleyFindingList *self, uint8_t check, GalleyOutcome outcome,
                          GalleySeverity severity, uint32_t start, uint32_t end) {
  GalleyFinding *finding = PUSH(self, items, GalleyFinding, count, capacity);
  if (!finding) return;
  finding->check = check;
  finding->outcome = (uint8_t)outcome;
  finding->severity = (uint8_t)severity;
  finding->start = start;
  finding->end = end;
  finding->related = self->related_count;
  finding->repairs = self->repair_count;
}

static GalleyFinding *last_finding(GalleyFindingList *self) {
  return self->failed || self->count == 0 ? NULL : &self->items[self->count - 1];
}

void galley_finding_say(GalleyFindingList *self, const char *format, ...) {
  GalleyFinding *finding = last_finding(self);
  if (finding) ADD_TEXT(finding->message);
}

void galley_finding_key(GalleyFindingList *self, const char *format, ...) {
  GalleyFinding *finding = last_finding(self);
  if (finding) ADD_TEXT(finding->key);
}

void galley_finding_relate(GalleyFindingList *self, uint32_t start, uint32_t end,
                           const char *format, ...) {
  GalleyFinding *finding = last_finding(self);
  if (!finding) return;
  GalleyRelated *related = PUSH(self, related, GalleyRelated, related_count, related_capacity);
  if (!related) return;
  related->start = start;
  related->end = end;
  finding->related_count++;
  ADD_TEXT(related->message);
}

void galley_finding_repair(GalleyFindingList *self, const char *format, ...) {
  GalleyFinding *finding = last_finding(self);
  if (!finding) return;
  GalleyRepair *repair = PUSH(self, repairs, GalleyRepair, repair_count, repair_capacity);
  if (!repair) return;
  repair->edits = self->edit_count;
  finding->repair_count++;
  ADD_TEXT(repair->title);
}

void galley_finding_edit(GalleyFindingList *self, uint32_t start, uint32_t end, const char *format,
                         ...) {
  GalleyFinding *finding = last_finding(self);
  if (!finding || !finding->repair_count) return;
  GalleyRepairEdit *edit = PUSH(self, edits, GalleyRepairEdit, edit_count, edit_capacity);
  if (!edit) return;
  edit->start = start;
  edit->end = end;
  self->repairs[self->repair_count - 1].edit_count++;
  ADD_TEXT(edit->text);
}

void galley_finding_list_clear(GalleyFindingList *self) {
  self->count = self->related_count = self->repair_count = self->edit_count = 0;
  self->text_length = 0;
  self->failed = false;
}

void galley_finding_list_free(GalleyFindingList *self) {
  free(self->items);
  free(self->related);
  free(self->repairs);
  free(self->edits);
  free(self->text);
  *self = (GalleyFindingList){0};
}

uint32_t galley_finding_list_memory(const GalleyFindingList *self) {
  return (uint32_t)(self->capacity * sizeof(GalleyFinding) +
                    self->related_capacity * sizeof(GalleyRelated) +
                    self->repair_capacity * sizeof(GalleyRepair) +
                    self->edit_capacity * sizeof(GalleyRepairEdit) + self->text_capacity);
}

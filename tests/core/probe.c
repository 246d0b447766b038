// Runs probe files: texts with the spans expected in them, side by side.
//
//   probe [-p] FILE...     -p prints the spans found in every case instead of judging them
//
// A file is named after its kind (date.txt). Cases are separated by blank lines:
//   # comment
//   text: He left on May 25, 2018.            \n \t \\ \| \xHH; further "text: " lines are joined
//   dct: 2018-06-14                           by a line break. The document date is optional.
//   = DATE 2018-05-25 | May 25, 2018 | rule=date.month-day-year confidence=stated
// Each "=" line is one span expected, in text order: type, value ("-": not compared), text, checks
// key=value. A case without "=" lines expects none.
#include "calendar.h"
#include "document.h"
#include "fact.h"
#include "kind.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_SIZE = 65536, CASE_SPANS = 256 };

typedef struct {
  char *bytes;
  size_t length, capacity;
} Buffer;

typedef struct {
  char *type, *value, *checks;
  Buffer text;
} Expected;

typedef struct {
  const char *file;
  GalleyKind kind;
  uint32_t line; // where the case starts
  Buffer text;
  bool has_text;
  char date[64];
  Expected expected[CASE_SPANS];
  uint32_t expected_count;
  bool broken; // a line could not be read
  bool print;
  uint32_t passes, failures;
} Probe;

static void buffer_add(Buffer *self, const char *bytes, size_t length) {
  if (self->bytes == NULL || self->length + length + 1 > self->capacity) {
    self->capacity = (self->length + length + 1) * 2;
    self->bytes = realloc(self->bytes, self->capacity);
    if (self->bytes == NULL) {
      fputs("probe: out of memory\n", stderr);
      exit(2);
    }
  }
  memcpy(self->bytes + self->length, bytes, length);
  self->length += length;
  self->bytes[self->length] = '\0';
}

// Adds `source` with its escapes read. False: an unknown escape.
static bool buffer_add_escaped(Buffer *self, const char *source) {
  for (; *source != '\0'; source++) {
    char byte = *source;
    if (byte == '\\') {
      static const char from[] = "nrt\\|", to[] = "\n\r\t\\|";
      source++;
      const char *place = *source != '\0' ? strchr(from, *source) : NULL;
      if (*source == 'x') {
        unsigned value;
        if (sscanf(source + 1, "%2x", &value) != 1) return false;
        byte = (char)value;
        source += 2;
      } else if (place != NULL) {
        byte = to[place - from];
      } else {
        return false;
      }
    }
    buffer_add(self, &byte, 1);
  }
  return true;
}

// The next " key=" at or after `from`: a space, a lower-case word, an equals sign.
static char *next_check(char *from) {
  for (char *at = from; *at != '\0'; at++) {
    if (*at != ' ' && at != from) continue;
    char *key = *at == ' ' ? at + 1 : at;
    size_t length = strspn(key, "abcdefghijklmnopqrstuvwxyz_");
    if (length > 0 && key[length] == '=') return key;
  }
  return NULL;
}

static char *trimmed(char *text) {
  while (*text == ' ')
    text++;
  for (size_t length = strlen(text); length > 0 && strchr(" \r\n", text[length - 1]) != NULL;) {
    text[--length] = '\0';
  }
  return text;
}

// Holds the span up to "key=value key=value"; says what differs.
static bool checks_hold(const Fact *found, char *checks, char *complaint) {
  bool hold = true;
  char actual[FACT_SIZE];
  for (char *key = next_check(checks); hold && key != NULL;) {
    char *value = strchr(key, '=');
    *value++ = '\0';
    char *next = next_check(value);
    if (next == value) next = next_check(value + 1); // "name=" with nothing: next key follows
    if (next != NULL) next[-1] = '\0';
    value = trimmed(value);
    size_t length = strlen(value);
    if (length > 1 && value[length - 1] == '|') value[length - 1] = '\0';
    value = trimmed(value);
    if (!fact_write(found, key, actual)) {
      sprintf(complaint, "no fact is called %s", key);
      hold = false;
    } else if (strcmp(actual, value) != 0) {
      snprintf(complaint, FACT_SIZE, "%s is \"%.1000s\", not \"%.1000s\"", key, actual, value);
      hold = false;
    }
    key = next;
  }
  return hold;
}

static bool matches(const Fact *found, Expected *expected, char *complaint) {
  const GalleySpan *span = found->span;
  const char *bytes = found->document->text.bytes + found->block->start + span->start;
  size_t length = span->end - span->start;
  strcpy(complaint, "other spans");
  if (length != expected->text.length ||
      (length > 0 && memcmp(bytes, expected->text.bytes, length) != 0)) {
    return false;
  }
  if (strcmp(expected->type, "-") != 0 && strcmp(fact_type(span), expected->type) != 0) {
    sprintf(complaint, "type is %s", fact_type(span));
    return false;
  }
  if (strcmp(expected->value, "-") != 0 && strcmp(span->value, expected->value) != 0) {
    snprintf(complaint, FACT_SIZE, "value is \"%s\"", span->value);
    return false;
  }
  return expected->checks == NULL || checks_hold(found, expected->checks, complaint);
}

// Calls `visit` for every span of the probe's kind that a user would see, in text order.
static void each_span(const Probe *probe, const GalleyDocument *document,
                      void (*visit)(const Fact *found, void *data), void *data) {
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      Fact found = {document, block, span};
      if (span->kind == probe->kind && !span->hidden) visit(&found, data);
    }
  }
}

typedef struct {
  Probe *probe;
  uint32_t index; // spans seen
  bool wrong;
  char complaint[FACT_SIZE];
} Judgement;

static void judge_span(const Fact *found, void *data) {
  Judgement *judgement = data;
  uint32_t index = judgement->index++;
  if (judgement->wrong || index >= judgement->probe->expected_count) return;
  char complaint[FACT_SIZE];
  if (!matches(found, &judgement->probe->expected[index], complaint)) {
    judgement->wrong = true;
    snprintf(judgement->complaint, FACT_SIZE, "span %" PRIu32 ": %.3000s", index + 1, complaint);
  }
}

static void show_span(const Fact *found, void *data) {
  fputs("  ", data);
  fact_print(found, data);
}

static void judge(Probe *probe, const GalleyDocument *document) {
  Judgement judgement = {.probe = probe};
  each_span(probe, document, judge_span, &judgement);
  if (!judgement.wrong && judgement.index == probe->expected_count) {
    probe->passes++;
    return;
  }
  probe->failures++;
  if (!judgement.wrong) {
    sprintf(judgement.complaint, "%" PRIu32 " spans, not %" PRIu32, judgement.index,
            probe->expected_count);
  }
  printf("FAIL %s:%" PRIu32 ": %s\n  in: %.*s\n  found:\n", probe->file, probe->line,
         judgement.complaint, (int)probe->text.length, probe->text.bytes);
  each_span(probe, document, show_span, stdout);
}

static void run_case(Probe *probe) {
  GalleyDocument *document = galley_document_new();
  int32_t day = GALLEY_DAY_NONE;
  size_t date_length = strlen(probe->date);
  if (date_length > 0 && !(date_length == 10 && galley_days_parse(probe->date, 10, &day))) {
    printf("FAIL %s:%" PRIu32 ": no date: %s\n", probe->file, probe->line, probe->date);
    probe->failures++;
  } else if (document == NULL || !galley_document_edit(document, 0, 0, probe->text.bytes,
                                                       (uint32_t)probe->text.length)) {
    printf("FAIL %s:%" PRIu32 ": out of memory\n", probe->file, probe->line);
    probe->failures++;
  } else {
    document->stated_date = day;
    document->resolved = false;
    if (!galley_document_resolve(document)) {
      printf("FAIL %s:%" PRIu32 ": could not resolve\n", probe->file, probe->line);
      probe->failures++;
    } else if (probe->print) {
      printf("%.*s\n", (int)probe->text.length, probe->text.bytes);
      each_span(probe, document, show_span, stdout);
    } else {
      judge(probe, document);
    }
  }
  galley_document_free(document);
}

static void end_case(Probe *probe) {
  if (probe->broken) {
    probe->failures++;
  } else if (probe->has_text) {
    run_case(probe);
  } else if (probe->expected_count > 0) {
    printf("FAIL %s:%" PRIu32 ": spans without a text\n", probe->file, probe->line);
    probe->failures++;
  }
  for (uint32_t i = 0; i < probe->expected_count; i++) {
    free(probe->expected[i].text.bytes);
    free(probe->expected[i].type); // the line that type, value and checks point into
  }
  probe->text.length = 0;
  probe->expected_count = 0;
  probe->date[0] = '\0';
  probe->has_text = probe->broken = false;
  probe->line = 0;
}

// "DATE 2018-05-25 | May 25, 2018 | key=value": bars with a backslash before them do not count.
static bool read_expected(Probe *probe, const char *source) {
  if (probe->expected_count == CASE_SPANS) return false;
  Buffer line = {0};
  buffer_add(&line, source, strlen(source));
  Expected *expected = &probe->expected[probe->expected_count++];
  *expected = (Expected){.type = line.bytes};
  char *parts[3] = {line.bytes, NULL, NULL};
  int count = 1;
  for (char *at = line.bytes; *at != '\0' && count < 3; at++) {
    if (*at == '\\' && at[1] != '\0') {
      at++;
    } else if (*at == '|') {
      *at = '\0';
      parts[count++] = at + 1;
    }
  }
  if (count < 2) return false;
  char *space = strchr(line.bytes, ' ');
  if (space == NULL) return false;
  *space = '\0';
  expected->value = trimmed(space + 1);
  expected->checks = parts[2] != NULL ? trimmed(parts[2]) : NULL;
  return expected->value[0] != '\0' && buffer_add_escaped(&expected->text, trimmed(parts[1]));
}

static bool read_line(Probe *probe, char *line) {
  if (strncmp(line, "text: ", 6) == 0) {
    if (probe->has_text) buffer_add(&probe->text, "\n", 1);
    probe->has_text = true;
    buffer_add(&probe->text, "", 0);
    return buffer_add_escaped(&probe->text, line + 6);
  }
  if (strncmp(line, "dct: ", 5) == 0) {
    snprintf(probe->date, sizeof probe->date, "%s", trimmed(line + 5));
    return true;
  }
  if (strncmp(line, "= ", 2) == 0) return read_expected(probe, trimmed(line + 2));
  return false;
}

static bool run_file(Probe *probe, FILE *file) {
  static char line[LINE_MAX_SIZE];
  uint32_t number = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    number++;
    size_t length = strcspn(line, "\n");
    if (line[length] == '\0' && !feof(file)) {
      printf("FAIL %s:%" PRIu32 ": line too long\n", probe->file, number);
      return false;
    }
    line[length] = '\0';
    if (line[strspn(line, " \r")] == '\0') {
      end_case(probe);
    } else if (line[0] != '#') {
      if (probe->line == 0) probe->line = number;
      if (!read_line(probe, line)) {
        printf("FAIL %s:%" PRIu32 ": cannot read: %s\n", probe->file, number, line);
        probe->broken = true;
      }
    }
  }
  end_case(probe);
  return true;
}

static bool kind_of_file(const char *path, GalleyKind *kind) {
  const char *slash = strrchr(path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  for (size_t i = 0; i < GALLEY_KIND_COUNT; i++) {
    size_t length = strlen(galley_kinds[i].name);
    // "date.txt", and "date-ranges.txt" where one file would be too long
    if (strncmp(name, galley_kinds[i].name, length) == 0 && strchr(".-_", name[length]) != NULL) {
      *kind = (GalleyKind)i;
      return true;
    }
  }
  return false;
}

int main(int argc, char **argv) {
  bool print = argc > 1 && strcmp(argv[1], "-p") == 0;
  uint32_t passes = 0, failures = 0;
  for (int i = print ? 2 : 1; i < argc; i++) {
    Probe *probe = calloc(1, sizeof *probe);
    FILE *file = fopen(argv[i], "r");
    if (probe == NULL || file == NULL || !kind_of_file(argv[i], &probe->kind)) {
      printf("FAIL %s: cannot be read, or not named after a kind\n", argv[i]);
      failures++;
    } else {
      probe->file = argv[i];
      probe->print = print;
      if (!run_file(probe, file)) probe->failures++;
      passes += probe->passes;
      failures += probe->failures;
    }
    if (probe != NULL) free(probe->text.bytes);
    free(probe);
    if (file != NULL) fclose(file);
  }
  if (!print) printf("%" PRIu32 " passed, %" PRIu32 " failed\n", passes, failures);
  return failures > 0;
}

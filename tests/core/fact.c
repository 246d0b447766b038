#include "fact.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "entity.h"
#include "kind.h"
#include "rule.h"

static const char *const quote_states[] = {"closed", "continued", "unclosed"};
static const char *const date_confidences[] = {"stated", "derived", "guessed"};
static const char *const date_anchors[] = {"none", "document", "mention"};

#define NAME_OF(names, index)                                                                      \
  ((size_t)(index) < sizeof(names) / sizeof *(names) ? (names)[index] : "?")

const char *fact_type(const GalleySpan *span) {
  const GalleyTypeRow *type = galley_span_type(span);
  return type != NULL ? type->name : "?";
}

// Writes document bytes [start, end) into `out`, escaped as in a probe file.
static void write_text(const GalleyDocument *document, uint32_t start, uint32_t end, char *out) {
  size_t at = 0;
  for (uint32_t i = start; i < end && at + 8 < FACT_SIZE; i++) {
    unsigned char byte = (unsigned char)document->text.bytes[i];
    const char *escape = byte == '\n' ? "\\n" : byte == '\t' ? "\\t" : byte == '|' ? "\\|" : NULL;
    if (byte == '\\') escape = "\\\\";
    if (escape != NULL) {
      at += (size_t)sprintf(out + at, "%s", escape);
    } else if (byte < ' ') {
      at += (size_t)sprintf(out + at, "\\x%02x", (unsigned)byte);
    } else {
      out[at++] = (char)byte;
    }
  }
  out[at] = '\0';
}

static void write_range(const Fact *found, GalleyRange range, char *out) {
  write_text(found->document, found->block->start + range.start, found->block->start + range.end,
             out);
}

// The text of span `index` in block `block`, of another place in the document.
static void write_span(const GalleyDocument *document, uint32_t block, uint32_t index, char *out) {
  out[0] = '\0';
  if (block >= document->block_count || index >= document->blocks[block].spans.count) return;
  const GalleyBlockRecord *record = &document->blocks[block];
  const GalleySpan *span = &record->spans.items[index];
  write_text(document, record->start + span->start, record->start + span->end, out);
}

static void write_cluster_name(const GalleyDocument *document, uint32_t cluster, char *out) {
  out[0] = '\0';
  if (cluster >= document->cluster_count) return;
  const GalleyCluster *item = &document->clusters[cluster];
  write_span(document, item->name_block, item->name_span, out);
}

static bool entity_fact(const Fact *found, const char *key, char *out) {
  const GalleySpan *span = found->span;
  if (strcmp(key, "name") == 0) {
    write_cluster_name(found->document, span->entity.cluster, out);
  } else if (strcmp(key, "cluster") == 0) {
    sprintf(out, "%" PRIu32, span->entity.cluster);
  } else if (strcmp(key, "related") == 0) {
    uint32_t cluster = span->entity.cluster;
    out[0] = '\0';
    if (cluster >= found->document->cluster_count) return true;
    write_cluster_name(found->document, found->document->clusters[cluster].related, out);
  } else if (strcmp(key, "gender") == 0) {
    uint8_t gender = span->entity.cluster < found->document->cluster_count
                         ? found->document->clusters[span->entity.cluster].gender
                         : span->entity.gender;
    sprintf(out, "%c", gender != 0 ? gender : '-');
  } else {
    return false;
  }
  return true;
}

static bool date_fact(const Fact *found, const char *key, char *out) {
  const GalleySpan *span = found->span;
  bool last = strcmp(key, "last_day") == 0;
  if (last || strcmp(key, "first_day") == 0) {
    int32_t day = last ? span->date.last_day : span->date.first_day;
    strcpy(out, "-");
    if (day != GALLEY_DAY_NONE) galley_days_format(day, out);
  } else if (strcmp(key, "confidence") == 0) {
    strcpy(out, NAME_OF(date_confidences, span->date.confidence));
  } else if (strcmp(key, "anchor") == 0) {
    strcpy(out, NAME_OF(date_anchors, span->date.anchor));
  } else if (strcmp(key, "role") == 0) {
    sprintf(out, "%u", (unsigned)span->date.role);
  } else {
    return false;
  }
  return true;
}

// The speaker, wherever in the document he is written.
static void write_speaker(const Fact *found, char *out) {
  const GalleyDocument *document = found->document;
  uint32_t block = found->span->quote.speaker_block;
  GalleyRange range = found->span->quote.speaker_range;
  out[0] = '\0';
  if (block >= document->block_count) return;
  uint32_t start = document->blocks[block].start;
  write_text(document, start + range.start, start + range.end, out);
}

static bool quote_fact(const Fact *found, const char *key, char *out) {
  const GalleySpan *span = found->span;
  if (strcmp(key, "content") == 0) {
    write_range(found, span->quote.content, out);
  } else if (strcmp(key, "cue") == 0) {
    write_range(found, span->quote.cue, out);
  } else if (strcmp(key, "speaker") == 0) {
    write_speaker(found, out);
  } else if (strcmp(key, "mention") == 0) {
    write_range(found, span->quote.speaker, out);
  } else if (strcmp(key, "speaker_rule") == 0) {
    strcpy(out, span->quote.speaker_rule != 0 ? galley_rule(span->quote.speaker_rule)->id : "-");
  } else if (strcmp(key, "cue_rule") == 0) {
    strcpy(out, span->quote.cue_rule != 0 ? galley_rule(span->quote.cue_rule)->id : "-");
  } else if (strcmp(key, "name") == 0) {
    write_cluster_name(found->document, span->quote.speaker_cluster, out);
  } else if (strcmp(key, "state") == 0) {
    strcpy(out, NAME_OF(quote_states, span->state));
  } else if (strcmp(key, "id") == 0) {
    sprintf(out, "%" PRIu32, span->quote.id);
  } else {
    return false;
  }
  return true;
}

static bool figure_fact(const Fact *found, const char *key, char *out) {
  const GalleySpan *span = found->span;
  if (strcmp(key, "unit") == 0) {
    sprintf(out, "%.*s", (int)sizeof span->figure.unit_code, span->figure.unit_code);
  } else if (strcmp(key, "unit_text") == 0) {
    write_range(found, span->figure.unit, out);
  } else if (strcmp(key, "noun") == 0) {
    write_range(found, span->figure.noun, out);
  } else if (strcmp(key, "hedge") == 0) {
    sprintf(out, "%c", span->figure.hedge != 0 ? span->figure.hedge : '-');
  } else if (strcmp(key, "low") == 0) {
    sprintf(out, "%.15g", span->figure.low);
  } else if (strcmp(key, "high") == 0) {
    sprintf(out, "%.15g", span->figure.high);
  } else if (strcmp(key, "scale") == 0) {
    sprintf(out, "%u", (unsigned)span->figure.scale);
  } else {
    return false;
  }
  return true;
}

static bool citation_fact(const Fact *found, const char *key, char *out) {
  const GalleySpan *span = found->span;
  if (strcmp(key, "target") == 0) {
    write_text(found->document, span->citation.target_start, span->citation.target_end, out);
  } else if (strcmp(key, "label") == 0) {
    write_range(found, span->citation.label, out);
  } else {
    return false;
  }
  return true;
}

// Writes what is known of the span under `key` into `out` (FACT_SIZE bytes). False: no such key.
bool fact_write(const Fact *found, const char *key, char *out) {
  static bool (*const by_kind[GALLEY_KIND_COUNT])(const Fact *, const char *, char *) = {
      entity_fact, date_fact, quote_fact, figure_fact, citation_fact};
  const GalleySpan *span = found->span;
  if (strcmp(key, "rule") == 0) {
    strcpy(out, galley_rule(span->rule)->id);
  } else if (strcmp(key, "subtype") == 0) {
    const char *name = galley_entity_subtype_name(span->entity.subtype);
    if (span->kind == GALLEY_KIND_ENTITY) {
      strcpy(out, *name ? name : "-");
    } else {
      sprintf(out, "%u", (unsigned)span->subtype);
    }
  } else if (strcmp(key, "depth") == 0) {
    sprintf(out, "%u", (unsigned)span->depth);
  } else if (strcmp(key, "type") == 0) {
    strcpy(out, fact_type(span));
  } else {
    return by_kind[span->kind](found, key, out);
  }
  return true;
}

void fact_print(const Fact *found, FILE *out) {
  static const char *const shown[GALLEY_KIND_COUNT][8] = {
      {"rule", "name", "gender"},
      {"rule", "first_day", "last_day", "confidence", "anchor"},
      {"rule", "state", "speaker", "name", "cue", "speaker_rule"},
      {"rule", "unit", "noun", "hedge", "low", "high"},
      {"rule", "label", "target"},
  };
  char text[FACT_SIZE];
  const GalleySpan *span = found->span;
  write_range(found, (GalleyRange){span->start, span->end}, text);
  fprintf(out, "= %s %s | %s |", fact_type(span), span->value[0] != '\0' ? span->value : "-", text);
  for (const char *const *key = shown[span->kind]; *key != NULL; key++) {
    if (fact_write(found, *key, text) && text[0] != '\0') fprintf(out, " %s=%s", *key, text);
  }
  fputc('\n', out);
}

#include "lua_span.h"

#include <math.h>
#include <string.h>

#include "calendar.h"
#include "citation.h"
#include "entity.h"
#include "lua_names.h"
#include "rule.h"
#include "span_name.h"

static const char *const block_names[] = {
    [GALLEY_BLOCK_PARAGRAPH] = "paragraph",
    [GALLEY_BLOCK_HEADING] = "heading",
    [GALLEY_BLOCK_LIST_ITEM] = "list_item",
    [GALLEY_BLOCK_BLOCK_QUOTE] = "block_quote",
    [GALLEY_BLOCK_TABLE] = "table",
    [GALLEY_BLOCK_NOTE] = "note",
    [GALLEY_BLOCK_REFERENCE] = "reference",
    [GALLEY_BLOCK_CODE] = "code",
    [GALLEY_BLOCK_FRONT_MATTER] = "front_matter",
    [GALLEY_BLOCK_MARKUP] = "markup",
};

static void set_number(lua_State *lua, const char *name, lua_Number value) {
  lua_pushnumber(lua, value);
  lua_setfield(lua, -2, name);
}

static void set_string(lua_State *lua, const char *name, const char *value) {
  lua_pushstring(lua, value);
  lua_setfield(lua, -2, name);
}

static void set_bytes(lua_State *lua, const char *name, const GalleyDocument *document,
                      uint32_t start, uint32_t end) {
  lua_pushlstring(lua, galley_text_written(&document->text) + start, end - start);
  lua_setfield(lua, -2, name);
}

static void set_day(lua_State *lua, const char *name, int32_t day) {
  if (day == GALLEY_DAY_NONE) return;
  char iso[GALLEY_ISO_SIZE];
  galley_days_format(day, iso);
  set_string(lua, name, iso);
}

// Sets NAME, NAME_start and NAME_end to a range that counts from byte `base`, if there is one.
static void set_range(lua_State *lua, const char *name, const GalleyDocument *document,
                      uint32_t base, GalleyRange range) {
  if (range.start == range.end) return;
  set_bytes(lua, name, document, base + range.start, base + range.end);
  lua_pushfstring(lua, "%s_start", name);
  lua_pushnumber(lua, base + range.start);
  lua_rawset(lua, -3);
  lua_pushfstring(lua, "%s_end", name);
  lua_pushnumber(lua, base + range.end);
  lua_rawset(lua, -3);
}

// Sets the field to the canonical name of a cluster, if there is such a cluster.
static void set_cluster_name(lua_State *lua, const char *name, const GalleyDocument *document,
                             uint32_t cluster) {
  GalleyRange range;
  if (!galley_cluster_name(document, cluster, &range)) return;
  galley_lua_push_name(lua, document, range.start, range.end);
  lua_setfield(lua, -2, name);
}

static void set_entity(lua_State *lua, const GalleyDocument *document,
                       const GalleyBlockRecord *block, const GalleySpan *span) {
  (void)block;
  const char *subtype = galley_entity_subtype_name(span->entity.subtype);
  if (*subtype) {
    lua_pushstring(lua, subtype);
    lua_setfield(lua, -2, "subtype");
  }
  if (span->entity.cluster == UINT32_MAX) return;
  set_number(lua, "entity", span->entity.cluster);
  set_cluster_name(lua, "name", document, span->entity.cluster);
  const uint8_t *gender = &document->clusters[span->entity.cluster].gender;
  if (*gender) {
    lua_pushlstring(lua, (const char *)gender, 1);
    lua_setfield(lua, -2, "gender");
  }
}

static void set_date(lua_State *lua, const GalleyDocument *document, const GalleyBlockRecord *block,
                     const GalleySpan *span) {
  (void)block;
  if (span->date.anchor == GALLEY_ANCHOR_DOCUMENT) {
    set_day(lua, "anchor_day", document->document_date);
  }
  set_day(lua, "first_day", span->date.first_day);
  set_day(lua, "last_day", span->date.last_day);
  set_string(lua, "confidence", galley_confidence_name(span));
  set_string(lua, "anchor", galley_anchor_name(span));
}

// Sets the field "citations" to the citations of the span's sentences, if there are any.
static void set_citations(lua_State *lua, const GalleyBlockRecord *block, const GalleySpan *span) {
  const GalleySpan *found[GALLEY_CITATIONS_MAX];
  uint32_t count = galley_citations_of(&block->spans, span, found);
  if (!count) return;
  lua_createtable(lua, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    lua_createtable(lua, 0, 2);
    set_number(lua, "start", block->start + found[i]->start);
    set_number(lua, "end", block->start + found[i]->end);
    lua_rawseti(lua, -2, (int)i + 1);
  }
  lua_setfield(lua, -2, "citations");
}

static void set_quote(lua_State *lua, const GalleyDocument *document,
                      const GalleyBlockRecord *block, const GalleySpan *span) {
  set_citations(lua, block, span);
  set_number(lua, "id", span->quote.id);
  set_string(lua, "state", galley_state_name(span));
  set_range(lua, "content", document, block->start, span->quote.content);
  set_range(lua, "cue", document, block->start, span->quote.cue);
  set_range(lua, "speaker", document, 0, galley_speaker_range(document, block, span));
  if (span->quote.speaker_rule) {
    set_string(lua, "speaker_rule", galley_rule(span->quote.speaker_rule)->id);
  }
  set_cluster_name(lua, "speaker_name", document, span->quote.speaker_cluster);
  if (span->quote.speaker_cluster < document->cluster_count) {
    set_number(lua, "speaker_cluster", span->quote.speaker_cluster);
  }
}

static void set_figure(lua_State *lua, const GalleyDocument *document,
                       const GalleyBlockRecord *block, const GalleySpan *span) {
  const GalleyRange noun = span->figure.noun;
  set_citations(lua, block, span);
  if (span->figure.unit_code[0]) set_string(lua, "unit", span->figure.unit_code);
  if (noun.start != noun.end) {
    set_bytes(lua, "noun", document, block->start + noun.start, block->start + noun.end);
  }
  if (isfinite(span->figure.low)) set_number(lua, "low", span->figure.low);
  if (isfinite(span->figure.high)) set_number(lua, "high", span->figure.high);
  if (span->figure.hedge) {
    lua_pushlstring(lua, (const char *)&span->figure.hedge, 1);
    lua_setfield(lua, -2, "hedge");
  }
}

static void set_citation(lua_State *lua, const GalleyDocument *document,
                         const GalleyBlockRecord *block, const GalleySpan *span) {
  set_range(lua, "label", document, block->start, span->citation.label);
  if (span->citation.target_start == span->citation.target_end) return;
  set_number(lua, "target_start", span->citation.target_start);
  set_number(lua, "target_end", span->citation.target_end);
}

static void set_points(lua_State *lua, const GalleyDocument *document, uint32_t start,
                       uint32_t end) {
  GalleyPoint from = galley_text_point(&document->text, start);
  GalleyPoint to = galley_text_point(&document->text, end);
  set_number(lua, "start", start);
  set_number(lua, "end", end);
  set_number(lua, "start_row", from.row);
  set_number(lua, "start_col", from.column);
  set_number(lua, "end_row", to.row);
  set_number(lua, "end_col", to.column);
}

static void push_span(lua_State *lua, const GalleyDocument *document,
                      const GalleyBlockRecord *block, const GalleySpan *span) {
  static void (*const details[GALLEY_KIND_COUNT])(lua_State *, const GalleyDocument *,
                                                  const GalleyBlockRecord *, const GalleySpan *) = {
      [GALLEY_KIND_ENTITY] = set_entity,     [GALLEY_KIND_DATE] = set_date,
      [GALLEY_KIND_QUOTE] = set_quote,       [GALLEY_KIND_FIGURE] = set_figure,
      [GALLEY_KIND_CITATION] = set_citation,
  };
  uint32_t start = block->start + span->start, end = block->start + span->end;
  lua_createtable(lua, 0, 20);
  set_string(lua, "kind", galley_kinds[span->kind].name);
  set_string(lua, "type", galley_span_type(span)->name);
  set_string(lua, "rule", galley_rule(span->rule)->id);
  set_bytes(lua, "text", document, start, end);
  for (uint32_t i = start; document->text.written && i < end; i++) {
    if (!galley_markup_is(document->text.bytes[i])) continue;
    lua_pushboolean(lua, 1);
    lua_setfield(lua, -2, "marked");
    break;
  }
  set_points(lua, document, start, end);
  if (span->value[0]) set_string(lua, "value", span->value);
  details[span->kind](lua, document, block, span);
}

static bool wanted(const GalleySpan *span, uint32_t mask) {
  bool indirect = span->kind == GALLEY_KIND_QUOTE && span->type == GALLEY_QUOTE_INDIRECT;
  return mask & (1u << span->kind) && !span->hidden &&
         !(indirect && mask & GALLEY_MASK_NO_INDIRECT);
}

static bool matches(const GalleySpan *span, uint32_t block_start, const GalleySpanQuery *query) {
  return wanted(span, query->mask) && block_start + span->start < query->end &&
         block_start + span->end > query->start;
}

void galley_lua_push_spans(lua_State *lua, const GalleyDocument *document,
                           const GalleySpanQuery *query) {
  int count = 0;
  lua_newtable(lua);
  for (uint32_t i = galley_document_block_at(document, query->start);
       i < document->block_count && document->blocks[i].start < query->end; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (!matches(span, block->start, query)) continue;
      push_span(lua, document, block, span);
      lua_rawseti(lua, -2, ++count);
    }
  }
}

bool galley_lua_push_span_at(lua_State *lua, const GalleyDocument *document, uint32_t byte,
                             uint32_t mask) {
  uint32_t index = galley_document_block_at(document, byte);
  if (index >= document->block_count) return false;
  const GalleyBlockRecord *block = &document->blocks[index];
  const GalleySpan *best = NULL;
  GalleySpanQuery query = {byte, byte + 1, mask};
  for (uint32_t i = 0; i < block->spans.count; i++) {
    const GalleySpan *span = &block->spans.items[i];
    if (!matches(span, block->start, &query)) continue;
    if (!best || span->end - span->start <= best->end - best->start) best = span;
  }
  if (best) push_span(lua, document, block, best);
  return best != NULL;
}

typedef struct {
  lua_State *lua;
  const GalleyDocument *document;
  const GalleySpanQuery *query;
  int out;
  int count;
} Drawing;

static void draw_range(Drawing *self, uint32_t start, uint32_t end, uint8_t group) {
  if (group >= GALLEY_GROUP_NONE || start >= end || start >= self->query->end ||
      end <= self->query->start) {
    return;
  }
  GalleyPoint from = galley_text_point(&self->document->text, start);
  GalleyPoint to = galley_text_point(&self->document->text, end);
  const uint32_t numbers[5] = {from.row, from.column, to.row, to.column, group + 1u};
  for (int i = 0; i < 5; i++) {
    lua_pushnumber(self->lua, numbers[i]);
    lua_rawseti(self->lua, self->out, self->count * 5 + i + 1);
  }
  self->count++;
}

// A quote's marks and its speaker stand out from the quote itself, whatever the mask says of names.
static void draw_quote(Drawing *self, const GalleyBlockRecord *block, const GalleySpan *span) {
  uint32_t base = block->start;
  GalleyRange content = span->quote.content, speaker = span->quote.speaker;
  bool speech = galley_span_type(span)->group != GALLEY_GROUP_NONE;
  if (!speech) return;
  if (content.start != content.end) {
    draw_range(self, base + span->start, base + content.start, GALLEY_GROUP_QUOTE_MARK);
    draw_range(self, base + content.end, base + span->end, GALLEY_GROUP_QUOTE_MARK);
  }
  draw_range(self, base + speaker.start, base + speaker.end, GALLEY_GROUP_SPEAKER);
}

int galley_lua_draw(lua_State *lua, const GalleyDocument *document, const GalleySpanQuery *query,
                    int out) {
  Drawing drawing = {lua, document, query, out, 0};
  for (uint32_t i = galley_document_block_at(document, query->start);
       i < document->block_count && document->blocks[i].start < query->end; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    for (uint32_t j = 0; j < block->spans.count; j++) {
      const GalleySpan *span = &block->spans.items[j];
      if (!wanted(span, query->mask)) continue;
      draw_range(&drawing, block->start + span->start, block->start + span->end,
                 galley_span_type(span)->group);
      if (span->kind == GALLEY_KIND_QUOTE) draw_quote(&drawing, block, span);
    }
  }
  return drawing.count;
}

void galley_lua_push_blocks(lua_State *lua, const GalleyDocument *document) {
  lua_createtable(lua, (int)document->block_count, 0);
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleyBlockRecord *block = &document->blocks[i];
    lua_createtable(lua, 0, 8);
    set_string(lua, "kind", block_names[block->kind]);
    set_number(lua, "level", block->level);
    set_points(lua, document, block->start, block->start + block->length);
    lua_rawseti(lua, -2, (int)i + 1);
  }
}

void galley_lua_push_kind(lua_State *lua, const GalleyKindRow *kind) {
  lua_createtable(lua, 0, 5);
  set_string(lua, "name", kind->name);
  set_string(lua, "letter", kind->letter);
  set_string(lua, "help", kind->help);
  set_string(lua, "highlight", galley_groups[kind->group]);
  lua_createtable(lua, (int)kind->type_count, 0);
  for (uint32_t i = 0; i < kind->type_count; i++) {
    lua_createtable(lua, 0, 2);
    set_string(lua, "name", kind->types[i].name);
    if (kind->types[i].group != GALLEY_GROUP_NONE) {
      set_string(lua, "highlight", galley_groups[kind->types[i].group]);
    }
    lua_rawseti(lua, -2, (int)i + 1);
  }
  lua_setfield(lua, -2, "types");
}

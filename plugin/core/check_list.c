// list-count: "three reasons:" and the list that follows.
#include "check_family.h"
#include "check_text.h"

#include <stdlib.h>

enum { LIST_LEAST = 2, LIST_MOST = 20, TAIL_WORDS = 4, TAIL_BYTES = 40, ITEM_BYTES = 40 };

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// The whole number that a plain figure counts something with; 0 for others.
static int32_t count_of(const GalleyDocument *document, uint32_t block, const GalleySpan *span) {
  if (span->kind != GALLEY_KIND_FIGURE || span->hidden || span->type != GALLEY_FIGURE_NUMBER ||
      span->subtype || span->figure.hedge || span->figure.unit_code[0] ||
      span->figure.noun.end <= span->figure.noun.start) {
    return 0;
  }
  char *end;
  double value = strtod(span->value, &end);
  bool whole = *end == '\0' && value >= LIST_LEAST && value <= LIST_MOST && value == (int)value;
  if (!whole) return 0;
  const char *bytes = document->text.bytes + document->blocks[block].start;
  char last = bytes[span->figure.noun.end - 1];
  return last == 's' || last == 'a' || last == 'n' ? (int32_t)value : 0; // plurals
}

// Bytes before the colon that a block ends with; 0 when it ends otherwise.
static uint32_t colon_at_end(const GalleyDocument *document, uint32_t block) {
  const GalleyBlockRecord *record = &document->blocks[block];
  const char *bytes = document->text.bytes + record->start;
  uint32_t end = record->length;
  while (end && is_space(bytes[end - 1]))
    end--;
  return end && bytes[end - 1] == ':' ? end - 1 : 0;
}

// Whether between the counted noun and the colon there is nothing, or a few words that lead on.
static bool leads_to_colon(const GalleyDocument *document, uint32_t block, const GalleySpan *span,
                           uint32_t colon) {
  static const char *const tails[] = {" for this",
                                      " for that",
                                      " for it",
                                      " in all",
                                      " in mind",
                                      " apply",
                                      " to choose from",
                                      " to it",

                                      "",
                                      " are",
                                      " were",
                                      " follow",
                                      " as follows",
                                      " stand out",
                                      " here",
                                      " below",
                                      " are these",
                                      " are as follows"};
  uint32_t start = span->figure.noun.end;
  if (start > colon || colon - start > TAIL_BYTES) return false;
  // "Five towns will be linked:" is all that the paragraph says.
  const char *tail = document->text.bytes + document->blocks[block].start + start;
  if (span->start == 0 && colon - start > 9 && memcmp(tail, " will be ", 9) == 0) return true;
  const char *bytes = document->text.bytes + document->blocks[block].start + start;
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    if (strlen(tails[i]) == colon - start && memcmp(bytes, tails[i], colon - start) == 0) {
      return true;
    }
  }
  return false;
}

// Whether what is counted are things that a list can hold, not years or dollars, and all of them:
// "two of the three reasons", "three other reasons".
static bool counts_items(GalleyCheckRun *run, uint32_t block, const GalleySpan *span,
                         GalleyBlockView *view) {
  if (!galley_check_view(run->document, block, view)) return false;
  uint32_t head = galley_check_token(view, span->figure.noun.end - 1);
  uint32_t first = galley_check_token(view, span->start);
  if (head >= view->token_count || check_word(&view->tokens[head]) & CHECK_WORD_MEASURE) {
    return false;
  }
  for (uint32_t i = first > 3 ? first - 3 : 0; i < head; i++) {
    const GalleyToken *token = &view->tokens[i];
    if (check_is(token, "of") || check_is(token, "least") || check_is(token, "than") ||
        check_is(token, "other") || check_is(token, "more") || check_is(token, "another")) {
      return false;
    }
  }
  return true;
}

static void report(GalleyCheckRun *run, uint32_t block, const GalleySpan *span, int32_t stated,
                   int32_t counted, uint32_t start, uint32_t end, bool sure) {
  uint32_t base = run->document->blocks[block].start;
  bool holds = stated == counted;
  galley_check_begin_document(run, GALLEY_CHECK_LIST_COUNT,
                              holds ? GALLEY_OUTCOME_OK : GALLEY_OUTCOME_BAD, span->depth > 0,
                              base + span->start, base + span->figure.noun.end);
  if (!holds && !sure) galley_check_soften(run->found);
  galley_finding_say(run->found, holds ? "the list has %d items" : "the list has %d items, not %d",
                     (int)counted, (int)stated);
  galley_finding_key(run->found, "list-count %d %d", (int)stated, (int)counted);
  galley_finding_relate(run->found, start, end, "the list");
}

// How many items the list has that follows a block; 0 when it has none or goes on unclearly.
static int32_t items_after(const GalleyDocument *document, uint32_t block, uint32_t *last) {
  int32_t count = 0;
  uint32_t i = block + 1;
  if (i >= document->block_count || document->blocks[i].kind != GALLEY_BLOCK_LIST_ITEM) return 0;
  uint8_t level = document->blocks[i].level;
  for (; i < document->block_count; i++) {
    const GalleyBlockRecord *item = &document->blocks[i];
    if (item->kind != GALLEY_BLOCK_LIST_ITEM || item->level < level) break;
    count += item->level == level;
    *last = i;
  }
  // A paragraph among the items may belong to one of them, and more items follow.
  bool unclear = i + 1 < document->block_count &&
                 document->blocks[i].kind != GALLEY_BLOCK_HEADING &&
                 document->blocks[i + 1].kind == GALLEY_BLOCK_LIST_ITEM;
  return unclear ? 0 : count;
}

static void check_block_list(GalleyCheckRun *run, uint32_t block) {
  const GalleyDocument *document = run->document;
  uint32_t colon = colon_at_end(document, block), last = block;
  if (!colon) return;
  const GalleySpanList *spans = &document->blocks[block].spans;
  for (uint32_t j = spans->count; j-- > 0;) {
    const GalleySpan *span = &spans->items[j];
    int32_t stated = count_of(document, block, span);
    if (!stated || !leads_to_colon(document, block, span, colon)) continue;
    int32_t counted = items_after(document, block, &last);
    GalleyBlockView view;
    if (counted < 2 || !counts_items(run, block, span, &view)) return;
    uint32_t start = document->blocks[block + 1].start;
    report(run, block, span, stated, counted, start,
           document->blocks[last].start + document->blocks[last].length, true);
    return;
  }
}

// Items of "A, B and C." from `first`; 0 when they are no simple list. `last`: the item's token.
static int32_t inline_items(const GalleyBlockView *view, uint32_t first, uint32_t *last) {
  int32_t items = 1;
  uint32_t item = first, sentence = view->tokens[first].sentence;
  bool joined = false; // an "and" was seen: nothing may follow
  uint32_t i = first;
  for (; i < view->token_count && view->tokens[i].sentence == sentence; i++) {
    const GalleyToken *token = &view->tokens[i];
    if (token->start - view->tokens[item].start > ITEM_BYTES) return 0;
    bool comma = check_is_punct(token, ','), and = check_is(token, "and");
    if (check_is_punct(token, '.') || check_is_punct(token, '!')) break;
    if (!check_is_word(token) && !comma && token->kind != GALLEY_TOKEN_CLITIC &&
        !check_is_punct(token, '-')) {
      return 0;
    }
    if (check_is(token, "or") || check_is(token, "which") || check_is(token, "who")) return 0;
    if (!comma && !and) continue;
    if (joined) return 0;
    bool oxford = comma && i + 1 < view->token_count && check_is(&view->tokens[i + 1], "and");
    if (oxford) continue;
    joined = and;
    item = i + 1;
    items++;
  }
  *last = i - 1;
  return joined ? items : 0;
}

// "three countries: France, Germany and Spain."
static void check_inline_list(GalleyCheckRun *run, uint32_t block) {
  const GalleyDocument *document = run->document;
  const GalleySpanList *spans = &document->blocks[block].spans;
  const char *bytes = document->text.bytes + document->blocks[block].start;
  uint32_t length = document->blocks[block].length;
  for (uint32_t j = 0; j < spans->count; j++) {
    const GalleySpan *span = &spans->items[j];
    int32_t stated = count_of(document, block, span);
    uint32_t colon = stated ? span->figure.noun.end : 0;
    if (!stated || colon + 2 >= length || bytes[colon] != ':' || bytes[colon + 1] != ' ') continue;
    GalleyBlockView view;
    uint32_t last = 0;
    if (!counts_items(run, block, span, &view)) continue;
    uint32_t first = galley_check_token(&view, colon + 1);
    if (first >= view.token_count || view.tokens[first].depth > 0) continue;
    int32_t counted = inline_items(&view, first, &last);
    uint32_t base = document->blocks[block].start;
    if (counted > 1) {
      report(run, block, span, stated, counted, base + view.tokens[first].start,
             base + view.tokens[last].end, false);
    }
  }
}

bool galley_check_lists(GalleyCheckRun *run) {
  for (uint32_t i = 0; i < run->document->block_count; i++) {
    uint8_t kind = run->document->blocks[i].kind;
    if (kind != GALLEY_BLOCK_PARAGRAPH && kind != GALLEY_BLOCK_HEADING) continue;
    check_block_list(run, i);
    check_inline_list(run, i);
  }
  return true;
}

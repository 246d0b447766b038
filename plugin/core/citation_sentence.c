// Which sentences spans stand in, so that a figure or a quote knows the citations beside it.
#include "annotate.h"
#include "citation.h"

#define NEAR_SPANS 256 // of a block that are looked at on either side of a fact

// The first token that ends after `at`; the count when there is none.
static uint32_t token_at(const GalleyBlockView *block, uint32_t at) {
  uint32_t low = 0, high = block->token_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (block->tokens[middle].end <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static bool is_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD || token->kind == GALLEY_TOKEN_NUMBER;
}

// Whether a word stands in the sentence of token `at` before it, or only behind it.
static bool has_words(const GalleyBlockView *block, uint32_t at, bool behind) {
  uint16_t sentence = block->tokens[at].sentence;
  for (uint32_t i = at; i < block->token_count; i = behind ? i + 1 : i - 1) {
    if (block->tokens[i].sentence != sentence) return false;
    if (is_word(&block->tokens[i])) return true;
  }
  return false;
}

// A mark behind the point of a sentence belongs to it: "It fell.[^1] Then it rose.", "It fell.
// [3]".
static bool belongs_before(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  if (token->kind != GALLEY_TOKEN_CITATION || has_words(block, at, false)) return false;
  return !(token->shape & GALLEY_SHAPE_SPACE_BEFORE) || !has_words(block, at, true);
}

static void note_sentences(const GalleyBlockView *block, GalleySpan *span) {
  uint32_t first = token_at(block, span->start), last = token_at(block, span->end - 1);
  if (last >= block->token_count) return;
  span->first_sentence = block->tokens[first].sentence;
  span->last_sentence = block->tokens[last].sentence;
  if (span->kind == GALLEY_KIND_CITATION) {
    if (span->first_sentence && belongs_before(block, first)) span->first_sentence--;
    span->last_sentence = span->first_sentence;
    return;
  }
  // What is said goes on in the words of who said it: “We won.” she said [3].
  uint32_t after = last + 1;
  if (span->kind != GALLEY_KIND_QUOTE || after >= block->token_count) return;
  const GalleyToken *token = &block->tokens[after];
  bool goes_on = is_word(token) && !(token->shape & GALLEY_SHAPE_CAPITAL);
  if (goes_on) span->last_sentence = token->sentence;
}

void galley_citation_note_sentences(const GalleyBlockView *block) {
  bool cited = false;
  for (uint32_t i = 0; i < block->spans->count && !cited; i++)
    cited = block->spans->items[i].kind == GALLEY_KIND_CITATION;
  for (uint32_t i = 0; i < block->spans->count && cited; i++)
    note_sentences(block, &block->spans->items[i]);
}

static bool cites(const GalleySpan *citation, const GalleySpan *fact) {
  return citation->kind == GALLEY_KIND_CITATION && !citation->hidden &&
         citation->first_sentence >= fact->first_sentence &&
         citation->first_sentence <= fact->last_sentence;
}

uint32_t galley_citations_of(const GalleySpanList *spans, const GalleySpan *fact,
                             const GalleySpan *out[GALLEY_CITATIONS_MAX]) {
  uint32_t at = (uint32_t)(fact - spans->items), count = 0;
  uint32_t first = at > NEAR_SPANS ? at - NEAR_SPANS : 0;
  uint32_t end = spans->count - at > NEAR_SPANS ? at + NEAR_SPANS : spans->count;
  for (uint32_t i = first; i < end && count < GALLEY_CITATIONS_MAX; i++) {
    if (cites(&spans->items[i], fact)) out[count++] = &spans->items[i];
  }
  return count;
}

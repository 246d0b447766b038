// What a review lists and no diagnostic shows: numbering-gap, superlative, ageing-word.
#include "check_family.h"
#include "check_text.h"
#include "citation.h"

enum { LABELS = CITATION_LABEL_BOX + 1, NUMBER_MOST = 64 };

// "the largest", "first ever", "most ... in history": claims that somebody can disprove.
static void check_superlative(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *token = &view->tokens[index], *next = check_token_at(view, index + 1);
  uint32_t last = index;
  bool claims = (check_word(token) & CHECK_WORD_SUPERLATIVE) != 0;
  bool after_first = check_is(token, "first") && next;
  if (after_first && check_is_punct(next, '-') && index + 2 < view->token_count) {
    next = &view->tokens[index + 2];
    claims = check_is(next, "ever");
    last = claims ? index + 2 : index;
  } else if (after_first && check_is(next, "ever")) {
    claims = true;
    last = index + 1;
  }
  if (!claims) return;
  galley_check_begin(block, GALLEY_CHECK_SUPERLATIVE, GALLEY_OUTCOME_UNDECIDED, token->start,
                     view->tokens[last].end);
  galley_finding_say(block->found, "is it still so, and who counted?");
}

static void check_ageing(GalleyCheckBlock *block, uint32_t index) {
  const GalleyToken *token = &block->view.tokens[index];
  if (!(check_word(token) & CHECK_WORD_AGEING) || token->depth > 0) return;
  galley_check_begin(block, GALLEY_CHECK_AGEING_WORD, GALLEY_OUTCOME_UNDECIDED, token->start,
                     token->end);
  galley_finding_say(block->found, "read on another day, it says something else");
}

bool galley_check_review(GalleyCheckBlock *block) {
  for (uint32_t i = 0; i < block->view.token_count; i++) {
    if (block->view.tokens[i].kind != GALLEY_TOKEN_WORD) continue;
    check_superlative(block, i);
    check_ageing(block, i);
  }
  return true;
}

// ---- numbering-gap

typedef struct {
  uint64_t seen;       // bit n: number n is used
  uint32_t start, end; // of the mention with the highest number; bytes of the document
  uint32_t most;
} Numbering;

static uint32_t number_of(const GalleyDocument *document, uint32_t block, const GalleySpan *span) {
  const char *bytes = document->text.bytes + document->blocks[block].start;
  uint32_t value = 0;
  for (uint32_t i = span->citation.label.start; i < span->citation.label.end; i++) {
    if ((unsigned)(bytes[i] - '0') > 9) return 0;
    value = value * 10 + (uint32_t)(bytes[i] - '0');
    if (value >= NUMBER_MOST) return 0;
  }
  return value;
}

static void report_gap(GalleyCheckRun *run, const Numbering *numbering) {
  for (uint32_t number = 1; number < numbering->most; number++) {
    if (numbering->seen & UINT64_C(1) << number) continue;
    galley_check_begin_document(run, GALLEY_CHECK_NUMBERING_GAP, GALLEY_OUTCOME_BAD, false,
                                numbering->start, numbering->end);
    galley_finding_say(run->found, "there is a number %u, and none %u", numbering->most, number);
    return;
  }
}

static void note_number(Numbering *found, uint8_t label, uint32_t number, uint32_t start,
                        uint32_t end) {
  if (label >= LABELS || !number) return;
  Numbering *numbering = &found[label];
  numbering->seen |= UINT64_C(1) << number;
  if (number <= numbering->most) return;
  numbering->most = number;
  numbering->start = start;
  numbering->end = end;
}

static bool is_letter(char c) {
  return (unsigned)((c | 0x20) - 'a') < 26;
}

// "Figure 2: ...", "**Table 1.** ...": a caption, which is no citation.
static void note_caption(const GalleyDocument *document, uint32_t block, Numbering *found) {
  const GalleyBlockRecord *record = &document->blocks[block];
  const char *bytes = document->text.bytes + record->start;
  uint32_t at = 0, number = 0;
  while (at < record->length && (bytes[at] == '*' || bytes[at] == '_' || bytes[at] == ' '))
    at++;
  uint32_t word = at;
  while (at < record->length && is_letter(bytes[at]))
    at++;
  CitationLabel label = galley_citation_label(bytes + word, at - word);
  if (!label || at - word > 8) return;
  while (at < record->length && (bytes[at] == '.' || bytes[at] == ' '))
    at++;
  uint32_t digits = at;
  while (at < record->length && (unsigned)(bytes[at] - '0') < 10 && number < NUMBER_MOST)
    number = number * 10 + (uint32_t)(bytes[at++] - '0');
  bool marked = at < record->length && (bytes[at] == ':' || bytes[at] == '.' || bytes[at] == '*');
  if (at > digits && marked && number < NUMBER_MOST) {
    note_number(found, (uint8_t)label, number, record->start + word, record->start + at);
  }
}

bool galley_check_numbering(GalleyCheckRun *run) {
  const GalleyDocument *document = run->document;
  Numbering found[LABELS] = {0};
  for (uint32_t i = 0; i < document->block_count; i++) {
    const GalleySpanList *spans = &document->blocks[i].spans;
    note_caption(document, i, found);
    for (uint32_t j = 0; j < spans->count; j++) {
      const GalleySpan *span = &spans->items[j];
      if (span->kind != GALLEY_KIND_CITATION || span->type != GALLEY_CITATION_REFERENCE) continue;
      uint32_t start = check_span_at(document, i, span);
      note_number(found, span->subtype, number_of(document, i, span), start,
                  start + check_span_length(span));
    }
  }
  for (size_t i = 0; i < LABELS; i++)
    report_gap(run, &found[i]);
  return true;
}

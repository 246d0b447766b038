// Places of a quote: its words aligned with those of the passages that share its rare ones.
#include "match_query.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"
#include "match_align.h"

#define WORDS_MOST 600         // of a quote that are compared; an article's quotes are shorter
#define WINDOW_WORDS_MOST 4000 // of a source beside it
#define PASSAGES_MOST 10       // that are aligned
#define ALIKE_LEAST 0.55f      // share of the quote that must stand in the source
#define COMMON_WORTH 0.35f     // of a word of grammar, beside 1 of another

typedef struct {
  GalleyQuery *query;
  GalleyAlignText quote, window;
  GalleySteps steps;
  const GalleySource *source;
  uint32_t most;
  GalleyMatchList *out;
} Search;

static float worth(const GalleyAlignWord *word) {
  return word->common && word->kind == GALLEY_ALIGN_WORD ? COMMON_WORTH : 1;
}

typedef struct {
  float matched, total, inserted;
  uint32_t words, same;
  bool elided;
  bool any;
  uint32_t first, last; // words of the window that the quote stands on
} Tally;

static Tally count_steps(const Search *self) {
  Tally tally = {0};
  for (uint32_t i = 0; i < self->quote.count; i++) {
    const GalleyAlignWord *word = &self->quote.items[i];
    if (word->kind > GALLEY_ALIGN_NUMBER) continue;
    tally.total += worth(word);
    tally.words++;
  }
  for (uint32_t i = 0; i < self->steps.count; i++) {
    const GalleyStep *step = &self->steps.items[i];
    bool mark = step->kind == GALLEY_STEP_LEFT_OUT || step->kind == GALLEY_STEP_MARK;
    tally.elided = tally.elided || mark;
    if (step->kind == GALLEY_STEP_SOURCE) {
      tally.inserted += worth(&self->window.items[step->source]);
    }
    if (step->kind != GALLEY_STEP_SAME) continue;
    const GalleyAlignWord *word = &self->quote.items[step->at];
    if (word->kind <= GALLEY_ALIGN_NUMBER) {
      tally.matched += worth(word);
      tally.same++;
    }
    if (!tally.any) tally.first = step->source;
    tally.last = step->source;
    tally.any = true;
  }
  return tally;
}

// ---- differences

typedef struct {
  uint32_t at, at_end, source, source_end; // words
} Change;

// Letters and digits of bytes [start, end), small, in one spelling: -ise for -ize, -or for -our.
static uint32_t squeeze(const char *bytes, uint32_t start, uint32_t end, char *out, uint32_t room) {
  uint32_t size = 0;
  for (uint32_t i = start; i < end && size < room; i++) {
    unsigned char c = (unsigned char)bytes[i];
    bool letter = (unsigned char)((c | 0x20) - 'a') < 26;
    if (letter) out[size++] = (char)(c | 0x20);
    if ((c >= '0' && c <= '9') || c >= 0x80) out[size++] = (char)c;
  }
  uint32_t kept = 0;
  bool respell = size >= 6;
  for (uint32_t i = 0; i < size; i++) {
    bool silent = respell && out[i] == 'u' && kept && out[kept - 1] == 'o' && i + 1 < size &&
                  out[i + 1] == 'r';
    if (silent) continue;
    out[kept++] = respell && out[i] == 'z' ? 's' : out[i];
  }
  return kept;
}

static GalleyRange quote_range(const Search *self, const Change *change) {
  const GalleyAlignWord *items = self->quote.items;
  if (change->at < change->at_end) {
    return (GalleyRange){items[change->at].start, items[change->at_end - 1].end};
  }
  uint32_t at = change->at ? items[change->at - 1].end : self->query->span->quote.content.start;
  return (GalleyRange){at, at};
}

static GalleyRange source_range(const Search *self, const Change *change) {
  const GalleyAlignWord *items = self->window.items;
  if (change->source < change->source_end) {
    return (GalleyRange){items[change->source].start, items[change->source_end - 1].end};
  }
  uint32_t at = change->source ? items[change->source - 1].end : items[0].start;
  return (GalleyRange){at, at};
}

// "e-mail" and "email", "organise" and "organize": one word in two spellings.
static bool is_spelling(const Search *self, const Change *change) {
  char quote[128], source[128];
  GalleyRange a = quote_range(self, change), b = source_range(self, change);
  if (a.end - a.start > sizeof quote || b.end - b.start > sizeof source) return false;
  uint32_t length = squeeze(self->query->bytes, a.start, a.end, quote, sizeof quote);
  uint32_t other = squeeze(self->source->bytes, b.start, b.end, source, sizeof source);
  return length && length == other && memcmp(quote, source, length) == 0;
}

static bool is_mark(const char *bytes, uint32_t at, uint32_t end) {
  static const char *const marks[] = {"\"", "“", "”", "«", "»"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t size = strlen(marks[i]);
    if (size <= end - at && memcmp(bytes + at, marks[i], size) == 0) return true;
  }
  return false;
}

static bool has_mark(const char *bytes, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++)
    if (is_mark(bytes, i, end)) return true;
  return false;
}

// Words that the source has between two parts of a quote, such as "he said": no part of it.
static bool is_outside(const Search *self, const Change *change) {
  if (change->at < change->at_end || change->source == 0 ||
      change->source_end >= self->window.count) {
    return false;
  }
  const GalleyAlignWord *items = self->window.items;
  return has_mark(self->source->bytes, items[change->source - 1].end,
                  items[change->source].start) &&
         has_mark(self->source->bytes, items[change->source_end - 1].end,
                  items[change->source_end].start);
}

static void add_change(const Search *self, const Change *change, GalleyMatch *match) {
  if (is_spelling(self, change) || is_outside(self, change)) return;
  if (match->difference_count == GALLEY_MATCH_DIFFERENCES) return;
  GalleyRange expected = quote_range(self, change);
  uint32_t base = self->query->block->start;
  match->differences[match->difference_count++] = (GalleyDifference){
      .expected = {base + expected.start, base + expected.end},
      .found = source_range(self, change),
      .kind = (uint8_t)galley_align_change(
          self->quote.items + change->at, self->quote.items + change->at_end,
          self->window.items + change->source, self->window.items + change->source_end),
  };
}

// Neighbouring steps that differ are one change.
static void add_changes(const Search *self, GalleyMatch *match) {
  Change change = {0};
  bool open = false;
  for (uint32_t i = 0; i < self->steps.count; i++) {
    const GalleyStep *step = &self->steps.items[i];
    bool differs = step->kind == GALLEY_STEP_OTHER || step->kind == GALLEY_STEP_QUOTE ||
                   step->kind == GALLEY_STEP_SOURCE;
    if (!differs) {
      if (open) add_change(self, &change, match);
      open = false;
      continue;
    }
    bool of_source = step->kind == GALLEY_STEP_SOURCE, of_quote = step->kind == GALLEY_STEP_QUOTE;
    if (!open) {
      uint32_t at = step->at + of_source;
      change = (Change){at, at, step->source, step->source};
    }
    open = true;
    if (!of_source) change.at_end = step->at + 1;
    if (!of_quote) change.source_end = step->source + 1;
  }
  if (open) add_change(self, &change, match);
}

// ---- candidates

static void mark_words(const Search *self, GalleyMatch *match) {
  for (uint32_t i = 0; i < self->steps.count; i++) {
    const GalleyStep *step = &self->steps.items[i];
    if (step->kind != GALLEY_STEP_SAME) continue;
    const GalleyAlignWord *word = &self->window.items[step->source];
    GalleyRange *last = match->word_count ? &match->words[match->word_count - 1] : NULL;
    bool joins = last && word->start >= last->end && word->start - last->end <= 3 &&
                 !memchr(self->source->bytes + last->end, '\n', word->start - last->end);
    if (joins) {
      last->end = word->end;
    } else if (match->word_count < GALLEY_MATCH_WORDS) {
      match->words[match->word_count++] = (GalleyRange){word->start, word->end};
    }
  }
}

static void write_reason(const Search *self, GalleyMatch *match) {
  static const char elided[] = "the same words, some marked as left out or put in";
  static const char *const starts[] = {[GALLEY_VERDICT_VERBATIM] = "the same words",
                                       [GALLEY_VERDICT_ELIDED] = elided,
                                       [GALLEY_VERDICT_ALTERED] = "altered"};
  const char *article = self->query->document->text.bytes, *before = ": ";
  size_t at = (size_t)snprintf(match->reason, sizeof match->reason, "%s", starts[match->verdict]);
  for (uint32_t i = 0; i < match->difference_count && i < 3; i++) {
    const GalleyDifference *item = &match->differences[i];
    char ours[40], theirs[40];
    uint32_t expected = galley_match_copy(ours, sizeof ours, article + item->expected.start,
                                          item->expected.end - item->expected.start);
    uint32_t found =
        galley_match_copy(theirs, sizeof theirs, match->source->bytes + item->found.start,
                          item->found.end - item->found.start);
    const char *shape = !expected ? "%s“%s%s” is left out"
                        : !found  ? "%s“%s” is not there%s"
                                  : "%s“%s” for “%s”";
    // NOLINTNEXTLINE(clang-diagnostic-format-nonliteral): one of the three above
    int size = snprintf(match->reason + at, sizeof match->reason - at, shape, before, ours, theirs);
    if (size < 0 || (size_t)size >= sizeof match->reason - at) {
      match->reason[at] = '\0';
      return;
    }
    at += (size_t)size;
    before = "; ";
  }
}

static float score_of(const Tally *tally) {
  float alike = tally->matched / (tally->total + 0.5f * tally->inserted);
  if (alike < ALIKE_LEAST || (tally->words < 4 && tally->same < tally->words)) return 0;
  float evidence = -3.5f + 5 * alike + 0.9f * fminf(tally->matched, 5);
  // one word alone may stand anywhere
  if (tally->matched < 1.5f) evidence -= 2;
  return 1 / (1 + expf(-evidence));
}

static bool known(const GalleyMatchList *list, const GalleySource *source, uint32_t start) {
  for (uint32_t i = 0; i < list->count; i++)
    if (list->items[i].source == source && list->items[i].start == start) return true;
  return false;
}

static void judge(Search *self, const GalleyPick *pick) {
  Tally tally = count_steps(self);
  if (!tally.any || !(tally.total > 0)) return;
  GalleyMatch match = {.source = pick->source,
                       .start = self->window.items[tally.first].start,
                       .end = self->window.items[tally.last].end,
                       .kind = GALLEY_KIND_QUOTE,
                       .score = score_of(&tally)};
  if (match.score <= 0 || known(self->out, match.source, match.start)) return;
  add_changes(self, &match);
  match.verdict = match.difference_count ? GALLEY_VERDICT_ALTERED
                  : tally.elided         ? GALLEY_VERDICT_ELIDED
                                         : GALLEY_VERDICT_VERBATIM;
  mark_words(self, &match);
  write_reason(self, &match);
  galley_match_put(self->out, self->most, &match);
}

// The passage and so much on either side as the quote may reach into.
static GalleyRange window_of(const Search *self, const GalleyPick *pick) {
  const GalleyPassage *passage = &pick->source->segments[pick->segment].passages[pick->passage];
  GalleyRange content = self->query->span->quote.content;
  uint32_t margin = content.end - content.start + 400;
  for (uint32_t i = 0; i < self->quote.count; i++)
    if (self->quote.items[i].kind == GALLEY_ALIGN_ELLIPSIS) margin += 1000;
  uint32_t start = passage->start > margin ? passage->start - margin : 0;
  uint32_t room = pick->source->length - passage->end;
  uint32_t end = passage->end + (room < margin ? room : margin);
  while (start > 0 && start < passage->start && pick->source->bytes[start - 1] != '\n')
    start++;
  return (GalleyRange){start, end};
}

static bool try_passage(Search *self, const GalleyPick *pick) {
  GalleyRange range = window_of(self, pick);
  self->window.count = 0;
  self->source = pick->source;
  if (!galley_align_read(pick->source->bytes, range.start, range.end, false, WINDOW_WORDS_MOST,
                         &self->window)) {
    return false;
  }
  if (!self->window.count) return true;
  if (!galley_align(&self->quote, &self->window, &self->steps)) return false;
  judge(self, pick);
  free(self->steps.items);
  self->steps = (GalleySteps){0};
  return true;
}

bool galley_match_quote(GalleySources *sources, GalleyQuery *query, uint32_t most,
                        GalleyMatchList *out) {
  Search self = {.query = query, .most = most, .out = out};
  GalleyRange content = query->span->quote.content;
  GalleyPick picks[GALLEY_PICKS_MOST];
  bool done =
      galley_align_read(query->bytes, content.start, content.end, true, WORDS_MOST, &self.quote);
  galley_query_make_quote(sources, query);
  uint32_t count = done && self.quote.count ? galley_match_pick(sources, query, picks) : 0;
  done = done && count != UINT32_MAX;
  for (uint32_t i = 0; done && i < count && i < PASSAGES_MOST; i++)
    done = try_passage(&self, &picks[i]);
  galley_align_text_free(&self.quote);
  galley_align_text_free(&self.window);
  return done;
}

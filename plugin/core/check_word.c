// Words: word-doubled, placeholder.
#include "check_family.h"
#include "check_text.h"
#include "gazetteer.h"

enum { DOUBLED_LETTERS = 4, DOUBLED_RANK = 4 };

// A word that a dictionary has and that is not rare: others may be names or foreign.
static bool is_common(const GalleyToken *token) {
  uint64_t known = galley_gazetteer_word(token->hash);
  return (known & GALLEY_KNOWN(GALLEY_KNOWN_COMMON)) != 0 &&
         galley_known_rank(known) >= DOUBLED_RANK;
}

// Whether the sentence in front lets a small word stand twice: "what it is is", "moved in in May".
static bool may_lead(const GalleyBlockView *view, uint32_t index) {
  uint16_t sentence = view->tokens[index].sentence;
  bool verb = check_is(&view->tokens[index], "is") || check_is(&view->tokens[index], "was");
  for (uint32_t i = index; i-- > 0 && view->tokens[i].sentence == sentence;) {
    if (check_word(&view->tokens[i]) & CHECK_WORD_LEADS) return true;
    if (!verb && index - i >= 2) break;
  }
  return false;
}

// Whether a word that stands twice is a slip.
static bool is_slip(const GalleyBlockView *view, uint32_t index) {
  const GalleyToken *first = &view->tokens[index], *second = first + 1;
  int32_t bits = check_word(first);
  if (bits & CHECK_WORD_NEVER_TWICE) return true;
  if (bits & CHECK_WORD_SELDOM_TWICE) return !may_lead(view, index);
  if (bits & CHECK_WORD_TWICE) return false;
  if (first->shape & GALLEY_SHAPE_CAPITAL) return false; // "Will will be there"
  bool same_line = !(second->shape & GALLEY_SHAPE_LINE_START);
  return same_line && second->end - second->start >= DOUBLED_LETTERS && first->depth == 0 &&
         (is_common(first) || first->word);
}

static void check_doubled(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *first = &view->tokens[index], *second = check_token_at(view, index + 1);
  if (!second || !check_is_lower(second) || !check_is_word(first) || first->hash != second->hash ||
      !check_has_space(second) || first->depth != second->depth ||
      (first->shape & GALLEY_SHAPE_ALL_CAPS)) {
    return;
  }
  // "vitamin A a day"
  if ((first->shape & GALLEY_SHAPE_CAPITAL) && !(first->shape & GALLEY_SHAPE_SENTENCE_START)) {
    return;
  }
  const GalleyToken *third = check_token_at(view, index + 2);
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  bool again = (third && third->hash == first->hash) || (before && before->hash == first->hash);
  bool hyphen = (third && check_is_punct(third, '-') && !check_has_space(third)) ||
                (before && check_is_punct(before, '-') && !check_has_space(first));
  if (again || hyphen || !is_slip(view, index)) return;
  int length = (int)(second->end - second->start);
  galley_check_begin(block, GALLEY_CHECK_WORD_DOUBLED, GALLEY_OUTCOME_BAD, first->start,
                     second->end);
  galley_finding_say(block->found, "“%.*s” stands twice", length, view->bytes + second->start);
  galley_finding_repair(block->found, "Delete the second “%.*s”", length,
                        view->bytes + second->start);
  galley_finding_edit(block->found, first->end, second->end, "%s", "");
}

static void report_placeholder(GalleyCheckBlock *block, const GalleyToken *first,
                               const GalleyToken *last) {
  uint32_t length = last->end - first->start;
  galley_check_begin(block, GALLEY_CHECK_PLACEHOLDER, GALLEY_OUTCOME_BAD, first->start, last->end);
  galley_finding_say(block->found, "“%.*s” holds the place of something that is to come",
                     (int)(length < CHECK_TEXT_MAX ? length : CHECK_TEXT_MAX),
                     block->view.bytes + first->start);
}

static bool all_of(const GalleyBlockView *view, const GalleyToken *token, char a, char b) {
  for (uint32_t i = token->start; i < token->end; i++) {
    if (view->bytes[i] != ((i - token->start) % 2 ? b : a)) return false;
  }
  return true;
}

// A neighbour that makes letters a part of a name: "TK Maxx", "Super Bowl XXX", "XXX-rated".
static bool joins_name(const GalleyBlockView *view, const GalleyToken *token, uint32_t index) {
  const GalleyToken *next = check_token_at(view, index + 1);
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  if (next && check_is_word(next) && (next->shape & GALLEY_SHAPE_CAPITAL) &&
      check_has_space(next)) {
    return true;
  }
  if (next && !check_has_space(next) &&
      (check_is_word(next) || check_is_punct(next, '-') || next->kind == GALLEY_TOKEN_CLITIC ||
       next->kind == GALLEY_TOKEN_NUMBER || check_is_punct(next, '&') ||
       check_is_punct(next, '/'))) {
    return true;
  }
  const GalleyToken *after = check_token_at(view, index + 2);
  if (next && after && next->kind == GALLEY_TOKEN_PUNCT && !check_has_space(next) &&
      !check_has_space(after) && check_is_word(after)) {
    return true; // TK.N
  }
  if (!before) return false;
  bool glued = !check_has_space(token) && before->kind != GALLEY_TOKEN_QUOTE_OPEN &&
               !check_is_punct(before, '(') && !check_is_punct(before, '[') &&
               !check_is_punct(before, '$') && !check_is_punct(before, 0x20ac) &&
               !check_is_punct(before, 0xa3);
  bool named = check_is_word(before) && (before->shape & GALLEY_SHAPE_CAPITAL) &&
               !(before->shape & GALLEY_SHAPE_SENTENCE_START);
  return glued || named;
}

static bool equals(const GalleyBlockView *view, const GalleyToken *token, const char *word) {
  uint32_t length = (uint32_t)strlen(word);
  if (!check_is_word(token) || token->end - token->start != length) return false;
  for (uint32_t i = 0; i < length; i++) {
    if ((view->bytes[token->start + i] | 0x20) != word[i]) return false;
  }
  return true;
}

// "TK", "TKTK", "XXX", "XXXX": the letters of those who will fill it in later.
static void check_letters(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *token = &view->tokens[index];
  uint32_t length = token->end - token->start;
  if (!(token->shape & GALLEY_SHAPE_ALL_CAPS)) return;
  bool to_come = length % 2 == 0 && all_of(view, token, 'T', 'K');
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  bool money = before && !check_has_space(token) &&
               (check_is_punct(before, '$') || check_is_punct(before, 0xa3) ||
                check_is_punct(before, 0x20ac));
  bool crosses = length >= (money ? 2 : 3) && all_of(view, token, 'X', 'X');
  const GalleyToken *next = check_token_at(view, index + 1);
  bool to_do = next && check_is_punct(next, ':') && !check_has_space(next) &&
               (equals(view, token, "todo") || equals(view, token, "fixme"));
  if (!to_do && ((!to_come && !crosses) || joins_name(view, token, index))) return;
  // A title or a heading of capitals says nothing.
  if (length == 2 && token->depth > 0) return;
  report_placeholder(block, token, token);
}

// "[name]", "[insert the date]", outside quotes, where brackets are the writer's.
static void check_bracket(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *word = check_token_at(view, index + 1);
  if (!word || view->tokens[index].depth > 0 || !check_is_word(word) || check_has_space(word))
    return;
  bool insert = equals(view, word, "insert");
  for (uint32_t i = index + 1; i < view->token_count && i <= index + 8; i++) {
    const GalleyToken *token = &view->tokens[i];
    if (check_is_punct(token, ']') && i > index + 1) {
      report_placeholder(block, &view->tokens[index], token);
      return;
    }
    bool fits = check_word(token) & CHECK_WORD_PLACEHOLDER || insert ||
                equals(view, token, "here") || equals(view, token, "needed") ||
                equals(view, token, "of");
    if (!fits) return;
  }
}

// "?? people", "$?? million": question marks where a figure will be.
static void check_questions(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *first = &view->tokens[index];
  if (index && check_is_punct(&view->tokens[index - 1], '?')) return;
  uint32_t last = index;
  while (last + 1 < view->token_count && check_is_punct(&view->tokens[last + 1], '?') &&
         !check_has_space(&view->tokens[last + 1])) {
    last++;
  }
  const GalleyToken *next = check_token_at(view, last + 1);
  const GalleyToken *before = index ? &view->tokens[index - 1] : NULL;
  bool money = before && before->kind == GALLEY_TOKEN_PUNCT && !check_has_space(first) &&
               (before->symbol == '$' || before->symbol == 0xa3 || before->symbol == 0x20ac);
  bool apart = index == 0 || check_has_space(first);
  bool counts = next && (check_is_lower(next) || check_is_punct(next, '%'));
  if (last > index && counts && (money || apart)) {
    report_placeholder(block, first, &view->tokens[last]);
  }
}

static void check_lorem(GalleyCheckBlock *block, uint32_t index) {
  const GalleyBlockView *view = &block->view;
  const GalleyToken *first = &view->tokens[index], *second = check_token_at(view, index + 1);
  if (second && first->depth == 0 && equals(view, first, "lorem") &&
      equals(view, second, "ipsum")) {
    report_placeholder(block, first, second);
  }
}

bool galley_check_words(GalleyCheckBlock *block) {
  for (uint32_t i = 0; i < block->view.token_count; i++) {
    const GalleyToken *token = &block->view.tokens[i];
    if (token->kind == GALLEY_TOKEN_WORD) {
      check_doubled(block, i);
      check_letters(block, i);
      check_lorem(block, i);
    } else if (check_is_punct(token, '[')) {
      check_bracket(block, i);
    } else if (check_is_punct(token, '?')) {
      check_questions(block, i);
    }
  }
  return true;
}

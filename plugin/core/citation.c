// Citations in a block: notes, numbers, keys, authors and years, figures and tables, links.
#include "annotate.h"
#include "citation.h"
#include "figure.h"

#include <string.h>

enum {
  RULE_NOTE,
  RULE_NUMBER,
  RULE_KEY,
  RULE_AUTHOR,
  RULE_AUTHOR_NARRATIVE,
  RULE_REFERENCE,
  RULE_LINK,
  RULE_LINK_REFERENCE,
  RULE_URL,
  RULE_COUNT
};

static const GalleyRule rules[RULE_COUNT] = {
    [RULE_NOTE] = {"citation.note", "[^results]"},
    [RULE_NUMBER] = {"citation.number", "[3]"},
    [RULE_KEY] = {"citation.key", "[@smith2018, p. 12]"},
    [RULE_AUTHOR] = {"citation.author-year", "(Smith et al., 2018)"},
    [RULE_AUTHOR_NARRATIVE] = {"citation.author-narrative", "Smith (2018)"},
    [RULE_REFERENCE] = {"citation.reference", "Figure 2"},
    [RULE_LINK] = {"citation.link", "[report](report.pdf)"},
    [RULE_LINK_REFERENCE] = {"citation.link-reference", "[report][r]"},
    [RULE_URL] = {"citation.url", "https://example.org/report"},
};

const GalleyRuleTable galley_citation_rules = {rules, RULE_COUNT};

#define AUTHOR_WORDS 14 // words and marks of one author-year citation
#define FIRST_YEAR 1500 // of a work that is cited by its year
#define LAST_YEAR 2099

static const struct {
  const char *prefix; // three letters in lower case
  uint8_t label;
} labels[] = {
    {"fig", CITATION_LABEL_FIGURE},  {"tab", CITATION_LABEL_TABLE},
    {"cha", CITATION_LABEL_CHART},   {"gra", CITATION_LABEL_GRAPH},
    {"dia", CITATION_LABEL_DIAGRAM}, {"exh", CITATION_LABEL_EXHIBIT},
    {"map", CITATION_LABEL_MAP},     {"pla", CITATION_LABEL_PLATE},
    {"box", CITATION_LABEL_BOX},
};

CitationLabel galley_citation_label(const char *bytes, uint32_t length) {
  if (length < 3) return CITATION_LABEL_NONE;
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    bool same = true;
    for (size_t j = 0; j < 3; j++)
      same = same && (bytes[j] | 0x20) == labels[i].prefix[j];
    if (same) return (CitationLabel)labels[i].label;
  }
  return CITATION_LABEL_NONE;
}

static bool add(GalleyBlockView *block, unsigned rule, GalleyCitationType type, uint32_t first,
                uint32_t last, GalleyRange label) {
  GalleySpan span = {.type = (uint8_t)type};
  span.citation.label = label;
  return galley_block_add(block, GALLEY_KIND_CITATION, GALLEY_RULE(GALLEY_KIND_CITATION, rule),
                          first, last, &span);
}

// Adds a span over tokens that stay open to the other annotators: the words of a link's text.
static bool add_over(GalleyBlockView *block, unsigned rule, uint32_t first, uint32_t last,
                     GalleySpan *span) {
  span->kind = GALLEY_KIND_CITATION;
  span->rule = GALLEY_RULE(GALLEY_KIND_CITATION, rule);
  span->start = block->tokens[first].start;
  span->end = block->tokens[last].end;
  span->depth = block->tokens[first].depth;
  return galley_span_add(block->spans, span);
}

// ---- Marks ----

// A key may hold a hyphen; between numbers it is a range.
static bool is_label_end(char c, bool key) {
  return c == ',' || c == ';' || c == ']' || c == ' ' || c == '}' ||
         (!key && (c == '-' || (c & 0x80) != 0));
}

// The label of the next work in a mark, from byte `from` of it: the "4" of "[3, 4]", the "lee2019"
// of
// "[@smith2018; @lee2019]". An empty range at its end when there is none.
static GalleyRange next_label(const char *text, uint32_t length, uint32_t from, bool key) {
  uint32_t start = from;
  if (key) {
    const char *next = memchr(text + from, '@', length - from);
    start = next ? (uint32_t)(next - text) + 1 : length;
  } else {
    while (start < length && strchr(" ,;-", text[start]) && text[start])
      start++;
    if (length - start > 3 && memcmp(text + start, "\xe2\x80\x93", 3) == 0) start += 3;
    if (start == length || (unsigned)(text[start] - '0') > 9) start = length;
  }
  uint32_t end = start;
  while (end < length && !is_label_end(text[end], key))
    end++;
  return (GalleyRange){start, end};
}

// The other works of a mark, each a span of its own within the mark's.
static bool add_further(GalleyBlockView *block, uint32_t at, uint32_t from, bool key) {
  const GalleyToken *token = &block->tokens[at];
  const char *text = block->bytes + token->start;
  uint32_t length = figure_length(token);
  for (;;) {
    GalleyRange label = next_label(text, length, from, key);
    if (label.start >= label.end) return true;
    GalleySpan span = {
        .type = key ? GALLEY_CITATION_KEY : GALLEY_CITATION_NUMBER,
        .kind = GALLEY_KIND_CITATION,
        .rule = GALLEY_RULE(GALLEY_KIND_CITATION, key ? RULE_KEY : RULE_NUMBER),
        .start = token->start + label.start - key,
        .end = token->start + label.end,
        .depth = token->depth,
    };
    span.citation.label = (GalleyRange){token->start + label.start, token->start + label.end};
    if (!galley_span_add(block->spans, &span)) return false;
    from = label.end;
  }
}

// "[^x]", "[3, 4]", "[see @key, p. 12]".
static bool add_mark(GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  const char *text = block->bytes + token->start;
  uint32_t length = figure_length(token);
  if (length < 3) return true;
  if (text[1] == '^') {
    GalleyRange label = {token->start + 2, token->end - 1};
    return add(block, RULE_NOTE, GALLEY_CITATION_NOTE, at, at, label);
  }
  const char *key = memchr(text, '@', length);
  uint32_t start = key ? (uint32_t)(key - text) + 1 : 1, end = start;
  while (end < length && !is_label_end(text[end], key != NULL))
    end++;
  GalleyRange label = {token->start + start, token->start + end};
  bool added = key ? add(block, RULE_KEY, GALLEY_CITATION_KEY, at, at, label)
                   : add(block, RULE_NUMBER, GALLEY_CITATION_NUMBER, at, at, label);
  return added && add_further(block, at, end, key != NULL);
}

static bool starts_with(const GalleyBlockView *block, const GalleyToken *token, const char *text) {
  size_t length = strlen(text);
  return figure_length(token) >= length && memcmp(block->bytes + token->start, text, length) == 0;
}

static bool add_url(GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at];
  bool autolink = starts_with(block, token, "<");
  GalleyRange label = {token->start + autolink, token->end - autolink};
  bool web = starts_with(block, token, "http") || starts_with(block, token, "www.") ||
             starts_with(block, token, "<http");
  return !web || add(block, RULE_URL, GALLEY_CITATION_LINK, at, at, label);
}

// The token that ends the link which token `at` opens; `at` when none does.
static uint32_t link_end(const GalleyBlockView *block, uint32_t at) {
  for (uint32_t i = at + 1; i < block->token_count; i++) {
    const GalleyToken *token = &block->tokens[i];
    if (token->kind == GALLEY_TOKEN_LINK) return block->bytes[token->start] == ']' ? i : at;
    if (!(token->shape & GALLEY_SHAPE_IN_LINK)) return at;
  }
  return at;
}

// The target in "](target "title")" or the label in "][label]".
static GalleyRange link_label(const GalleyBlockView *block, uint32_t open, uint32_t close) {
  const GalleyToken *end = &block->tokens[close];
  const char *bytes = block->bytes;
  if (figure_length(end) == 3) { // "[]": the text is the label
    return (GalleyRange){block->tokens[open].end, end->start};
  }
  GalleyRange label = {end->start + 2, end->end - 1};
  if (label.end <= label.start) return (GalleyRange){0, 0};
  bool angled = bytes[label.start] == '<';
  if (angled) label.start++;
  uint32_t at = label.start;
  while (at < label.end && bytes[at] != (angled ? '>' : ' '))
    at++;
  if (bytes[end->start + 1] == '(') label.end = at;
  return label;
}

static bool add_link(GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = &block->tokens[at], *before = figure_token(block, at - 1);
  if (block->bytes[token->start] != '[') return true;
  if (figure_is_punct(before, '!') && figure_is_joined(token)) return true; // an image
  uint32_t close = link_end(block, at);
  if (close == at) return true;
  bool reference = block->bytes[block->tokens[close].start + 1] == '[';
  GalleySpan span = {.type = GALLEY_CITATION_LINK};
  span.citation.label = link_label(block, at, close);
  block->tokens[at].taken |= 1u << GALLEY_KIND_CITATION;
  block->tokens[close].taken |= 1u << GALLEY_KIND_CITATION;
  return add_over(block, reference ? RULE_LINK_REFERENCE : RULE_LINK, at, close, &span);
}

// ---- Figures and tables ----

// The last token of the number of a figure at `at`: "2", "2a", "A1"; `at` - 1 when none is there.
static uint32_t reference_number(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at), *letter = figure_token(block, at + 1);
  if (token->kind == GALLEY_TOKEN_NUMBER) {
    if (figure_length(token) > 6 ||
        memchr(block->bytes + token->start, ',', figure_length(token))) {
      return at - 1;
    }
    bool lettered =
        letter->kind == GALLEY_TOKEN_WORD && figure_is_joined(letter) && figure_length(letter) == 1;
    return lettered ? at + 1 : at;
  }
  bool coded = token->kind == GALLEY_TOKEN_WORD && token->shape & GALLEY_SHAPE_DIGIT &&
               token->shape & GALLEY_SHAPE_CAPITAL && figure_length(token) <= 4;
  return coded ? at : at - 1;
}

static bool add_reference(GalleyBlockView *block, CitationLabel label, uint32_t first,
                          uint32_t number, uint32_t last) {
  GalleySpan span = {.type = GALLEY_CITATION_REFERENCE, .subtype = (uint8_t)label};
  span.citation.label = (GalleyRange){block->tokens[number].start, block->tokens[last].end};
  return galley_block_add(block, GALLEY_KIND_CITATION,
                          GALLEY_RULE(GALLEY_KIND_CITATION, RULE_REFERENCE), first, last, &span);
}

// A caption names its own figure: "Figure 2: ...", "Table 1. ...".
static bool is_caption(const GalleyBlockView *block, uint32_t first, uint32_t last) {
  const GalleyToken *mark = figure_token(block, last + 1);
  bool dash = (figure_is_dash(mark) || figure_is_punct(mark, 0x2014)) && !figure_is_joined(mark);
  bool marked = figure_is_punct(mark, ':') || figure_is_punct(mark, '.') || dash ||
                last + 1 == block->token_count;
  return first == 0 && marked;
}

// Reads "Figure 2", "Figs. 2 and 3", "Table 1a" at `at`. `*next` is moved behind it.
static bool add_references(GalleyBlockView *block, uint32_t at, uint32_t *next) {
  const GalleyToken *word = &block->tokens[at];
  CitationLabel label = galley_citation_label(block->bytes + word->start, figure_length(word));
  uint32_t number = at + 1, last = reference_number(block, number);
  bool capital = (word->shape & GALLEY_SHAPE_CAPITAL) != 0;
  bool common = label <= CITATION_LABEL_CHART;
  if (!label || last < number || (!capital && !common)) return true;
  const GalleyToken *after = figure_token(block, last + 1);
  bool counts = galley_figure_is_plural(block, last + 1) || figure_is_punct(after, '%') ||
                figure_is(after, GALLEY_CLASS_UNIT) || figure_is(after, GALLEY_CLASS_SCALE);
  if (!capital && counts) return true; // "figures 2 percent higher"
  *next = last + 1;
  if (is_caption(block, at, last)) return true;
  if (!add_reference(block, label, at, number, last)) return false;
  bool many = (block->bytes[word->end - 1] | 0x20) == 's' || word->shape & GALLEY_SHAPE_POINT;
  while (many) { // "2 and 3", "2, 3", "2-4"
    const GalleyToken *join = figure_token(block, *next);
    bool joins = figure_part(join) == FIGURE_PART_AND || figure_part(join) == FIGURE_PART_TO ||
                 figure_is_punct(join, ',') || figure_is_dash(join);
    number = *next + 1;
    if (figure_part(figure_token(block, number)) == FIGURE_PART_AND) number++;
    last = reference_number(block, number);
    if (!joins || last < number) break;
    if (!add_reference(block, label, number, number, last)) return false;
    *next = last + 1;
  }
  return true;
}

// ---- Authors and years ----

// Whether the token is the year of a cited work; a letter may follow it ("2018a").
static bool is_year(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *token = figure_token(block, at);
  if (token->kind != GALLEY_TOKEN_NUMBER || figure_length(token) != 4) return false;
  int year = 0;
  for (uint32_t i = 0; i < 4; i++) {
    char c = block->bytes[token->start + i];
    if (c < '0' || c > '9') return false;
    year = year * 10 + (c - '0');
  }
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

// The letter's token in "2018a", else the year's.
static uint32_t year_end(const GalleyBlockView *block, uint32_t year) {
  const GalleyToken *letter = figure_token(block, year + 1);
  bool lettered =
      letter->kind == GALLEY_TOKEN_WORD && figure_is_joined(letter) && figure_length(letter) == 1;
  return lettered ? year + 1 : year;
}

static bool is_et_al(const GalleyBlockView *block, uint32_t at) {
  const GalleyToken *et = figure_token(block, at), *al = figure_token(block, at + 1);
  return et->kind == GALLEY_TOKEN_WORD && al->kind == GALLEY_TOKEN_WORD && figure_length(et) == 2 &&
         memcmp(block->bytes + et->start, "et", 2) == 0 && figure_length(al) >= 2 &&
         memcmp(block->bytes + al->start, "al", 2) == 0;
}

static bool is_author_word(const GalleyToken *token) {
  return token->kind == GALLEY_TOKEN_WORD && token->shape & GALLEY_SHAPE_CAPITAL &&
         !(token->shape & GALLEY_SHAPE_DIGIT) && figure_cue(token) != FIGURE_CUE_SEASON &&
         !figure_is(token, GALLEY_CLASS_FUNCTION);
}

// The year token of "Smith, 2018", "Smith and Jones 2018", "Smith et al., 2018" from `at`; 0 when
// the words are something else. `sure`: it can be nothing but a citation.
static uint32_t find_year(const GalleyBlockView *block, uint32_t at, bool *sure) {
  *sure = false;
  if (!is_author_word(figure_token(block, at))) return 0;
  for (uint32_t i = at + 1; i < at + AUTHOR_WORDS; i++) {
    const GalleyToken *token = figure_token(block, i);
    if (is_year(block, i)) return i;
    if (is_et_al(block, i)) {
      *sure = true;
      i++;
      continue;
    }
    bool joined = figure_part(token) == FIGURE_PART_AND || figure_is_punct(token, '&') ||
                  figure_is_punct(token, ',') ||
                  (figure_is_dash(token) && figure_is_joined(token)) || figure_is_punct(token, '.');
    if (figure_is_punct(token, '&')) *sure = true;
    if (!joined && !is_author_word(token)) return 0;
  }
  return 0;
}

// Adds the citations in the parentheses that open at `at`: "(Smith 2018; Jones & Lee, 2019)".
static bool add_parenthesis(GalleyBlockView *block, uint32_t at, uint32_t *next) {
  uint32_t first = at + 1;
  for (;;) {
    while (figure_cue(figure_token(block, first)) == FIGURE_CUE_SEE ||
           figure_is_punct(figure_token(block, first), ','))
      first++;
    bool sure;
    uint32_t year = find_year(block, first, &sure);
    if (!year) return true;
    uint32_t end = year + 1;
    while (end < year + AUTHOR_WORDS && !figure_is_punct(figure_token(block, end), ')') &&
           !figure_is_punct(figure_token(block, end), ';'))
      end++;
    const GalleyToken *close = figure_token(block, end);
    if (close->kind != GALLEY_TOKEN_PUNCT) return true;
    GalleyRange label = {block->tokens[first].start, block->tokens[year_end(block, year)].end};
    if (!add(block, RULE_AUTHOR, GALLEY_CITATION_AUTHOR, first, end - 1, label)) return false;
    *next = end + 1;
    if (close->symbol != ';') return true;
    first = end + 1;
  }
}

// "Smith (2018)", "Smith and Jones (2018)", "Smith et al. (2018)": the parenthesis opens at `at`.
static bool add_narrative(GalleyBlockView *block, uint32_t at) {
  uint32_t year = year_end(block, at + 1), close = year + 1;
  if (!figure_is_punct(figure_token(block, close), ')') || at == 0) return true;
  uint32_t first = at - 1;
  bool sure = at >= 3 && is_et_al(block, at - 2);
  if (sure) first = at - 3;
  if (!is_author_word(&block->tokens[first])) return true;
  FigurePart joiner = figure_part(figure_token(block, first - 1));
  bool pair =
      !sure && joiner == FIGURE_PART_AND && first >= 2 && is_author_word(&block->tokens[first - 2]);
  if (pair) first -= 2;
  GalleySpan span = {.type = GALLEY_CITATION_AUTHOR,
                     .state = sure ? CITATION_PLAIN : CITATION_DOUBTFUL};
  span.citation.label = (GalleyRange){block->tokens[first].start, block->tokens[year].end};
  return add_over(block, RULE_AUTHOR_NARRATIVE, first, close, &span);
}

bool galley_citation_annotate(GalleyBlockView *block) {
  for (uint32_t at = 0; at < block->token_count;) {
    const GalleyToken *token = &block->tokens[at];
    uint32_t next = at + 1;
    bool added = true;
    if (token->kind == GALLEY_TOKEN_WORD) {
      if (figure_is(token, GALLEY_CLASS_FIGURE_CUE) && figure_cue(token) == FIGURE_CUE_REFERENCE) {
        added = add_references(block, at, &next);
      }
    } else if (token->kind == GALLEY_TOKEN_PUNCT) {
      if (token->symbol == '(') {
        added =
            is_year(block, at + 1) ? add_narrative(block, at) : add_parenthesis(block, at, &next);
      }
    } else if (token->kind == GALLEY_TOKEN_CITATION) {
      added = add_mark(block, at);
    } else if (token->kind == GALLEY_TOKEN_LINK) {
      added = add_link(block, at);
    } else if (token->kind == GALLEY_TOKEN_OPAQUE) {
      added = add_url(block, at);
    }
    if (!added) return false;
    at = next;
  }
  return true;
}

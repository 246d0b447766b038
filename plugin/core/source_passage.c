#include "source_passage.h"

#include <string.h>

#define PASSAGE_FULL 1000 // bytes after which a paragraph is cut at a line end ...
#define PASSAGE_LONG 2000 // ... at a sentence's end within a line ...
#define PASSAGE_MOST 4000 // ... or anywhere
#define VALUE_MOST 48     // bytes of a cell's value
#define LABEL_MOST 400    // bytes of a cell's label

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

uint32_t galley_line_end(const char *bytes, uint32_t start, uint32_t length) {
  const char *found = start < length ? memchr(bytes + start, '\n', length - start) : NULL;
  return found ? (uint32_t)(found - bytes) : length;
}

// A value is short, has a digit or is one of a few words, and ends no sentence.
static bool is_value(const char *bytes, uint32_t start, uint32_t end) {
  uint32_t digits = 0, spaces = 0, open = 0;
  if (start >= end || end - start > VALUE_MOST) return false;
  char last = bytes[end - 1];
  if (last == '.' || last == '!' || last == '?' || last == ':' || last == ',') return false;
  for (uint32_t i = start; i < end; i++) {
    digits += is_digit(bytes[i]);
    spaces += bytes[i] == ' ';
    open += bytes[i] == '(';
    if (bytes[i] == ')' && open-- == 0) return false; // the end of an aside in a sentence
  }
  return digits > 0 && spaces <= 4;
}

uint32_t galley_cell_label(const char *bytes, uint32_t start, uint32_t end) {
  while (end > start && is_space(bytes[end - 1]))
    end--;
  for (uint32_t i = end; i > start + 1; i--) {
    if (end - i > VALUE_MOST) return 0;
    if (bytes[i - 1] != ' ' || bytes[i - 2] != ':') continue;
    bool cell = i - 1 > start + 1 && i - start <= LABEL_MOST && is_value(bytes, i, end);
    return cell ? i - start - 1 : 0;
  }
  return 0;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Cells by gaps: a tab or two spaces.
static uint32_t gap_cells(const char *bytes, uint32_t start, uint32_t end, uint32_t (*cells)[2],
                          uint32_t most) {
  uint32_t count = 0;
  for (uint32_t at = start; at < end && count < most;) {
    while (at < end && is_blank(bytes[at]))
      at++;
    if (at == end) break;
    cells[count][0] = at;
    while (at < end && !(is_blank(bytes[at]) &&
                         (bytes[at] == '\t' || (at + 1 < end && is_blank(bytes[at + 1]))))) {
      at++;
    }
    cells[count++][1] = at;
  }
  return count;
}

// A word that a column of numbers may hold: "-4,410", "(12)", "81.3%", "n/a" is none.
static bool is_numeric(const char *bytes, uint32_t start, uint32_t end) {
  bool digit = false;
  for (uint32_t i = start; i < end; i++) {
    if (is_digit(bytes[i])) {
      digit = true;
    } else if (!strchr(",.-+%()", bytes[i])) {
      return false;
    }
  }
  return digit && bytes[end - 1] != '.' && bytes[end - 1] != ',';
}

// Cells by the numbers that the line ends in: two or more.
static uint32_t number_cells(const char *bytes, uint32_t start, uint32_t end, uint32_t (*cells)[2],
                             uint32_t most) {
  uint32_t count = 0, at = end;
  uint32_t words[8][2];
  while (at > start && count < 8) {
    uint32_t word_end = at;
    while (at > start && !is_blank(bytes[at - 1]))
      at--;
    if (!is_numeric(bytes, at, word_end)) {
      at = word_end;
      break;
    }
    words[count][0] = at;
    words[count++][1] = word_end;
    while (at > start && is_blank(bytes[at - 1]))
      at--;
  }
  if (count < 2 || at == start || count + 1 > most) return 0;
  cells[0][0] = start;
  cells[0][1] = at;
  for (uint32_t i = 0; i < count; i++)
    memcpy(cells[i + 1], words[count - 1 - i], sizeof words[0]);
  return count + 1;
}

uint32_t galley_line_columns(const char *bytes, uint32_t start, uint32_t end, uint32_t (*cells)[2],
                             uint32_t most) {
  while (end > start && is_space(bytes[end - 1]))
    end--;
  while (start < end && is_blank(bytes[start]))
    start++;
  if (start == end || end - start > LABEL_MOST || strchr(".!?,;:", bytes[end - 1])) return 0;
  uint32_t count = gap_cells(bytes, start, end, cells, most);
  return count > 1 ? count : number_cells(bytes, start, end, cells, most);
}

// A line whose last cell is a number, or a line of headers.
static bool is_columns(const char *bytes, uint32_t start, uint32_t end) {
  uint32_t cells[16][2], count = galley_line_columns(bytes, start, end, cells, 16);
  uint32_t numbers = 0;
  for (uint32_t i = 1; i < count; i++)
    numbers += is_numeric(bytes, cells[i][0], cells[i][1]);
  return numbers > 0;
}

static bool is_item(const char *bytes, uint32_t at, uint32_t end) {
  char c = bytes[at];
  if ((c == '-' || c == '*' || c == '+') && at + 1 < end && bytes[at + 1] == ' ') return true;
  if (end - at >= 4 && memcmp(bytes + at, "\xe2\x80\xa2", 3) == 0) return true; // bullet
  uint32_t digits = 0;
  while (at + digits < end && digits < 3 && is_digit(bytes[at + digits]))
    digits++;
  uint32_t behind = at + digits;
  return digits && behind + 1 < end && (bytes[behind] == '.' || bytes[behind] == ')') &&
         bytes[behind + 1] == ' ';
}

static bool is_heading(const char *bytes, uint32_t at, uint32_t end) {
  uint32_t level = 0;
  while (at + level < end && bytes[at + level] == '#')
    level++;
  return level > 0 && level <= 6 && at + level < end && bytes[at + level] == ' ';
}

GalleyLineKind galley_line_kind(const char *bytes, uint32_t start, uint32_t end) {
  uint32_t at = start;
  while (at < end && is_space(bytes[at]))
    at++;
  if (at == end) return GALLEY_LINE_BLANK;
  if (bytes[at] == '|') return GALLEY_LINE_ROW;
  if (is_heading(bytes, at, end)) return GALLEY_LINE_HEADING;
  if (is_item(bytes, at, end)) return GALLEY_LINE_ITEM;
  if (galley_cell_label(bytes, at, end)) return GALLEY_LINE_CELL;
  return is_columns(bytes, at, end) ? GALLEY_LINE_COLUMNS : GALLEY_LINE_TEXT;
}

// Where a text too long for one passage is cut, after `from` and before `end`.
static uint32_t cut_line(const char *bytes, uint32_t from, uint32_t end) {
  uint32_t most =
      end - from > PASSAGE_MOST - PASSAGE_LONG ? from + PASSAGE_MOST - PASSAGE_LONG : end;
  uint32_t space = 0;
  for (uint32_t i = from; i < most; i++) {
    if (bytes[i] != ' ') continue;
    char before = bytes[i - 1];
    if (before == '.' || before == '!' || before == '?') return i + 1;
    space = i + 1;
  }
  if (space) return space;
  while (most < end && ((unsigned char)bytes[most] & 0xc0) == 0x80)
    most++;
  return most;
}

static bool continues(uint8_t first, GalleyLineKind kind) {
  bool prose = first == GALLEY_LINE_TEXT || first == GALLEY_LINE_ITEM;
  return prose && kind == GALLEY_LINE_TEXT;
}

GalleyCut galley_passage_next(const char *bytes, uint32_t at, uint32_t end) {
  GalleyCut cut = {0};
  uint32_t line = at, line_end = 0;
  for (; line < end; line = line_end + 1) {
    line_end = galley_line_end(bytes, line, end);
    cut.kind = (uint8_t)galley_line_kind(bytes, line, line_end);
    if (cut.kind != GALLEY_LINE_BLANK) break;
  }
  if (line >= end) return (GalleyCut){end, end, GALLEY_LINE_BLANK};
  cut.start = line;
  cut.end = line_end;
  while (cut.end < end && cut.end - cut.start < PASSAGE_FULL) {
    uint32_t next = cut.end + 1, next_end = galley_line_end(bytes, next, end);
    if (next >= end || !continues(cut.kind, galley_line_kind(bytes, next, next_end))) break;
    cut.end = next_end;
  }
  if (cut.end - cut.start > PASSAGE_LONG) {
    cut.end = cut_line(bytes, cut.start + PASSAGE_LONG, cut.end);
  }
  return cut;
}

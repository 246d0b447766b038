// Runs the cases of tests/check/*.txt: texts with the findings expected in them, side by side.
//
//   check_case_test [-p] [FILE...]      -p prints what is found instead of judging it
//
// Cases are separated by blank lines:
//   # comment
//   text: Sales rose 15% to 700 from 500.    (\n for a line break; further "text: " lines are
//   joined = percent-change bad | 15% | +40%         by one)
// Each "=" line is one finding expected, in the order of the text: check, outcome, a part of the
// finding's text or of an operand's, a part of the message. A case without "=" lines expects none;
// findings with outcome ok count only where a case has an "ok" line or the directive "ticks:".
// "fix: TEXT" lines after a finding are what its repairs make of the whole text, in order.
#include "check.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 16384, LINES_MAX = 40, LINE_SIZE = 4096, FOUND_MAX = 256 };

static const char *const outcomes[] = {"ok", "near", "bad", "undecided"};

typedef struct {
  const char *file;
  int line;
  char text[TEXT_SIZE];
  char expected[LINES_MAX][LINE_SIZE];
  int expected_count;
  bool ticks;
} Case;

static uint32_t passed, failed;
static bool printing;

static void unescape(char *out, const char *text) {
  for (; *text; text++) {
    if (text[0] == '\\' && (text[1] == 'n' || text[1] == 't')) {
      *out++ = text[1] == 'n' ? '\n' : '\t';
      text++;
    } else {
      *out++ = *text;
    }
  }
  *out = '\0';
}

static void fail(const Case *test, const char *what, const char *detail) {
  printf("%s:%d: %s: %s\n", test->file, test->line, what, detail);
}

// The text with a repair's edits made.
static void repaired(const char *text, const GalleyFindingRef *ref, uint32_t index, char *out) {
  const GalleyRepair *repair = &ref->list->repairs[ref->finding->repairs + index];
  uint32_t at = 0, length = 0, end = (uint32_t)strlen(text);
  while (at <= end) {
    const GalleyRepairEdit *edit = NULL;
    for (uint32_t i = 0; i < repair->edit_count; i++) {
      const GalleyRepairEdit *each = &ref->list->edits[repair->edits + i];
      if (ref->base + each->start == at && each->end > each->start) edit = each;
    }
    if (edit) {
      length += (uint32_t)sprintf(out + length, "%s", ref->list->text + edit->text);
      at = ref->base + edit->end;
    } else {
      out[length++] = text[at++];
    }
  }
}

static bool holds(const char *text, uint32_t start, uint32_t end, const char *part) {
  size_t length = strlen(part);
  for (uint32_t at = start; at + length <= end; at++) {
    if (memcmp(text + at, part, length) == 0) return true;
  }
  return false;
}

static char *trimmed(char *text) {
  text += strspn(text, " ");
  for (size_t length = strlen(text); length && strchr(" \n\r", text[length - 1]);)
    text[--length] = '\0';
  return text;
}

// Whether the finding is as a line "check outcome | text | message" says.
static bool matches(const Case *test, const GalleyFindingRef *ref, const char *line) {
  char copy[LINE_SIZE], head[256];
  const GalleyFinding *finding = ref->finding;
  snprintf(copy, sizeof copy, "%s", line);
  char *part = strchr(copy, '|'), *message = part ? strchr(part + 1, '|') : NULL;
  if (part) *part++ = '\0';
  if (message) *message++ = '\0';
  snprintf(head, sizeof head, "%s %s", galley_checks[finding->check].id,
           outcomes[finding->outcome]);
  if (strcmp(trimmed(copy), head) != 0) return false;
  if (part &&
      !holds(test->text, ref->base + finding->start, ref->base + finding->end, trimmed(part))) {
    return false;
  }
  return !message || strstr(ref->list->text + finding->message, trimmed(message));
}

static bool has_fixes(const Case *test, const GalleyFindingRef *ref, int *line) {
  static char fixed[TEXT_SIZE * 2], wanted[TEXT_SIZE];
  for (uint32_t i = 0;
       *line < test->expected_count && strncmp(test->expected[*line], "fix:", 4) == 0;
       i++, (*line)++) {
    unescape(wanted, test->expected[*line] + 5);
    if (i >= ref->finding->repair_count) return fail(test, "no such repair", wanted), false;
    repaired(test->text, ref, i, fixed);
    if (strcmp(fixed, wanted) != 0) return fail(test, "a repair makes", fixed), false;
  }
  return true;
}

static bool judge(const Case *test, const GalleyFindingRef *refs, uint32_t count) {
  uint32_t at = 0;
  for (int line = 0; line < test->expected_count;) {
    const char *wanted = test->expected[line++];
    if (at == count) return fail(test, "not found", wanted), false;
    if (!matches(test, &refs[at], wanted)) {
      fail(test, "expected", wanted);
      fail(test, "found", refs[at].list->text + refs[at].finding->message);
      return false;
    }
    if (!has_fixes(test, &refs[at], &line)) return false;
    at++;
  }
  if (at < count) fail(test, "not expected", refs[at].list->text + refs[at].finding->message);
  return at == count;
}

static void put(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    printf(text[i] == '\n' ? "\\n" : "%c", text[i]);
}

static void print(const Case *test, const GalleyFindingRef *ref) {
  static char fixed[TEXT_SIZE * 2];
  const GalleyFinding *finding = ref->finding;
  printf("= %s %s | ", galley_checks[finding->check].id, outcomes[finding->outcome]);
  put(test->text + ref->base + finding->start, finding->end - finding->start);
  printf(" | %s\n", ref->list->text + finding->message);
  for (uint32_t i = 0; i < finding->repair_count; i++) {
    repaired(test->text, ref, i, fixed);
    printf("fix: ");
    put(fixed, strlen(fixed));
    printf("\n");
  }
}

static void run_case(Case *test) {
  if (!test->text[0]) return;
  static GalleyFindingRef refs[FOUND_MAX];
  GalleyDocument *document = galley_document_new();
  bool done =
      document && galley_document_edit(document, 0, 0, test->text, (uint32_t)strlen(test->text));
  if (!done || !galley_check_run(document) || galley_check_count(document) > FOUND_MAX) exit(2);
  uint32_t count = galley_check_collect(document, 0, test->ticks, refs);
  if (printing) {
    printf("text: ");
    put(test->text, strlen(test->text));
    printf("\n");
    for (uint32_t i = 0; i < count; i++)
      print(test, &refs[i]);
    printf("\n");
  } else if (judge(test, refs, count)) {
    passed++;
  } else {
    failed++;
  }
  galley_document_free(document);
}

static void read_line(Case *test, char *line) {
  char *rest = strchr(line, ' ');
  rest = rest ? rest + 1 : line + strlen(line);
  if (strncmp(line, "text: ", 6) == 0) {
    size_t length = strlen(test->text);
    if (length) test->text[length++] = '\n';
    if (length + strlen(rest) < TEXT_SIZE) unescape(test->text + length, rest);
  } else if (strncmp(line, "= ", 2) == 0 || strncmp(line, "fix: ", 5) == 0) {
    if (test->expected_count == LINES_MAX) exit(2);
    if (strstr(line, " ok") && line[0] == '=') test->ticks = true;
    snprintf(test->expected[test->expected_count++], LINE_SIZE, "%s", line[0] == '=' ? rest : line);
  } else if (strncmp(line, "ticks:", 6) == 0) {
    test->ticks = true;
  } else if (line[0] != '#') {
    fail(test, "cannot be read", line);
    failed++;
  }
}

static void clear(Case *test, int line) {
  test->line = line;
  test->text[0] = '\0';
  test->expected_count = 0;
  test->ticks = false;
}

static void run_file(const char *name) {
  static Case test;
  static char line[LINE_SIZE];
  FILE *file = fopen(name, "r");
  if (!file) {
    printf("%s cannot be read\n", name);
    failed++;
    return;
  }
  test.file = name;
  clear(&test, 1);
  for (int row = 1; fgets(line, sizeof line, file); row++) {
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0]) {
      read_line(&test, line);
    } else {
      run_case(&test);
      clear(&test, row + 1);
    }
  }
  run_case(&test);
  fclose(file);
}

int main(int argc, char **argv) {
  static const char *const files[] = {
      "tests/check/change.txt",        "tests/check/ratio.txt", "tests/check/total.txt",
      "tests/check/range.txt",         "tests/check/pair.txt",  "tests/check/lead.txt",
      "tests/check/clean_numbers.txt", "tests/check/age.txt",   "tests/check/date.txt",
      "tests/check/list.txt",          "tests/check/name.txt",  "tests/check/note.txt",
      "tests/check/quote.txt",         "tests/check/word.txt",
  };
  int first = 1;
  if (argc > 1 && strcmp(argv[1], "-p") == 0) printing = first++ == 1;
  for (int i = first; i < argc; i++)
    run_file(argv[i]);
  for (size_t i = 0; first >= argc && i < sizeof files / sizeof *files; i++)
    run_file(files[i]);
  printf("%u passed, %u failed\n", passed, failed);
  return failed > 0;
}

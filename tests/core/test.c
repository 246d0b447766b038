#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_FAILURES = 10 }; // of one case; a loop that goes wrong fails thousands of times

static bool failed(Test *test, const char *file, int line) {
  test->failures++;
  if (test->failures <= SHOWN_FAILURES) printf("FAIL %s\n  %s:%d: ", test->name, file, line);
  return test->failures <= SHOWN_FAILURES;
}

void test_fail(Test *test, const char *file, int line, const char *condition) {
  if (failed(test, file, line)) printf("does not hold: %s\n", condition);
}

bool test_check_int(Test *test, const char *file, int line, int64_t actual, int64_t expected,
                    const char *expression) {
  if (actual == expected) return true;
  if (failed(test, file, line)) {
    printf("%s is %lld, not %lld\n", expression, (long long)actual, (long long)expected);
  }
  return false;
}

static void show_bytes(const char *bytes, size_t length) {
  putchar('"');
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (byte == '\n') {
      fputs("\\n", stdout);
    } else if (byte < ' ' || byte == 0x7f) {
      printf("\\x%02x", (unsigned)byte);
    } else {
      putchar(byte);
    }
  }
  puts("\"");
}

bool test_check_bytes(Test *test, const char *file, int line, const char *actual, size_t length,
                      const char *expected, size_t expected_length) {
  bool same = actual != NULL && length == expected_length && memcmp(actual, expected, length) == 0;
  if (!same && failed(test, file, line)) {
    fputs("expected ", stdout);
    show_bytes(expected, expected_length);
    fputs("    found    ", stdout);
    if (actual == NULL) {
      puts("nothing");
    } else {
      show_bytes(actual, length);
    }
  }
  return same;
}

static bool chosen(const char *name, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (strstr(name, argv[i]) != NULL) return true;
  }
  return argc < 2;
}

int test_main(int argc, char **argv, const TestCase *cases, size_t count) {
  uint32_t passes = 0, failures = 0;
  for (size_t i = 0; i < count; i++) {
    if (!chosen(cases[i].name, argc, argv)) continue;
    Test test = {.name = cases[i].name};
    cases[i].run(&test);
    *(test.failures > 0 ? &failures : &passes) += 1;
    fflush(stdout); // what was said must not be lost when the next case crashes
  }
  printf("%u passed, %u failed\n", passes, failures);
  return failures > 0;
}

uint32_t test_random(TestRandom *self) {
  self->state ^= self->state >> 12;
  self->state ^= self->state << 25;
  self->state ^= self->state >> 27;
  return (uint32_t)((self->state * UINT64_C(0x2545f4914f6cdd1d)) >> 32);
}

uint32_t test_random_below(TestRandom *self, uint32_t limit) {
  return (uint32_t)(((uint64_t)test_random(self) * limit) >> 32);
}

uint32_t test_environment_number(const char *name, uint32_t otherwise) {
  const char *text = getenv(name);
  unsigned long value = text ? strtoul(text, NULL, 10) : 0;
  return value > 0 ? (uint32_t)value : otherwise;
}

uint32_t test_scaled(const char *variable, uint32_t count) {
  uint32_t scale = test_environment_number(variable, 1);
  return count / scale > 0 ? count / scale : 1;
}

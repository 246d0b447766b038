// A small test harness. A test program is a table of cases given to test_main:
//
//   static void keeps_its_lines(Test *test) { CHECK_INT(test, text.line_count, 3); }
//   int main(int argc, char **argv) {
//     static const TestCase cases[] = {{"keeps its lines", keeps_its_lines}};
//     return test_main(argc, argv, cases, sizeof cases / sizeof *cases);
//   }
//
// Arguments choose cases by a part of their name. The last line of output is "N passed, N failed".
#ifndef GALLEY_TEST_H
#define GALLEY_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *name;
  uint32_t failures; // checks that failed
} Test;

typedef struct {
  const char *name;
  void (*run)(Test *test);
} TestCase;

int test_main(int argc, char **argv, const TestCase *cases, size_t count);

// Each says what was wrong when the check does not hold, and gives whether it does.
void test_fail(Test *test, const char *file, int line, const char *condition);
static inline bool test_check(Test *test, const char *file, int line, bool holds,
                              const char *condition) {
  if (!holds) test_fail(test, file, line, condition);
  return holds;
}
bool test_check_int(Test *test, const char *file, int line, int64_t actual, int64_t expected,
                    const char *expression);
bool test_check_bytes(Test *test, const char *file, int line, const char *actual, size_t length,
                      const char *expected, size_t expected_length);

#define CHECK(test, condition) test_check(test, __FILE__, __LINE__, (condition), #condition)
#define CHECK_INT(test, actual, expected)                                                          \
  test_check_int(test, __FILE__, __LINE__, (int64_t)(actual), (int64_t)(expected), #actual)
// `actual` is `length` bytes, `expected` a string.
#define CHECK_TEXT(test, actual, length, expected)                                                 \
  test_check_bytes(test, __FILE__, __LINE__, actual, length, expected, strlen(expected))
#define CHECK_BYTES(test, actual, length, expected, expected_length)                               \
  test_check_bytes(test, __FILE__, __LINE__, actual, length, expected, expected_length)

// A generator of numbers that is the same everywhere: xorshift64*. The seed must not be 0.
typedef struct {
  uint64_t state;
} TestRandom;

uint32_t test_random(TestRandom *self);
// A number below `limit` (not 0).
uint32_t test_random_below(TestRandom *self, uint32_t limit);

// The number of an environment variable; `otherwise` when it holds none, or 0.
uint32_t test_environment_number(const char *name, uint32_t otherwise);

// How often to try at random: `count` divided by the environment variable's number, at least 1.
// Slow builds set TEST_SCALE, for unit tests, and FUZZ_SCALE.
uint32_t test_scaled(const char *variable, uint32_t count);

#endif

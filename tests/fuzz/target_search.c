// The target of the index of sources: the first half of the input is an article, the second a
// source that is fed in two pieces, cut where the first byte says.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "search.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1) return 0;
  uint32_t half = (uint32_t)(size - 1) / 2, rest = (uint32_t)(size - 1) - half;
  const char *text = (const char *)data + 1;
  const char *wrong = fuzz_search(text, half, text + half, rest, rest ? data[0] % rest : 0);
  if (wrong) {
    fprintf(stderr, "fuzz: %s\n", wrong);
    abort(); // what the fuzzer takes for a find
  }
  return 0;
}

// Runs the fuzz target over files, without libFuzzer: replay FILE...
#include <stdio.h>
#include <stdlib.h>

#include "target.h"

enum { INPUT_SIZE = 1 << 20 };

int main(int argc, char **argv) {
  uint8_t *input = malloc(INPUT_SIZE);
  if (!input) return 2;
  unsigned passed = 0;
  for (int i = 1; i < argc; i++) {
    FILE *file = fopen(argv[i], "rb");
    if (!file) {
      printf("FAIL %s cannot be read\n%u passed, 1 failed\n", argv[i], passed);
      free(input);
      return 1;
    }
    size_t size = fread(input, 1, INPUT_SIZE, file);
    fclose(file);
    LLVMFuzzerTestOneInput(input, size);
    passed++;
  }
  free(input);
  printf("%u passed, 0 failed\n", passed);
  return 0;
}

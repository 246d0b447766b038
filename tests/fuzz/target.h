// libFuzzer's interface.
#ifndef GALLEY_FUZZ_TARGET_H
#define GALLEY_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif

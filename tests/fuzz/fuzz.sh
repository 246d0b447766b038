#!/bin/sh
# Runs libFuzzer over the examples and what it finds near them: tests/fuzz/fuzz.sh TARGET RUNS
#
# Bounded by a number of inputs, so that it ends the same way on any machine; an input that makes
# the core fail is kept in build/fuzz and can be tried again with bin/replay.
set -u

target=$1
runs=$2
cd "$(dirname "$0")/../.." || exit 1
work=build/fuzz
rm -rf "$work/corpus" # each run starts alike
mkdir -p "$work/corpus"

# A first byte of 0 is no edits, 3 is three (of four bytes each): see target.c.
for file in examples/*.txt examples/*.md; do
  { printf '\000' && head -c 1500 "$file"; } >"$work/corpus/$(basename "$file").0"
  { printf '\003\001\020\004\010\002\100\000\003\000\007\040\001' && tail -c 900 "$file"; } \
    >"$work/corpus/$(basename "$file").3"
done

ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 "$target" -runs="$runs" -seed=1 \
  -max_len=2048 -timeout=60 -rss_limit_mb=3000 -print_final_stats=1 -verbosity=0 \
  -artifact_prefix="$work/" "$work/corpus" >"$work/log" 2>&1
status=$?
if [ "$status" = 0 ]; then
  echo '1 passed, 0 failed'
else
  tail -n 60 "$work/log"
  echo '0 passed, 1 failed'
fi
exit $status

#!/bin/sh
# Runs the tests in a copy of the tree whose C and Lua count their lines, and reports the share of
# lines that ran: tests/coverage/coverage.sh [--missing] [PATTERN...]
#
# --missing also names the lines that did not run; with patterns only these suites run, added to
# what ran before. The tests of Neovim run in the newest one of the matrix.
set -eu

cd "$(dirname "$0")/../.."
deps=$(cd "${GALLEY_DEPS:-.deps}" && pwd)
nvim=$(printf '%s\n' "$deps"/nvim-*/bin/nvim | sort -V | tail -n 1)
tree=$(pwd)/build/coverage
missing=
[ "${1:-}" = --missing ] && missing=--missing && shift

tests/scratch.sh "$tree"
export GALLEY_COVERAGE="$tree/build/lines"
if [ $# -eq 0 ] || [ ! -d "$GALLEY_COVERAGE" ]; then
  rm -rf "$GALLEY_COVERAGE"
  mkdir -p "$GALLEY_COVERAGE"
  find "$tree/build" -name '*.gcda' -exec rm -f {} +
fi
find "$tree/lua/galley" -name '*.lua' -exec \
  sed -i "1s|^|dofile('$tree/tests/coverage/collect.lua') |" {} +

objects=build/gcc-coverage
make -s -C "$tree" -j "${JOBS:-$(nproc)}" CC=gcc VARIANT=coverage build parser test-programs \
  "$objects/tests/coverage/lines.so" >"$tree/build/log"
cp "$tree/$objects/tests/coverage/lines.so" "$GALLEY_COVERAGE/"
(cd "$tree" && GALLEY_DEPS=$deps GALLEY_NVIMS=$nvim OUT=$objects FUZZ_SCALE="${FUZZ_SCALE:-50}" \
  sh tests/run.sh "$@") || echo "some tests failed: what they did not reach is not counted"
unset GALLEY_COVERAGE
exec "$nvim" --clean -l tests/coverage/report.lua "$tree" "$tree/$objects" $missing

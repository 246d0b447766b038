#!/bin/sh
# Measures the core, then the plugin in each Neovim: tests/bench/bench.sh BENCH-PROGRAM
set -eu

program=$1
cd "$(dirname "$0")/../.."
work=build/bench
mkdir -p "$work"

set -- examples/*.txt examples/*.md
BENCH_PROSE=1 "$program" "$@" >"$work/prose.txt"
"$program" "$@"
for nvim in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
  [ -x "$nvim" ] || nvim=$(command -v nvim)
  tests/nvim.sh "$nvim" tests/bench/editor.lua | grep -v ' passed, '
done

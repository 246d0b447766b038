#!/bin/sh
# Sets galley beside other programs that annotate English:
#
#   tests/bench/peers.sh BENCH-PROGRAM [FOLDER]
#
# Speed and memory on 1 MB of prose made from examples/; with FOLDER, which holds gold files (see
# tests/eval/score.lua), also how right each is on them, in what it does at all. galley's time is
# that of its core, on one core, without Lua or Neovim around it. Peers run in node.
set -eu

cd "$(dirname "$0")/../.."
program=${1:?tests/bench/peers.sh BENCH-PROGRAM [FOLDER]}
folder=${2:-}
deps=${GALLEY_DEPS:-.deps}
work=build/bench
mkdir -p "$work"
luajit tests/bench/prose.lua 1048576 examples/*.txt examples/*-results.md >"$work/peers.txt"
node tests/bench/peers/peers.js "$deps/peers" "$work/peers.txt" "$program"
[ -n "$folder" ] || exit 0

nvim=
for candidate in "$deps"/nvim-*/bin/nvim; do
  [ ! -x "$candidate" ] || nvim=$candidate
done
nvim=${nvim:-nvim}

score() {
  # shellcheck disable=SC2086
  "$nvim" --clean -l tests/eval/score.lua "$1" "$2" $4 --tsv "$3"
}

# The gold files that have spans of the kind.
golds_of() {
  kind=$(echo "$1" | sed 's/.*--kind \([a-z]*\).*/\1/')
  grep -l "\"kind\": *\"$kind\"" "$folder"/*.jsonl
}

rm -f "$work"/*-*.jsonl # found by another build
printf '\n%-46s %-7s %6s %6s  %6s %6s %6s  %6s\n' \
  'program, file' kind gold found strict-P strict-R strict-F relaxed-F
node tests/bench/peers/scores.js | while read -r name; do
  node tests/bench/peers/scores.js "$name" | while read -r options; do
    golds_of "$options" | while read -r gold; do
      base=$(basename "$gold" .jsonl)
      [ -e "$work/galley-$base.jsonl" ] ||
        GALLEY_NVIM=$nvim bin/galley annotate --batch <"$gold" >"$work/galley-$base.jsonl"
      [ -e "$work/$name-$base.jsonl" ] ||
        node tests/bench/peers/one.js "$deps/peers" "$name" annotate <"$gold" >"$work/$name-$base.jsonl"
      score "$gold" "$work/$name-$base.jsonl" "$name, $base" "$options"
      score "$gold" "$work/galley-$base.jsonl" "galley, $base" "$options"
    done
  done
done

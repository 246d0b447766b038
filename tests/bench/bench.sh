#!/bin/sh
# Times the core and the editor on prose: tests/bench/bench.sh BENCH-PROGRAM [FOLDER]
#
# The prose is made from the articles of examples/. FOLDER holds JSON Lines files whose "text" is an
# article each: the core is then timed on those too. What was read stays in build/bench.
set -eu

cd "$(dirname "$0")/../.."
program=${1:?tests/bench/bench.sh BENCH-PROGRAM [FOLDER]}
folder=${2:-}
deps=${GALLEY_DEPS:-.deps}
mkdir -p build/bench
prose=build/bench/prose.txt
luajit tests/bench/prose.lua 10485760 examples/*.txt examples/*-results.md >"$prose"

neovims() {
  if ls "$deps"/nvim-*/bin/nvim >/dev/null 2>&1; then
    ls "$deps"/nvim-*/bin/nvim
  else
    command -v nvim
  fi
}

head_line() {
  printf '\n==== %s\n' "$*"
}

head_line "core: prose made from examples/ (times are of the processor)"
"$program" "$prose"
"$program" --hostile

if [ -n "$folder" ]; then
  texts=build/bench/data.txt
  "$(neovims | tail -n 1)" --clean -l tests/bench/texts.lua "$folder" >"$texts"
  head_line "core: the $(wc -c <"$texts") bytes of text in $folder"
  "$program" "$texts"
fi

neovims | while read -r nvim; do
  head_line "editor: $("$nvim" --version | head -n 1)"
  "$nvim" --clean -n --headless -l tests/bench/editor.lua </dev/null 2>&1
  "$nvim" --clean -n --headless -l tests/bench/markdown.lua </dev/null 2>&1
done

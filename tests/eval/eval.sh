#!/bin/sh
# Annotates every gold file of a folder and scores the result: tests/eval/eval.sh FOLDER [OPTION...]
#
# FOLDER holds JSON Lines files (see score.lua). A figure counts in the types that a file's gold
# has, since many are annotated for some types alone. Options go to score.lua; with any, its long
# form is printed. What was found stays in build/eval.
set -eu

cd "$(dirname "$0")/../.."
folder=${1:?tests/eval/eval.sh FOLDER}
shift
nvim=${GALLEY_NVIM:-}
for candidate in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
  [ -n "$nvim" ] || [ ! -x "$candidate" ] || nvim=$candidate
done
nvim=${nvim:-nvim}
mkdir -p build/eval

[ $# -gt 0 ] || printf '%-30s %-7s %6s %6s  %6s %6s %6s  %6s\n' \
  file kind gold found strict-P strict-R strict-F relaxed-F
for gold in "$folder"/*.jsonl; do
  [ -e "$gold" ] || { echo "no .jsonl in $folder" >&2; exit 2; }
  name=$(basename "$gold" .jsonl)
  found=build/eval/$name.jsonl
  GALLEY_NVIM=$nvim bin/galley annotate --batch <"$gold" >"$found" ||
    echo "note: $name: some documents could not be annotated" >&2
  if [ $# -gt 0 ]; then
    echo "---- $name"
    "$nvim" --clean -l tests/eval/score.lua "$gold" "$found" "$@"
  else
    "$nvim" --clean -l tests/eval/score.lua "$gold" "$found" --gold-types --tsv "$name"
  fi
done

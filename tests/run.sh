#!/bin/sh
# Runs test suites side by side and adds up what they say.
#
#   tests/run.sh [PATTERN...]     suites whose name holds a pattern; all without one
#   tests/run.sh --list           runs none: writes "name command", one a line
#
# A suite is a command whose last line is "N passed, N failed". One that ends without that line
# has crashed and counts as one failure. Environment: OUT (objects, from the Makefile), GALLEY_DEPS,
# GALLEY_NVIMS (Neovims to test in, instead of the fetched ones), JOBS, WRAP (a command that the
# C programs run under).
set -u

cd "$(dirname "$0")/.." || exit 1
root=$(pwd)
out=${OUT:-build/cc-release}
deps=${GALLEY_DEPS:-.deps}
jobs=${JOBS:-$(nproc 2>/dev/null || echo 2)}
results=$root/build/results

neovims() {
  if [ -n "${GALLEY_NVIMS:-}" ]; then
    echo "$GALLEY_NVIMS" | tr ' ' '\n'
  elif ls "$deps"/nvim-*/bin/nvim >/dev/null 2>&1; then
    ls "$deps"/nvim-*/bin/nvim
  else
    command -v nvim
  fi
}

# "name command", one a line. Names hold no space.
suites() {
  for program in "$out"/bin/*_test; do
    [ -x "$program" ] && echo "core/$(basename "$program") ${WRAP:-} $program"
  done
  for file in tests/probe/*.txt; do
    [ -e "$file" ] && echo "probe/$(basename "$file" .txt) ${WRAP:-} $out/bin/probe $file"
  done
  [ -x "$deps/bin/tree-sitter" ] && [ -d grammars/article/test/corpus ] &&
    echo "grammar/corpus tests/grammar.sh $deps/bin/tree-sitter"
  [ -x "$out/bin/fuzz" ] && for part in bytes edits limits; do
    echo "fuzz/$part ${WRAP:-} $out/bin/fuzz $part"
  done
  for target in core search; do
    [ -x "$out/bin/replay_$target" ] &&
      echo "fuzz/corpus-$target tests/fuzz/replay.sh $out/bin/replay_$target $target"
  done
  [ -n "${WRAP:-}${CORE_ONLY:-}" ] && return
  for spec in binding fuzz_corpus; do
    echo "binding/$spec@luajit luajit tests/spec.lua tests/binding/${spec}_spec.lua"
  done
  # These build the plugin, so each runs once, in the newest Neovim, and tries the result in all.
  newest=$(neovims | tail -n 1)
  for spec in tests/install/*_spec.lua; do
    name=${spec#tests/}
    echo "${name%_spec.lua} tests/nvim.sh $newest $spec"
  done
  neovims | while read -r nvim; do
    version=$("$nvim" --version | sed -n '1s/^NVIM v\([0-9]*\.[0-9]*\).*/\1/p')
    for spec in tests/lua/*_spec.lua tests/screen/*_spec.lua tests/cli/*_spec.lua \
      tests/binding/*_spec.lua tests/jump/*_spec.lua tests/seeded/*_spec.lua tests/soak/*_spec.lua \
      tests/hostile/*_spec.lua; do
      [ -e "$spec" ] || continue
      name=${spec#tests/}
      echo "${name%_spec.lua}@$version tests/nvim.sh $nvim $spec"
    done
  done
}

wanted() {
  [ $# -eq 0 ] && exec cat
  while read -r line; do
    for pattern in "$@"; do
      case ${line%% *} in *"$pattern"*) echo "$line" && break ;; esac
    done
  done
}

if [ "${1:-}" = --list ]; then
  suites
  exit
fi
rm -rf "$results"
mkdir -p "$results"

# The longest first, so that none of them is alone at the end.
suites | wanted "$@" | awk '{ print ($1 ~ /^(fuzz|install|soak)/ ? 0 : $1 ~ /screen/ ? 1 : 2), $0 }' | sort -n -s -k 1,1 |
  cut -d ' ' -f 2- >"$results/suites"

# shellcheck disable=SC2016
tr '\n' '\0' <"$results/suites" | xargs -0 -P "$jobs" -n 1 sh -c '
  name=${1%% *}
  log=$0/$(echo "$name" | tr / .).log
  sh -c "${1#* }" >"$log" 2>&1 </dev/null
  status=$?
  last=$(grep -E "^[0-9]+ passed, [0-9]+ failed$" "$log" | tail -n 1)
  if [ -z "$last" ]; then
    last="0 passed, 1 failed"
    echo "ended with status $status before it was done" >>"$log"
  elif [ "$status" != 0 ] && [ "${last##*, }" = "0 failed" ]; then
    last="${last%%,*}, 1 failed"
    echo "ended with status $status" >>"$log"
  fi
  echo "$last" >"$log.count"
  if [ "${last##*, }" = "0 failed" ]; then
    printf "ok    %-40s %s\n" "$name" "${last%%,*}"
  else
    { printf "FAIL  %-40s %s\n" "$name" "$last"; head -n 120 "$log" | sed "s/^/      /"; } |
      cat
  fi
' "$results"

cat "$results"/*.count 2>/dev/null | awk '
  { passed += $1; failed += $3 }
  END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }'

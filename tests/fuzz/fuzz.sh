#!/bin/sh
# Runs the fuzz targets: tests/fuzz/fuzz.sh BIN SECONDS [PATTERN...]
# Takes what they found into the corpus: tests/fuzz/fuzz.sh BIN merge [PATTERN...]
#
# Each starts from its corpus and what was found before (build/fuzz/TARGET/found), four at a time. An
# input that fails is kept in build/fuzz/TARGET and tried again by `BIN/target_NAME FILE`.
set -u

cd "$(dirname "$0")/../.." || exit 1
bin=$1
seconds=$2
shift 2
readers='article prose bibliography source ledger'
work=build/fuzz
mkdir -p "$work"

# The newest of those fetched, else that of the PATH.
neovim() {
  newest=$(command -v nvim)
  for program in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
    [ -x "$program" ] && newest=$program
  done
  echo "$newest"
}

wanted() {
  [ $# -eq 0 ] && exec cat
  while read -r name; do
    for pattern in "$@"; do
      case $name in *"$pattern"*) echo "$name" && break ;; esac
    done
  done
}

# A target with libFuzzer's arguments.
target() {
  name=$1
  shift
  [ -e "tests/fuzz/dictionary/$name.txt" ] && set -- "$@" -dict="tests/fuzz/dictionary/$name.txt"
  set -- "$@" -seed=1 -timeout=60 -rss_limit_mb=3000 -artifact_prefix="$work/$name/"
  case " $readers " in
    *" $name "*)
      "$(neovim)" --clean -n -l tests/fuzz/neovim.lua "$bin/neovim_fuzz.so" "$name" "$@" -max_len=8192
      ;;
    *)
      ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 "$bin/target_$name" "$@" -max_len=2048
      ;;
  esac
}

# The corpus of a target as files.
unpack() {
  rm -rf "$work/$1/corpus" "$work/$1/merged"
  mkdir -p "$work/$1/corpus" "$work/$1/found" "$work/$1/merged"
  luajit tests/fuzz/corpus.lua unpack "tests/fuzz/corpus/$1.txt" "$work/$1/corpus"
}

# The first folder is the one in which libFuzzer writes what it finds.
run() {
  unpack "$1"
  target "$1" "$work/$1/found" "$work/$1/corpus" -max_total_time="$seconds" -print_final_stats=1 \
    >"$work/$1/log" 2>&1
}

# The lines that the corpus has stay: some are there for what they once broke.
merge() {
  unpack "$1"
  cp "$work/$1/corpus"/* "$work/$1/merged/"
  target "$1" -merge=1 "$work/$1/merged" "$work/$1/found" >"$work/$1/log" 2>&1 || return
  luajit tests/fuzz/corpus.lua pack "tests/fuzz/corpus/$1.txt" "$work/$1/merged"/*
  wc -lc "tests/fuzz/corpus/$1.txt"
}

if [ "${1:-}" = --one ]; then
  run "$2"
  status=$?
  log=$work/$2/log
  # shellcheck disable=SC2016
  told=$(awk '
    / ft: / { for (i = 1; i < NF; i++) if ($i == "cov:" || $i == "ft:" || $i == "corp:") at[$i] = $(i + 1) }
    /^stat::number_of_executed_units/ { runs = $2 }
    /^stat::lua_lines_reached/ { at["cov:"] = $2 " lines" }
    END { printf "%s inputs, coverage %s, features %s, corpus %s", runs, at["cov:"], at["ft:"], at["corp:"] }
  ' "$log")
  if [ "$status" = 0 ]; then
    printf 'ok    fuzz/%-14s %s\n' "$2" "$told"
  else
    printf 'FAIL  fuzz/%-14s %s\n' "$2" "$told"
    grep -v '^#[0-9]' "$log" | cut -c 1-400 | tail -n 60
  fi
  exit "$status"
fi

# shellcheck disable=SC2086
targets=$(printf '%s\n' core search binding $readers | wanted "$@")
if [ "$seconds" = merge ]; then
  for name in $targets; do
    merge "$name" || exit 1
  done
  exit
fi
count=$(echo "$targets" | wc -l)
# shellcheck disable=SC2016
failed=$(echo "$targets" | xargs -P 4 -I {} sh -c '
  sh tests/fuzz/fuzz.sh "$1" "$2" --one "$3" >&2 || echo "$3"' sh "$bin" "$seconds" {} | wc -l)
echo "$((count - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]

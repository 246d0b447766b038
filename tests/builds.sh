#!/bin/sh
# Builds the core as others may build it and runs its unit tests and probes there: compilers, levels
# of optimisation, versions of tree-sitter, processors, C libraries, PUC Lua. All as C11, pedantic,
# and a warning is an error. The last line is "N passed, N failed": a build each.
#
#   tests/builds.sh [PATTERN...]     builds whose name holds a pattern; all without one
#
# Libraries for other processors and of other suites are Debian's, unpacked by tests/fetch.sh.
set -u

cd "$(dirname "$0")/.." || exit 1
deps=$(cd "${GALLEY_DEPS:-.deps}" && pwd)
libraries=$deps/libraries
jobs=${JOBS:-$(nproc 2>/dev/null || echo 2)}
passed=0
failed=0
patterns=$*

wanted() {
  for pattern in ${patterns:-$1}; do
    case $1 in *"$pattern"*) return 0 ;; esac
  done
  return 1
}

# What make is told of libraries in a folder.
linked_with() {
  lib=$(dirname "$(find "$libraries/$1" -name libtree-sitter.a)")
  echo "TREE_SITTER_A=$lib/libtree-sitter.a UTF8PROC_A=$lib/libutf8proc.a" \
    "LIBRARY_CFLAGS=-I$libraries/$1/usr/include"
}

count() {
  name=$1
  shift
  start=$(date +%s)
  if "$@" >"build/builds.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $name ($(($(date +%s) - start)) s)"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    grep -v '^  cc' build/builds.log | tail -n 40 | sed 's/^/      /'
  fi
}

compile() {
  make --no-print-directory -j "$jobs" STRICT=1 "$@"
}

# $1 variant, $2 compiler, $3 level, $4 program that runs the tests ('' if none is needed); the rest
# is for make. Random tests are few: `make test` runs them in full.
tested() {
  variant=$1 compiler=$2 level=$3 runner=$4
  shift 4
  compile VARIANT="$variant" CC="$compiler" CFLAGS="$level" "$@" unit-programs &&
    CORE_ONLY=1 TEST_SCALE=100 WRAP="$runner" OUT="build/$compiler-$variant" sh tests/run.sh core/ probe/
}

# PUC Lua instead of LuaJIT, in headers and at run time.
in_lua() {
  module=build/lua5.1/core.so
  mkdir -p "$(dirname "$module")"
  compile VARIANT=lua5.1 CFLAGS=-O1 LUA_CFLAGS="$(pkg-config --cflags lua5.1)" CORE_SO="$module" build &&
    GALLEY_CORE_SO=$module lua5.1 tests/spec.lua tests/binding/binding_spec.lua
}

# The module with another tree-sitter than the system's.
newest() {
  module=build/newest/core.so
  mkdir -p "$(dirname "$module")"
  tested newest gcc -O1 '' "$@" && compile VARIANT=newest CC=gcc CFLAGS=-O1 "$@" CORE_SO="$module" build &&
    GALLEY_CORE_SO=$module luajit tests/spec.lua tests/binding/binding_spec.lua
}

mkdir -p build
for compiler in gcc clang; do
  for level in O0 O2 O3; do
    wanted "$compiler-$level" && count "$compiler-$level" tested "$level" "$compiler" "-$level" ''
  done
done
# shellcheck disable=SC2046
{
  wanted tree-sitter-0.20.7 && count tree-sitter-0.20.7 tested oldest gcc -O1 '' $(linked_with bookworm-amd64)
  newest=$(sed -n 's/^Version: //p' "$(find "$libraries/sid-amd64" -name tree-sitter.pc)" | head -n 1)
  wanted "tree-sitter-$newest" && count "tree-sitter-$newest" newest $(linked_with sid-amd64)
  # qemu here too: not every kernel runs 32-bit programs.
  wanted i686 && count i686 tested i686 i686-linux-gnu-gcc -O2 qemu-i386 \
    $(linked_with bookworm-i386) LDFLAGS=-static
  wanted aarch64 && count aarch64 tested aarch64 aarch64-linux-gnu-gcc -O2 qemu-aarch64 \
    $(linked_with bookworm-arm64) LDFLAGS=-static
  wanted musl && count musl compile VARIANT=musl CC=musl-gcc CFLAGS=-O2 $(linked_with bookworm-amd64) module-objects
}
wanted lua5.1 && count lua5.1 in_lua

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]

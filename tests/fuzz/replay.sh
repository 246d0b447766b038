#!/bin/sh
# Runs a fuzz target over its corpus, without libFuzzer: tests/fuzz/replay.sh PROGRAM TARGET
set -eu

cd "$(dirname "$0")/../.."
folder=$(mktemp -d "${TMPDIR:-/tmp}/galley-corpus.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
luajit tests/fuzz/corpus.lua unpack "tests/fuzz/corpus/$2.txt" "$folder"
"$1" "$folder"/*

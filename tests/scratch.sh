#!/bin/sh
# Copies the tree into a folder where a test may change and build it: tests/scratch.sh FOLDER
#
# Takes what git tracks or would add. Times are kept and FOLDER/build stays, so that a second run
# compiles only what has changed since the first.
set -eu

mkdir -p "$1"
into=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
find "$into" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
# A file that is deleted but still tracked is not there to be copied.
git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | sort -u |
  tar -c --no-recursion -T - -f - | tar -x -f - -C "$into"

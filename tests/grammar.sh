#!/bin/sh
# Runs the grammar's corpus: tests/grammar.sh TREE-SITTER
set -u

cli=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.." || exit 1
home=$(pwd)/build/grammar
mkdir -p "$home"
cd grammars/article || exit 1
# The CLI keeps what it builds and its settings in the user's folders; here they are the build's.
HOME=$home XDG_CACHE_HOME=$home XDG_CONFIG_HOME=$home NO_COLOR=1 "$cli" test >"$home/log" 2>&1
status=$?
[ "$status" = 0 ] || cat "$home/log"
count() {
  sed -n "s/^Total parses:.*$1 parses: \([0-9]*\).*/\1/p" "$home/log" | tail -n 1
}
[ -n "$(count successful)" ] || exit 1
echo "$(count successful) passed, $(count failed) failed"
exit $status

#!/bin/sh
# Times the core's dates beside other programs that find dates: tests/bench/peers.sh BENCH-PROGRAM
#
# galley's time is that of its parse, its tokens, its dates with their values and the pass that
# counts them from the date of the article, on one core, without Lua or Neovim around it. Peers run
# in node. All take turns, so that a machine with other work to do slows none alone.
set -eu

cd "$(dirname "$0")/../.."
program=${1:?tests/bench/peers.sh BENCH-PROGRAM}
deps=${GALLEY_DEPS:-.deps}
mkdir -p build/bench
prose=build/bench/prose.txt
luajit tests/bench/prose.lua 1048576 examples/*.txt examples/*-results.md >"$prose"
node tests/bench/peers/peers.js "$deps/peers" "$prose" "$program"

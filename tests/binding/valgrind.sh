#!/bin/sh
# Runs the binding's spec in LuaJIT under valgrind. The compiler is off: its code confuses valgrind.
set -u

cd "$(dirname "$0")/../.." || exit 1
log=build/valgrind.log
valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect \
  luajit -joff tests/spec.lua tests/binding/binding_spec.lua
status=$?
if [ "$status" = 9 ]; then
  head -n 80 "$log"
  echo 'valgrind has found something: build/valgrind.log'
  echo '0 passed, 1 failed'
fi
exit $status

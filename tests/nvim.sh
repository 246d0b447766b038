#!/bin/sh
# Runs Lua specs inside a Neovim, with folders of its own for configuration, state and cache.
#
#   tests/nvim.sh NVIM SPEC.lua [PATTERN]
#   SCRIPT=FILE.lua tests/nvim.sh NVIM [ARGUMENT...]     another program than the runner of specs
#   WORK=3600 tests/nvim.sh NVIM ...                     seconds of the processor it may take (900)
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
home=$(mktemp -d "${TMPDIR:-/tmp}/galley-test.XXXXXX")
trap 'rm -rf "$home"' EXIT
trap 'exit 1' HUP INT TERM
nvim=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
cd "$root"
# Seconds of work: what takes square time ends here, where the shell can say so.
# shellcheck disable=SC3045
ulimit -t "${WORK:-900}" 2>/dev/null || :
mkdir -p "$home/config" "$home/data" "$home/state" "$home/cache" "$home/run"
unset NVIM NVIM_APPNAME NVIM_LOG_FILE VIMINIT EXINIT MYVIMRC
HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state \
  XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run GALLEY_NVIM=$nvim LC_ALL=C.UTF-8 \
  "$nvim" --clean -n -l "${SCRIPT:-tests/spec.lua}" "$@"

#!/bin/sh
# Opens an article in a Neovim without a user's settings, with this plugin; prints it with ANSI
# colours when standard output is no terminal.
#
#   tests/demo.sh [FILE]      default: examples/drought-vote-2026-05-14.txt
#
# GALLEY_NVIM names the Neovim; else it is the PATH's, if new enough, else a fetched one.
set -eu

cd "$(dirname "$0")/.."
root=$(pwd)
file=${1:-examples/drought-vote-2026-05-14.txt}
[ -r "$file" ] || {
  echo "demo: cannot read $file" >&2
  exit 2
}

if [ -n "${GALLEY_NVIM:-}" ]; then
  nvim=$GALLEY_NVIM
elif command -v nvim >/dev/null 2>&1 &&
  nvim --version | awk 'NR == 1 { sub(/^NVIM v/, ""); split($0, v, "."); exit !(v[1] > 0 || v[2] >= 10) }'; then
  nvim=nvim
else
  for candidate in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
    nvim=$candidate # the newest sorts last
  done
fi

if [ -t 1 ]; then
  GALLEY_ROOT=$root exec "$nvim" --clean \
    --cmd 'lua vim.opt.runtimepath:prepend(vim.env.GALLEY_ROOT) vim.opt.linebreak = true' "$file"
fi
GALLEY_NVIM=$nvim exec bin/galley annotate --format ansi "$file"

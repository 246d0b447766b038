#!/bin/sh
# Makes the pictures of doc/: a real terminal session, captured and drawn as SVG.
#
#   make screenshot        (GALLEY_NVIM: the Neovim; default: the newest that was fetched)
#
# Needs tmux and luajit. The session runs in a tmux server of its own and in an empty Neovim
# configuration, so nobody's settings show.
set -eu

cd "$(dirname "$0")/../.."
nvim=${GALLEY_NVIM:-}
for candidate in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
  [ -n "${GALLEY_NVIM:-}" ] || nvim=$candidate # the newest sorts last
done
columns=100
rows=32
scratch=$(mktemp -d)
socket=$scratch/tmux
trap 'tmux -S "$socket" kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

# What the session does after the article is open: the cursor goes into a quote, and :Galley inspect
# says what is known of it.
cat >"$scratch/init.lua" <<'LUA'
vim.opt.runtimepath:prepend(vim.fn.getcwd())
vim.opt.swapfile = false
vim.opt.shadafile = "NONE"
vim.opt.termguicolors = true
vim.opt.linebreak = true
vim.opt.laststatus = 0
vim.opt.ruler = false
vim.opt.showcmd = false
vim.opt.shortmess:append("FI")
LUA

# $1: dark or light
capture() {
  session="env XDG_CONFIG_HOME=$scratch XDG_STATE_HOME=$scratch XDG_DATA_HOME=$scratch LC_ALL=C.UTF-8 \
COLORTERM=truecolor $nvim --clean -u $scratch/init.lua --cmd 'set background=$1' \
'+call search(\"argued about the rain\")' '+Galley inspect' examples/drought-vote-2026-05-14.txt"
  tmux -S "$socket" -f /dev/null \
    set-option -g default-terminal tmux-256color \; \
    set-option -g escape-time 0 \; \
    new-session -d -x $columns -y $rows "$session"
  # Captured when two looks a second apart see the same.
  before=
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    now=$(tmux -S "$socket" capture-pane -e -p)
    [ -n "$now" ] && [ "$now" = "$before" ] && break
    before=$now
  done
  tmux -S "$socket" kill-server
  printf '%s\n' "$now"
}

for theme in dark light; do
  capture $theme >"$scratch/capture"
  luajit tests/tools/screenshot.lua --$theme <"$scratch/capture" >"doc/screenshot-$theme.svg"
  echo "doc/screenshot-$theme.svg"
done

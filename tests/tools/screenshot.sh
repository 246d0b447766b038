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
rows=31
article=examples/drought-vote-2026-05-14.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

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

# Waits until two looks half a second apart see the same, and gives what they see.
settled() {
  before=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sleep 0.5
    now=$(tmux -S "$socket" capture-pane -e -p)
    [ -n "$now" ] && [ "$now" = "$before" ] && break
    before=$now
  done
  printf '%s\n' "$now"
}

# $1: dark or light. The cursor goes into a quote, and :Galley inspect says what is known of it.
capture() {
  socket=$scratch/tmux-$1
  tmux -S "$socket" -f /dev/null \
    set-option -g default-terminal tmux-256color \; \
    set-option -g escape-time 0 \; \
    new-session -d -x $columns -y $rows env \
    XDG_CONFIG_HOME="$scratch" XDG_STATE_HOME="$scratch" XDG_DATA_HOME="$scratch" \
    LC_ALL=C.UTF-8 COLORTERM=truecolor \
    "$nvim" --clean -u "$scratch/init.lua" --cmd "set background=$1" "$article"
  # A failure between here and the end would leave the session running.
  trap 'tmux -S "$socket" kill-server; rm -rf "$scratch"' EXIT
  settled >/dev/null
  tmux -S "$socket" send-keys ':silent call search("about ourselves")' Enter
  settled >/dev/null
  tmux -S "$socket" send-keys ':Galley inspect' Enter
  settled
  tmux -S "$socket" kill-server
  trap 'rm -rf "$scratch"' EXIT
}

for theme in dark light; do
  capture $theme >"$scratch/capture"
  luajit tests/tools/screenshot.lua --$theme <"$scratch/capture" >"doc/screenshot-$theme.svg"
  echo "doc/screenshot-$theme.svg"
done

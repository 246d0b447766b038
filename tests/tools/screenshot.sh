#!/bin/sh
# Makes the pictures of doc/: a real terminal session, captured and drawn as SVG.
#
#   make screenshot        (GALLEY_NVIM: the Neovim; default: the newest that was fetched)
#
# Needs tmux and luajit. Each session runs in a tmux server of its own, in an empty Neovim
# configuration and on a copy of the examples, so nobody's settings show and nothing is left behind.
set -eu

cd "$(dirname "$0")/../.."
root=$(pwd)
nvim=${GALLEY_NVIM:-}
for candidate in "${GALLEY_DEPS:-.deps}"/nvim-*/bin/nvim; do
  [ -n "${GALLEY_NVIM:-}" ] || nvim=$(realpath "$candidate") # the newest sorts last
done
columns=100
scratch=$(mktemp -d)
socket=$scratch/tmux
trap 'tmux -S "$socket" kill-server 2>/dev/null || :; rm -rf "$scratch"' EXIT

cat >"$scratch/init.lua" <<'LUA'
vim.opt.runtimepath:prepend(vim.env.GALLEY_ROOT)
vim.opt.swapfile = false
vim.opt.shadafile = "NONE"
vim.opt.termguicolors = true
vim.opt.linebreak = true
vim.opt.laststatus = 0
vim.opt.ruler = false
vim.opt.showcmd = false
vim.opt.shortmess:append("FI")
vim.g.galley = { reviewer = "Rosa" }
LUA

# Opens an article: $1 dark or light, $2 rows, $3 the article.
begin() {
  cp -r examples "$scratch/article"
  tmux -S "$socket" -f /dev/null \
    set-option -g default-terminal tmux-256color \; \
    set-option -g escape-time 0 \; \
    new-session -d -x $columns -y "$2" -c "$scratch/article" env \
    XDG_CONFIG_HOME="$scratch" XDG_STATE_HOME="$scratch" XDG_DATA_HOME="$scratch" \
    LC_ALL=C.UTF-8 COLORTERM=truecolor GALLEY_ROOT="$root" \
    "$nvim" --clean -u "$scratch/init.lua" --cmd "set background=$1" "$3"
  settled >/dev/null
}

end() {
  tmux -S "$socket" kill-server
  rm -rf "$scratch/article"
}

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

# Types keys, as tmux names them, and waits until nothing moves.
keys() {
  tmux -S "$socket" send-keys "$@"
  settled >/dev/null
}

# Adds what is to be seen to a series of pictures: $1 the line below it.
frame() {
  printf '\f%s\n' "$1"
  settled
}

# Draws what is on the standard input: $1 the name, $2 dark or light.
draw() {
  luajit tests/tools/screenshot.lua "--$2" >"$scratch/svg"
  mv "$scratch/svg" "doc/$1-$2.svg"
  echo "doc/$1-$2.svg"
}

for theme in dark light; do
  # What is known of a quote.
  begin $theme 31 drought-vote-2026-05-14.txt
  keys ':silent call search("about ourselves")' Enter
  keys ':Galley inspect' Enter
  settled | draw screenshot $theme
  end

  # A review: ticks, a quote that is not what was said, and the list of what was found.
  begin $theme 31 tidewell-results.md
  keys ':silent call search("dull things")' Enter ':Galley verify' Enter
  keys ':silent call search("will open")' Enter ':Galley query the call has could' Enter
  keys ':Galley check' Enter ':wincmd p' Enter ':Galley peek' Enter
  settled | draw screenshot-review $theme
  end

  # Step by step: annotated, to the source and back, a mistake and its repair.
  begin $theme 24 tidewell-results.md
  {
    keys ':silent call search("24%")' Enter C-l
    frame 'An article as it opens. The cursor is on a figure.'
    keys K
    frame 'K: what it is, whether it holds, who says so'
    keys gd
    frame 'gd: the place in the source'
    keys C-o cw26 Escape C-l
    frame 'CTRL-O, and a mistake: 26 for 24'
    keys ':Galley repair' Enter
    frame ':Galley repair'
    keys 1 Enter ':Galley verify' Enter
    frame 'Repaired, and ticked off by :Galley verify'
  } | draw sequence $theme
  end
done

#!/bin/sh
# Brings what the build, the demo, the tests and the checks need.
#
#   tests/setup.sh missing    say what the build lacks and fail (the Makefile calls it)
#   tests/setup.sh demo       for `make demo`: the build and a Neovim that is new enough
#   tests/setup.sh test       for `make test`: that, the test libraries and the matrix of Neovims
#   tests/setup.sh sanitize   that, with clang and valgrind
#   tests/setup.sh fuzz       that, with a Lua 5.1 to link, and what links libFuzzer
#   tests/setup.sh lint       for `make lint`: that, and the checkers
#   tests/setup.sh builds     for `make builds`: test, and the compilers and libraries it builds with
#   tests/setup.sh peers      for `make bench-peers`: the build and the programs compared with
#
# Does nothing, quickly, when all is there. On Debian and Ubuntu apt-get brings what is missing;
# on other systems the one command that does is printed.
set -eu

cd "$(dirname "$0")/.."
deps=${GALLEY_DEPS:-.deps}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
CC=${CC:-cc}

say() {
  printf 'setup: %s\n' "$*" >&2
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# shellcheck disable=SC1091
system() {
  if [ "$(uname -s)" = Darwin ]; then
    echo macos
  elif [ -e /etc/NIXOS ] || [ -n "${IN_NIX_SHELL:-}" ]; then
    echo nix
  elif [ -e /etc/os-release ]; then
    (. /etc/os-release && case " ${ID:-} ${ID_LIKE:-} " in
      *' debian '* | *' ubuntu '*) echo debian ;;
      *' fedora '* | *' rhel '*) echo fedora ;;
      *' arch '*) echo arch ;;
      *' alpine '*) echo alpine ;;
      *) echo other ;;
    esac)
  else
    echo other
  fi
}

# The packages that hold a thing, by system. A thing is a program or a library; '-' for none.
#          thing         debian              fedora              arch         alpine             macos        nix
packages='
           cc            gcc                 gcc                 gcc          build-base         -            gcc
           libc          libc6-dev           glibc-devel         glibc        build-base         -            glibc
           make          make                make                make         make               make         gnumake
           pkg-config    pkg-config          pkgconf-pkg-config  pkgconf      pkgconf            pkgconf      pkg-config
           lua           libluajit-5.1-dev   luajit-devel        luajit       luajit-dev         luajit       luajit
           tree-sitter   libtree-sitter-dev  libtree-sitter-devel tree-sitter tree-sitter-static tree-sitter  tree-sitter
           tree-sitter-h libtree-sitter-dev  libtree-sitter-devel tree-sitter tree-sitter-dev    tree-sitter  tree-sitter
           utf8proc      libutf8proc-dev     utf8proc-devel      libutf8proc  utf8proc-dev       utf8proc     utf8proc
           nvim          neovim              neovim              neovim       neovim             neovim       neovim
           patchelf      patchelf            -                   -            -                  -            -
           keyring       debian-archive-keyring -                -            -                  -            -
           luajit        luajit              luajit              luajit       luajit             luajit       luajit
           luassert      lua-luassert        lua-luassert        lua51-luassert lua5.1-luassert  -            luajitPackages.luassert
           tmux          tmux                tmux                tmux         tmux               tmux         tmux
           luacheck      lua-check           luacheck            luacheck     luacheck           luacheck     luajitPackages.luacheck
           clang         clang               clang               clang        clang              llvm         clang
           clang-tidy    clang-tidy          clang-tools-extra   clang        clang-extra-tools  llvm         clang-tools
           clang-format  clang-format        clang-tools-extra   clang        clang-extra-tools  clang-format clang-tools
           lua51         liblua5.1-0-dev     compat-lua-devel    lua51        lua5.1-dev         -            lua5_1
           c++           g++                 gcc-c++             gcc          g++                -            gcc
           symbolizer    llvm                llvm                llvm         llvm               llvm         llvm
           cppcheck      cppcheck            cppcheck            cppcheck     cppcheck           cppcheck     cppcheck
           valgrind      valgrind            valgrind            valgrind     valgrind           -            valgrind
           shellcheck    shellcheck          ShellCheck          shellcheck   shellcheck         shellcheck   shellcheck
           strace        strace              strace              strace       strace             -            strace
           pdftotext     poppler-utils       poppler-utils       poppler      poppler-utils      poppler      poppler_utils
           git           git                 git                 git          git                git          git
           luarocks      luarocks            luarocks            luarocks     luarocks5.1        luarocks     luarocks
           lua5.1        lua5.1              compat-lua          lua51        lua5.1             -            lua5_1
           lua5.1-h      liblua5.1-0-dev     compat-lua-devel    lua51        lua5.1-dev         -            lua5_1
           gcc           gcc                 gcc                 gcc          build-base         gcc          gcc
           i686-linux-gnu-gcc gcc-i686-linux-gnu -             -            -                  -            -
           i686-libc     libc6-dev-i386-cross -                -            -                  -            -
           aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu gcc-aarch64-linux-gnu aarch64-linux-gnu-gcc - -       -
           aarch64-libc  libc6-dev-arm64-cross -               -            -                  -            -
           qemu-aarch64  qemu-user           qemu-user           qemu-user    qemu-aarch64       -            qemu
           qemu-i386     qemu-user           qemu-user           qemu-user    qemu-i386          -            qemu
           musl-gcc      musl-tools          musl-gcc            musl         -                  -            musl
           npm           npm                 nodejs-npm          npm          npm                node         nodejs
'

# The Neovim of the PATH, if it is 0.10 or newer.
good_neovim() {
  has nvim && nvim --version 2>/dev/null |
    awk 'NR == 1 { sub(/^NVIM v/, ""); split($0, v, "."); exit !(v[1] > 0 || v[2] >= 10) }'
}

archive() {
  directory=$("$PKG_CONFIG" --variable=libdir "$1" 2>/dev/null) || return 1
  [ -e "$directory/$2" ] || [ -e "/usr/lib/$2" ] || [ -e "/usr/local/lib/$2" ]
}

there() {
  case $1 in
    cc) has "$CC" ;;
    libc) echo '#include <stdint.h>' | "$CC" -E -x c - ;;
    pkg-config) has "$PKG_CONFIG" ;;
    lua) [ -n "${LUA_PACKAGE:-}" ] || "$PKG_CONFIG" --exists luajit || "$PKG_CONFIG" --exists lua5.1 ||
      "$PKG_CONFIG" --exists lua-5.1 || "$PKG_CONFIG" --exists lua51 ;;
    tree-sitter) [ -n "${TREE_SITTER_A:-}" ] || archive tree-sitter libtree-sitter.a ;;
    tree-sitter-h) "$PKG_CONFIG" --exists tree-sitter ;;
    utf8proc) [ -n "${UTF8PROC_A:-}" ] || archive libutf8proc libutf8proc.a ;;
    nvim) good_neovim ;;
    keyring) [ -e "${GALLEY_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}" ] ;;
    lua5.1-h) "$PKG_CONFIG" --exists lua5.1 || "$PKG_CONFIG" --exists lua-5.1 || "$PKG_CONFIG" --exists lua51 ;;
    i686-libc) [ -e /usr/i686-linux-gnu/lib/libc.a ] ;;
    aarch64-libc) [ -e /usr/aarch64-linux-gnu/lib/libc.a ] ;;
    luassert) luajit -e 'require("luassert")' ;;
    lua51) archive lua5.1 liblua5.1.a ;;
    c++) has c++ ;;
    symbolizer) has llvm-symbolizer ;;
    *) has "$1" ;;
  esac >/dev/null 2>&1
}

# Those of the things named that are not there.
lacking() {
  for thing in "$@"; do
    there "$thing" || printf '%s ' "$thing"
  done
}

package_names() {
  column=$1
  shift
  for thing in "$@"; do
    echo "$packages" | awk -v thing="$thing" -v column="$column" '$1 == thing && $column != "-" { print $column }'
  done | sort -u | tr '\n' ' '
}

# The command that brings these things, for a person to type.
cure() {
  case $(system) in
    debian) echo "sudo apt-get install $(package_names 2 "$@")" ;;
    fedora) echo "sudo dnf install $(package_names 3 "$@")" ;;
    arch) echo "sudo pacman -S $(package_names 4 "$@")" ;;
    alpine) echo "sudo apk add $(package_names 5 "$@")" ;;
    macos)
      case " $* " in *' cc '*) printf 'xcode-select --install; ' ;; esac
      echo "brew install $(package_names 6 "$@")"
      ;;
    nix) echo "nix-shell -p $(package_names 7 "$@")" ;;
    *) echo "install with your system's package manager: $(package_names 2 "$@") (Debian's names)" ;;
  esac
}

described() {
  for thing in "$@"; do
    case $thing in
      cc) printf 'a C compiler (%s)' "$CC" ;;
      libc) printf 'the headers of the C library' ;;
      lua) printf 'the headers of LuaJIT or Lua 5.1' ;;
      tree-sitter) printf 'the static library libtree-sitter.a' ;;
      tree-sitter-h) printf 'the headers of libtree-sitter' ;;
      utf8proc) printf 'the static library libutf8proc.a' ;;
      nvim) printf 'Neovim 0.10 or newer' ;;
      keyring) printf 'the keyring of the Debian archive' ;;
      luassert) printf 'the Lua library luassert' ;;
      symbolizer) printf 'llvm-symbolizer' ;;
      lua5.1-h) printf 'the headers of Lua 5.1' ;;
      *) printf '%s' "$thing" ;;
    esac
    printf ', '
  done | sed 's/, $//'
}

stop_for() {
  say "missing: $(described "$@")"
  say "this brings it:  $(cure "$@")"
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    say "root is needed to run: $*"
    exit 1
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"
}

# Brings the things that are lacking, or says how.
bring() {
  # shellcheck disable=SC2046
  set -- $(lacking "$@")
  [ $# -gt 0 ] || return 0
  if [ "$(system)" != debian ] || ! has apt-get; then
    stop_for "$@"
  fi
  # shellcheck disable=SC2046
  set -- $(package_names 2 "$@")
  say "installing $*"
  # The lists may be missing or older than the mirror: then they are read again.
  apt_install "$@" || { as_root apt-get -q update && apt_install "$@"; } || {
    say "apt-get could not install: $*"
    exit 1
  }
}

fetched_neovims() {
  for program in "$deps"/nvim-*/bin/nvim; do
    [ -x "$program" ] || return 1
  done
}

# Can fetch.sh have Debian's packages here?
has_debian_mirror() {
  [ -n "${GALLEY_MIRROR:-}" ] || grep -qx 'ID=debian' /etc/os-release 2>/dev/null
}

# $1 is `demo` (any good Neovim will do) or `test` (those of the matrix).
bring_neovim() {
  [ "$1" = demo ] && good_neovim && return
  fetched_neovims && [ -x "$deps/bin/tree-sitter" ] && return
  if has_debian_mirror; then
    bring patchelf keyring
    tests/fetch.sh "$deps"
  elif good_neovim; then
    say "Debian's Neovims are not to be had here: the tests run in $(command -v nvim) alone"
  else
    stop_for nvim
  fi
}

# Brings what the package-lock.json of a folder of ours names, at its versions and checksums, from
# npm into $deps/NAME. False when npm could not.
bring_npm() {
  from=$1
  into=$deps/$2
  cmp -s "$from/package-lock.json" "$into/package-lock.json" && return
  bring npm
  say "installing the npm packages of $from"
  mkdir -p "$into"
  cp "$from/package.json" "$from/package-lock.json" "$into/"
  (cd "$into" && npm ci --silent --ignore-scripts --no-audit --no-fund) && return
  rm -f "$into/package-lock.json"
  say "npm could not install the packages of $from"
  return 1
}

bring_stylua() {
  bring_npm tests/tools tools || {
    say 'without StyLua its check will fail'
    return 0
  }
  [ -e "$deps/bin/stylua" ] && return
  mkdir -p "$deps/bin"
  ln -sfn ../tools/node_modules/.bin/stylua "$deps/bin/stylua"
}

# Grammars for Neovim, compiled as a user's Neovim would have them: $deps/parsers/parser/NAME.so, so
# that $deps/parsers can stand in 'runtimepath'.
bring_parsers() {
  bring_npm tests/parsers parsers || {
    say 'without grammars the tests with them will fail'
    return 0
  }
  mkdir -p "$deps/parsers/parser"
  for folder in "$deps"/parsers/node_modules/tree-sitter-*; do
    name=${folder##*/tree-sitter-}
    made=$deps/parsers/parser/$name.so
    [ -e "$made" ] && [ -z "$(find "$folder/src/parser.c" -newer "$made")" ] && continue
    say "compiling the grammar of $name"
    "$CC" -shared -fPIC -O1 -w -I "$folder/src" -o "$made.new" "$folder"/src/parser.c "$folder"/src/scanner.c
    mv -f "$made.new" "$made"
  done
}

build_things='cc libc make pkg-config lua tree-sitter tree-sitter-h utf8proc'
test_things='luajit luassert tmux pdftotext git luarocks lua5.1 lua5.1-h'
[ "$(uname -s)" != Linux ] || test_things="$test_things strace" # other systems have none
sanitize_things='clang symbolizer valgrind'
fuzz_things='lua51 c++'
builds_things='gcc clang i686-linux-gnu-gcc i686-libc aarch64-linux-gnu-gcc aarch64-libc qemu-aarch64 qemu-i386 musl-gcc'
lint_things='clang-tidy clang-format cppcheck luacheck shellcheck'

# shellcheck disable=SC2046,SC2086
case ${1:-test} in
  missing)
    set -- $(lacking $build_things)
    [ $# -eq 0 ] || stop_for "$@"
    ;;
  demo)
    bring $build_things
    bring_neovim demo
    ;;
  test)
    bring $build_things $test_things
    bring_neovim test
    bring_parsers
    ;;
  sanitize)
    bring $build_things $test_things $sanitize_things
    bring_neovim test
    ;;
  fuzz)
    bring $build_things $test_things $sanitize_things $fuzz_things
    bring_neovim test
    ;;
  lint)
    bring $build_things $test_things $sanitize_things $lint_things
    bring_neovim test
    bring_parsers
    bring_stylua
    ;;
  builds)
    bring $build_things $test_things $builds_things keyring
    for libraries in 'bookworm amd64' 'bookworm arm64' 'bookworm i386' 'sid amd64'; do
      has_debian_mirror && tests/fetch.sh "$deps" libraries $libraries
    done
    ;;
  peers)
    bring $build_things luajit npm
    bring_npm tests/bench/peers peers
    ;;
  *)
    say "no such set-up: $1 (missing, demo, test, sanitize, fuzz, lint, builds, peers)"
    exit 2
    ;;
esac

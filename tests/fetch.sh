#!/bin/sh
# Fetches the Neovims of the test matrix and tree-sitter's CLI: Debian's own packages of newer
# suites, without root and without touching the system.
#
#   tests/fetch.sh [DIRECTORY]        default: $GALLEY_DEPS, else .deps in the checkout
#   tests/fetch.sh DIRECTORY libraries SUITE ARCHITECTURE
#
# What comes out: DIRECTORY/nvim-0.10/bin/nvim, DIRECTORY/nvim-0.12/bin/nvim (named after what the
# suites hold) and DIRECTORY/bin/tree-sitter. With `libraries`: tree-sitter and utf8proc to link with,
# of a suite and for an architecture, in DIRECTORY/libraries/SUITE-ARCHITECTURE.
#
# The mirror's address is the one that apt uses on this machine (GALLEY_MIRROR overrides it), and
# apt checks every package against the archive's signature, with the keyring of the package
# debian-archive-keyring. A keyring too old for a suite makes apt refuse it: the cure is a newer
# debian-archive-keyring from the machine's own suite, never an unchecked download.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
deps=${1:-${GALLEY_DEPS:-$here/../.deps}}
mkdir -p "$deps"
deps=$(cd "$deps" && pwd)
work=$deps/fetch

suites='trixie forky'
cli_suite=forky
layout=1 # raise it when the unpacked folders must be made anew

fail() {
  printf 'tests/fetch.sh: %s\n' "$*" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing; '$2' brings it"
}

# The mirror from which this machine takes its own suite.
mirror() {
  if [ -n "${GALLEY_MIRROR:-}" ]; then
    echo "$GALLEY_MIRROR"
    return
  fi
  # shellcheck disable=SC1091
  id=$(. /etc/os-release && echo "${ID:-}")
  [ "$id" = debian ] || return 0
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$codename" '
      $1 == own { print $2; found = 1; exit }
      # testing and unstable have no codename of their own, or go by another
      !first && $2 !~ /security/ { first = $2 }
      END { if (!found && first) print first }'
}

# apt for one suite, with a state of its own: an empty list of installed packages makes it
# fetch every dependency, libc included.
suite_apt() {
  suite=$1
  command=$2
  shift 2
  state=$work/$suite
  "$command" -q -o APT::Architecture="$architecture" -o APT::Architectures="$architecture" \
    -o Dir::State="$state/state" -o Dir::State::status="$state/status" \
    -o Dir::Cache="$state/cache" -o Dir::Etc::sourcelist="$state/sources.list" \
    -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Install-Recommends=false \
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

suite_update() {
  state=$work/$1
  [ -e "$state/updated" ] && return
  mkdir -p "$state/state/lists/partial" "$state/cache/archives/partial"
  : >"$state/status"
  printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$uri" "$1" >"$state/sources.list"
  # a warning of apt's is as good as an error: it goes on with what it had before
  if ! suite_apt "$1" apt-get update >"$state/log" 2>&1 || grep -q '^[WE]:' "$state/log"; then
    cat "$state/log" >&2
    fail "apt could not read suite $1 of $uri." \
      "If a key is missing above: 'sudo apt-get install debian-archive-keyring'"
  fi
  : >"$state/updated"
}

# Unpacks a package and all that it needs, of a suite, into a folder.
unpack() {
  suite=$1
  package=$2
  into=$3
  suite_update "$suite"
  mkdir -p "$work/$suite/debs" "$into"
  suite_apt "$suite" apt-get -s install "$package" >"$work/$suite/plan" ||
    fail "suite $suite cannot give $package"
  # shellcheck disable=SC2046
  (cd "$work/$suite/debs" && suite_apt "$suite" apt-get download \
    $(awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' "$work/$suite/plan") >../log 2>&1) || {
    cat "$work/$suite/log" >&2
    fail "download of $package and its dependencies failed"
  }
  for deb in "$work/$suite/debs"/*.deb; do
    dpkg -x "$deb" "$into"
  done
  rm -r "$work/$suite/debs"
}

# Makes a program of an unpacked folder use the loader and the libraries of that folder.
relocate() {
  root=$1
  program=$2
  loader=$(find "$root" -type f -name 'ld-linux*.so*' | head -n 1)
  libraries=$(dirname "$(find "$root" -name 'libc.so.6' | head -n 1)")
  [ -n "$loader" ] || fail "no libc in $root"
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$program"
}

fetch_neovim() {
  suite=$1
  root=$deps/$suite
  stamp="$layout $root"
  [ "$(cat "$root/.stamp" 2>/dev/null)" = "$stamp" ] && return
  echo "fetching Neovim of Debian's suite $suite"
  rm -rf "$root"
  unpack "$suite" neovim "$root"
  # /usr/bin/nvim is the program; a later suite may hide it behind the alternatives system
  program=$root/usr/bin/nvim
  [ -f "$program" ] || fail "no usr/bin/nvim in the package of $suite"
  relocate "$root" "$program"
  mkdir -p "$root/bin"
  cat >"$root/bin/nvim" <<EOF
#!/bin/sh
# Neovim of Debian's suite $suite, unpacked by tests/fetch.sh
VIMRUNTIME=$root/usr/share/nvim/runtime exec $program "\$@"
EOF
  chmod +x "$root/bin/nvim"
  version=$("$root/bin/nvim" --version | sed -n 's/^NVIM v\([0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$version" ] || fail "the Neovim of suite $suite does not run"
  ln -sfn "$suite" "$deps/nvim-$version"
  echo "$stamp" >"$root/.stamp"
}

fetch_cli() {
  root=$deps/tree-sitter
  stamp="$layout $root"
  [ "$(cat "$root/.stamp" 2>/dev/null)" = "$stamp" ] && return
  echo "fetching tree-sitter's CLI of Debian's suite $cli_suite"
  rm -rf "$root"
  unpack "$cli_suite" tree-sitter-cli "$root"
  relocate "$root" "$root/usr/bin/tree-sitter"
  mkdir -p "$deps/bin"
  ln -sfn ../tree-sitter/usr/bin/tree-sitter "$deps/bin/tree-sitter"
  "$deps/bin/tree-sitter" --version >/dev/null || fail "tree-sitter's CLI does not run"
  echo "$stamp" >"$root/.stamp"
}

# The packages with headers and static libraries, without what they depend on: they are linked into
# programs for which a compiler has a libc.
fetch_libraries() {
  root=$deps/libraries/$1-$architecture
  stamp="$layout $root"
  [ "$(cat "$root/.stamp" 2>/dev/null)" = "$stamp" ] && return
  echo "fetching tree-sitter and utf8proc of Debian's suite $1 for $architecture"
  rm -rf "$root"
  suite_update "$1"
  mkdir -p "$work/$1/debs" "$root"
  (cd "$work/$1/debs" && suite_apt "$1" apt-get download libtree-sitter-dev libutf8proc-dev) \
    >"$work/$1/log" 2>&1 || {
    cat "$work/$1/log" >&2
    fail "suite $1 cannot give the libraries for $architecture"
  }
  for deb in "$work/$1/debs"/*.deb; do
    dpkg -x "$deb" "$root"
  done
  echo "$stamp" >"$root/.stamp"
}

need apt-get 'a Debian system'
need dpkg 'a Debian system'
architecture=$(dpkg --print-architecture)
keyring=${GALLEY_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
[ -e "$keyring" ] || fail "$keyring is missing; 'sudo apt-get install debian-archive-keyring' brings it"
uri=$(mirror)
[ -n "$uri" ] || fail "apt on this machine names no Debian mirror; name one in GALLEY_MIRROR"

trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
if [ "${2:-}" = libraries ]; then
  architecture=$4
  work=$deps/fetch-$3-$4
  mkdir -p "$work"
  fetch_libraries "$3"
  exit
fi
need patchelf 'sudo apt-get install patchelf'
mkdir -p "$work"
for suite in $suites; do
  fetch_neovim "$suite"
done
fetch_cli

# machine.sh - what this machine must have, and how Nudge is built on it
#
# SPDX-License-Identifier: MIT
#
# shellcheck shell=bash
# Sourced by app/run, tests/run and tests/bench/run, never run. The one list of Debian
# packages that Nudge is built and run with; README.md gives each one's reason.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# shellcheck disable=SC2034
packages=(
  # to build
  gcc libc6-dev meson ninja-build pkgconf gettext itstool
  libglib2.0-dev libgtk-4-dev libadwaita-1-dev libjansson-dev libzip-dev zlib1g-dev
  # to look right: icons are SVG files, and a bare machine has no fonts, none for Chinese
  adwaita-icon-theme librsvg2-common fonts-dejavu-core fonts-wqy-microhei
)

say () { echo "nudge: $*"; }
fail () { echo "nudge: $*" >&2; exit 1; }

# Runs a command; what it says is shown only if it fails.
quietly () {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" = 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

as_root () {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

apt_get () {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@"
}

# need PACKAGE...: installs those that are missing; asks the network only then.
need () {
  local installed name missing=() show=quietly
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "this is not a Debian system, so installing is left to you. By Debian's names: $*"
    return
  fi
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for name; do
    grep -qx "installed $name" <<<"$installed" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "packages are missing, and without sudo only root can install them. As root, run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing what is missing: ${missing[*]}"
  [ ! -t 1 ] || show=
  $show apt_get update || fail "the package lists could not be fetched: see above"
  $show apt_get install -y --no-install-recommends "${missing[@]}" ||
    fail "the packages could not be installed: see above"
}

# set_up FOLDER [MESON-OPTION...]: configures it, unless it is.
set_up () {
  local folder=$1
  if [ ! -e "$top/$folder/build.ninja" ]; then
    say "building in $top/$folder"
    quietly meson setup "$top/$folder" "$top" "${@:2}" || fail "the build could not be set up: see above"
  fi
}

# compile FOLDER [TARGET...]: builds what has changed, of everything or of these.
compile () {
  quietly ninja -C "$top/$1" "${@:2}" || fail "the build failed: see above"
}

# build FOLDER [MESON-OPTION...]: both.
build () {
  set_up "$@"
  compile "$1"
}

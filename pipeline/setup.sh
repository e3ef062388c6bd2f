#!/usr/bin/env bash
# `make setup`: brings a machine that has Node, npm, make and git to where everything
# builds and tests run. It checks each tool by running it, installs only what is
# missing, and refuses to guess: what it cannot install it names, with the command.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here/.."
# shellcheck source=setup/speak.sh
. "$here/setup/speak.sh"
# shellcheck source=setup/versions.sh
. "$here/setup/versions.sh"
# shellcheck source=setup/npm-packages.sh
. "$here/setup/npm-packages.sh"
# shellcheck source=setup/platform.sh
. "$here/setup/platform.sh"
# shellcheck source=setup/apt.sh
. "$here/setup/apt.sh"
# shellcheck source=setup/system-packages.sh
. "$here/setup/system-packages.sh"

programs='tippecanoe 7zz ogrinfo chromium'

require_node() {
  local found
  found="$(node --version 2>&1)" || found='none'
  # Those that have zlib.crc32: no 21, nor the first of 22.
  case "$found" in
    v20.1[5-9].* | v20.[2-9][0-9].* | v22.[2-9].* | v22.[1-9][0-9].* | v2[3-9].* | v[3-9][0-9].*) ;;
    *)
      give_up "Node 20.15 or later of Node 20, or 22.2 or later, is needed, found $found:" \
        'see https://nodejs.org/en/download'
      ;;
  esac
  npm --version >/dev/null 2>&1 || give_up 'npm is needed beside Node and does not run'
}

# Says the version of everything, or fails at the first that does not run.
report() {
  local program version summary
  summary="node $(node --version | tr -d v)"
  for program in gdal-async $programs; do
    version="$(version_of "$program")" || return
    summary="$summary, $program $version"
  done
  if outdated_7zz && apt_has_newer 7zip; then return 1; fi
  say "everything is in place: $summary"
}

# The programs among "$@" that do not run.
missing_of() {
  local program
  for program in "$@"; do
    version_of "$program" >/dev/null || printf '%s ' "$program"
  done
}

install_programs() {
  local missing
  # shellcheck disable=SC2086 # a list of names
  missing="$(missing_of $programs)"
  # libgdal and a compiler serve only to build gdal-async.
  if ! version_of gdal-async >/dev/null; then missing="$missing$(missing_of libgdal)"; fi
  if outdated_7zz; then missing="${missing}7zz"; fi
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086
  install_missing $missing
  # shellcheck disable=SC2086
  missing="$(missing_of $missing)"
  [ -z "$missing" ] || give_up_on "$missing"
}

give_up_on() {
  say "could not install: $1"
  say "these commands would$as_whom:"
  # shellcheck disable=SC2086 # a list of names
  commands_for $1
  give_up 'run make setup again afterwards'
}

# Not an error: the pipeline itself refuses archives that hold links, before it extracts.
warn_of_outdated_7zz() {
  outdated_7zz || return 0
  say "7zz $(version_of 7zz) follows links out of archives (CVE-2025-11001, fixed in 25.01)" \
    "and $(os_name) has none newer; these commands would install one$as_whom:"
  commands_for newer-7zz
}

require_node
install_npm_packages
if ! report; then
  fetch_gdal_async
  install_programs
  build_gdal_async
  report || give_up 'something installed does not run; the checks are in pipeline/setup/versions.sh'
fi
warn_of_outdated_7zz

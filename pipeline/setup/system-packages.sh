# shellcheck shell=bash
# The programs that come from the system: apt-get on Debian and Ubuntu, brew on macOS.
# On another system nothing is installed; the names to look for are printed.

# The packages that bring a program; none where it has to come another way.
packages_for() {
  case "$1:$platform" in
    libgdal:macos | ogrinfo:macos) printf 'gdal\n' ;;
    libgdal:*) printf 'libgdal-dev g++ make python3\n' ;;
    ogrinfo:*) printf 'gdal-bin\n' ;;
    7zz:macos) printf 'sevenzip\n' ;;
    7zz:*) printf '7zip\n' ;;
    # Ubuntu's is a snap, whose sandbox has a /tmp of its own; Homebrew's is not signed.
    chromium:ubuntu | chromium:macos) ;;
    newer-7zz:*) ;;
    tippecanoe:ubuntu) case "$(os_key VERSION_ID)" in 2[0-3].*) ;; *) printf 'tippecanoe\n' ;; esac ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# install_missing PROGRAM…: what fails here is found out by running the programs again.
install_missing() {
  local program packages=''
  for program in "$@"; do packages="$packages $(packages_for "$program")"; done
  # shellcheck disable=SC2086 # a list of names
  if [ -n "${packages// /}" ]; then install_packages $packages; fi
  case " $* " in *' chromium '*) install_playwright_chromium ;; esac
}

install_packages() {
  case "$platform" in
    debian | ubuntu)
      if can_be_root; then apt_install "$@"; else say "not root, and no sudo that works here: $* not installed"; fi
      ;;
    macos)
      say "installing with brew: $*"
      twice quietly brew install "$@" || true
      ;;
    other) say "no package manager known for $(os_name)" ;;
  esac
}

# Where no package brings it: Playwright's own build, with the libraries that it needs.
install_playwright_chromium() {
  [ -z "$(packages_for chromium)" ] || return 0
  say 'installing Chromium with playwright-core'
  if [ "$platform" = ubuntu ] && can_be_root; then
    twice quietly npx --no playwright-core install --with-deps chromium || true
  else
    twice quietly npx --no playwright-core install chromium || true
  fi
}

# commands_for PROGRAM…: the exact commands that would install them.
commands_for() {
  local program packages='' found
  for program in "$@"; do
    found="$(packages_for "$program")"
    if [ -n "$found" ]; then packages="$packages $found"; else commands_by_hand "$program"; fi
  done
  packages="${packages# }"
  [ -n "$packages" ] || return 0
  # shellcheck disable=SC2086 # a list of names
  case "$platform" in
    debian | ubuntu) apt_commands $packages ;;
    macos) printf '  brew install %s\n' "$packages" ;;
    other) printf '  (the packages that Debian names %s)\n' "$packages" ;;
  esac
}

commands_by_hand() {
  case "$1:$platform" in
    tippecanoe:*)
      apt_commands build-essential git libsqlite3-dev zlib1g-dev
      printf '  git clone --depth 1 --branch 2.52.0 https://github.com/felt/tippecanoe /tmp/tippecanoe\n'
      printf '  make -C /tmp/tippecanoe -j2 && %smake -C /tmp/tippecanoe install\n' "$sudo"
      ;;
    newer-7zz:macos) printf '  brew upgrade sevenzip\n' ;;
    newer-7zz:*)
      printf '  curl -fsSL https://www.7-zip.org/a/7z2501-linux-%s.tar.xz | %star -xJ -C /usr/local/bin 7zz\n' \
        "$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" "$sudo"
      ;;
    chromium:ubuntu) printf '  npx playwright-core install --with-deps chromium\n' ;;
    chromium:*) printf '  npx playwright-core install chromium\n' ;;
  esac
}

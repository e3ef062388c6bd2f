# shellcheck shell=bash
# Which system this is, and how root's rights are had on it.

os_key() {
  sed -n "s/^$1=//p" "${OS_RELEASE:-/etc/os-release}" 2>/dev/null | tr -d '"' || true
}

os_name() {
  if [ "$platform" = macos ]; then printf 'macOS\n'; else os_key PRETTY_NAME; fi
}

# One of: debian ubuntu macos other. Derivatives count as what they derive from.
find_platform() {
  if [ "$(uname -s)" = Darwin ]; then
    printf 'macos\n'
    return
  fi
  case " $(os_key ID) $(os_key ID_LIKE) " in
    *' ubuntu '*) printf 'ubuntu\n' ;;
    *' debian '*) printf 'debian\n' ;;
    *) printf 'other\n' ;;
  esac
}

platform="$(find_platform)"

is_root() {
  [ "$(id -u)" -eq 0 ]
}

# Without a terminal sudo must need no password.
can_be_root() {
  is_root && return
  command -v sudo >/dev/null || return
  [ -t 0 ] || sudo -n true 2>/dev/null
}

as_root() {
  if is_root; then "$@"; else sudo "$@"; fi
}

# How printed commands get root's rights: each through sudo, or all from a root's shell.
sudo=''
as_whom=''
if ! is_root; then
  if command -v sudo >/dev/null; then sudo='sudo '; else as_whom=', run as root'; fi
fi

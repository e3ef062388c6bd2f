# shellcheck shell=bash
# Debian and Ubuntu packages. Every function that needs root refuses nothing by itself:
# ask can_be_root first.

apt_get() {
  as_root env DEBIAN_FRONTEND="${DEBIAN_FRONTEND:-noninteractive}" \
    apt-get -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 "$@"
}

apt_install() {
  local package offered=''
  apt_update
  case " $* " in *' tippecanoe '*) offer_tippecanoe ;; esac
  # One unknown package would stop all the others.
  for package in "$@"; do
    if apt_offers "$package"; then offered="$offered $package"; fi
  done
  [ -n "$offered" ] || return 0
  say "installing with apt-get:$offered"
  # shellcheck disable=SC2086 # a list of names
  twice quietly apt_get install -y --no-install-recommends $offered || true
}

# A broken repository that has nothing to do with us must not stop us: installing will tell.
apt_update() {
  say 'reading the package lists (apt-get update)'
  quietly apt_get update || say 'apt-get update complained; going on with the lists there are'
}

apt_offers() {
  [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]
}

apt_has_newer() {
  command -v apt-cache >/dev/null || return
  LC_ALL=C apt-cache policy "$1" | awk '
    $1 == "Installed:" { installed = $2 }
    $1 == "Candidate:" { candidate = $2 }
    END { exit !(candidate != "" && candidate != "(none)" && candidate != installed) }'
}

# Debian 12 has tippecanoe in its backports only.
offer_tippecanoe() {
  [ "$platform" = debian ] || return 0
  if apt_offers tippecanoe; then return; fi
  say "adding $(backports_list) for tippecanoe"
  backports_source | as_root tee "$(backports_list)" >/dev/null
  apt_update
}

backports_list() {
  printf '/etc/apt/sources.list.d/%s-backports.list\n' "$(os_key VERSION_CODENAME)"
}

# From the mirror that this machine already uses for Debian itself.
backports_source() {
  local codename mirror
  codename="$(os_key VERSION_CODENAME)"
  # shellcheck disable=SC2016 # apt-get's own placeholder
  mirror="$(apt-get indextargets --format '$(REPO_URI)' "Codename: $codename" 2>/dev/null | sed -n 1p)"
  printf 'deb %s %s-backports main\n' "${mirror:-http://deb.debian.org/debian}" "$codename"
}

# What apt_install would do, for a person with root's rights.
apt_commands() {
  case "$platform $* " in
    debian*' tippecanoe '*)
      apt_offers tippecanoe ||
        printf "  echo '%s' | %stee %s\n" "$(backports_source)" "$sudo" "$(backports_list)"
      ;;
  esac
  printf '  %sapt-get update\n' "$sudo"
  printf '  %sapt-get install -y --no-install-recommends %s\n' "$sudo" "$*"
}

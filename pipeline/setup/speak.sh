# shellcheck shell=bash
# How setup speaks and runs commands: one line for each thing done, and a command's
# own output only when it failed.

say() {
  printf 'setup: %s\n' "$*"
}

give_up() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# quietly COMMAND…: what it printed is shown only when it fails.
quietly() {
  local log status=0
  log="$(mktemp "${TMPDIR:-/tmp}/setup.XXXXXX")"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne 0 ]; then tail -n 40 "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

# twice COMMAND…: for what goes through a network.
twice() {
  "$@" && return
  say "that failed; once more"
  sleep 3
  "$@"
}

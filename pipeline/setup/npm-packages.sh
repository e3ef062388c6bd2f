# shellcheck shell=bash
# The npm packages, and gdal-async's native half. Packages' install scripts never run:
# gdal-async's would, when its download fails, compile a whole GDAL for half an hour.

# In node_modules, so that it goes when they go.
stamp=node_modules/.setup-lock-sha256

lock_sha256() {
  node -p "require('crypto').createHash('sha256').update(require('fs').readFileSync('package-lock.json')).digest('hex')"
}

install_npm_packages() {
  local wanted
  wanted="$(lock_sha256)"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
  say 'installing the npm packages of package-lock.json'
  set_binding_aside
  twice quietly npm ci --ignore-scripts --no-audit --no-fund ||
    give_up 'could not install the npm packages; the command was: npm ci --ignore-scripts'
  put_binding_back
  printf '%s\n' "$wanted" >"$stamp"
}

# npm ci empties node_modules, but the same gdal-async need not be compiled again for a
# change to another package.
binding=node_modules/gdal-async/lib/binding
kept=''

gdal_async_release() {
  node -p "require('gdal-async/package.json').version" 2>/dev/null
}

set_binding_aside() {
  if [ ! -d "$binding" ] || ! version_of gdal-async >/dev/null; then return; fi
  kept="$(mktemp -d "${TMPDIR:-/tmp}/setup.XXXXXX")"
  cp -R "$binding" "$kept/$(gdal_async_release)"
}

# Whether it loads is checked afterwards, as for any other.
put_binding_back() {
  [ -n "$kept" ] || return 0
  if [ -d "$kept/$(gdal_async_release)" ]; then cp -R "$kept/$(gdal_async_release)" "$binding"; fi
  rm -rf "$kept"
}

# Through npx, so that npm's own settings (proxy, certificates, Node's headers) reach the
# download and the compiler, and not through `npm rebuild`, which npm's policies on install
# scripts (ignore-scripts, allow-scripts) may turn into nothing.
place_gdal_async() {
  quietly npx --no tsx pipeline/setup/gdal-async.ts "$1"
}

fetch_gdal_async() {
  if version_of gdal-async >/dev/null; then return; fi
  say 'fetching the prebuilt gdal-async'
  place_gdal_async prebuilt 2>/dev/null && version_of gdal-async >/dev/null && return
  say 'no prebuilt gdal-async that runs here'
}

build_gdal_async() {
  if version_of gdal-async >/dev/null; then return; fi
  say "building gdal-async against GDAL $(gdal-config --version): about two minutes"
  place_gdal_async from-source || give_up 'could not build gdal-async: its last words are above'
  version_of gdal-async >/dev/null || give_up "gdal-async was built and does not load: node -e \"require('gdal-async')\""
}

# shellcheck shell=bash
# What already works here: `version_of NAME` prints a version found by really running
# the program, or fails. Nothing in this file installs anything.

version_of() {
  case "$1" in
    gdal-async) gdal_async_version ;;
    libgdal) libgdal_version ;;
    tippecanoe) tippecanoe_version ;;
    7zz) seven_zip_version ;;
    ogrinfo) ogrinfo --version 2>/dev/null | first_number ;;
    chromium) chromium_version ;;
  esac
}

# The first version number on standard input; fails when there is none.
first_number() {
  local words
  words="$(cat)"
  [[ "$words" =~ [0-9]+(\.[0-9]+)+ ]] && printf '%s\n' "${BASH_REMATCH[0]}"
}

# A binding may be there and not load (another Node, another libgdal), or load without
# the drivers that the pipeline stands on.
gdal_async_version() {
  node -e "
    const gdal = require('gdal-async');
    for (const name of ['FlatGeobuf', 'GPKG', 'ESRI Shapefile', 'GeoJSON']) gdal.drivers.get(name);
    console.log(gdal.version);" 2>/dev/null
}

# What building gdal-async needs: the library's headers, a C++ compiler, make, and Python for node-gyp.
libgdal_version() {
  c++ --version >/dev/null 2>&1 && make --version >/dev/null 2>&1 && python3 --version >/dev/null 2>&1 &&
    gdal-config --version 2>/dev/null
}

# Version 1 is Mapbox's, which knows neither .fgb nor .pmtiles.
tippecanoe_version() {
  local version
  version="$(tippecanoe --version 2>&1 | first_number)" || return
  [ "${version%%.*}" -ge 2 ] && printf '%s\n' "$version"
}

# As pipeline/seven-zip-program.ts chooses: Debian 13 has 7-Zip as 7z.
seven_zip_program() {
  if command -v 7zz; then return; fi
  printf '7z\n'
}

# p7zip has a 7z too, which ended at version 16; 7-Zip itself came to Linux with 21.
seven_zip_version() {
  local version
  version="$("$(seven_zip_program)" 2>/dev/null | first_number)" || return
  [ "${version%%.*}" -ge 21 ] && printf '%s\n' "$version"
}

outdated_7zz() {
  local version
  version="$(seven_zip_version)" || return
  # 7-Zip's versions are YY.NN.
  [ "${version/./}" -lt 2501 ]
}

# The two that the browser tests look for: the system's, where a package brings it, and Playwright's.
chromium_version() {
  local browser=chromium
  if [ -z "$(packages_for chromium)" ] || ! command -v "$browser" >/dev/null; then
    browser="$(node -p "require('playwright-core').chromium.executablePath()" 2>/dev/null)" || return
  fi
  "$browser" --version 2>/dev/null | first_number
}

/** What `make setup` does on machines of several kinds, all pretended: see testing/machine.ts. */
import { afterEach, expect, test } from 'vitest';
import { Machine } from './testing/machine.ts';

const DEBIAN_12 = 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian 12"\n';
const DEBIAN_13 = 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\nPRETTY_NAME="Debian 13"\n';
const UBUNTU_22 = 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\nPRETTY_NAME="Ubuntu 22.04"\n';

const machines: Machine[] = [];

function machine(osRelease: string, user: 'root' | 'somebody'): Machine {
  const made = new Machine(osRelease, user);
  machines.push(made);
  return made;
}

afterEach(() => {
  for (const made of machines.splice(0)) made.discard();
});

test('where everything is in place it prints one line and installs nothing', () => {
  const debian = machine(DEBIAN_12, 'root');
  debian.setUp();
  const { status, said } = debian.setUp();
  expect(said).toMatch(
    /^setup: everything is in place: node \S+, gdal-async 3\.6\.2, tippecanoe 2\.52\.0[^\n]*\n$/,
  );
  expect(status).toBe(0);
  expect(debian.calls('npm')).toEqual(['npm --version']);
});

test('npm packages are installed when package-lock.json changed, without their scripts, and not otherwise', () => {
  const debian = machine(DEBIAN_12, 'root');
  const installed = (): number => debian.setUp().said.split('installing the npm packages').length - 1;
  expect(installed()).toBe(1);
  expect(debian.calls('npm ci')).toEqual(['npm ci --ignore-scripts --no-audit --no-fund']);
  expect(installed()).toBe(0);
  debian.write('package-lock.json', '{ "lockfileVersion": 3 }');
  expect(installed()).toBe(1);
});

test('the compiled half of gdal-async outlives a change to other packages', () => {
  const debian = machine(DEBIAN_12, 'root');
  debian.write('node_modules/gdal-async/package.json', '{ "version": "3.12.3" }');
  debian.write('node_modules/gdal-async/index.js', "module.exports = require('./lib/binding/gdal.js');");
  debian.write(
    'node_modules/gdal-async/lib/binding/gdal.js',
    'exports.version = "3.6.2"; exports.drivers = { get() {} };',
  );
  debian.program('npm', '[ "$1" != ci ] || rm -r node_modules/gdal-async/lib/binding');
  debian.program('npx', 'exit 1');
  const { status, said } = debian.setUp();
  expect(debian.calls('npm ci')).toHaveLength(1);
  expect(debian.calls('npx')).toEqual([]);
  expect(said).toMatch(/everything is in place/);
  expect(status).toBe(0);
});

test('npm failing once is tried again, failing twice ends with the command', () => {
  const debian = machine(DEBIAN_12, 'root');
  debian.program('npm', '[ "$1" = --version ] || { echo ECONNRESET; exit 1; }');
  const { status, said } = debian.setUp();
  expect(debian.calls('npm ci')).toHaveLength(2);
  expect(said).toContain('ECONNRESET');
  expect(said).toContain('npm ci --ignore-scripts\n');
  expect(status).toBe(1);
});

test('on Debian 12 the missing programs come from apt, tippecanoe from the backports that it adds', () => {
  const debian = machine(DEBIAN_12, 'root');
  for (const program of ['tippecanoe', '7zz', 'ogrinfo']) debian.uninstall(program);
  debian.offerPackages('7zip gdal-bin', 'tippecanoe');
  const { status, said } = debian.setUp();
  expect(debian.calls('tee')).toEqual(['tee /etc/apt/sources.list.d/bookworm-backports.list']);
  expect(debian.calls('apt-get').at(-1)).toMatch(
    /install -y --no-install-recommends tippecanoe 7zip gdal-bin$/,
  );
  expect(said).toMatch(/everything is in place/);
  expect(status).toBe(0);
  debian.setUp();
  expect(debian.calls('apt-get')).toEqual([]);
});

test('a tippecanoe that does not know FlatGeobuf and PMTiles counts as missing', () => {
  const debian = machine(DEBIAN_12, 'root');
  debian.program('tippecanoe', "echo 'tippecanoe v1.36.0'");
  debian.offerPackages('tippecanoe');
  expect(debian.setUp().said).toMatch(/everything is in place:.* tippecanoe 2\.52\.0/);
});

test('without root it installs nothing and prints the exact commands', () => {
  const debian = machine(DEBIAN_12, 'somebody');
  debian.uninstall('tippecanoe');
  debian.uninstall('ogrinfo');
  debian.offerPackages('gdal-bin', 'tippecanoe');
  const { status, said } = debian.setUp();
  expect(status).toBe(1);
  expect(debian.calls('apt-get').filter((call) => !call.includes('indextargets'))).toEqual([]);
  expect(said).toContain('could not install: tippecanoe ogrinfo');
  expect(said).toContain(
    [
      "  echo 'deb http://deb.debian.org/debian bookworm-backports main' | tee /etc/apt/sources.list.d/bookworm-backports.list",
      '  apt-get update',
      '  apt-get install -y --no-install-recommends tippecanoe gdal-bin\n',
    ].join('\n'),
  );
});

test('sudo is used when it needs no password, and only then without a terminal', () => {
  const debian = machine(DEBIAN_12, 'somebody');
  debian.uninstall('ogrinfo');
  debian.offerPackages('gdal-bin');
  debian.program('sudo', 'exit 1');
  const refused = debian.setUp();
  expect(refused.said).toContain('  sudo apt-get install -y --no-install-recommends gdal-bin\n');
  expect(refused.status).toBe(1);
  debian.program('sudo', 'if [ "$1" = -n ]; then shift; fi; "$@"');
  debian.program('true', ':');
  expect(debian.setUp()).toMatchObject({ status: 0 });
  expect(debian.calls('sudo env DEBIAN_FRONTEND=noninteractive apt-get')).toHaveLength(2);
});

test('on Ubuntu 22.04, which has no tippecanoe, it prints how to build one', () => {
  const ubuntu = machine(UBUNTU_22, 'root');
  ubuntu.uninstall('tippecanoe');
  ubuntu.uninstall('ogrinfo');
  ubuntu.offerPackages('gdal-bin');
  const { status, said } = ubuntu.setUp();
  expect(said).toMatch(/installing with apt-get: gdal-bin\n/);
  expect(said).toMatch(/could not install: tippecanoe \n/);
  expect(said).toMatch(/git clone .*felt\/tippecanoe/);
  expect(status).toBe(1);
});

test('on Ubuntu, whose Chromium is a snap, Playwright brings its own', () => {
  const ubuntu = machine(UBUNTU_22, 'root');
  ubuntu.write(
    'node_modules/playwright-core/index.js',
    "exports.chromium = { executablePath: () => '/nowhere' };",
  );
  ubuntu.program('npx', 'exit 1');
  const { status, said } = ubuntu.setUp();
  expect(new Set(ubuntu.calls('npx'))).toEqual(
    new Set(['npx --no playwright-core install --with-deps chromium']),
  );
  expect(said).toContain('  npx playwright-core install --with-deps chromium\n');
  expect(status).toBe(1);
});

test('7-Zip is found by the name that it has in Debian 13, and p7zip is not taken for it', () => {
  const debian = machine(DEBIAN_13, 'root');
  debian.uninstall('7zz');
  debian.program('7z', "echo '7-Zip 25.01 (x64) : Copyright (c) 1999-2025 Igor Pavlov'");
  expect(debian.setUp().said).toMatch(/everything is in place:.* 7zz 25\.01/);
  debian.program('7z', "echo '7-Zip [64] 16.02 : p7zip Version 16.02'");
  debian.offerPackages('7zip');
  const { said } = debian.setUp();
  expect(said).toMatch(/installing with apt-get: 7zip\n/);
  expect(said).toMatch(/everything is in place:.* 7zz 26\.02/);
});

test('a 7-Zip older than 25.01 is replaced where apt has a newer one', () => {
  const debian = machine(DEBIAN_12, 'root');
  debian.program('7zz', "echo '7-Zip (z) 22.01 (x64)'");
  debian.offerPackages('7zip');
  debian.program('apt-cache', "printf 'Installed: 22.01\\nCandidate: 26.02\\n'");
  expect(debian.setUp().said).toMatch(/everything is in place:.* 7zz 26\.02/);
});

test('a 7-Zip older than 25.01 where apt has none newer is said at every run, and no failure', () => {
  const ubuntu = machine(UBUNTU_22, 'root');
  ubuntu.program('7zz', "echo '7-Zip (z) 21.07 (x64)'");
  ubuntu.program('apt-cache', "printf 'Installed: 21.07\\nCandidate: 21.07\\n'");
  const { status, said } = ubuntu.setUp();
  expect(said).toMatch(/7zz 21\.07 follows links out of archives .* Ubuntu 22\.04 has none newer/);
  expect(said).toMatch(/7z2501-linux-x64\.tar\.xz/);
  expect(status).toBe(0);
});

test.each(['v18.20.4', 'v20.9.0', 'v20.14.0', 'v21.7.3', 'v22.1.0'])(
  'Node %s is refused before anything is done',
  (old) => {
    const debian = machine(DEBIAN_12, 'root');
    debian.uninstall('node');
    debian.program('node', `echo ${old}`);
    const { status, said } = debian.setUp();
    expect(said).toContain(`Node 20.15 or later of Node 20, or 22.2 or later, is needed, found ${old}:`);
    expect(status).toBe(1);
    expect(debian.calls('npm')).toEqual([]);
  },
);

test.each(['v20.15.0', 'v20.20.2', 'v22.2.0', 'v22.12.0', 'v23.0.0', 'v24.1.0', 'v26.10.0', 'v30.0.0'])(
  'Node %s is not refused',
  (version) => {
    const debian = machine(DEBIAN_12, 'root');
    debian.uninstall('node');
    debian.program('node', `[ "$1" != --version ] || echo ${version}`);
    debian.setUp();
    expect(debian.calls('npm')[0]).toBe('npm --version');
  },
);

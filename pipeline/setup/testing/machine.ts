/**
 * A pretended machine for setup to work on: a folder of programs that is all the PATH
 * there is, a copy of the setup scripts, and a log of what was called. No real package
 * manager can be reached from it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PIPELINE = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What the scripts may use of the real machine. */
const REAL_PROGRAMS = 'bash sh env cat cp sed tr awk tail mktemp rm dirname'.split(' ');

/** The packages that setup installs, the program that each brings, and what that prints. */
const PACKAGES = [
  ['tippecanoe', 'tippecanoe', 'tippecanoe v2.52.0'],
  ['7zip', '7zz', '7-Zip (z) 26.02 (x64)'],
  ['gdal-bin', 'ogrinfo', 'GDAL 3.6.2, released 2023/01/02'],
  ['chromium', 'chromium', 'Chromium 150.0.1'],
] as const;

const script = (body: string): string => `#!/bin/sh\n${body}\n`;

export interface Outcome {
  readonly status: number | null;
  /** Standard output, then standard error. */
  readonly said: string;
}

export class Machine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'setup-machine-'));

  /** A machine where everything is in place, but for setup's own stamp. */
  constructor(osRelease: string, user: 'root' | 'somebody') {
    this.write('os-release', osRelease);
    this.write('package-lock.json', '{}');
    this.write(
      'node_modules/gdal-async/index.js',
      'exports.version = "3.6.2"; exports.drivers = { get() {} };',
    );
    for (const part of ['setup.sh', 'setup'])
      cpSync(join(PIPELINE, part), this.#path('pipeline', part), { recursive: true });
    this.write(
      'node_modules/playwright-core/index.js',
      `exports.chromium = { executablePath: () => '${this.#path('bin/chromium')}' };`,
    );
    this.#installPrograms(user);
  }

  #path(...parts: readonly string[]): string {
    return join(this.#folder, ...parts);
  }

  #installPrograms(user: 'root' | 'somebody'): void {
    mkdirSync(this.#path('bin'));
    symlinkSync(process.execPath, this.#path('bin/node'));
    for (const name of REAL_PROGRAMS) symlinkSync(realPath(name), this.#path('bin', name));
    this.program('id', `echo ${user === 'root' ? '0' : '1000'}`);
    this.program('uname', 'if [ "$1" = -m ]; then echo x86_64; else echo Linux; fi');
    this.program('npm', 'echo 10.9.2');
    this.program('sleep', ':');
    for (const [name, program, words] of PACKAGES) {
      this.program(program, `echo '${words}'`);
      this.write(join('shelf', name, program), script(`echo '${words}'`));
    }
  }

  /** Puts a program in the PATH: it logs its name and arguments, then runs `body` in sh. */
  program(name: string, body: string): void {
    this.write(join('bin', name), script(`echo "${name} $*" >> '${this.#path('calls')}'\n${body}`));
  }

  uninstall(program: string): void {
    rmSync(this.#path('bin', program));
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(this.#path(path)), { recursive: true });
    writeFileSync(this.#path(path), content, { mode: 0o755 });
  }

  /** Gives it an apt-get that offers these packages, and those of `backports` once that source was added. */
  offerPackages(packages: string, backports = ''): void {
    const added = this.#path('backports-added');
    this.program(
      'apt-cache',
      `offered='${packages}'; if [ -e '${added}' ]; then offered="$offered ${backports}"; fi
      case "$1 $offered " in madison*" $2 "*) echo "$2" ;; esac`,
    );
    this.program('tee', `cat > '${added}'`);
    // Updating complains, as it does for any repository that cannot be reached.
    this.program(
      'apt-get',
      `case "$*" in *update) exit 100 ;; esac
      for package in "$@"; do
        if [ -e '${this.#path('shelf')}'/"$package" ]; then cp '${this.#path('shelf')}'/"$package"/* '${this.#path('bin')}'; fi
      done`,
    );
  }

  setUp(): Outcome {
    this.write('calls', '');
    const run = spawnSync('bash', [this.#path('pipeline/setup.sh')], {
      encoding: 'utf8',
      env: { PATH: this.#path('bin'), OS_RELEASE: this.#path('os-release'), TMPDIR: this.#folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { status: run.status, said: run.stdout + run.stderr };
  }

  /** What the last run called that begins so. */
  calls(beginning: string): string[] {
    const lines = readFileSync(this.#path('calls'), 'utf8').split('\n');
    return lines.filter((line) => line.startsWith(beginning));
  }

  /** Takes the whole machine off the disk. */
  discard(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

function realPath(name: string): string {
  const path = ['/usr/bin', '/bin']
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`expected ${name} in /usr/bin or /bin`);
  return path;
}

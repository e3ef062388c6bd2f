import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { useFolder } from '../testing/folder.ts';
import { writeTarBz2 } from '../testing/tar-bz2.ts';
import { zip } from '../testing/zip.ts';
import { filesOfOneName, openWorkspace, siblingOf, sourceFiles, type Workspace } from './workspace.ts';

const folder = useFolder();

async function open(path: string): Promise<Workspace> {
  return openWorkspace(path, 'the source', folder.path('work', 'here'));
}

function names(workspace: Workspace): string[] {
  return workspace.members.map(({ name }) => name);
}

describe('a source laid open', () => {
  it('is every file of a folder, by its path in it', async () => {
    folder.write('source/b.txt', 'b');
    folder.write('source/a/c.txt', 'c');
    const workspace = await open(folder.path('source'));
    expect(names(workspace)).toEqual(['a/c.txt', 'b.txt']);
    expect(workspace.members[0]?.path).toBe(folder.path('source', 'a', 'c.txt'));
  });

  it('is a file and those of its name, in any case', async () => {
    for (const name of ['ZONE.shp', 'ZONE.DBF', 'zone.prj', 'ZONE_2.shp', 'AUTRE.dbf'])
      folder.write(`source/${name}`, 'x');
    const path = folder.path('source', 'ZONE.shp');
    expect(names(await open(path)).sort()).toEqual(['ZONE.DBF', 'ZONE.shp', 'zone.prj']);
    expect(siblingOf(path, '.dbf')).toBe(folder.path('source', 'ZONE.DBF'));
    expect(siblingOf(path, '.cpg')).toBeNull();
    expect(filesOfOneName(path)).toHaveLength(3);
  });

  it('is what a zip holds, and leaves nothing when it is closed', async () => {
    const archive = folder.write('source.zip', zip([{ name: 'd/ZONE.shp', content: 'x' }]));
    const workspace = await open(archive);
    expect(names(workspace)).toEqual(['d/ZONE.shp']);
    expect(readFileSync(workspace.members[0]?.path ?? '', 'utf8')).toBe('x');
    workspace.dispose();
    expect(readdirSync(folder.path('work', 'here'))).toEqual([]);
    expect(existsSync(archive)).toBe(true);
  });

  it('is what a 7z holds, upper-case ending or not', async () => {
    folder.write('in/PARCELLE.SHP', 'x');
    for (const name of ['a.7z', 'B.7Z']) {
      execFileSync(sevenZipProgram(), ['a', '-bso0', '-t7z', folder.path(name), 'PARCELLE.SHP'], {
        cwd: dirname(folder.path('in', 'x')),
      });
      expect(names(await open(folder.path(name)))).toEqual(['PARCELLE.SHP']);
    }
  });

  it('keeps archives of one name apart, each member after its archive', async () => {
    folder.write('source/a/data.zip', zip([{ name: 'x.txt', content: 'from a' }]));
    folder.write('source/b/data.zip', zip([{ name: 'x.txt', content: 'from b' }]));
    const workspace = await open(folder.path('source'));
    expect(names(workspace)).toEqual(['a/data.zip/x.txt', 'b/data.zip/x.txt']);
    const texts = workspace.members.map(({ path }) => readFileSync(path, 'utf8'));
    expect(texts).toEqual(['from a', 'from b']);
  });

  it('opens the sheets of a folder, tar.bz2 each', async () => {
    folder.write('in/E000AB01.THF', 'x');
    const inside = dirname(folder.path('in', 'x'));
    for (const sheet of ['AB01', 'AB02']) {
      const path = folder.path('source', `edigeo-21054000${sheet}.tar.bz2`);
      writeTarBz2(path, inside, 'E000AB01.THF');
    }
    expect(names(await open(folder.path('source')))).toEqual([
      'edigeo-21054000AB01.tar.bz2/E000AB01.THF',
      'edigeo-21054000AB02.tar.bz2/E000AB01.THF',
    ]);
  });

  it('leaves nothing behind when one of its archives is bad', async () => {
    folder.write('source/good.zip', zip([{ name: 'x.txt', content: 'x' }]));
    folder.write('source/worse.zip', 'no zip');
    await expect(open(folder.path('source'))).rejects.toMatchObject({ code: 'BadArchive' });
    expect(readdirSync(folder.path('work', 'here'))).toEqual([]);
  });

  it('is what links lead to, wherever that lies', async () => {
    folder.write('elsewhere/ZONE.shp', 'x');
    folder.write('elsewhere/ZONE.dbf', 'y');
    folder.write('source/b.txt', 'b');
    symlinkSync(folder.path('elsewhere', 'ZONE.shp'), folder.path('source', 'A.shp'));
    symlinkSync(dirname(folder.path('elsewhere', 'x')), folder.path('source', 'folder'));
    symlinkSync(folder.path('elsewhere', 'ZONE.dbf'), folder.path('source', 'a.dbf'));
    const workspace = await open(folder.path('source'));
    expect(names(workspace)).toEqual(['A.shp', 'a.dbf', 'b.txt', 'folder/ZONE.dbf', 'folder/ZONE.shp']);
    expect(names(await open(folder.path('source', 'A.shp')))).toEqual(['A.shp', 'a.dbf']);
  });

  it.each([
    ['nowhere', 'absent', /^the source: link is a link to a file that is not there$/],
    ['into itself', '', /^the source: link is a link to a folder that holds it$/],
  ])('with a link %s is refused', async (_, target, message) => {
    folder.write('source/b.txt', 'b');
    symlinkSync(join(folder.path('source'), target), folder.path('source', 'link'));
    await expect(open(folder.path('source'))).rejects.toMatchObject({
      code: 'MissingSource',
      message: expect.stringMatching(message) as string,
    });
  });

  it('is without what macOS writes for itself', async () => {
    const content = 'x';
    const entries = ['d/ZONE.shp', 'd/._ZONE.dbf', '__MACOSX/d/._ZONE.shp', '__MACOSX/ZONE.shp'];
    const archive = folder.write('source.zip', zip(entries.map((name) => ({ name, content }))));
    expect(names(await open(archive))).toEqual(['d/ZONE.shp']);
  });

  it('that is not there is named as the sources file names it', async () => {
    await expect(open(folder.path('absent'))).rejects.toMatchObject({
      code: 'MissingSource',
      where: { source: 'the source' },
      message: 'the source: no such file or folder',
    });
  });
});

describe('what a fingerprint covers', () => {
  it('is the archive itself, or every file of a folder, or the files of one name', () => {
    const archive = folder.write('d/a.zip', zip([{ name: 'x' }]));
    writeFileSync(join(dirname(archive), 'a.txt'), 'beside');
    expect(sourceFiles(archive, 's')).toEqual([archive]);
    expect(sourceFiles(dirname(archive), 's')).toEqual([join(dirname(archive), 'a.txt'), archive]);
    const beside = join(dirname(archive), 'a.txt');
    expect(sourceFiles(beside, 's')).toEqual([beside]);
  });
});

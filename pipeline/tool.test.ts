import { describe, expect, it } from 'vitest';
import { useFolder } from './testing/folder.ts';
import { useTools } from './testing/tools.ts';
import { runTool } from './tool.ts';

const folder = useFolder();
const tools = useTools(folder);
const WHERE = { layer: 'tiles of gpu' };

function failure(code: string, message: string): unknown {
  return expect.objectContaining({ code, where: WHERE, message: `tiles of gpu: ${message}` });
}

describe('a tool', () => {
  it('is given exactly its arguments, which no shell reads', async () => {
    tools.fake('show', 'printf "%s\\n" "$@"');
    const args = ['a b', '$HOME', '"; rm -rf .', 'é*', ''];
    const { stdout } = await runTool('show', args);
    expect(stdout).toBe(args.map((arg) => `${arg}\n`).join(''));
  });

  it('runs where and with what it is told', async () => {
    tools.fake('show', 'pwd; echo "$CARTO_TEST"; echo aside >&2');
    const cwd = folder.path('bin');
    const { stdout, stderr } = await runTool('show', [], { cwd, env: { CARTO_TEST: 'oui' } });
    expect(stdout).toBe(`${cwd}\noui\n`);
    expect(stderr).toBe('aside\n');
  });

  it('that fails is told by its status and its last words', async () => {
    tools.fake('fails', 'for i in 1 2 3 4 5; do echo "line $i" >&2; done; exit 110');
    await expect(runTool('fails', [], { where: WHERE })).rejects.toEqual(
      failure('ToolFailed', 'fails failed with status 110: line 3 | line 4 | line 5'),
    );
  });

  it('that fails without a word, warnings set aside, is told so', async () => {
    tools.fake('fails', 'echo "Warning: temp directory" >&2; exit 1');
    await expect(runTool('fails', [], { where: WHERE })).rejects.toEqual(
      failure('ToolFailed', 'fails failed with status 1: it said nothing'),
    );
  });

  it('that judges a file fails with the code of that file’s fault', async () => {
    tools.fake('fails', 'echo "not an archive" >&2; exit 2');
    await expect(runTool('fails', [], { where: WHERE, code: 'BadArchive' })).rejects.toEqual(
      failure('BadArchive', 'fails failed with status 2: not an archive'),
    );
  });

  it('that is killed is told by the signal', async () => {
    tools.fake('dies', 'kill -KILL $$');
    await expect(runTool('dies', [], { where: WHERE })).rejects.toEqual(
      expect.objectContaining({
        code: 'ToolFailed',
        message: expect.stringMatching(/dies failed with (signal SIGKILL|status 137)/) as string,
      }),
    );
  });

  it('that is not there is named, with the verb that installs it', async () => {
    tools.none();
    await expect(runTool('tippecanoe', [], { where: WHERE, code: 'BadArchive' })).rejects.toEqual(
      failure('ToolFailed', 'tippecanoe is not installed; run make setup'),
    );
  });
});

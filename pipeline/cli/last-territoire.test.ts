import { describe, expect, it } from 'vitest';
import { MODULES } from '../sources/producers/plan.ts';
import { parseTerritoire } from '../sources/producers/territoire.ts';
import { useFolder } from '../testing/folder.ts';
import { recall, remember } from './last-territoire.ts';
import { requestOf } from './territoire-flags.ts';

const folder = useFolder();

const FLAGS = { modules: MODULES, cadastre: 'ign' } as const;

describe('what was built last', () => {
  it.each(['2A,21,974', 'france'])('is taken, options and all, where no territoire is given: %s', (codes) => {
    const data = folder.path('data', 'x').replace(/\/x$/, '');
    const territoire = parseTerritoire(codes);
    const request = { territoire, modules: ['cadastre'], cadastre: 'etalab', bdParcellaire: true } as const;
    remember(data, request);
    expect(requestOf({ ...FLAGS, data })).toEqual(request);
    const other = parseTerritoire('33');
    expect(requestOf({ ...FLAGS, data, territoire: other })).toEqual({
      ...FLAGS,
      territoire: other,
      bdParcellaire: false,
    });
  });

  it('does not mix with other flags, which nobody would hear', () => {
    const data = folder.path('data');
    expect(() => requestOf({ ...FLAGS, data, modules: ['gpu'] })).toThrow('go with --territoire');
    expect(() => requestOf({ ...FLAGS, data, bdParcellaire: true })).toThrow('go with --territoire');
  });

  it('is nothing before, and no guess when the file is another one', () => {
    expect(recall(folder.path('data'))).toBeNull();
    folder.write(
      'data/territoire.json',
      '{"territoire":"20","modules":[],"cadastre":"ign","bdParcellaire":false}',
    );
    expect(() => recall(folder.path('data'))).toThrow('not what carto build writes there; it may be removed');
  });
});

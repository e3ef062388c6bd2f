import { parse } from 'node:querystring';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/random.ts';
import { readQueryString } from './query-string.ts';

const POINT = '{"type":"Point","coordinates":[4.9, 47.2]}';

describe('a query string', () => {
  it.each([
    ['percent-encoded', `geom=${encodeURIComponent(POINT)}`],
    ['raw', `geom=${POINT}`],
    ['half-encoded', `geom=${POINT.replace(/"/g, '%22')}`],
    ['with + for spaces', `geom=${encodeURIComponent(POINT).replace(/%20/g, '+')}`],
  ])('gives the same value %s', (_, text) => {
    expect(readQueryString(text)).toEqual({ geom: POINT });
  });

  it.each([
    ['', {}],
    ['&&', {}],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['=1', { '': '1' }],
    ['a=1=2', { a: '1=2' }],
    ['a=%zz', { a: '%zz' }],
    ['a=%E9t%C3%A9', { a: '\uFFFDté' }],
    ['a=%EF%BB%BF%E9', { a: '\uFEFF\uFFFD' }],
    ['a=%C3%A9+b', { a: 'é b' }],
    ['a=1&a=2&b=3', { a: ['1', '2'], b: '3' }],
    ['a[]=1&a[0]=2&a[b]=3&a%5B%5D=4', { 'a[]': ['1', '4'], 'a[0]': '2', 'a[b]': '3' }],
  ])('%s', (text, values) => {
    expect(readQueryString(text)).toEqual(values);
  });

  it('means nothing by the names of prototypes', () => {
    const values = readQueryString('__proto__=1&constructor=4');
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it('is read up to its thousandth parameter', () => {
    const text = Array.from({ length: 1001 }, (_, i) => `a${i}=`).join('&');
    expect(Object.keys(readQueryString(text))).toHaveLength(1000);
  });

  it('is read as Node reads one, which is how upstream does', () => {
    const random = seededRandom(4);
    const tokens = ['a', 'b', '=', '&', '+', '%', '%4', '%C3%A9', '%E9', '%41', '[]', '%5B', '"', ';', '%00'];
    for (let i = 0; i < 5000; i++) {
      const length = Math.floor(random() * 12);
      const text = Array.from({ length }, () => tokens[Math.floor(random() * tokens.length)]).join('');
      expect([text, { ...readQueryString(text) }]).toEqual([text, { ...parse(text) }]);
    }
  });
});

import { describe, expect, it } from 'vitest';
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
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['=1', {}],
    ['a=1=2', { a: '1=2' }],
    ['a=%zz', { a: '%zz' }],
    ['a=%C3%A9+b', { a: 'é b' }],
    ['a=1&a=2&b=3', { a: ['1', '2'], b: '3' }],
    ['a[]=1', { a: ['1'] }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[1]=x&a[0]=y', { a: ['y', 'x'] }],
    ['a[b]=1&a[c][d]=2', { a: { b: '1', c: { d: '2' } } }],
    ['a=1&a[b]=2', { a: ['1', { b: '2' }] }],
    ['a[b]=1&a=2', { a: { b: '1', 2: true } }],
    ['a[21]=1', { a: { 21: '1' } }],
    ['a%5Bb%5D=1', { a: { b: '1' } }],
    ['a[b][c][d][e][f][g]=1', { a: { b: { c: { d: { e: { f: { '[g]': '1' } } } } } } }],
  ])('%s', (text, values) => {
    expect(JSON.parse(JSON.stringify(readQueryString(text)))).toEqual(values);
  });

  it('means nothing by the names of prototypes', () => {
    const values = readQueryString('__proto__=1&__proto__[a]=2&b[__proto__][c]=3&constructor=4');
    expect(Object.keys(values)).toEqual(['b', 'constructor']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('is read up to its thousandth parameter', () => {
    const text = Array.from({ length: 1001 }, (_, i) => `a${i}=`).join('&');
    expect(Object.keys(readQueryString(text))).toHaveLength(1000);
  });
});

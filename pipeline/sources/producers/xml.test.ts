import { describe, expect, it } from 'vitest';
import { parseXml } from './xml.ts';

const AT = { producer: 'essai', url: 'https://data.geopf.fr/feed' };

describe('XML', () => {
  it('is a tree of elements by their own names, whatever their prefixes', () => {
    const root = parseXml(
      '<?xml version="1.0"?><f xmlns="urn:a" xmlns:g="urn:b" g:page="2"><g:x term="D021"/>é<![CDATA[<]]></f>',
      AT,
    );
    expect([root.name, root.uri, root.text]).toEqual(['f', 'urn:a', 'é<']);
    expect([...root.attributes]).toEqual([['page', '2']]);
    expect(root.children.map(({ name, uri }) => [name, uri])).toEqual([['x', 'urn:b']]);
  });

  it.each([
    ['<a><b></a>', /Unexpected close tag/],
    ['<a>&nbsp;</a>', /Invalid character entity/],
    ['<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "ccc">]><a>&b;</a>', /Invalid character entity/],
    ['<a:b/>', /Unbound namespace prefix/],
    ['<a/><b/>', /a second root element/],
    ['<a>'.repeat(60) + '</a>'.repeat(60), /elements nested more than 50 deep/],
    ['Maintenance', /Non-whitespace before first tag/],
  ])('that is wrong, or too clever, is refused: %s', (text, why) => {
    expect(() => parseXml(text, AT)).toThrow(why);
    expect(() => parseXml(text, AT)).toThrow(/^essai › https:\/\/data.geopf.fr\/feed: not XML \(/);
  });
});

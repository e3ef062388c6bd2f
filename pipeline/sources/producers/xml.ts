/**
 * XML as a tree, read strictly: what is not well formed is refused with its line, an
 * entity that XML itself does not know too, and nesting is bounded.
 */
import sax from 'sax';
import { messageOf } from '../../errors.ts';
import { refuse, type At } from './catalogue.ts';

export interface XmlElement {
  /** Namespace. */
  readonly uri: string;
  readonly name: string;
  /** By their names without a prefix; declarations of namespaces left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

const DEEPEST = 50;

function elementOf(tag: sax.QualifiedTag): XmlElement {
  const attributes = Object.values(tag.attributes)
    .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
    .map(({ local, value }) => [local, value] as const);
  return { uri: tag.uri, name: tag.local, attributes: new Map(attributes), children: [], text: '' };
}

function build(text: string): XmlElement | null {
  const parser = sax.parser(true, { xmlns: true, trim: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = (tag) => {
    const element = elementOf(tag as sax.QualifiedTag);
    open.at(-1)?.children.push(element);
    root ??= element;
    if (open.push(element) > DEEPEST) throw new Error(`elements nested more than ${DEEPEST} deep`);
  };
  const write = (more: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.ontext = write;
  parser.oncdata = write;
  parser.onclosetag = () => void open.pop();
  parser.write(text).close();
  return root;
}

/**
 * The root element of `text`.
 * @throws PipelineError `BadCatalogue` with the first lines of what is no XML.
 */
export function parseXml(text: string, at: At): XmlElement {
  try {
    const root = build(text);
    if (root !== null) return root;
  } catch (error) {
    const what = messageOf(error).replace(/\s*\n\s*/g, ', ');
    return refuse(at, `not XML (${what}); it begins with ${JSON.stringify(text.slice(0, 80))}`);
  }
  return refuse(at, 'an empty document');
}

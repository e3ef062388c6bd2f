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

/** The types do not know of `strictEntities`: no entities but XML's own. */
const OPTIONS: sax.SAXOptions & { readonly strictEntities: boolean } = {
  xmlns: true,
  trim: true,
  strictEntities: true,
};

function elementOf(tag: sax.QualifiedTag): XmlElement {
  const attributes = Object.values(tag.attributes)
    .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
    .map(({ local, value }) => [local, value] as const);
  return { uri: tag.uri, name: tag.local, attributes: new Map(attributes), children: [], text: '' };
}

/** Elements while they are read: the innermost open one takes what comes. */
class Tree {
  root: XmlElement | null = null;
  readonly #open: XmlElement[] = [];

  readonly start = (tag: sax.Tag | sax.QualifiedTag): void => {
    // Namespaces are asked for, so every tag is a qualified one.
    const element = elementOf(tag as sax.QualifiedTag);
    const parent = this.#open.at(-1);
    if (parent === undefined && this.root !== null) throw new Error('a second root element');
    parent?.children.push(element);
    this.root ??= element;
    if (this.#open.push(element) > DEEPEST) throw new Error(`elements nested more than ${DEEPEST} deep`);
  };

  readonly write = (text: string): void => {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  };

  readonly end = (): void => void this.#open.pop();
}

function build(text: string): XmlElement | null {
  const tree = new Tree();
  const parser = sax.parser(true, OPTIONS);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = tree.start;
  parser.ontext = tree.write;
  parser.oncdata = tree.write;
  parser.onclosetag = tree.end;
  parser.write(text).close();
  return tree.root;
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

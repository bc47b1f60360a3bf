import { describe, expect, it } from 'vitest';
import { BuiltExtension, TARGETS } from './extension.ts';

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

type Messages = Readonly<Record<string, Message>>;

describe.each(TARGETS)('the locales built for %s', (target) => {
  const extension = new BuiltExtension(target);
  const locale = (name: string) => JSON.parse(extension.text(`_locales/${name}/messages.json`)) as Messages;
  const en = locale('en');
  const de = locale('de');

  it('are English and German', () => {
    const names = extension.ending('messages.json').map(({ path }) => path.split('/')[1]);
    expect(names.toSorted()).toEqual(['de', 'en']);
  });

  it('have the same messages', () => {
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('have no empty message', () => {
    const all = [...Object.entries(en), ...Object.entries(de)];
    expect(all.filter(([, { message }]) => message.trim() === '')).toEqual([]);
  });

  it('fill the same places in the same message', () => {
    const differing = Object.keys(en).filter((key) => places(en[key]) !== places(de[key]));
    expect(differing).toEqual([]);
  });

  it('have what the manifest takes from them', () => {
    const used = JSON.stringify(extension.manifest).matchAll(/__MSG_(\w+)__/g);
    expect([...used].map((match) => match[1]).filter((key) => !key || !(key in en))).toEqual([]);
  });
});

/** The substitutions of a message, `$1` and its like, each once. */
function places(message: Message | undefined): string {
  const contents = Object.values(message?.placeholders ?? {}).map(({ content }) => content);
  const found = `${message?.message} ${contents.join(' ')}`.match(/\$\d/g) ?? [];
  return [...new Set(found)].toSorted().join(' ');
}

import { isolateMarks } from '../format/text.js';

/** Markup, as opposed to text, which is escaped wherever it is set into markup. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = string | Html | readonly Html[];

/** Markup with values set into it: text is escaped, and what is isolated in it becomes a `bdi` element. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.reduce((before, part, index) => before + markupOf(values[index - 1] ?? '') + part));
}

function markupOf(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (typeof value !== 'string') return value.map(({ markup }) => markup).join('');
  return value
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(isolateMarks, (mark) => (mark === '\u2068' ? '<bdi>' : '</bdi>'));
}

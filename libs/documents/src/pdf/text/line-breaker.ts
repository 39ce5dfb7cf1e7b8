// @ts-expect-error The package comes without types.
import Untyped from 'linebreak';

/** Unicode's line breaking algorithm (UAX 14): the places where a line may end, from first to last. */
interface LineBreaks {
  nextBreak(): { readonly position: number } | null;
}

export const LineBreaker = Untyped as new (text: string) => LineBreaks;

import bidiJs, { type Bidi } from 'bidi-js';

/** Unicode's bidirectional algorithm (UAX 9). What the package exports is the function itself; its types say otherwise. */
export const bidi = (bidiJs as unknown as () => Bidi)();

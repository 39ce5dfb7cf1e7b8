type Headers = Readonly<Record<string, string>>;

/** For a file that a browser saves. `fileName` is ours to choose: letters, digits, dots and dashes. */
export const attachment = (fileName: string): Headers => disposition('attachment', fileName);

/** For a document that a browser shows, and saves under this name. */
export const inline = (fileName: string): Headers => disposition('inline', fileName);

function disposition(kind: 'attachment' | 'inline', fileName: string): Headers {
  if (!/^[\w.-]+$/.test(fileName)) throw new RangeError(`${fileName} is no plain file name`);
  return { 'content-disposition': `${kind}; filename="${fileName}"` };
}
